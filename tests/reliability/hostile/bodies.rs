//! Bodies that are no JSON, or JSON that nobody asked for.

use bsm_tests::chance::Chance;
use serde_json::{Value, json};

use super::cases::{Case, Wanted};
use super::send::Sent;
use super::targets::Target;

const JSON: &str = "Content-Type: application/json\r\n";
const MIB: usize = 1024 * 1024;

/// A gigabyte of zeros in Brotli.
const BROTLI_BOMB: &[u8] = include_bytes!("bomb.br");

fn case(target: &Target, what: impl Into<String>, body: &[u8]) -> Case {
    Case::new(what, target.with_body(body, JSON), Wanted::Problem)
}

/// What is no JSON.
pub fn broken(target: &Target, body: &Value, chance: &mut Chance) -> Vec<Case> {
    let good = body.to_string();
    let bytes = good.as_bytes();
    let mut cases = Vec::new();
    let mut add = |what: String, body: &[u8]| cases.push(case(target, what, body));
    for end in 0..bytes.len() {
        add(format!("cut after {end} bytes"), &bytes[..end]);
    }
    let inner = &good[..good.len() - 1];
    for (what, text) in [
        ("a trailing comma", format!("{inner},}}")),
        ("two commas", good.replacen(',', ",,", 1) + ","),
        ("a leading comma", format!("{{,{}", &good[1..])),
        ("a comment", format!("{good} // good")),
        ("a comment within", format!("{{/* */{}", &good[1..])),
        ("two values", format!("{good}{good}")),
        ("a second end", format!("{good}}}")),
        ("single quotes", good.replace('"', "'")),
        ("no quotes", good.replace('"', "")),
        ("a byte order mark", format!("\u{feff}{good}")),
        ("NUL before", format!("\0{good}")),
        ("NUL behind", format!("{good}\0")),
        ("a form", "subject=a&description=b".to_owned()),
        ("XML", "<a>b</a>".to_owned()),
        ("a line break in a text", "{\"a\":\"b\nc\"}".to_owned()),
        ("a tab in a text", "{\"a\":\"b\tc\"}".to_owned()),
        ("the same member twice", format!("{inner},{}", &good[1..])),
        (
            "a member twice, once escaped",
            "{\"a\":1,\"\\u0061\":1}".to_owned(),
        ),
        ("white space alone", " \r\n\t ".to_owned()),
        ("another white space", format!("\u{a0}{good}")),
    ] {
        add(what.to_owned(), text.as_bytes());
    }
    for word in [
        "NaN",
        "-NaN",
        "Infinity",
        "-Infinity",
        "undefined",
        "nul",
        "True",
        "None",
        "01",
        "+1",
        "1.",
        ".5",
        "0x10",
        "1e",
        "1e999",
        "--1",
        "1_000",
        "\\u0041",
        "\"\\x41\"",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800\\ud800\"",
        "\"\\ud83d\"",
        "\"\\u12\"",
        "\"\\uZZZZ\"",
        "\"\\",
        "\"",
        "[1,",
        "[1 2]",
        "[,]",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{1:1}",
        "{null:1}",
        "(1)",
        "`a`",
    ] {
        add(
            format!("the value {word}"),
            format!("{{\"a\":{word}}}").as_bytes(),
        );
        add(format!("{word} alone"), format!("{word} ").as_bytes());
    }
    for depth in [129, 1_000, 10_000, 100_000] {
        add(format!("{depth} lists"), "[".repeat(depth).as_bytes());
        let closed = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        add(format!("{depth} lists, closed"), closed.as_bytes());
        add(
            format!("{depth} objects"),
            "{\"a\":".repeat(depth).as_bytes(),
        );
        let within = format!("{inner},\"x\":{closed}}}");
        add(format!("{depth} lists within"), within.as_bytes());
    }
    for text in [
        &b"\xff"[..],
        b"\xc0\x80",
        b"\xc3\x28",
        b"\xe2\x82",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\xf8\x88\x80\x80\x80",
        b"\x80",
    ] {
        for place in ["{\"", "{\"a\":\"", ""] {
            let mut body = place.as_bytes().to_vec();
            body.extend(text);
            body.extend(b"\"}");
            add(format!("{text:x?} behind {place:?}"), &body);
        }
    }
    for word in ["utf-16", "utf-32"] {
        let wide: Vec<u8> = match word {
            "utf-16" => good.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            _ => good
                .chars()
                .flat_map(|c| (c as u32).to_le_bytes())
                .collect(),
        };
        add(word.to_owned(), &wide);
    }
    // A byte that JSON has no place for, wherever chance puts it.
    for _ in 0..120 {
        let at = usize::try_from(chance.below(bytes.len() as u64)).expect("an index");
        let byte = *chance.of(&[0x00, 0x01, 0x07, 0x0b, 0x1b, 0x1f, 0x80, 0xc0, 0xfe, 0xff]);
        let mut body = bytes.to_vec();
        body.insert(at, byte);
        add(format!("{byte:02x} at {at}"), &body);
    }
    cases
}

/// JSON of another shape.
pub fn wrong(target: &Target, body: &Value) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut add = |what: String, body: &Value| {
        cases.push(case(target, what, body.to_string().as_bytes()));
    };
    let others = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1.5),
        json!(1e300),
        json!([]),
        json!([[]]),
        json!(["a", 1]),
        json!({}),
        json!({"a": {"b": 1}}),
        json!({"$ne": null}),
    ];
    for other in &others {
        if other != &json!({}) {
            add(format!("{other} alone"), other);
        }
    }
    let known = body.as_object().expect("an object");
    for (name, value) in known {
        let kind = |v: &Value| std::mem::discriminant(v);
        let fits = |v: &&Value| v.is_null() && target.nullable.contains(&name.as_str());
        let long = json!("a".repeat(100_000));
        let many = json!(vec![0; 10_000]);
        let all = others.iter().chain([&long, &many]);
        for other in
            all.filter(|v| !fits(v) && (kind(v) != kind(value) || **v == many || **v == long))
        {
            let mut body = body.clone();
            body[name] = other.clone();
            let shown: String = other.to_string().chars().take(30).collect();
            add(format!("{name} is {shown}"), &body);
        }
        for text in ["\u{0}", "a\u{0}b", "\u{1b}[31m", "\u{7}"] {
            if value.is_string() {
                let mut body = body.clone();
                body[name] = json!(text);
                add(format!("{name} is {text:?}"), &body);
            }
        }
    }
    for name in [
        "",
        "nonsense",
        "__proto__",
        "constructor",
        "ID",
        "role",
        "requester_id",
        "$where",
        "a.b",
        "a/b",
        "~",
        "\u{0}",
        "\u{202e}",
        "🎈",
        "subject ",
    ] {
        let mut body = body.clone();
        body[name] = json!(1);
        add(format!("an unknown member {name:?}"), &body);
    }
    let mut body = body.clone();
    for n in 0..5_000 {
        body[format!("m{n}")] = json!(n);
    }
    add("5,000 unknown members".to_owned(), &body);
    cases
}

/// More than is taken, and media types that are not.
pub fn large(target: &Target) -> Vec<Case> {
    let head = |fields: &str| {
        let mut head = target.head(&target.path);
        head.extend(format!("{JSON}{fields}\r\n").bytes());
        head
    };
    let zeros = vec![b'0'; MIB];
    let mut chunk = format!("{MIB:x}\r\n").into_bytes();
    chunk.extend(&zeros);
    chunk.extend(b"\r\n");
    let mut cases = vec![
        case(target, "a byte more than a MiB", &vec![b' '; MIB + 1]),
        case(target, "a MiB of white space", &vec![b' '; MIB]),
        case(target, "a MiB of a number", &zeros),
        case(
            target,
            "a MiB of a text",
            format!("\"{}\"", "a".repeat(MIB - 2)).as_bytes(),
        ),
        case(
            target,
            "half a million lists",
            "[],".repeat(300_000).as_bytes(),
        ),
    ];
    let length = format!("Content-Length: {}\r\n", 50 * MIB);
    let sent = Sent::Many(head(&length), zeros, 50);
    cases.push(Case::new("50 MiB, as said before", sent, Wanted::Problem));
    let sent = Sent::Many(head("Transfer-Encoding: chunked\r\n"), chunk, 50);
    cases.push(Case::new("50 MiB in chunks", sent, Wanted::Problem));
    let sent = Sent::Many(
        head("Transfer-Encoding: chunked\r\n"),
        b"1\r\n{\r\n".to_vec(),
        400_000,
    );
    cases.push(Case::new("400,000 chunks of a byte", sent, Wanted::Problem));
    for kind in [
        "text/plain",
        "text/json",
        "application/xml",
        "application/jsonp",
        "application/json5",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=a",
        "application/problem+json",
        "*/*",
        "json",
        "",
        ";",
        "application/octet-stream",
        "application/json, text/plain",
        "text/csv",
    ] {
        let fields = format!("Content-Type: {kind}\r\n");
        let sent = target.with_body(target.text().as_bytes(), &fields);
        cases.push(Case::new(
            format!("of type {kind:?}"),
            sent,
            Wanted::Problem,
        ));
    }
    let sent = target.with_body(target.text().as_bytes(), "");
    cases.push(Case::new("of no type", sent, Wanted::Problem));
    cases
}

/// Bodies in a content coding, bombs among them.
pub fn coded(target: &Target, body: &Value) -> Vec<Case> {
    let good = body.to_string();
    let bomb = deflated_zeros(100 * MIB);
    let gzip = [&b"\x1f\x8b\x08\0\0\0\0\0\0\x03"[..], &bomb].concat();
    let zlib = [&b"\x78\x9c"[..], &bomb].concat();
    let mut all = vec![
        ("gzip", gzip.clone()),
        ("x-gzip", gzip.clone()),
        ("GZIP", gzip.clone()),
        ("deflate", zlib),
        ("deflate", bomb),
        ("br", BROTLI_BOMB.to_vec()),
        ("br, br", BROTLI_BOMB.to_vec()),
        ("gzip, gzip", gzip.clone()),
        ("identity, gzip", gzip),
    ];
    for coding in [
        "gzip",
        "deflate",
        "br",
        "zstd",
        "compress",
        "x-compress",
        "nonsense",
        "identity, nonsense",
        "gzip;q=0",
        "*",
        "\u{fc}",
    ] {
        all.push((coding, good.clone().into_bytes()));
        all.push((coding, b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xff\xff".to_vec()));
    }
    let made = all.into_iter().map(|(coding, body)| {
        let fields = format!("{JSON}Content-Encoding: {coding}\r\n");
        let what = format!("{} bytes of {coding}", body.len());
        Case::new(what, target.with_body(&body, &fields), Wanted::Problem)
    });
    made.collect()
}

/// So many zeros by DEFLATE (RFC 1951): one block of fixed codes, a zero and then copies of 258
/// bytes at distance 1, thirteen bits each.
fn deflated_zeros(count: usize) -> Vec<u8> {
    let mut bits = Bits::default();
    bits.add(0b011, 3); // the last block, fixed codes
    bits.code(0x30, 8); // the literal 0
    for _ in 0..count / 258 {
        bits.code(0b1100_0101, 8); // length 258
        bits.code(0, 5); // distance 1
    }
    bits.code(0, 7); // the end
    bits.bytes
}

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    count: usize,
}

impl Bits {
    /// A number, its lowest bit first.
    fn add(&mut self, value: u32, bits: usize) {
        for n in 0..bits {
            if self.count.is_multiple_of(8) {
                self.bytes.push(0);
            }
            let bit = u8::from(value >> n & 1 == 1) << (self.count % 8);
            *self.bytes.last_mut().expect("a byte") |= bit;
            self.count += 1;
        }
    }

    /// A code, its highest bit first.
    fn code(&mut self, value: u32, bits: usize) {
        for n in (0..bits).rev() {
            self.add(value >> n & 1, 1);
        }
    }
}
