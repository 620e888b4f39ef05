//! The operations as the documents have them, found by method and path.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use jsonschema::Validator;
use reqwest::Method;
use serde_json::Value;

use super::closed::closed;
use crate::document::Audience;

/// An operation and the path it was called by.
pub struct Operation<'a> {
    audience: Audience,
    document: Arc<Value>,
    method: String,
    template: String,
    path: &'a str,
}

/// Validators are made when the first value for their schema comes: most tests need few.
static MADE: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);

/// The operation that a call is one of.
pub fn find<'a>(method: &Method, path: &'a str) -> Option<Operation<'a>> {
    let method = method.as_str().to_lowercase();
    for audience in Audience::ALL {
        let document = audience.published();
        let paths = document["paths"].as_object().expect("paths");
        let fitting = paths.iter().filter(|(template, _)| fits(template, path));
        // `/tickets/counts` is no ticket: the path with the fewest variables is meant.
        let meant = fitting.min_by_key(|(template, _)| template.matches('{').count());
        if let Some((template, item)) = meant
            && item.get(&method).is_some()
        {
            let template = template.clone();
            return Some(Operation {
                audience,
                document,
                method,
                template,
                path,
            });
        }
    }
    None
}

fn fits(template: &str, path: &str) -> bool {
    let (template, path): (Vec<_>, Vec<_>) =
        (template.split('/').collect(), path.split('/').collect());
    template.len() == path.len()
        && template
            .iter()
            .zip(&path)
            .all(|(t, p)| t == p || (t.starts_with('{') && !p.is_empty()))
}

impl Operation<'_> {
    /// Method and path, to tell in messages which one it is.
    pub fn name(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.template)
    }

    /// What the document says of it.
    pub fn value(&self) -> &Value {
        &self.document["paths"][&self.template][&self.method]
    }

    /// What stands at a pointer, or where the reference at it leads to.
    pub fn at(&self, pointer: &str) -> &Value {
        let found = self.value().pointer(pointer).unwrap_or(&Value::Null);
        match found["$ref"].as_str() {
            Some(reference) if reference.starts_with("#/components/headers/") => {
                let reference = reference.trim_start_matches('#');
                self.document.pointer(reference).unwrap_or(&Value::Null)
            }
            _ => found,
        }
    }

    /// The values of its path's variables, escapes resolved.
    pub fn variables(&self) -> Vec<(&str, String)> {
        let parts = self.template.split('/').zip(self.path.split('/'));
        parts
            .filter_map(|(t, p)| Some((t.strip_prefix('{')?.strip_suffix('}')?, unescaped(p))))
            .collect()
    }

    /// The parameters in a place, each with its pointer.
    pub fn parameters(&self, place: &str) -> Vec<(String, &Value)> {
        let all = self.value()["parameters"].as_array().into_iter().flatten();
        all.enumerate()
            .filter(|(_, p)| p["in"] == place)
            .map(|(n, p)| (format!("/parameters/{n}"), p))
            .collect()
    }

    /// The validator of the schema at a pointer.
    pub fn validator(&self, pointer: &str) -> Arc<Validator> {
        let key = format!("{} {} {pointer}", self.audience.name(), self.name());
        let mut made = MADE.lock().expect("no test broke in here");
        let validator = made.entry(key).or_insert_with_key(|key| {
            let schema = closed(&self.document, &self.at(pointer)["schema"]);
            let validator = jsonschema::options()
                .with_draft(jsonschema::Draft::Draft202012)
                .should_validate_formats(true)
                .build(&schema);
            Arc::new(validator.unwrap_or_else(|e| panic!("{key}: {e}")))
        });
        Arc::clone(validator)
    }
}

/// A part of a path without its `%` escapes.
fn unescaped(part: &str) -> String {
    let form = format!("x={}", part.replace('+', "%2B"));
    let mut pairs = url::form_urlencoded::parse(form.as_bytes());
    pairs
        .next()
        .map_or_else(String::new, |(_, v)| v.into_owned())
}
