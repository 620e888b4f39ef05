//! The headers of answers.

use serde_json::{Value, json};

use super::walk::{each_operation, member};

/// Names the headers once, and says of every answer which of them it carries.
pub(super) fn add(document: &mut Value) {
    let headers = member(&mut document["components"], "headers");
    headers.insert(
        "X-Request-Id".into(),
        json!({"description": "Names this very request, in the server's log and in a problem's `request_id`.",
            "required": true, "schema": {"type": "string", "format": "uuid"},
            "example": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f"}),
    );
    headers.insert(
        "ETag".into(),
        json!({"description": "The version of what is answered, for `If-Match` and `If-None-Match`.",
            "required": true, "schema": {"type": "string", "pattern": "^(W/)?\"[!#-~]+\"$", "maxLength": 100},
            "example": "\"5\""}),
    );
    headers.insert(
        "Location".into(),
        json!({"description": "Where it stands.", "required": true,
            "schema": {"type": "string", "format": "uri-reference", "maxLength": 2000},
            "example": "/api/customer/tickets/01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f"}),
    );
    let seconds = json!({"type": "integer", "format": "int32", "minimum": 0, "maximum": 86_400});
    headers.insert(
        "Retry-After".into(),
        json!({"description": "In how many seconds to try again.", "required": true,
            "schema": seconds.clone(), "example": 2}),
    );
    headers.insert(
        "Retry-After-Optional".into(),
        json!({"description": "In how many seconds to try again, where waiting helps.",
            "schema": seconds, "example": 2}),
    );
    headers.insert(
        "RateLimit-Policy".into(),
        json!({"description": "The limits that the call counts against, where the server keeps limits: \
            name, calls (`q`) and seconds (`w`) of each.",
            "schema": {"type": "string", "maxLength": 200}, "example": "\"user\";q=1200;w=60"}),
    );
    headers.insert(
        "RateLimit".into(),
        json!({"description": "How these limits stand: calls left (`r`) and seconds until there are more (`t`).",
            "schema": {"type": "string", "maxLength": 200}, "example": "\"user\";r=1199;t=1"}),
    );
    headers.insert(
        "WWW-Authenticate".into(),
        json!({"description": "How to say who calls (RFC 9110, section 11.6.1).", "required": true,
            "schema": {"type": "string", "maxLength": 200}, "example": "Bearer"}),
    );
    each_operation(document, |_, _, operation| {
        let Some(answers) = operation["responses"].as_object_mut() else {
            return;
        };
        for (status, answer) in answers {
            let headers = member(answer, "headers");
            // What stands beside the handler is the same header: it is named instead of repeated.
            for name in ["ETag", "Location", "Retry-After"] {
                if headers.contains_key(name) {
                    headers.insert(name.into(), named(name));
                }
            }
            match status.as_str() {
                "401" => headers.insert("WWW-Authenticate".into(), named("WWW-Authenticate")),
                "409" | "503" => {
                    headers.insert("Retry-After".into(), named("Retry-After-Optional"))
                }
                "429" => headers.insert("Retry-After".into(), named("Retry-After")),
                _ => None,
            };
            for name in ["RateLimit", "RateLimit-Policy", "X-Request-Id"] {
                headers.insert(name.into(), named(name));
            }
        }
    });
}

fn named(name: &str) -> Value {
    json!({"$ref": format!("#/components/headers/{name}")})
}
