//! What was answered: its status, kind, headers, body, and the code of a problem.

use reqwest::header::HeaderMap;
use serde_json::Value;

use super::against;
use super::known::Operation;

/// Headers that say something to clients of the API: an answer that carries one must say so.
const TELLING: [&str; 10] = [
    "etag",
    "location",
    "retry-after",
    "ratelimit",
    "ratelimit-policy",
    "deprecation",
    "sunset",
    "link",
    "www-authenticate",
    "set-cookie",
];

pub fn check(
    operation: &Operation<'_>,
    status: u16,
    headers: &HeaderMap,
    text: Option<&str>,
    found: &mut Vec<String>,
) {
    let at = format!("/responses/{status}");
    let known = operation.at(&at);
    if known.is_null() {
        found.push(format!("it answered {status}"));
        return;
    }
    check_headers(operation, &at, headers, found);
    let header = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    let kind = header("content-type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let contents = known["content"].as_object();
    if contents.is_none_or(serde_json::Map::is_empty) {
        if text.is_some_and(|t| !t.is_empty()) {
            found.push(format!("its {status} has a body"));
        }
        return;
    }
    if known["content"][kind].is_null() {
        found.push(format!("its {status} is of the unknown kind {kind:?}"));
        return;
    }
    let Some(text) = text.filter(|_| kind.contains("json")) else {
        return;
    };
    let pointer = format!("{at}/content/{}", kind.replace('/', "~1"));
    match serde_json::from_str::<Value>(text) {
        Ok(body) => against(operation, &pointer, &body, found),
        Err(_) => found.push(format!("its {status} is not JSON")),
    }
}

fn check_headers(
    operation: &Operation<'_>,
    at: &str,
    headers: &HeaderMap,
    found: &mut Vec<String>,
) {
    let known = operation.at(at)["headers"].as_object();
    for name in known.into_iter().flatten().map(|(name, _)| name) {
        let pointer = format!("{at}/headers/{name}");
        match headers.get(name).map(|v| v.to_str().unwrap_or_default()) {
            None if operation.at(&pointer)["required"] == true => {
                found.push(format!("{at} lacks the header {name}"));
            }
            None => {}
            Some(text) => {
                let whole = text.parse::<i64>().ok().map(Value::from);
                let validator = operation.validator(&pointer);
                let fits = validator.is_valid(&Value::from(text))
                    || whole.is_some_and(|n| validator.is_valid(&n));
                if !fits {
                    found.push(format!("{pointer} is {text:?}"));
                }
            }
        }
    }
    for name in TELLING.iter().filter(|name| headers.contains_key(**name)) {
        let mut names = known.into_iter().flatten().map(|(known, _)| known);
        if !names.any(|known| known.eq_ignore_ascii_case(name)) {
            found.push(format!("{at} has the unknown header {name}"));
        }
    }
}
