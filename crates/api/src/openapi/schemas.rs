//! Schemas stand once, under their names, and only those that something refers to.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value, json};

use super::walk::{each_value, referred};

/// Puts a reference wherever the very schema of a named object stands instead of its name, as it
/// does in lists: generators of clients make one type of each name.
pub(super) fn name_inlined(document: &mut Value) {
    let Some(schemas) = document["components"]["schemas"].as_object() else {
        return;
    };
    let names: HashMap<String, String> = schemas
        .iter()
        .filter(|(_, schema)| schema["properties"].is_object())
        .map(|(name, schema)| (schema.to_string(), name.clone()))
        .collect();
    let mut see = |value: &mut Value| {
        if value["properties"].is_object()
            && let Some(name) = names.get(&value.to_string())
        {
            *value = json!({"$ref": format!("#/components/schemas/{name}")});
        }
    };
    each_value(&mut document["paths"], &mut see);
    let Some(schemas) = document["components"]["schemas"].as_object_mut() else {
        return;
    };
    for schema in schemas.values_mut().filter_map(Value::as_object_mut) {
        // Not the schema itself: it is the one that is referred to.
        schema.values_mut().for_each(|v| each_value(v, &mut see));
    }
}

/// Takes out the schemas that nothing refers to.
pub(super) fn prune(document: &mut Value) {
    let mut used = BTreeSet::new();
    let mut left = Vec::new();
    note_references(&document["paths"], &mut left);
    while let Some(name) = left.pop() {
        if used.insert(name.clone()) {
            note_references(&document["components"]["schemas"][&name], &mut left);
        }
    }
    if let Some(schemas) = document["components"]["schemas"].as_object_mut() {
        let kept: Map<String, Value> = std::mem::take(schemas)
            .into_iter()
            .filter(|(name, _)| used.contains(name))
            .collect();
        *schemas = kept;
    }
}

fn note_references(value: &Value, found: &mut Vec<String>) {
    found.extend(referred(value).map(str::to_owned));
    match value {
        Value::Array(items) => items.iter().for_each(|i| note_references(i, found)),
        Value::Object(members) => members.values().for_each(|m| note_references(m, found)),
        _ => {}
    }
}
