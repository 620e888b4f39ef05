//! What the documents say, and that they are the ones the code makes.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use bsm_tests::document::{Audience, operations};
use serde_json::Value;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn the_committed_documents_are_what_the_code_makes() {
    for (audience, made) in [
        (Audience::Customer, bsm_api::openapi::customer_document()),
        (Audience::Admin, bsm_api::openapi::admin_document()),
    ] {
        let path = root().join(format!("openapi/{}.json", audience.name()));
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        let made = format!("{made:#}\n");
        assert!(
            committed == made,
            "openapi/{}.json is not what the code makes; run: make gen",
            audience.name()
        );
    }
}

#[test]
fn the_documents_are_valid_openapi_3_1() {
    let script = root().join("scripts/check-openapi.sh");
    let done = Command::new("bash").arg(script).output().expect("bash");
    assert!(
        done.status.success(),
        "{}{}",
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr)
    );
    for audience in Audience::ALL {
        let document = audience.document();
        assert_eq!(document["openapi"], "3.1.0");
        let schemas = document["components"]["schemas"].as_object();
        for (name, schema) in schemas.expect("schemas") {
            assert!(
                jsonschema::meta::is_valid(schema),
                "{} {name}",
                audience.name()
            );
        }
    }
}

#[test]
fn every_operation_says_what_it_does() {
    for audience in Audience::ALL {
        let mut ids = BTreeSet::new();
        for operation in operations(audience) {
            let name = operation.name();
            let id = &operation.id;
            let word =
                |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            let is_noun_verb = id
                .split_once('.')
                .is_some_and(|(noun, verb)| word(noun) && word(verb));
            assert!(is_noun_verb, "{name}: operationId {id:?} is no noun.verb");
            assert!(
                ids.insert(id.clone()),
                "{name}: operationId {id} stands twice"
            );
            let text = |key: &str| {
                operation.value[key]
                    .as_str()
                    .unwrap_or_default()
                    .trim()
                    .len()
            };
            assert!(text("summary") > 0, "{name} has no summary");
            assert!(text("description") > 0, "{name} has no description");
            let tags = operation.value["tags"].as_array().map_or(0, Vec::len);
            assert_eq!(tags, 1, "{name} stands under {tags} tags");
            for place in ["path", "query", "header"] {
                for parameter in operation.parameters(place) {
                    let described = parameter["description"]
                        .as_str()
                        .is_some_and(|d| !d.is_empty());
                    assert!(described, "{name}: {} is not described", parameter["name"]);
                }
            }
            let templates = operation.path.matches('{').count();
            assert_eq!(
                operation.parameters("path").len(),
                templates,
                "{name}: its path's parameters"
            );
        }
    }
}

#[test]
fn bodies_refuse_unknown_keys() {
    fn check(what: &str, schema: &Value, document: &Value) {
        if let Some(reference) = schema["$ref"].as_str() {
            let name = reference.rsplit('/').next().unwrap_or_default();
            return check(name, &document["components"]["schemas"][name], document);
        }
        if let Some(properties) = schema["properties"].as_object() {
            assert_eq!(
                schema["additionalProperties"], false,
                "{what} takes unknown keys"
            );
            for (name, property) in properties {
                check(&format!("{what}.{name}"), property, document);
            }
        }
        check_all(what, &schema["items"], document);
        for key in ["oneOf", "anyOf", "allOf"] {
            for branch in schema[key].as_array().into_iter().flatten() {
                check(what, branch, document);
            }
        }
    }
    fn check_all(what: &str, items: &Value, document: &Value) {
        if items.is_object() {
            check(what, items, document);
        }
    }
    for audience in Audience::ALL {
        let document = audience.document();
        for operation in operations(audience) {
            let content = operation.value["requestBody"]["content"].as_object();
            for (_, media) in content.into_iter().flatten() {
                check(&operation.name(), &media["schema"], &document);
            }
        }
    }
}
