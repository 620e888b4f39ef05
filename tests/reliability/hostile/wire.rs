//! What is hardly HTTP (RFC 9112), or none.
//!
//! What the framework's parser refuses never reaches the product: it answers a bare 400 or 431, or
//! closes, as do all servers that cannot tell where such a request ends. Everything it lets pass is
//! answered with a problem.

use bsm_tests::chance::Chance;

use super::cases::{Case, Wanted};
use super::send::Sent;
use super::targets::Target;

fn refused(what: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Case {
    Case::new(what, Sent::Cut(bytes.into()), Wanted::Refusal)
}

/// First lines.
pub fn lines(target: &Target, chance: &mut Chance) -> Vec<Case> {
    let (method, path) = (target.method.as_str(), target.path.as_str());
    let mut cases = Vec::new();
    let mut line = |text: String| {
        let head = target.head_of(
            text.as_bytes(),
            "localhost",
            target.token().map(String::as_str),
        );
        let shown: String = text.chars().take(60).collect();
        cases.push(refused(format!("the line {shown:?}"), target.ended(head)));
    };
    for version in [
        "HTTP/2.0",
        "HTTP/3",
        "HTTP/9.9",
        "HTTP/1.",
        "HTTP/1",
        "HTTP/11",
        "HTTP/1.2",
        "HTTP/1.1x",
        "http/1.1",
        "HTTP 1.1",
        "HTTPS/1.1",
        "HTTP/-1.1",
        "HTTP/1,1",
        "HTTP/0.9",
        "XTTP/1.1",
        "HTTP/1.1 x",
        "\u{ff28}TTP/1.1",
    ] {
        line(format!("{method} {path} {version}"));
    }
    for text in [
        format!("{method} {path}"),
        method.to_owned(),
        format!("{method}  HTTP/1.1"),
        format!("{method}\t{path}\tHTTP/1.1"),
        format!(" {method} {path} HTTP/1.1"),
        format!("{path} {method} HTTP/1.1"),
        format!("HTTP/1.1 {method} {path}"),
        format!("{method}\0 {path} HTTP/1.1"),
        format!("{method} {path}\0 HTTP/1.1"),
        format!("{method} {path} a HTTP/1.1"),
        format!("{method} {path}\u{1} HTTP/1.1"),
        format!("G(T {path} HTTP/1.1"),
        format!("G\"T {path} HTTP/1.1"),
        format!("G\u{e9}T {path} HTTP/1.1"),
        format!("{} {path} HTTP/1.1", "M".repeat(9_000)),
        format!("{method} {}{path} HTTP/1.1", "/a".repeat(40_000)),
        format!("{method} /{} HTTP/1.1", "a".repeat(200_000)),
        format!("{method} {} HTTP/1.1", &path[1..]),
        format!("{method} :// HTTP/1.1"),
        format!("{method} http:// HTTP/1.1"),
        format!("{method} http:{path} HTTP/1.1"),
        format!("{method} {path}?limit =1 HTTP/1.1"),
        format!("{method} {path}?\u{1f388}=1 HTTP/1.1"),
        format!("{method} \\{path} HTTP/1.1"),
        format!("{method} /%{path} HTTP/1.1"),
        format!("{method} /..{path} HTTP/1.1"),
        format!("{method} /.{path} HTTP/1.1"),
        format!("{method} /{path} HTTP/1.1"),
        format!("{method} {path}/ HTTP/1.1"),
        format!("{method} {path}%00 HTTP/1.1"),
        format!("{method} {path}%2f HTTP/1.1"),
        format!("{method} {path};a=b HTTP/1.1"),
        format!("{method} {} HTTP/1.1", path.to_uppercase()),
        format!("{method} * HTTP/1.1"),
        "CONNECT localhost:80 HTTP/1.1".to_owned(),
        format!("TRACE {path} HTTP/1.1"),
        format!("PROPFIND {path} HTTP/1.1"),
        format!("{} {path} HTTP/1.1", method.to_lowercase()),
    ] {
        line(text);
    }
    for (what, bytes) in [
        ("HTTP/0.9", format!("GET {path}\r\n").into_bytes()),
        ("empty lines", b"\r\n\r\n\r\n\r\n".to_vec()),
        ("100 kB of empty lines", b"\r\n".repeat(50_000)),
        (
            "a hello of TLS",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(),
        ),
        (
            "a preface of HTTP/2",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(),
        ),
        ("a banner of SSH", b"SSH-2.0-OpenSSH_9.2\r\n".to_vec()),
        ("a greeting of mail", b"EHLO localhost\r\n".to_vec()),
        ("nothing", Vec::new()),
        ("a NUL", vec![0]),
    ] {
        cases.push(refused(what, bytes));
    }
    for n in 0..40 {
        let count = chance.below(400) + 1;
        let random = (0..count).map(|_| u8::try_from(chance.below(256)).expect("a byte"));
        let mut bytes: Vec<u8> = random.collect();
        bytes.extend(b"\r\n\r\n");
        cases.push(refused(format!("random bytes {n}"), bytes));
    }
    cases
}

/// Header fields.
pub fn fields(target: &Target) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut add = |what: String, fields: &[u8]| {
        let mut head = target.head(&target.path);
        head.extend(fields);
        cases.push(refused(what, target.ended(head)));
    };
    for sign in "()<>@,;\\\"/[]?={} \t".chars() {
        add(
            format!("a name with {sign:?}"),
            format!("X{sign}A: b\r\n").as_bytes(),
        );
    }
    for (what, fields) in [
        ("a space before the colon", &b"X-A : b\r\n"[..]),
        ("a tab before the colon", b"X-A\t: b\r\n"),
        ("no colon", b"X-A\r\n"),
        ("no name", b": b\r\n"),
        ("a folded line", b"X-A: b\r\n c\r\n"),
        ("a line that begins with white space", b" X-A: b\r\n"),
        ("a NUL in a name", b"X\0A: b\r\n"),
        ("a NUL in a value", b"X-A: b\0c\r\n"),
        ("a carriage return in a value", b"X-A: b\rc\r\n"),
        ("a bell in a value", b"X-A: b\x07c\r\n"),
        ("a delete in a value", b"X-A: b\x7fc\r\n"),
        ("a name in Latin 1", b"X-\xe4: b\r\n"),
        ("a second Host", b"Host: localhost\r\n"),
        ("another Host", b"Host: elsewhere.example\r\n"),
        ("a first line again", b"GET / HTTP/1.1\r\n"),
    ] {
        add(what.to_owned(), fields);
    }
    for count in [200, 1_000, 5_000] {
        let flood: String = (0..count).map(|n| format!("X-{n}: b\r\n")).collect();
        add(format!("{count} fields"), flood.as_bytes());
    }
    for length in [140_000, 1_000_000] {
        add(
            format!("a value of {length} bytes"),
            format!("X-A: {}\r\n", "b".repeat(length)).as_bytes(),
        );
        add(
            format!("a name of {length} bytes"),
            format!("{}: b\r\n", "X".repeat(length)).as_bytes(),
        );
    }
    let line = format!(
        "{} {} HTTP/1.1\r\nConnection: close\r\n",
        target.method, target.path
    );
    cases.push(refused("no Host", target.ended(line.into_bytes())));
    cases
}

/// Where a body begins and ends.
pub fn framing(target: &Target) -> Vec<Case> {
    let mut cases = Vec::new();
    let text = target.text();
    let mut add = |what: String, fields: &str, body: &[u8]| {
        let mut head = target.head(&target.path);
        head.extend(format!("Content-Type: application/json\r\n{fields}\r\n\r\n").bytes());
        head.extend(body);
        cases.push(refused(what, head));
    };
    for length in [
        "-1",
        "+5",
        "5, 5",
        "5,6",
        "0x10",
        "1e3",
        "5 5",
        "abc",
        "5;",
        "5.0",
        "99999999999999999999",
        "18446744073709551616",
        "\u{ff15}",
        "\"5\"",
    ] {
        add(
            format!("a length of {length:?}"),
            &format!("Content-Length: {length}"),
            text.as_bytes(),
        );
    }
    let good = format!("Content-Length: {}", text.len());
    add(
        "two lengths".into(),
        &format!("{good}\r\nContent-Length: 1"),
        text.as_bytes(),
    );
    add(
        "a length and chunks".into(),
        &format!("{good}\r\nTransfer-Encoding: chunked"),
        b"0\r\n\r\n",
    );
    for coding in [
        "chunked, chunked",
        "xchunked",
        "gzip, chunked",
        "chunked, gzip",
        "chunked, identity",
        "chunked;q=1",
        "gzip",
        "nonsense",
        "chunked\u{b}",
        "\"chunked\"",
        "cow",
    ] {
        add(
            format!("in {coding:?}"),
            &format!("Transfer-Encoding: {coding}"),
            b"0\r\n\r\n",
        );
    }
    if target.body.is_none() {
        let mut good = target.head(&target.path);
        good.truncate(good.len() - "\r\n".len());
        let good = String::from_utf8_lossy(&good).replace("Connection: close\r\n", "");
        for (what, rest) in [
            ("garbage", "\x16\x03\x01 what is this\r\n\r\n"),
            ("no version", "GET /\r\n\r\n"),
            ("a folded line", "GET / HTTP/1.1\r\n A: b\r\n\r\n"),
        ] {
            let sent = Sent::Cut(format!("{good}\r\n\r\n{rest}").into_bytes());
            let what = format!("behind a good request {what}");
            cases.push(Case::new(what, sent, Wanted::GoodThenRefusal));
        }
        return cases;
    }
    add(
        "one byte too few".into(),
        &format!("Content-Length: {}", text.len() + 1),
        text.as_bytes(),
    );
    for (what, body) in [
        ("zz", "zz\r\nhello\r\n0\r\n\r\n".to_owned()),
        ("-1", "-1\r\nhello\r\n0\r\n\r\n".to_owned()),
        ("0x5", "0x5\r\nhello\r\n0\r\n\r\n".to_owned()),
        ("nothing", "\r\nhello\r\n0\r\n\r\n".to_owned()),
        ("2^68", "FFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n".to_owned()),
        (
            "2^64-1",
            "FFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n".to_owned(),
        ),
        ("5, with six bytes", "5\r\nhello!\r\n0\r\n\r\n".to_owned()),
        ("5, with four bytes", "5\r\nhell\r\n0\r\n\r\n".to_owned()),
        ("5, and no end", "5\r\nhello".to_owned()),
        ("5, and no last one", "5\r\nhello\r\n".to_owned()),
        (
            "5 in full width",
            "\u{ff15}\r\nhello\r\n0\r\n\r\n".to_owned(),
        ),
        (
            "5 behind white space",
            " 5\r\nhello\r\n0\r\n\r\n".to_owned(),
        ),
        (
            "5 with much beside",
            format!("5;{}\r\nhello\r\n0\r\n\r\n", "a".repeat(200_000)),
        ),
        ("no JSON", "5\r\nhello\r\n0\r\n\r\n".to_owned()),
    ] {
        add(
            format!("a chunk of {what}"),
            "Transfer-Encoding: chunked",
            body.as_bytes(),
        );
    }
    cases
}

/// Requests that stop coming.
pub fn slow(target: &Target) -> Vec<Case> {
    let mut head = target.head(&target.path);
    let half = head[..head.len() / 2].to_vec();
    let mut cases = vec![
        ("nothing more than a letter", b"G".to_vec()),
        ("half a head", half),
        ("a head without its end", head.clone()),
    ];
    if target.body.is_some() {
        head.extend(b"Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
        cases.push(("a body that stops", head));
    }
    let made = cases.into_iter();
    made.map(|(what, bytes)| Case::new(what, Sent::Bytes(bytes), Wanted::Refusal))
        .collect()
}
