//! Schemas that allow no field they do not name. OpenAPI leaves objects open, so that a document may
//! grow; what is answered today must be known to the document of today.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// A schema that stands alone, closed, with the named ones of the document that it needs. Those that are
/// part of a combination stay open there, and the combination as a whole is closed.
pub fn closed(document: &Value, schema: &Value) -> Value {
    let mut needed = BTreeSet::new();
    let mut root = close(schema, true, &mut needed);
    let mut made = Map::new();
    let mut left: Vec<(bool, String)> = needed.iter().cloned().collect();
    while let Some((shut, name)) = left.pop() {
        let mut more = BTreeSet::new();
        let named = &document["components"]["schemas"][&name];
        assert!(named.is_object(), "there is no schema {name}");
        made.insert(key(shut, &name), close(named, shut, &mut more));
        left.extend(more.into_iter().filter(|one| needed.insert(one.clone())));
    }
    if !root.is_object() {
        root = json!({});
    }
    root["$defs"] = Value::Object(made);
    root
}

fn key(shut: bool, name: &str) -> String {
    format!("{}.{name}", if shut { "closed" } else { "open" })
}

fn close(schema: &Value, shut: bool, needed: &mut BTreeSet<(bool, String)>) -> Value {
    let Some(members) = schema.as_object() else {
        return schema.clone();
    };
    // What is beside these is one whole with them: only the whole can be closed.
    let combined = members.contains_key("allOf")
        || (members.contains_key("properties")
            && ["oneOf", "anyOf", "$ref"]
                .iter()
                .any(|k| members.contains_key(*k)));
    let mut out = Map::new();
    for (keyword, value) in members {
        let value = match keyword.as_str() {
            "$ref" => {
                let name = value.as_str().and_then(|r| r.rsplit('/').next());
                let name = name.unwrap_or_default().to_owned();
                let shut = shut && !combined;
                let reference = format!("#/$defs/{}", key(shut, &name));
                needed.insert((shut, name));
                json!(reference)
            }
            "properties" | "patternProperties" => each(value, |v| close(v, true, needed)),
            "items" | "additionalProperties" | "prefixItems" => match value {
                Value::Array(_) => list(value, |v| close(v, true, needed)),
                one => close(one, true, needed),
            },
            "allOf" | "oneOf" | "anyOf" => list(value, |v| close(v, shut && !combined, needed)),
            // Not for validators, and large.
            "example" | "examples" | "description" => continue,
            _ => value.clone(),
        };
        out.insert(keyword.clone(), value);
    }
    let open = !out.contains_key("additionalProperties");
    if shut && open && (combined || out.contains_key("properties")) {
        out.insert("unevaluatedProperties".into(), json!(false));
    }
    Value::Object(out)
}

fn each(members: &Value, mut change: impl FnMut(&Value) -> Value) -> Value {
    let members = members.as_object().into_iter().flatten();
    Value::Object(members.map(|(n, v)| (n.clone(), change(v))).collect())
}

fn list(items: &Value, change: impl FnMut(&Value) -> Value) -> Value {
    let items = items.as_array().into_iter().flatten();
    Value::Array(items.map(change).collect())
}
