//! The copies in OpenAPI 3.0 hold all that the documents hold.

#[path = "../build/three_zero.rs"]
mod three_zero;

use std::collections::BTreeSet;

use serde_json::{Value, json};
use three_zero::three_zero;

fn documents() -> impl Iterator<Item = Value> {
    ["customer", "admin"].into_iter().map(|audience| {
        let path = format!(
            "{}/../../openapi/{audience}.json",
            env!("CARGO_MANIFEST_DIR")
        );
        let text = std::fs::read_to_string(path).expect("a document");
        serde_json::from_str(&text).expect("JSON")
    })
}

/// Each fact that a client could rely on, with its place: operations, parameters, fields, values of
/// enums, bounds, required names, answers, references. Written so that both notations say it alike.
fn facts(document: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for part in ["paths", "components"] {
        note(&document[part], part, &mut found);
    }
    found
}

fn add(found: &mut BTreeSet<String>, at: &str, fact: &str) {
    found.insert(format!("{at} {fact}"));
}

fn note(value: &Value, at: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            if members.get("nullable") == Some(&json!(true)) {
                add(found, at, "may be null");
            }
            for (name, member) in members {
                let name = name.strip_prefix("x-").unwrap_or(name);
                match (name, member) {
                    ("nullable", _) => {}
                    ("type", Value::Array(types)) => {
                        for kind in types {
                            let fact = match kind.as_str() {
                                Some("null") => "may be null".to_owned(),
                                _ => format!("is {kind}"),
                            };
                            add(found, at, &fact);
                        }
                    }
                    ("type", kind) => {
                        add(found, at, &format!("is {kind}"));
                    }
                    ("const", constant) => {
                        add(found, at, &format!("enum {constant}"));
                    }
                    ("enum" | "required", Value::Array(names)) => {
                        for one in names {
                            add(found, at, &format!("{name} {one}"));
                        }
                    }
                    ("exclusiveMinimum", Value::Number(n)) => {
                        add(found, at, &format!("minimum {n}"));
                        add(found, at, "exclusiveMinimum");
                    }
                    ("exclusiveMaximum", Value::Number(n)) => {
                        add(found, at, &format!("maximum {n}"));
                        add(found, at, "exclusiveMaximum");
                    }
                    ("exclusiveMinimum" | "exclusiveMaximum", _) => {
                        add(found, at, name);
                    }
                    ("examples" | "example", _) => {}
                    // "Null or a thing", and "all of one thing", are the thing.
                    ("oneOf" | "anyOf" | "allOf", Value::Array(parts)) => {
                        let nothing = |part: &&Value| part["type"] == "null";
                        if parts.iter().any(|part| nothing(&part)) {
                            add(found, at, "may be null");
                        }
                        let things: Vec<&Value> = parts.iter().filter(|p| !nothing(p)).collect();
                        let single = things.len() == 1;
                        for part in things {
                            let place = if single {
                                at.to_owned()
                            } else {
                                format!("{at}/{name}")
                            };
                            note(part, &place, found);
                        }
                    }
                    (_, Value::Object(_) | Value::Array(_)) => {
                        note(member, &format!("{at}/{name}"), found);
                    }
                    (_, text) => {
                        add(found, at, &format!("{name} {text}"));
                    }
                }
            }
            add(found, at, "is there");
        }
        Value::Array(items) => {
            for item in items {
                // Parameters by their names, all else by what it says.
                let place = match item["name"].as_str() {
                    Some(name) => format!("{at}/{name}"),
                    None => at.to_owned(),
                };
                note(item, &place, found);
            }
        }
        scalar => {
            add(found, at, &scalar.to_string());
        }
    }
}

#[test]
fn nothing_is_lost_and_nothing_is_new() {
    for document in documents() {
        let (before, after) = (facts(&document), facts(&three_zero(&document)));
        assert!(before.len() > 3_000, "only {} facts", before.len());
        let lost: Vec<_> = before.difference(&after).take(20).collect();
        let new: Vec<_> = after.difference(&before).take(20).collect();
        assert!(
            lost.is_empty() && new.is_empty(),
            "lost {lost:#?}\nnew {new:#?}"
        );
    }
}

#[test]
fn no_word_is_left_that_3_0_does_not_know() {
    fn look(value: &Value, at: &str) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| look(item, at)),
            Value::Object(members) => {
                for (name, member) in members {
                    let place = format!("{at}/{name}");
                    if at.ends_with("/properties") || name.starts_with("x-") || name == "example" {
                        continue;
                    }
                    assert!(
                        ![
                            "const",
                            "prefixItems",
                            "propertyNames",
                            "contentEncoding",
                            "$defs"
                        ]
                        .contains(&name.as_str()),
                        "{place}"
                    );
                    assert!(name != "type" || member.is_string(), "{place}");
                    assert!(name != "$ref" || members.len() == 1, "{place}");
                    look(member, &place);
                }
            }
            _ => {}
        }
    }
    for document in documents() {
        let copy = three_zero(&document);
        assert_eq!(copy["openapi"], "3.0.3");
        look(&copy["paths"], "paths");
        look(&copy["components"], "components");
    }
}

#[test]
fn each_word_is_translated() {
    let document = json!({"openapi": "3.1.0", "components": {"schemas": {
        "A": {"type": ["string", "null"], "examples": ["a", "b"]},
        "B": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/A", "description": "d"}]},
        "C": {"const": 3, "exclusiveMinimum": 2},
        "D": {"type": ["string", "integer"], "contentEncoding": "base64"},
    }}});
    assert_eq!(
        three_zero(&document)["components"]["schemas"],
        json!({
            "A": {"type": "string", "nullable": true, "example": "a", "x-examples": ["b"]},
            "B": {"nullable": true, "allOf": [
                {"description": "d", "allOf": [{"$ref": "#/components/schemas/A"}]},
            ]},
            "C": {"enum": [3], "minimum": 2, "exclusiveMinimum": true},
            "D": {"anyOf": [{"type": "string"}, {"type": "integer"}], "x-contentEncoding": "base64"},
        })
    );
}
