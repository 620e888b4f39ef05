//! The bounds of parameters that follow from their names. Those of one parameter alone stand beside
//! its handler; a format (`uuid`, `date-time`) is a bound of its own.

use serde_json::{Value, json};

/// An ETag, several of them, or `*` (RFC 9110, section 13.1.1).
const TAGS: &str = r#"^(\*|(W/)?"[!#-~]*"(, ?(W/)?"[!#-~]*")*)$"#;
/// A ticket's id or number.
const TICKET: &str =
    "^([Tt][Kk][Tt]-[1-9][0-9]{0,18}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$";

/// Gives the parameters of an operation their bounds.
pub(super) fn of_parameters(path: &str, operation: &mut Value) {
    let parameters = operation
        .get_mut("parameters")
        .and_then(Value::as_array_mut);
    for parameter in parameters.into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap_or_default().to_owned();
        // A parameter is there or not: it is never null.
        if let Some(types) = parameter["schema"]["type"].as_array()
            && let Some(one) = types.iter().find(|t| *t != "null").cloned()
        {
            parameter["schema"]["type"] = one;
        }
        match parameter["in"].as_str().unwrap_or_default() {
            "header" => of_header(&name, parameter),
            "path" => of_path(path, &name, parameter),
            _ => of_query(&name, parameter),
        }
    }
}

fn of_header(name: &str, parameter: &mut Value) {
    let (pattern, longest, example) = match name {
        "If-Match" => (TAGS, 1_000, "\"5\""),
        // What is no tag matches nothing, and is not refused.
        "If-None-Match" => ("^[ -~]*$", 1_000, "\"5\""),
        "Last-Event-ID" => ("^(0|[1-9][0-9]{0,18})$", 19, "4711"),
        "Idempotency-Key" => (
            "^[ -~]+$",
            crate::http::once::KEY_MAX,
            "0197a1c5-order-of-ana",
        ),
        _ => return,
    };
    text(parameter, pattern, longest);
    parameter["example"] = json!(example);
}

fn of_path(path: &str, name: &str, parameter: &mut Value) {
    match name {
        "id" if path.contains("/tickets/{id}") => text(parameter, TICKET, 36),
        "slug" => {
            let longest = bsm_domain::text::MAX_SLUG_CHARS;
            text(parameter, "^[a-z0-9]+(-[a-z0-9]+)*$", longest);
            parameter["example"] = json!("reset-your-password");
        }
        "hash" => text(parameter, "^[0-9a-f]{1,64}$", 64),
        "n" => {
            parameter["schema"]["minimum"] = json!(1);
            parameter["schema"]["maximum"] = json!(i64::from(i32::MAX));
            parameter["example"] = json!(3);
        }
        _ => {}
    }
}

fn of_query(name: &str, parameter: &mut Value) {
    match name {
        "cursor" => text(parameter, "^[A-Za-z0-9_-]+$", 200),
        "time_zone" => text(parameter, "^[A-Za-z0-9_+/-]+$", 64),
        "limit" => parameter["schema"]["default"] = json!(crate::http::list::DEFAULT_LIMIT),
        _ => {}
    }
}

/// Bounds a text, where what stands beside the handler does not.
fn text(parameter: &mut Value, pattern: &str, longest: usize) {
    let schema = &mut parameter["schema"];
    for (keyword, bound) in [
        ("minLength", json!(1)),
        ("maxLength", json!(longest)),
        ("pattern", json!(pattern)),
    ] {
        if schema[keyword].is_null() {
            schema[keyword] = bound;
        }
    }
}
