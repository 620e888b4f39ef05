//! Parameters, ids and header fields with values that they cannot have.

use super::cases::{Case, Wanted};
use super::send::Sent;
use super::targets::Target;

/// Values that no parameter but a text has.
const NONSENSE: [&str; 50] = [
    "",
    "%20",
    "%00",
    "%0a",
    "%0d%0aX-A:%20b",
    "%09",
    "%ff",
    "%c3%28",
    "%ed%a0%80",
    "%25",
    "%",
    "%zz",
    "%2",
    "nonsense",
    "OPEN",
    "null",
    "undefined",
    "NaN",
    "-1",
    "1.5",
    "1e3",
    "0x10",
    "99999999999999999999",
    "[]",
    "{}",
    "%5B%5D",
    "%7B%7D",
    "..%2F..%2Fetc",
    "%27%20or%201=1--",
    "%3Cscript%3E",
    "open,,new",
    ",",
    "$ne",
    "%F0%9F%92%A9",
    "%EF%BC%91",
    "a;b",
    "%C2%A0",
    "%E2%80%8B",
    "%EF%BB%BF",
    "Infinity",
    "0b11",
    "1_000",
    "%221%22",
    "{{7*7}}",
    "${7*7}",
    "%2A",
    "1,2",
    "true,false",
    "%u0031",
    "2026-13-45",
];

fn case(target: &Target, what: String, path: &str) -> Case {
    Case::new(
        what,
        Sent::Bytes(target.ended(target.head(path))),
        Wanted::Problem,
    )
}

/// The query of a list.
pub fn parameters(target: &Target) -> Vec<Case> {
    let mut cases = Vec::new();
    if target.parameters.is_empty() {
        return cases;
    }
    let mut add = |query: String| {
        let shown: String = query.chars().take(60).collect();
        cases.push(case(target, shown, &format!("{}?{query}", target.path)));
    };
    for name in target.parameters {
        for value in NONSENSE {
            add(format!("{name}={value}"));
        }
        for query in [
            (*name).to_owned(),
            format!("{name}[]=a"),
            format!("{name}[0]=a"),
            format!("{name}%5B%5D=a"),
            format!("{name}.a=b"),
            format!("{name}=a;{name}=b"),
            format!("{name}%00=a"),
            format!("{}=a", name.to_uppercase()),
            format!("{name}={}", "a".repeat(5_000)),
            format!("{name}={}", "a,".repeat(2_000)),
            format!("limit=5&{name}=a&{name}=b"),
        ] {
            add(query);
        }
    }
    for byte in 0x80..=0xff_u8 {
        add(format!("q=a%{byte:02x}b"));
    }
    for byte in (0..0x20_u8).filter(|b| !matches!(b, 9 | 10 | 13)) {
        add(format!("q=%{byte:02x}"));
    }
    add(format!("q={}", "a".repeat(201)));
    add(format!("q={}", "%F0%9F%92%A9".repeat(201)));
    for name in [
        "nonsense",
        "__proto__",
        "constructor",
        "Limit",
        "limit%20",
        "%20limit",
        "offset",
        "page",
        "fields",
        "include",
        "$filter",
        "q[]",
        "%00",
        "%ff",
        "%F0%9F%8E%88",
        "order",
        "id",
        "access_token",
        "token",
        "=",
    ] {
        add(format!("{name}=1"));
    }
    add((0..3_000).map(|n| format!("p{n}=1&")).collect());
    add("limit=5&".repeat(3_000));
    add(format!("nonsense={}", "a".repeat(50_000)));
    cases
}

/// What stands for an id.
pub fn ids(target: &Target) -> Vec<Case> {
    let Some(id) = &target.id else {
        return Vec::new();
    };
    let mut all: Vec<String> = NONSENSE.iter().map(|n| (*n).to_owned()).collect();
    all.extend((0..=0x1f_u8).map(|byte| format!("%{byte:02x}")));
    all.extend((0x80..=0xff_u8).map(|byte| format!("%{byte:02x}")));
    all.extend((0..id.len()).map(|end| id[..end].to_owned()));
    all.extend((0..id.len()).map(|at| format!("{}g{}", &id[..at], &id[at + 1..])));
    for word in [
        "TKT-",
        "TKT-0",
        "TKT--1",
        "TKT-999999999",
        "TKT-99999999999999999999",
        "TKT-1.0",
        "TKT-0x1",
        "tkt_1",
        "TKT-1%00",
        "TKT-%F0%9F%92%A9",
        "1",
        "me",
        "mine",
        "null",
        "*",
        "%2e%2e",
        "...",
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "%7B%7D",
    ] {
        all.push(word.to_owned());
    }
    all.push(format!("{id}0"));
    all.push(format!("%20{id}"));
    all.push(format!("{id}%00"));
    all.push(format!("{id}%2F{id}"));
    all.push("a".repeat(5_000));
    all.push("9".repeat(5_000));
    // A `/` or nothing in its place is another path, which may well be one.
    all.retain(|word| !word.is_empty() && !word.contains(['{', '[']));
    let made = all.into_iter().map(|word| {
        let shown: String = word.chars().take(40).collect();
        case(
            target,
            format!("the id {shown}"),
            &target.path.replace(id, &word),
        )
    });
    made.collect()
}

/// Header fields that the product itself reads.
pub fn headers(target: &Target) -> Vec<Case> {
    let mut cases = Vec::new();
    let line = format!("{} {} HTTP/1.1", target.method, target.path);
    let bare = |fields: &[u8]| {
        let mut head = format!("{line}\r\nHost: localhost\r\nConnection: close\r\n").into_bytes();
        head.extend(fields);
        Sent::Bytes(target.ended(head))
    };
    if let Some(token) = target.token() {
        let mut add = |value: Vec<u8>| {
            let shown = String::from_utf8_lossy(&value[..value.len().min(40)]).into_owned();
            let field = [b"Authorization: ", value.as_slice(), b"\r\n"].concat();
            cases.push(Case::new(shown, bare(&field), Wanted::Problem));
        };
        for value in [
            "",
            "Bearer",
            "Bearer ",
            "Bearer null",
            "Bearer .",
            "Bearer ..",
            "Bearer a.b.c",
            "Basic YTpi",
            "Digest a",
            "Bearer Bearer",
            "Token a",
            "bearer",
            "Bearer\t",
            "Bearer \"a\"",
            "Bearer eyJhbGciOiJub25lIn0.e30.",
        ] {
            add(value.into());
        }
        add(token.clone().into());
        add(format!("Bearer{token}").into());
        add(format!("Basic {token}").into());
        add(format!("Bearer {token}, Bearer {token}").into());
        add(format!("Bearer {}", token.to_uppercase()).into());
        add(format!("Bearer {token}{token}").into());
        add(format!("Bearer {}", "a".repeat(8_000)).into());
        add(b"Bearer \xff\xfe".to_vec());
        let parts: Vec<_> = token.split('.').collect();
        let dots = [parts[0].len(), parts[0].len() + 1 + parts[1].len()];
        for end in (0..token.len()).step_by(7) {
            add(format!("Bearer {}", &token[..end]).into());
            // The last letter of a part carries bits that mean nothing.
            if !dots.contains(&end) && !dots.contains(&(end + 1)) {
                let other = if token.as_bytes()[end] == b'A' {
                    "B"
                } else {
                    "A"
                };
                add(format!("Bearer {}{other}{}", &token[..end], &token[end + 1..]).into());
            }
        }
    }
    if target.if_match {
        for value in [
            "",
            "5",
            "\"",
            "\"a",
            "a\"",
            "\"a\"",
            "W/\"1\"",
            "\"1\", ",
            "\"-1\"",
            "\"99999999999999999999\"",
            "**",
            "*, *x",
            "\"1\" \"2\"",
            "'1'",
            "null",
            "\"999\"",
            "W/",
            "\"\u{e4}\"",
        ] {
            let token = target.token().map(String::as_str).unwrap_or_default();
            let fields = format!("Authorization: Bearer {token}\r\nIf-Match: {value}\r\n");
            let what = format!("If-Match: {value}");
            cases.push(Case::new(what, bare(fields.as_bytes()), Wanted::Problem));
        }
    }
    if target.method == "POST" && target.token().is_some() {
        for value in ["", "a\u{e4}", &"k".repeat(256), &"k".repeat(5_000)] {
            let mut head = target.head(&target.path);
            head.extend(format!("Idempotency-Key: {value}\r\n").bytes());
            let shown: String = value.chars().take(20).collect();
            let sent = Sent::Bytes(target.ended(head));
            cases.push(Case::new(
                format!("Idempotency-Key: {shown}"),
                sent,
                Wanted::Problem,
            ));
        }
    }
    cases
}
