//! Stand-ins for the fields of a body that its schema refuses. With them the body can be read all
//! the same, so that what only `validator` sees in the other fields is reported beside them.

use serde_json::{Map, Value, json};

use super::problem::FieldProblem;

/// How deep a stand-in may be: schemas may contain themselves.
const DEPTH: usize = 8;

/// The body with a value that its schema allows in place of each field that has an error; unknown
/// fields are left out. It is for finding further errors only.
pub(super) fn mended(mut body: Value, schema: &Value, errors: &[FieldProblem]) -> Value {
    let Some(members) = body.as_object_mut() else {
        return body;
    };
    for error in errors {
        let first = error.pointer.split('/').nth(1).unwrap_or_default();
        let key = first.replace("~1", "/").replace("~0", "~");
        match schema["properties"].get(&key) {
            Some(field) => {
                members.insert(key, stand_in(field, schema, DEPTH));
            }
            None => {
                members.remove(&key);
            }
        }
    }
    body
}

/// The simplest value that a schema allows, as far as its type, bounds and format tell.
fn stand_in(of: &Value, root: &Value, depth: usize) -> Value {
    if depth == 0 {
        return Value::Null;
    }
    let deeper = |of: &Value| stand_in(of, root, depth - 1);
    if let Some(name) = of["$ref"].as_str() {
        return root
            .pointer(name.trim_start_matches('#'))
            .map_or(Value::Null, deeper);
    }
    if let Some(first) = of["enum"].as_array().and_then(|values| values.first()) {
        return first.clone();
    }
    if let Some(only) = of.get("const") {
        return only.clone();
    }
    for word in ["oneOf", "anyOf", "allOf"] {
        if let Some(branches) = of[word].as_array() {
            let nothing = branches.iter().any(|b| b["type"] == "null");
            return match branches.first() {
                Some(branch) if !nothing => deeper(branch),
                _ => Value::Null,
            };
        }
    }
    match of["type"].as_str() {
        Some("string") => match of["format"].as_str() {
            Some("uuid") => json!("00000000-0000-0000-0000-000000000000"),
            Some("date-time") => json!("2000-01-01T00:00:00Z"),
            Some("date") => json!("2000-01-01"),
            _ => {
                let length = of["minLength"].as_u64().unwrap_or(0).min(1_000);
                json!("x".repeat(usize::try_from(length).unwrap_or(0)))
            }
        },
        Some("integer" | "number") => of.get("minimum").cloned().unwrap_or_else(|| json!(0)),
        Some("boolean") => json!(false),
        Some("array") => json!([]),
        Some("object") => {
            let required = of["required"].as_array().into_iter().flatten();
            let members: Map<String, Value> = required
                .filter_map(Value::as_str)
                .map(|key| (key.to_owned(), deeper(&of["properties"][key])))
                .collect();
            Value::Object(members)
        }
        // A list of types: one that may be null.
        _ => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_with_errors_get_what_their_schema_allows() {
        let schema = json!({
            "type": "object",
            "properties": {
                "name": {"type": "string", "minLength": 3},
                "owner": {"type": "string", "format": "uuid"},
                "kind": {"$ref": "#/components/schemas/Kind"},
                "price": {"oneOf": [{"type": "null"}, {"type": "integer"}]},
                "days": {"type": "integer", "minimum": 1},
                "form": {"$ref": "#/components/schemas/Form"},
                "note": {"type": ["string", "null"]},
                "kept": {"type": "string"}
            },
            "components": {"schemas": {
                "Kind": {"type": "string", "enum": ["free", "fixed"]},
                "Form": {
                    "type": "object",
                    "required": ["fields", "inner"],
                    "properties": {"fields": {"type": "array"}, "inner": {"$ref": "#/components/schemas/Form"}}
                }
            }}
        });
        let at = |pointer: &str| FieldProblem {
            pointer: pointer.to_owned(),
            code: "wrong_type".into(),
            detail: String::new(),
        };
        let errors = [
            "/name",
            "/owner",
            "/kind",
            "/price",
            "/days",
            "/form/fields/0",
            "/note",
            "/a~1b",
        ]
        .map(at);
        let body = json!({"name": 5, "form": 7, "a/b": 1, "kept": "as it was"});
        let mended = mended(body, &schema, &errors);
        assert_eq!(mended["name"], "xxx");
        assert_eq!(mended["owner"], "00000000-0000-0000-0000-000000000000");
        assert_eq!(
            (&mended["kind"], &mended["days"]),
            (&json!("free"), &json!(1))
        );
        assert_eq!(
            (&mended["price"], &mended["note"]),
            (&Value::Null, &Value::Null)
        );
        assert_eq!(mended["form"]["fields"], json!([]));
        assert_eq!(mended["kept"], "as it was");
        assert!(mended.get("a/b").is_none());
        assert_eq!(super::mended(json!([1]), &schema, &errors), json!([1]));
    }
}
