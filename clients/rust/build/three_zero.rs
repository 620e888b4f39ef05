//! A copy of an OpenAPI 3.1 document in OpenAPI 3.0, which is what the generator reads.
//!
//! Only the notation changes. What 3.0 has no word for is kept under a name with `x-`, and
//! `tests/three_zero.rs` shows that nothing is lost.

use serde_json::{Map, Value, json};

/// Words of JSON Schema 2020-12 that 3.0 does not know and no generator needs.
const UNKNOWN: [&str; 5] = [
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "propertyNames",
    "patternProperties",
];

/// The document in OpenAPI 3.0.
pub fn three_zero(document: &Value) -> Value {
    let mut copy = document.clone();
    copy["openapi"] = json!("3.0.3");
    if let Some(license) = copy["info"]["license"].as_object_mut() {
        rename(license, "identifier", "x-identifier");
    }
    if let Some(schemas) = copy["components"]["schemas"].as_object_mut() {
        schemas.values_mut().for_each(schema);
    }
    for place in ["paths", "components"] {
        carriers(&mut copy[place]);
    }
    copy
}

/// Finds what carries a schema: parameters, headers, bodies, answers.
fn carriers(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(carriers),
        Value::Object(members) => {
            for (name, member) in members {
                match name.as_str() {
                    "schema" => schema(member),
                    // Values, and what was done already.
                    "example" | "examples" | "schemas" => {}
                    _ => carriers(member),
                }
            }
        }
        _ => {}
    }
}

/// Writes a schema, and those in it, in the words of 3.0.
fn schema(value: &mut Value) {
    // A schema that is `true` or `false`.
    if let Some(allowed) = value.as_bool() {
        *value = if allowed {
            json!({})
        } else {
            json!({"not": {}})
        };
        return;
    }
    let Some(members) = value.as_object_mut() else {
        return;
    };
    for name in ["properties", "$defs"] {
        let inner = members.get_mut(name).and_then(Value::as_object_mut);
        inner
            .into_iter()
            .flat_map(|m| m.values_mut())
            .for_each(schema);
    }
    for name in ["items", "not", "contentSchema", "propertyNames"] {
        members.get_mut(name).into_iter().for_each(schema);
    }
    if let Some(extra) = members.get_mut("additionalProperties")
        && extra.is_object()
    {
        schema(extra);
    }
    for name in ["oneOf", "anyOf", "allOf", "prefixItems"] {
        let parts = members.get_mut(name).and_then(Value::as_array_mut);
        parts.into_iter().flatten().for_each(schema);
    }
    nothing_as_a_type(members);
    nothing_as_a_part(members);
    one_value(members);
    bounds_apart(members);
    for name in UNKNOWN {
        rename(members, name, &format!("x-{name}"));
    }
    if let Some(Value::Array(mut examples)) = members.remove("examples") {
        let first = if examples.is_empty() {
            Value::Null
        } else {
            examples.remove(0)
        };
        members.entry("example").or_insert(first);
        if !examples.is_empty() {
            members.insert("x-examples".to_owned(), Value::Array(examples));
        }
    }
    reference_alone(members);
}

/// `type: [string, null]` is `type: string, nullable: true`.
fn nothing_as_a_type(members: &mut Map<String, Value>) {
    let Some(Value::Array(types)) = members.get("type") else {
        return;
    };
    let (nothing, mut things): (Vec<Value>, Vec<Value>) =
        types.iter().cloned().partition(|t| t == "null");
    if !nothing.is_empty() {
        members.insert("nullable".to_owned(), json!(true));
    }
    if things.len() == 1 {
        members.insert("type".to_owned(), things.remove(0));
    } else {
        members.remove("type");
        let choice = things.into_iter().map(|t| json!({"type": t})).collect();
        members.insert("anyOf".to_owned(), Value::Array(choice));
    }
}

/// `oneOf: [{type: null}, X]` is X, nullable.
fn nothing_as_a_part(members: &mut Map<String, Value>) {
    for name in ["oneOf", "anyOf"] {
        let Some(Value::Array(parts)) = members.get_mut(name) else {
            continue;
        };
        let before = parts.len();
        parts.retain(|part| part.get("type").is_none_or(|t| t != "null"));
        let (after, only) = (parts.len(), parts.first().cloned());
        if after == before {
            continue;
        }
        members.insert("nullable".to_owned(), json!(true));
        if let Some(only) = only.filter(|_| after == 1) {
            members.remove(name);
            members.insert("allOf".to_owned(), json!([only]));
        }
    }
}

/// `const: X` is `enum: [X]`.
fn one_value(members: &mut Map<String, Value>) {
    if let Some(value) = members.remove("const") {
        members.insert("enum".to_owned(), json!([value]));
    }
}

/// `exclusiveMinimum: 3` is `minimum: 3, exclusiveMinimum: true`.
fn bounds_apart(members: &mut Map<String, Value>) {
    for (exclusive, bound) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        if let Some(limit) = members.get(exclusive).filter(|l| l.is_number()).cloned() {
            members.insert(bound.to_owned(), limit);
            members.insert(exclusive.to_owned(), json!(true));
        }
    }
}

/// Beside a reference nothing else counts in 3.0: it becomes a part of its own.
fn reference_alone(members: &mut Map<String, Value>) {
    if members.len() > 1
        && let Some(reference) = members.remove("$ref")
    {
        let part = json!({"$ref": reference});
        match members.get_mut("allOf").and_then(Value::as_array_mut) {
            Some(parts) => parts.push(part),
            None => {
                members.insert("allOf".to_owned(), json!([part]));
            }
        }
    }
}

fn rename(members: &mut Map<String, Value>, from: &str, to: &str) {
    if let Some(value) = members.remove(from) {
        members.insert(to.to_owned(), value);
    }
}
