//! Examples of bodies and answers, made from their schemas: an operation that is added has them
//! without anybody thinking of it, and they change with it. What a type or a field gives as its own
//! example is taken.

use serde_json::{Map, Number, Value, json};

use super::example_words as words;
use super::walk::{each_operation, referred};

/// How deep objects are shown; deeper ones have their required fields only, and lists are empty.
const DEPTH: usize = 8;

/// Where the example of a key stands that was just made.
const MADE_KEY: &str =
    "/paths/~1api~1admin~1api-keys/post/responses/201/content/application~1json/example";

/// Has the form of a key; its checksum is wrong, so that nobody takes it for one that was lost.
const KEY: &str = "bsm_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzEXAMPLE00";

/// Adds an example to every body and every answer of JSON that has none.
pub(super) fn add(document: &mut Value) {
    let schemas = document["components"]["schemas"].clone();
    let problem = of(&schemas, &schemas["Problem"], At::of("Problem"), DEPTH);
    document["components"]["schemas"]["Problem"]["example"] = problem;
    each_operation(document, |_, _, operation| {
        if let Some(body) = operation.get_mut("requestBody") {
            add_to(&schemas, body);
        }
        let answers = operation["responses"].as_object_mut();
        for (status, answer) in answers.into_iter().flatten() {
            if status.starts_with('2') {
                add_to(&schemas, answer);
            }
        }
    });
    if let Some(made) = document.pointer_mut(MADE_KEY) {
        made["key"] = Value::from(KEY);
    }
}

fn add_to(schemas: &Value, holder: &mut Value) {
    let contents = holder.get_mut("content").and_then(Value::as_object_mut);
    for (media, content) in contents.into_iter().flatten() {
        let said = content.get("example").is_some() || content.get("examples").is_some();
        if said || !(media.contains("json") || media == "text/event-stream") {
            continue;
        }
        content["example"] = of(schemas, &content["schema"], At::of(""), DEPTH);
    }
}

/// Where an example stands: in a field of a named schema.
#[derive(Clone, Copy)]
struct At<'a> {
    schema: &'a str,
    field: &'a str,
}

impl<'a> At<'a> {
    fn of(schema: &'a str) -> Self {
        Self { schema, field: "" }
    }
}

/// An example of a schema; `depth` is how many levels of objects may still be shown.
fn of(schemas: &Value, schema: &Value, at: At<'_>, depth: usize) -> Value {
    let given = schema.get("example").or_else(|| schema["examples"].get(0));
    if let Some(example) = given {
        return example.clone();
    }
    if let Some(name_of_schema) = referred(schema) {
        let at = At {
            schema: name_of_schema,
            ..at
        };
        return of(schemas, &schemas[name_of_schema], at, depth);
    }
    if let Some(value) = schema.get("const").or_else(|| schema["enum"].get(0)) {
        return value.clone();
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let mut all = Map::new();
        for part in parts {
            if let Value::Object(members) = of(schemas, part, at, depth) {
                all.extend(members);
            }
        }
        all.extend(members_of(schemas, schema, at.schema, depth));
        return Value::Object(all);
    }
    let choices = schema["oneOf"].as_array().or(schema["anyOf"].as_array());
    if let Some(choices) = choices {
        let thing = choices.iter().find(|c| c["type"] != "null");
        return thing.map_or(Value::Null, |thing| of(schemas, thing, at, depth));
    }
    match type_of(schema) {
        "object" => Value::Object(members_of(schemas, schema, at.schema, depth)),
        "array" if depth == 0 && schema["minItems"].as_u64().unwrap_or(0) == 0 => json!([]),
        "array" => json!([of(schemas, &schema["items"], at, depth.saturating_sub(1))]),
        "string" => Value::String(words::text(schema, at.schema, at.field)),
        "integer" => number(schema, words::count(at.field)),
        "number" => number(schema, words::measure(at.field)),
        "boolean" => Value::Bool(words::truth(at.field)),
        _ => Value::Null,
    }
}

fn members_of(schemas: &Value, schema: &Value, holder: &str, depth: usize) -> Map<String, Value> {
    let required = schema["required"].as_array();
    let is_required = |name: &String| required.into_iter().flatten().any(|r| r == name);
    let properties = schema["properties"].as_object().into_iter().flatten();
    properties
        .filter(|(name, _)| depth > 0 || is_required(name))
        // Whoever asks for no words gets no marks of them.
        .filter(|(name, _)| *name != "highlights" || is_required(name))
        // Shown once, by the call that makes it.
        .filter(|(name, _)| (holder, name.as_str()) != ("ApiKey", "key"))
        .map(|(name, property)| {
            let is_last_page = name == "next_cursor";
            let value = if is_last_page {
                Value::Null
            } else {
                let at = At {
                    schema: holder,
                    field: name,
                };
                of(schemas, property, at, depth.saturating_sub(1))
            };
            (name.clone(), value)
        })
        .collect()
}

/// The type, or the first that is not null.
fn type_of(schema: &Value) -> &str {
    match &schema["type"] {
        Value::Array(types) => types
            .iter()
            .filter_map(Value::as_str)
            .find(|t| *t != "null")
            .unwrap_or("null"),
        Value::String(one) => one,
        _ if schema["properties"].is_object() => "object",
        _ => "null",
    }
}

/// The number, within the bounds of the schema.
fn number(schema: &Value, wanted: Number) -> Value {
    let below = |bound: &Value| {
        bound
            .as_f64()
            .zip(wanted.as_f64())
            .is_some_and(|(b, w)| w < b)
    };
    let above = |bound: &Value| {
        bound
            .as_f64()
            .zip(wanted.as_f64())
            .is_some_and(|(b, w)| w > b)
    };
    if below(&schema["minimum"]) {
        schema["minimum"].clone()
    } else if above(&schema["maximum"]) {
        schema["maximum"].clone()
    } else {
        Value::Number(wanted)
    }
}
