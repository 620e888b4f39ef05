//! What of one schema would break a client that knows an older one.

use std::collections::BTreeMap;

use serde_json::Value;

use super::compare::{Documents, members};

/// Who writes what the schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Clients: what was taken must be taken still.
    Question,
    /// The server: what was given must be given still. New fields and new values are allowed.
    Answer,
}

/// How deep schemas are followed: deeper than any is, and an end for those that hold themselves.
const DEPTH: usize = 12;

const UPPER: [&str; 6] = [
    "maxLength",
    "maxItems",
    "maxProperties",
    "maximum",
    "exclusiveMaximum",
    "multipleOf",
];
const LOWER: [&str; 5] = [
    "minLength",
    "minItems",
    "minProperties",
    "minimum",
    "exclusiveMinimum",
];

/// Adds what breaks to `what`; `at` says where the schemas stand.
pub fn narrowed(
    documents: Documents<'_>,
    at: &str,
    side: Side,
    old: &Value,
    new: &Value,
    what: &mut Vec<String>,
) {
    follow(documents, at, side, old, new, DEPTH, what);
}

fn follow(
    documents: Documents<'_>,
    at: &str,
    side: Side,
    old: &Value,
    new: &Value,
    depth: usize,
    what: &mut Vec<String>,
) {
    if depth == 0 {
        return;
    }
    let (old, new) = (Flat::of(documents.old, old), Flat::of(documents.new, new));
    types(at, side, &old, &new, what);
    values(at, side, &old, &new, what);
    if side == Side::Question {
        bounds(at, &old, &new, what);
    }
    for (name, before) in &old.properties {
        match new.properties.get(name) {
            None => what.push(format!("{at} lost the field {name}")),
            Some(after) => {
                let at = format!("{at}.{name}");
                follow(documents, &at, side, before, after, depth - 1, what);
            }
        }
    }
    let (needed, known) = match side {
        Side::Question => (&new.required, &old.required),
        Side::Answer => (&old.required, &new.required),
    };
    for name in needed.iter().filter(|name| !known.contains(name)) {
        match side {
            Side::Question => what.push(format!("{at} needs the field {name} now")),
            Side::Answer if new.properties.contains_key(name) => {
                what.push(format!("{at} may lack the field {name} now"));
            }
            Side::Answer => {}
        }
    }
    for (keyword, before) in &old.inner {
        if let Some(after) = new.inner.get(keyword) {
            let at = format!("{at}[]");
            follow(documents, &at, side, before, after, depth - 1, what);
        }
    }
    if old.choices.len() > 1 || new.choices.len() > 1 {
        choices(documents, at, side, &old, &new, depth, what);
    }
}

fn types(at: &str, side: Side, old: &Flat, new: &Flat, what: &mut Vec<String>) {
    if old.types.is_empty() || new.types.is_empty() {
        return;
    }
    // A number takes what an integer took, and an integer is a number.
    let has = |types: &[String], one: &String| {
        types.contains(one) || (one == "integer" && types.iter().any(|t| t == "number"))
    };
    let (all, some) = match side {
        Side::Question => (&new.types, &old.types),
        Side::Answer => (&old.types, &new.types),
    };
    if !some.iter().all(|one| has(all, one)) {
        what.push(format!("{at} was {:?} and is {:?}", old.types, new.types));
    }
}

fn values(at: &str, side: Side, old: &Flat, new: &Flat, what: &mut Vec<String>) {
    if side == Side::Answer {
        return;
    }
    match (&old.values, &new.values) {
        (None, Some(_)) => what.push(format!("{at} takes certain values only now")),
        (Some(before), Some(after)) => {
            for gone in before.iter().filter(|v| !after.contains(v)) {
                what.push(format!("{at} does not take {gone} any more"));
            }
        }
        _ => {}
    }
}

fn bounds(at: &str, old: &Flat, new: &Flat, what: &mut Vec<String>) {
    for (keywords, tighter) in [
        (UPPER.as_slice(), f64::lt as fn(&f64, &f64) -> bool),
        (LOWER.as_slice(), f64::gt),
    ] {
        for keyword in keywords {
            let Some(after) = new.rules.get(*keyword).and_then(Value::as_f64) else {
                continue;
            };
            let before = old.rules.get(*keyword).and_then(Value::as_f64);
            if before.is_none_or(|before| tighter(&after, &before)) {
                what.push(format!("{at} has a tighter {keyword}"));
            }
        }
    }
    for keyword in ["pattern", "format"] {
        let after = new.rules.get(keyword);
        if after.is_some() && after != old.rules.get(keyword) {
            what.push(format!("{at} has another {keyword}"));
        }
    }
}

/// Each form that was taken must be taken still; each that is given must have been given.
fn choices(
    documents: Documents<'_>,
    at: &str,
    side: Side,
    old: &Flat,
    new: &Flat,
    depth: usize,
    what: &mut Vec<String>,
) {
    let fits = |before: &Value, after: &Value| {
        let mut found = Vec::new();
        follow(documents, at, side, before, after, depth - 1, &mut found);
        found.is_empty()
    };
    let parted = match side {
        Side::Question => !old
            .choices
            .iter()
            .all(|before| new.choices.iter().any(|after| fits(before, after))),
        Side::Answer => !new
            .choices
            .iter()
            .all(|after| old.choices.iter().any(|before| fits(before, after))),
    };
    if parted {
        what.push(format!("{at} has other forms"));
    }
}

/// A schema with its references followed and its parts put together.
#[derive(Default)]
struct Flat {
    types: Vec<String>,
    values: Option<Vec<Value>>,
    rules: BTreeMap<String, Value>,
    properties: BTreeMap<String, Value>,
    required: Vec<String>,
    /// Of items and of fields without a name.
    inner: BTreeMap<&'static str, Value>,
    choices: Vec<Value>,
}

impl Flat {
    fn of(document: &Value, schema: &Value) -> Self {
        let mut flat = Self::default();
        flat.add(document, schema, DEPTH);
        flat
    }

    fn add(&mut self, document: &Value, schema: &Value, depth: usize) {
        if depth == 0 {
            return;
        }
        if let Some(reference) = schema["$ref"].as_str() {
            let named = document.pointer(reference.trim_start_matches('#'));
            self.add(document, named.unwrap_or(&Value::Null), depth - 1);
        }
        for part in schema["allOf"].as_array().into_iter().flatten() {
            self.add(document, part, depth - 1);
        }
        let types = match &schema["type"] {
            Value::Array(types) => types.clone(),
            Value::Null => Vec::new(),
            one => vec![one.clone()],
        };
        self.types
            .extend(types.iter().filter_map(|t| t.as_str().map(str::to_owned)));
        if let Some(values) = schema["enum"].as_array() {
            self.values = Some(values.clone());
        }
        for keyword in UPPER.iter().chain(&LOWER).chain(&["pattern", "format"]) {
            if let Some(rule) = schema.get(*keyword) {
                self.rules.insert((*keyword).to_owned(), rule.clone());
            }
        }
        for (name, property) in members(&schema["properties"]) {
            self.properties
                .entry(name.clone())
                .or_insert_with(|| property.clone());
        }
        let required = schema["required"].as_array().into_iter().flatten();
        self.required
            .extend(required.filter_map(|r| r.as_str().map(str::to_owned)));
        for keyword in ["items", "additionalProperties"] {
            if schema[keyword].is_object() {
                self.inner.insert(keyword, schema[keyword].clone());
            }
        }
        self.add_choices(document, schema, depth);
    }

    /// "A thing or null" is the thing, and null is one of its types.
    fn add_choices(&mut self, document: &Value, schema: &Value, depth: usize) {
        for keyword in ["oneOf", "anyOf"] {
            let all = schema[keyword].as_array().into_iter().flatten();
            let things: Vec<&Value> = all.clone().filter(|c| c["type"] != "null").collect();
            if all.count() > things.len() {
                self.types.push("null".to_owned());
            }
            match things.as_slice() {
                [thing] => self.add(document, thing, depth - 1),
                several => self.choices.extend(several.iter().map(|c| (*c).clone())),
            }
        }
    }
}
