//! Whatever is wrong with a body: every operation of both documents that takes one.

use bsm_tests::document::{Audience, Operation, all_operations};
use bsm_tests::fields::{Field, fields};
use bsm_tests::{Answer, Client, Desk, Samples};
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};

/// Who can call it.
pub(crate) fn caller(desk: &Desk, operation: &Operation) -> Client {
    match (operation.is_open(), operation.audience) {
        (true, _) => desk.nobody(),
        (false, Audience::Customer) => desk.ana.client.clone(),
        (false, Audience::Admin) => desk.admin.client.clone(),
    }
}

/// A request of an operation with whatever headers let it come to its body.
pub(crate) fn request(desk: &Desk, operation: &Operation, path: &str) -> reqwest::RequestBuilder {
    let request = caller(desk, operation)
        .request(operation.method.clone(), path)
        .header("Origin", &desk.base);
    if operation.takes_header("If-Match") {
        return request.header("If-Match", "*");
    }
    request
}

async fn send(desk: &Desk, operation: &Operation, samples: &Samples, body: &Value) -> Answer {
    let path = samples.path(operation);
    bsm_tests::send(request(desk, operation, &path).json(body)).await
}

async fn send_raw(
    desk: &Desk,
    operation: &Operation,
    samples: &Samples,
    kind: Option<&str>,
    body: impl Into<reqwest::Body>,
) -> Answer {
    let path = samples.path(operation);
    let mut request = request(desk, operation, &path).body(body);
    if let Some(kind) = kind {
        request = request.header(CONTENT_TYPE, kind);
    }
    bsm_tests::send(request).await
}

/// The operations that take a JSON body, with its schema.
fn with_body() -> Vec<(Operation, Value)> {
    let found: Vec<_> = all_operations()
        .into_iter()
        .filter_map(|o| o.body().map(|body| (o, body)))
        .collect();
    assert!(found.len() > 10, "the documents have hardly any bodies");
    found
}

/// Actions: their body may be left out, or be `{}`.
fn actions() -> Vec<Operation> {
    let all = all_operations().into_iter();
    all.filter(|o| o.method == "POST" && !o.takes_body())
        .collect()
}

fn has(answer: &Answer, pointer: &str, code: &str) -> bool {
    let field = (pointer.to_owned(), code.to_owned());
    answer.bad_fields().contains(&field)
}

fn is_bad(answer: &Answer, pointer: &str) -> bool {
    answer.bad_fields().iter().any(|f| f.0 == pointer)
}

/// What is not JSON, or not said to be, or too large.
async fn what_is_no_json_body_is_refused(desk: &Desk) {
    let samples = Samples::of(desk).await;
    let json_type = Some("application/json");
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let broken: [&[u8]; 9] = [
        b"",
        b" ",
        b"{",
        b"{\"a\":1}}",
        b"{'a':1}",
        b"nul",
        b"{\"subject\":\"\xff\xfe\"}",
        b"{\"subject\":\"\\ud800\"}",
        deep.as_bytes(),
    ];
    for (operation, _) in with_body() {
        let name = operation.name();
        for body in broken {
            if body.is_empty() && operation.may_lack_body() {
                continue;
            }
            let answer = send_raw(desk, &operation, &samples, json_type, body.to_vec()).await;
            let shown = String::from_utf8_lossy(&body[..body.len().min(30)]);
            assert_eq!(
                (answer.status, answer.code()),
                (400, "malformed_json"),
                "{name} {shown}"
            );
        }
        for kind in [
            None,
            Some("text/plain"),
            Some("application/x-www-form-urlencoded"),
            Some("application/jsonp"),
        ] {
            let answer = send_raw(desk, &operation, &samples, kind, "{}").await;
            let wanted = (415, "unsupported_media_type");
            assert_eq!((answer.status, answer.code()), wanted, "{name} {kind:?}");
        }
        let kind = Some("Application/JSON; charset=utf-8");
        let answer = send_raw(desk, &operation, &samples, kind, "[]").await;
        assert_eq!(
            (answer.status, answer.code()),
            (422, "invalid_body"),
            "{name}"
        );
        for body in [json!([]), json!("text"), json!(5), json!(true), Value::Null] {
            let answer = send(desk, &operation, &samples, &body).await;
            assert_eq!(
                (answer.status, answer.code()),
                (422, "invalid_body"),
                "{name} {body}"
            );
            assert!(
                has(&answer, "", "wrong_type"),
                "{name} {body}: {}",
                answer.text
            );
        }
    }
}

/// At most 1 MiB, said beforehand or not.
async fn what_is_too_large_is_refused(desk: &Desk) {
    let samples = Samples::of(desk).await;
    let bodies = with_body().into_iter().map(|(operation, _)| operation);
    for operation in bodies.chain(actions()) {
        for length in [1024 * 1024 + 1, 1024 * 1024] {
            let text = format!("{{\"x\":\"{}\"}}", "a".repeat(length - 8));
            assert_eq!(text.len(), length);
            let wanted = if length > 1024 * 1024 { 413 } else { 422 };
            let json_type = Some("application/json");
            let answer = send_raw(desk, &operation, &samples, json_type, text.clone()).await;
            assert_eq!(answer.status, wanted, "{} of {length}", operation.name());
            let pieces: Vec<_> = text
                .into_bytes()
                .chunks(65_536)
                .map(<[u8]>::to_vec)
                .collect();
            let pieces =
                futures_util::stream::iter(pieces.into_iter().map(Ok::<_, std::io::Error>));
            let body = reqwest::Body::wrap_stream(pieces);
            let answer = send_raw(desk, &operation, &samples, json_type, body).await;
            assert_eq!(
                answer.status,
                wanted,
                "{} of {length}, in pieces",
                operation.name()
            );
        }
    }
}

fn merge(into: &mut Value, from: Value) {
    for (key, value) in from.as_object().into_iter().flatten() {
        into[key] = value.clone();
    }
}

/// Every field of every body, every rule of its schema, at the bound and one beyond.
async fn every_rule_of_every_field_is_kept(desk: &Desk) {
    let samples = Samples::of(desk).await;
    let mut tried = 0;
    for (operation, schema) in with_body() {
        let whole = samples.body(&operation).expect("a body");
        for field in fields(&operation, &schema) {
            let what = format!("{} {}", operation.name(), field.pointer);
            let outer = field.pointer.matches('/').count() == 1;
            let with = |value: &Value| {
                let mut body = if outer { whole.clone() } else { json!({}) };
                merge(&mut body, field.body(value.clone()));
                body
            };
            for (value, code) in field.refused() {
                let answer = send(desk, &operation, &samples, &with(&value)).await;
                let shown: String = value.to_string().chars().take(40).collect();
                assert_eq!(answer.status, 422, "{what} = {shown}: {}", answer.text);
                let found = has(&answer, &field.pointer, code);
                assert!(found, "{what} = {shown}, not {code}: {}", answer.text);
                let others = answer.bad_fields().into_iter();
                let mut others = others.filter(|f| !f.0.starts_with(&field.pointer));
                assert!(
                    !outer || others.next().is_none(),
                    "{what} = {shown}: {}",
                    answer.text
                );
                tried += 1;
            }
            for value in field.taken() {
                let answer = send(desk, &operation, &samples, &field.body(value.clone())).await;
                let shown: String = value.to_string().chars().take(40).collect();
                let bounds = [
                    "too_short",
                    "too_long",
                    "too_small",
                    "too_large",
                    "wrong_type",
                ];
                let bad = bounds.iter().any(|code| has(&answer, &field.pointer, code));
                assert!(!bad, "{what} = {shown}: {}", answer.text);
                tried += 1;
            }
        }
    }
    assert!(tried > 200, "only {tried} values were tried");
}

/// Unknown keys, also in inner objects, with names that need escaping in a pointer.
async fn unknown_keys_are_refused(desk: &Desk) {
    let samples = Samples::of(desk).await;
    for (operation, schema) in with_body() {
        let name = operation.name();
        for (key, pointer) in [("nonsense", "/nonsense"), ("a/b~c", "/a~1b~0c"), ("", "/")] {
            let mut body = samples.body(&operation).expect("a body");
            body[key] = json!(null);
            let answer = send(desk, &operation, &samples, &body).await;
            assert_eq!(
                (answer.status, answer.code()),
                (422, "invalid_body"),
                "{name}"
            );
            let wanted = [(pointer.to_owned(), "unknown_field".to_owned())];
            assert_eq!(answer.bad_fields(), wanted, "{name}");
        }
        let closed = |f: &Field| f.schema["type"] == "object" && f.schema["properties"].is_object();
        for field in fields(&operation, &schema).iter().filter(|f| closed(f)) {
            let body = field.body(json!({"nonsense": 1}));
            let answer = send(desk, &operation, &samples, &body).await;
            let pointer = format!("{}/nonsense", field.pointer);
            assert!(
                has(&answer, &pointer, "unknown_field"),
                "{name} {pointer}: {}",
                answer.text
            );
        }
        let key = "contr\u{0}l";
        let answer = send(desk, &operation, &samples, &json!({key: 1})).await;
        assert_eq!(answer.status, 422, "{name}: {}", answer.text);
    }
    for operation in actions() {
        let answer = send(desk, &operation, &samples, &json!({"nonsense": 1})).await;
        let wanted = [("/nonsense".to_owned(), "unknown_field".to_owned())];
        assert_eq!(
            (answer.status, answer.bad_fields()),
            (422, wanted.to_vec()),
            "{}",
            operation.name()
        );
        let answer = send(desk, &operation, &samples, &json!([])).await;
        assert_eq!(answer.status, 422, "{}", operation.name());
        let answer = send_raw(desk, &operation, &samples, Some("application/json"), "{").await;
        assert_eq!(
            (answer.status, answer.code()),
            (400, "malformed_json"),
            "{}",
            operation.name()
        );
    }
}

/// One answer tells of all bad fields.
async fn all_bad_fields_are_told_at_once(desk: &Desk) {
    let samples = Samples::of(desk).await;
    for (operation, schema) in with_body() {
        let mut body = json!({"nonsense": 1});
        let mut wanted = vec![("/nonsense".to_owned(), "unknown_field".to_owned())];
        for field in fields(&operation, &schema) {
            let outer = field.pointer.matches('/').count() == 1;
            if let Some(value) = field.of_another_type().filter(|_| outer) {
                body[field.name()] = value;
                wanted.push((field.pointer.clone(), "wrong_type".to_owned()));
            }
        }
        wanted.sort();
        let answer = send(desk, &operation, &samples, &body).await;
        assert_eq!(
            (answer.status, answer.bad_fields()),
            (422, wanted),
            "{}",
            operation.name()
        );
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        let answer = send(desk, &operation, &samples, &json!({})).await;
        for name in required {
            let pointer = format!("/{}", name.as_str().expect("a name"));
            assert!(
                has(&answer, &pointer, "required"),
                "{} {pointer}",
                operation.name()
            );
        }
    }
}

/// Rules that no schema can say: one line, an address, a subject that is a word after trimming.
async fn rules_beyond_the_schema_are_kept(desk: &Desk) {
    let ticket = |subject: &str| json!({"subject": subject, "description": "Words."});
    for (subject, code) in [
        ("two\nlines", "forbidden_character"),
        ("two\u{2028}lines", "forbidden_character"),
        ("  ab  ", "too_short"),
    ] {
        let answer = desk
            .ana
            .post("/api/customer/tickets", ticket(subject))
            .await
            .ok(422);
        assert_eq!(
            answer.bad_fields(),
            [("/subject".to_owned(), code.to_owned())],
            "{subject:?}"
        );
    }
    for email in [
        "plain",
        "a@",
        "@b",
        "a b@c.example",
        "a@b@c.example",
        "a@b",
        "a\n@b.example",
    ] {
        let body = json!({"email": email, "password": "a new password", "name": "New"});
        let answer = desk.nobody().post("/api/auth/register", body).await;
        assert_eq!(answer.status, 422, "{email:?}: {}", answer.text);
        assert!(is_bad(&answer, "/email"), "{email:?}: {}", answer.text);
    }
    assert_eq!(desk.count("select count(*) from tickets").await, 0);
}

/// What only a rule beyond the schema sees is told beside what is missing or of another type.
async fn rules_beyond_the_schema_are_told_beside_the_others(desk: &Desk) {
    let blank = json!({"subject": "   ", "priority": 7, "nonsense": 1});
    let answer = desk.ana.post("/api/customer/tickets", blank).await.ok(422);
    let wanted = [
        ("/description", "required"),
        ("/nonsense", "unknown_field"),
        ("/priority", "wrong_type"),
        ("/subject", "too_short"),
    ];
    let wanted = wanted.map(|(pointer, code)| (pointer.to_owned(), code.to_owned()));
    assert_eq!(answer.bad_fields(), wanted);
    let answer = desk
        .nobody()
        .post(
            "/api/auth/register",
            json!({"email": "a b@c.example", "name": "A\nB"}),
        )
        .await
        .ok(422);
    let wanted = [
        ("/email", "bad_format"),
        ("/name", "forbidden_character"),
        ("/password", "required"),
    ];
    let wanted = wanted.map(|(pointer, code)| (pointer.to_owned(), code.to_owned()));
    assert_eq!(answer.bad_fields(), wanted);
}

bsm_tests::served_on_both_engines! {
    what_is_no_json_body_is_refused,
    what_is_too_large_is_refused,
    every_rule_of_every_field_is_kept,
    unknown_keys_are_refused,
    all_bad_fields_are_told_at_once,
    rules_beyond_the_schema_are_kept,
    rules_beyond_the_schema_are_told_beside_the_others,
}
