//! Ways through a document.

use serde_json::{Map, Value};

/// The methods that an operation can have, as documents write them.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// Shows every operation, with its path and its method.
pub(super) fn each_operation(document: &mut Value, mut see: impl FnMut(&str, &str, &mut Value)) {
    let Some(paths) = document["paths"].as_object_mut() else {
        return;
    };
    for (path, item) in paths {
        for method in METHODS {
            if let Some(operation) = item.get_mut(method) {
                see(path, method, operation);
            }
        }
    }
}

/// Shows every value, each before what is in it.
pub(super) fn each_value(value: &mut Value, see: &mut impl FnMut(&mut Value)) {
    see(value);
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| each_value(item, see)),
        Value::Object(members) => members.values_mut().for_each(|m| each_value(m, see)),
        _ => {}
    }
}

/// The member of an object, made where it is missing; `value` is an object.
pub(super) fn member<'a>(value: &'a mut Value, name: &str) -> &'a mut Map<String, Value> {
    let member = &mut value[name];
    if !member.is_object() {
        *member = Value::Object(Map::new());
    }
    match member {
        Value::Object(members) => members,
        _ => unreachable!("it was just made"),
    }
}

/// The name of the schema that a reference leads to.
pub(super) fn referred(schema: &Value) -> Option<&str> {
    let reference = schema.get("$ref")?.as_str()?;
    reference.strip_prefix("#/components/schemas/")
}
