//! What was asked, where it was taken: whatever the server accepts must stand in the document.

use serde_json::Value;

use super::known::Operation;
use super::{Question, against};

/// Headers that belong to HTTP itself and need no word in the document.
const OF_HTTP: [&str; 12] = [
    "accept",
    "accept-encoding",
    "accept-language",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "host",
    "origin",
    "referer",
    "user-agent",
];

/// Headers of proxies and browsers.
const OF_THE_WAY: [&str; 3] = ["x-forwarded-", "sec-", "x-request-id"];

pub fn check(asked: &Question, operation: &Operation<'_>, found: &mut Vec<String>) {
    let variables = operation.variables();
    for (pointer, parameter) in operation.parameters("path") {
        let value = variables
            .iter()
            .find(|(name, _)| parameter["name"] == **name);
        match value {
            Some((_, text)) => value_of(operation, &pointer, parameter, text, found),
            None => found.push(format!("{} is not in the path", parameter["name"])),
        }
    }
    let query = operation.parameters("query");
    let given: Vec<_> = asked.url.query_pairs().collect();
    for (name, text) in &given {
        match query.iter().find(|(_, p)| p["name"] == name.as_ref()) {
            Some((pointer, parameter)) => value_of(operation, pointer, parameter, text, found),
            None => found.push(format!("it took the unknown parameter {name}")),
        }
    }
    for (_, parameter) in query.iter().filter(|(_, p)| p["required"] == true) {
        if !given
            .iter()
            .any(|(name, _)| parameter["name"] == name.as_ref())
        {
            found.push(format!("it did not need {}", parameter["name"]));
        }
    }
    check_headers(asked, operation, found);
    check_body(asked, operation, found);
}

/// Checks a value as the text it came as, or as the number or truth that the text is.
fn value_of(
    operation: &Operation<'_>,
    pointer: &str,
    parameter: &Value,
    text: &str,
    found: &mut Vec<String>,
) {
    let value = Value::String(text.to_owned());
    let read = serde_json::from_str::<Value>(text).ok();
    let read = read.filter(|v| v.is_number() || v.is_boolean());
    let validator = operation.validator(pointer);
    let fits = validator.is_valid(&value) || read.is_some_and(|v| validator.is_valid(&v));
    if !fits {
        found.push(format!("it took {} {text:?}", parameter["name"]));
    }
}

fn check_headers(asked: &Question, operation: &Operation<'_>, found: &mut Vec<String>) {
    let known = operation.parameters("header");
    let is = |parameter: &Value, name: &str| {
        let known = parameter["name"].as_str().unwrap_or_default();
        known.eq_ignore_ascii_case(name)
    };
    for (name, value) in &asked.headers {
        let name = name.as_str();
        match known.iter().find(|(_, p)| is(p, name)) {
            Some((pointer, parameter)) => {
                let text = value.to_str().unwrap_or_default();
                value_of(operation, pointer, parameter, text, found);
            }
            None if OF_HTTP.contains(&name) => {}
            None if OF_THE_WAY.iter().any(|start| name.starts_with(start)) => {}
            None => found.push(format!("it took the unknown header {name}")),
        }
    }
    for (_, parameter) in known.iter().filter(|(_, p)| p["required"] == true) {
        let name = parameter["name"].as_str().unwrap_or_default();
        if !asked.headers.contains_key(name) {
            found.push(format!("it did not need the header {name}"));
        }
    }
}

fn check_body(asked: &Question, operation: &Operation<'_>, found: &mut Vec<String>) {
    let Some(body) = &asked.body else {
        return;
    };
    let known = operation.at("/requestBody");
    if body.is_empty() {
        if known["required"] == true {
            found.push("it did not need a body".to_owned());
        }
        return;
    }
    if known.is_null() {
        // An action takes no body, or `{}`: what clients send that always send JSON.
        if body != b"{}" {
            found.push("it took a body that the document does not know".to_owned());
        }
        return;
    }
    let kind = asked.headers.get("content-type");
    let kind = kind.and_then(|v| v.to_str().ok()).unwrap_or_default();
    let kind = kind
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_lowercase();
    if known["content"][&kind].is_null() {
        found.push(format!("it took a body of the unknown kind {kind:?}"));
    } else if kind.contains("json") {
        let pointer = format!("/requestBody/content/{}", kind.replace('/', "~1"));
        match serde_json::from_slice(body) {
            Ok(value) => against(operation, &pointer, &value, found),
            Err(_) => found.push("it took a body that is not JSON".to_owned()),
        }
    }
}
