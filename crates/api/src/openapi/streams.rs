//! Streams of events: what each message is made of.

use serde_json::{Value, json};

const MESSAGE: &str = "EventMessage";

/// Says of each stream what its messages are, and puts the schema of an event where it stands in them:
/// in `data`, as JSON.
pub(super) fn describe(document: &mut Value) {
    let mut streams = false;
    super::walk::each_operation(document, |_, _, operation| {
        let place = "/responses/200/content/text~1event-stream";
        if let Some(stream) = operation.pointer_mut(place) {
            stream["schema"] = json!({"$ref": format!("#/components/schemas/{MESSAGE}")});
            stream["example"] =
                json!({"id": "1041", "event": "hello", "data": r#"{"position":"1041"}"#});
            streams = true;
        }
    });
    if streams {
        document["components"]["schemas"][MESSAGE] = json!({
            "type": "object",
            "description": "One message of a stream, as the Server-Sent Events of HTML say.",
            "required": ["event", "data"],
            "properties": {
                "id": {
                    "type": "string",
                    "description": "The place in the log after this message: send it as `Last-Event-ID` to go on there.",
                    "pattern": "^(0|[1-9][0-9]{0,18})$",
                    "maxLength": 19,
                },
                "event": {
                    "type": "string",
                    "description": "`hello`, `reset`, `position`, `bye`, or the type of an event.",
                    "maxLength": 60,
                },
                "data": {
                    "type": "string",
                    "description": "JSON. Of an event, the event; of `hello`, `reset` and `position` an object with the `position`; of `bye` one with the `reason`.",
                    "contentMediaType": "application/json",
                    "contentSchema": {"anyOf": [
                        {"$ref": "#/components/schemas/Event"},
                        {"type": "object", "required": ["position"], "properties": {"position": {"type": "string"}}},
                        {"type": "object", "required": ["reason"], "properties": {"reason": {"type": "string"}}},
                    ]},
                    "maxLength": 65_536,
                },
            },
        });
    }
}
