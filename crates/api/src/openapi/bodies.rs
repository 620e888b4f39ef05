//! Bodies that may be left out, and those that are no text.

use serde_json::{Value, json};
use utoipa::openapi::request_body::RequestBody;
use utoipa::openapi::{RefOr, Required, Schema};

/// A body that may be left out is a thing or no body at all, never `null`.
pub(super) fn thing_or_nothing(body: &mut RequestBody) {
    if body.required == Some(Required::True) {
        return;
    }
    for content in body.content.values_mut() {
        if let RefOr::T(content) = content
            && let Some(RefOr::T(Schema::OneOf(choice))) = &content.schema
            && let Some(thing) = choice.items.iter().find(|s| matches!(s, RefOr::Ref(_)))
        {
            content.schema = Some(thing.clone());
        }
    }
}

/// The bytes of a picture are one value, not a list of numbers.
pub(super) fn binary(operation: &mut Value) {
    let answers = operation["responses"].as_object_mut();
    for answer in answers.into_iter().flatten().map(|(_, answer)| answer) {
        let contents = answer.get_mut("content").and_then(Value::as_object_mut);
        for (media, content) in contents.into_iter().flatten() {
            if media.starts_with("image/") {
                content["schema"] = json!({"type": "string", "format": "binary"});
            }
        }
    }
}
