//! Every operation shows what to send and what comes back, and what it shows is true.

use bsm_tests::document::{Audience, Operation, operations};
use bsm_tests::drift::closed;
use serde_json::Value;

/// The contents of JSON that an example is due for, each with its place.
fn contents(operation: &Operation) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    let mut add = |place: String, holder: &'_ Value| {
        let contents = holder["content"].as_object().into_iter().flatten();
        for (media, _) in contents.filter(|(m, _)| m.contains("json")) {
            found.push(format!("{place}/content/{}", media.replace('/', "~1")));
        }
    };
    add("/requestBody".to_owned(), &operation.value["requestBody"]);
    for (status, answer) in operation.value["responses"]
        .as_object()
        .into_iter()
        .flatten()
    {
        if status.starts_with('2') {
            add(format!("/responses/{status}"), answer);
        }
    }
    let at = |place: String| {
        let content = operation.value.pointer(&place).unwrap_or(&Value::Null);
        (place, content)
    };
    found.into_iter().map(at).collect()
}

#[test]
fn every_body_and_answer_has_an_example_of_its_schema() {
    let mut wrong = Vec::new();
    for audience in Audience::ALL {
        let document = audience.document();
        for operation in operations(audience) {
            for (place, content) in contents(&operation) {
                let what = format!("{} {place}", operation.name());
                let example = content.get("example").or_else(|| {
                    let examples = content["examples"].as_object()?;
                    examples.values().next()?.get("value")
                });
                let Some(example) = example else {
                    wrong.push(format!("{what} has no example"));
                    continue;
                };
                let validator = jsonschema::options()
                    .should_validate_formats(true)
                    .build(&closed(&document, &content["schema"]))
                    .expect("a schema");
                wrong.extend(
                    validator
                        .iter_errors(example)
                        .map(|e| format!("{what} {}: {e}", e.instance_path())),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_parameter_has_bounds_and_its_example_keeps_them() {
    let mut wrong = Vec::new();
    for audience in Audience::ALL {
        let document = audience.document();
        for operation in operations(audience) {
            for parameter in ["path", "query", "header"]
                .iter()
                .flat_map(|p| operation.parameters(p))
            {
                let what = format!("{}: {}", operation.name(), parameter["name"]);
                let schema = operation.resolved(&parameter["schema"]);
                let bounded = match schema["type"].as_str() {
                    Some("string") => ["maxLength", "enum", "format"]
                        .iter()
                        .any(|k| !schema[*k].is_null()),
                    Some("integer") => !schema["minimum"].is_null() && !schema["maximum"].is_null(),
                    Some("boolean") => true,
                    _ => false,
                };
                if !bounded {
                    wrong.push(format!("{what} has no bounds"));
                }
                if let Some(example) = parameter.get("example") {
                    let validator =
                        jsonschema::validator_for(&closed(&document, &parameter["schema"]));
                    if !validator.expect("a schema").is_valid(example) {
                        wrong.push(format!("{what}: its example breaks its rules"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn tags_stand_at_the_top_with_a_description() {
    for audience in Audience::ALL {
        let document = audience.document();
        let tags = document["tags"].as_array().expect("tags");
        for tag in tags {
            let described = tag["description"].as_str().is_some_and(|d| !d.is_empty());
            assert!(described, "{}: {}", audience.name(), tag["name"]);
        }
        for operation in operations(audience) {
            let name = &operation.value["tags"][0];
            assert!(
                tags.iter().any(|t| t["name"] == *name),
                "{name} is not at the top"
            );
        }
    }
}

/// The same call has the same id in both documents; and each document has an id once (`documents.rs`).
#[test]
fn a_call_of_both_documents_has_one_id() {
    let customer = operations(Audience::Customer);
    let mut shared = 0;
    for operation in operations(Audience::Admin) {
        let same = customer.iter().find(|o| o.name() == operation.name());
        if let Some(same) = same {
            shared += 1;
            assert_eq!(same.id, operation.id, "{}", operation.name());
        }
    }
    assert!(shared > 10, "only {shared} calls stand in both");
}

#[test]
fn every_error_names_its_codes_for_programs() {
    for audience in Audience::ALL {
        for operation in operations(audience) {
            for (status, answer) in operation.value["responses"].as_object().expect("answers") {
                if status.as_str() < "400" {
                    continue;
                }
                let schema = &answer["content"]["application/problem+json"]["schema"];
                assert_eq!(schema["$ref"], "#/components/schemas/Problem");
                let codes = schema["properties"]["code"]["enum"]
                    .as_array()
                    .expect("codes");
                assert!(
                    !codes.is_empty(),
                    "{} {status} has no code",
                    operation.name()
                );
                let text = answer["description"].as_str().expect("a description");
                for code in codes {
                    let code = code.as_str().expect("a code");
                    assert!(
                        text.contains(&format!("`{code}`")),
                        "{} {status}",
                        operation.name()
                    );
                }
            }
        }
    }
}
