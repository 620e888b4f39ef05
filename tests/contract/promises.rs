//! What clients are promised stands in the documents: every call, for whom, with its parameters
//! and fields. The table is `contract.json`; `tests/http/promises.rs` asks the server itself.

use bsm_domain::event::EventKind;
use bsm_tests::document::{Audience, Operation};
use bsm_tests::promises::{Contract, Promise};
use serde_json::Value;

#[test]
fn every_promised_call_stands_in_its_documents() {
    let mut missing = Vec::new();
    let promises = Contract::read().promises();
    assert!(promises.len() >= 70, "the table lost lines");
    for promise in &promises {
        for audience in promise.audiences() {
            match promise.operation(audience) {
                None => missing.push(format!("{}: not in {}", promise.call, audience.name())),
                Some(operation) => {
                    let lacks = what_it_lacks(promise, &operation);
                    missing.extend(lacks.map(|what| format!("{}: {what}", promise.call)));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// What the document does not say that the table promises.
fn what_it_lacks(promise: &Promise, operation: &Operation) -> impl Iterator<Item = String> {
    let mut lacks = Vec::new();
    if operation.is_open() != (promise.who == "open") {
        lacks.push("it is open to others than promised".to_owned());
    }
    let known = operation.query_names();
    for name in promise.column("query") {
        if !known.contains(&name.as_str()) {
            lacks.push(format!("no parameter {name}"));
        }
    }
    let body = operation.body().unwrap_or(Value::Null);
    let needed = required(operation, &body);
    for member in promise.column("body") {
        let name = member.trim_end_matches('!');
        if members(operation, vec![body.clone()], name).is_empty() {
            lacks.push(format!("no {name} in the body"));
        }
        if needed.iter().any(|n| n == name) != member.ends_with('!') {
            lacks.push(format!("{name} is not required as promised"));
        }
    }
    let insists = |header: &str| {
        let headers = operation.parameters("header");
        headers
            .iter()
            .any(|p| p["name"] == header && p["required"] == true)
    };
    if promise.is("if_match") && !insists("If-Match") {
        lacks.push("If-Match is not required".to_owned());
    }
    if promise.is("stream") && !(operation.is_stream() && operation.takes_header("Last-Event-ID")) {
        lacks.push("no stream that can be resumed".to_owned());
    }
    if let Some(status) = promise.answer {
        let answer = &operation.value["responses"][status.to_string()];
        for header in promise.column("headers") {
            if answer["headers"][&header].is_null() {
                lacks.push(format!("no {header} with the {status}"));
            }
        }
        let schema = &answer["content"]["application/json"]["schema"];
        for path in &promise.gives {
            if !has(operation, schema, path) {
                lacks.push(format!("no {path} in the {status}"));
            }
        }
    }
    lacks.into_iter()
}

/// Whether a schema has a field at this path.
fn has(operation: &Operation, schema: &Value, path: &str) -> bool {
    let mut found = vec![schema.clone()];
    for step in path.split('.') {
        let name = step.trim_end_matches("[]");
        found = members(operation, found, name);
        if step.ends_with("[]") {
            found = branches(operation, found)
                .into_iter()
                .map(|s| s["items"].clone())
                .filter(Value::is_object)
                .collect();
        }
    }
    !found.is_empty()
}

/// The schemas of a member, in whichever of the schemas it stands.
fn members(operation: &Operation, schemas: Vec<Value>, name: &str) -> Vec<Value> {
    branches(operation, schemas)
        .into_iter()
        .map(|schema| schema["properties"][name].clone())
        .filter(Value::is_object)
        .collect()
}

fn required(operation: &Operation, schema: &Value) -> Vec<String> {
    let lists = branches(operation, vec![schema.clone()]);
    let names = lists.iter().filter_map(|s| s["required"].as_array());
    names
        .flatten()
        .filter_map(|n| n.as_str().map(str::to_owned))
        .collect()
}

/// Schemas with references followed and combinations taken apart.
fn branches(operation: &Operation, schemas: Vec<Value>) -> Vec<Value> {
    let mut plain = Vec::new();
    let mut left = schemas;
    while let Some(schema) = left.pop() {
        let schema = operation.resolved(&schema);
        for key in ["allOf", "oneOf", "anyOf"] {
            left.extend(schema[key].as_array().into_iter().flatten().cloned());
        }
        plain.push(schema);
    }
    plain
}

#[test]
fn promised_codes_and_kinds_exist() {
    let contract = Contract::read();
    for audience in Audience::ALL {
        let document = audience.document();
        let schemas = &document["components"]["schemas"];
        let lists = |schema: &str, name: &str| {
            let known = schemas[schema]["enum"].as_array().cloned();
            for word in contract.list(name) {
                let there = known.iter().flatten().any(|k| *k == word);
                assert!(there, "{}: {schema} has no {word}", audience.name());
            }
        };
        lists("Code", "codes");
        lists("FieldKind", "field_kinds");
        lists("Op", "condition_ops");
        let any = bsm_tests::document::operations(audience);
        let any = any.first().expect("an operation");
        for (schema, name) in [("Problem", "problem"), ("Event", "event")] {
            for path in contract.list(name) {
                let there = has(any, &schemas[schema], &path);
                assert!(there, "{}: {schema} has no {path}", audience.name());
            }
        }
    }
    for kind in contract.list("event_types") {
        assert!(kind.parse::<EventKind>().is_ok(), "no event {kind}");
    }
}
