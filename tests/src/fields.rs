//! The fields of a body as its schema describes them, and values that break each of their rules.

use serde_json::{Value, json};

use crate::document::Operation;

/// A field somewhere in a body.
#[derive(Debug, Clone)]
pub struct Field {
    /// JSON pointer to it; entries of lists are looked at as the first one.
    pub pointer: String,
    /// What it may hold, without references.
    pub schema: Value,
}

/// A value and the code that refuses it.
pub type Refused = (Value, &'static str);

/// How deep fields are looked for.
const DEPTH: usize = 5;

/// All fields of an operation's body, outer ones first.
#[must_use]
pub fn fields(operation: &Operation, body: &Value) -> Vec<Field> {
    let mut found = Vec::new();
    collect(operation, body, "", DEPTH, &mut found);
    found
}

fn collect(operation: &Operation, schema: &Value, at: &str, depth: usize, out: &mut Vec<Field>) {
    if depth == 0 {
        return;
    }
    let properties = schema["properties"].as_object();
    for (name, property) in properties.into_iter().flatten() {
        let pointer = format!("{at}/{name}");
        let schema = operation.resolved(property);
        out.push(Field {
            pointer: pointer.clone(),
            schema: schema.clone(),
        });
        let entries = operation.resolved(&schema["items"]);
        match schema["type"].as_str() {
            Some("object") => collect(operation, &schema, &pointer, depth - 1, out),
            Some("array") if entries["type"] == "object" => {
                collect(operation, &entries, &format!("{pointer}/0"), depth - 1, out);
            }
            Some("array") if entries["type"].is_string() => {
                out.push(Field {
                    pointer: format!("{pointer}/0"),
                    schema: entries,
                });
            }
            _ => {}
        }
    }
}

impl Field {
    /// The last part of the pointer.
    #[must_use]
    pub fn name(&self) -> &str {
        self.pointer.rsplit('/').next().unwrap_or_default()
    }

    /// A body with this value in this field, and of the others only what leads there.
    #[must_use]
    pub fn body(&self, value: Value) -> Value {
        self.pointer
            .split('/')
            .skip(1)
            .collect::<Vec<_>>()
            .iter()
            .rev()
            .fold(value, |inner, part| {
                if part.parse::<usize>().is_ok() {
                    json!([inner])
                } else {
                    json!({*part: inner})
                }
            })
    }

    fn bound(&self, name: &str) -> Option<i64> {
        self.schema[name].as_f64().map(|n| n as i64)
    }

    fn is_free_text(&self) -> bool {
        let schema = &self.schema;
        schema["type"] == "string"
            && ["enum", "format", "pattern"]
                .iter()
                .all(|k| schema[*k].is_null())
    }

    /// A value that breaks its type.
    #[must_use]
    pub fn of_another_type(&self) -> Option<Value> {
        Some(match self.schema["type"].as_str()? {
            "string" => json!(5),
            "integer" | "number" => json!("5"),
            "boolean" => json!("true"),
            "array" => json!({}),
            _ => json!([]),
        })
    }

    /// Values that break one rule each.
    #[must_use]
    pub fn refused(&self) -> Vec<Refused> {
        let schema = &self.schema;
        let mut bad = Vec::new();
        bad.extend(self.of_another_type().map(|v| (v, "wrong_type")));
        let nullable = schema["nullable"] == true;
        if !nullable && schema["type"].is_string() {
            bad.push((Value::Null, "wrong_type"));
        }
        let text = |n: i64| json!("a".repeat(usize::try_from(n).unwrap_or_default()));
        match schema["type"].as_str() {
            Some("string") if schema["enum"].is_array() => {
                bad.push((json!("no such word"), "not_allowed"));
                bad.push((json!(""), "not_allowed"));
            }
            Some("string") => {
                for control in ["a\u{0}b", "a\u{1b}b", "a\u{7f}", "\u{85}a"] {
                    bad.push((json!(control), "forbidden_character"));
                }
                if schema["format"] == "uuid" {
                    bad.push((json!("nonsense"), "bad_format"));
                }
                if let Some(min) = self.bound("minLength").filter(|n| *n > 0) {
                    bad.push((text(min - 1), "too_short"));
                    let secret = ["password", "token", "email"].contains(&self.name());
                    let outer = self.pointer.matches('/').count() == 1;
                    if outer && self.is_free_text() && !secret {
                        let blank = usize::try_from(min).unwrap_or_default() + 1;
                        bad.push((json!(" \t".repeat(blank)), "too_short"));
                        bad.push((json!("\u{3000}".repeat(blank)), "too_short"));
                    }
                }
                if let Some(max) = self.bound("maxLength") {
                    bad.push((text(max + 1), "too_long"));
                }
            }
            Some("integer" | "number") => {
                if schema["type"] == "integer" {
                    bad.push((json!(1.5), "wrong_type"));
                }
                if let Some(min) = self.bound("minimum") {
                    bad.push((json!(min - 1), "too_small"));
                }
                if let Some(max) = self.bound("maximum") {
                    bad.push((json!(max + 1), "too_large"));
                }
            }
            Some("array") => {
                if let Some(max) = self.bound("maxItems") {
                    let entries = vec![json!("a"); usize::try_from(max).unwrap_or_default() + 1];
                    bad.push((json!(entries), "too_many"));
                }
                if self.bound("minItems").is_some() {
                    bad.push((json!([]), "too_short"));
                }
            }
            _ => {}
        }
        bad
    }

    /// Values at its bounds, which must be taken as far as their length or size goes.
    #[must_use]
    pub fn taken(&self) -> Vec<Value> {
        let schema = &self.schema;
        let text = |n: i64| usize::try_from(n).unwrap_or_default();
        match schema["type"].as_str() {
            Some("string") if self.is_free_text() && self.name() != "email" => {
                let bounds = [self.bound("minLength"), self.bound("maxLength")];
                let bounds = bounds.into_iter().flatten().filter(|n| *n > 0);
                // A letter of four bytes: bounds count letters.
                bounds
                    .flat_map(|n| [json!("a".repeat(text(n))), json!("𝒶".repeat(text(n)))])
                    .collect()
            }
            Some("integer" | "number") => ["minimum", "maximum"]
                .into_iter()
                .filter_map(|b| self.bound(b))
                .map(|n| json!(n))
                .collect(),
            _ => Vec::new(),
        }
    }
}
