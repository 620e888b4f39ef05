//! What of one document would break a client of an older one.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::schema::{Side, narrowed};

/// One thing that breaks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Break {
    /// The id of the operation, as the older document has it.
    pub operation: String,
    /// What is gone or narrower.
    pub what: String,
}

/// The two documents, for references.
#[derive(Clone, Copy)]
pub struct Documents<'a> {
    pub old: &'a Value,
    pub new: &'a Value,
}

/// All that breaks.
pub fn breaks(old: &Value, new: &Value) -> Vec<Break> {
    let documents = Documents { old, new };
    let mut found = BTreeSet::new();
    for (path, item) in members(&old["paths"]) {
        for (method, before) in members(item) {
            let mut what = Vec::new();
            match new["paths"][path].get(method) {
                None => what.push(format!("is gone: {method} {path}")),
                Some(after) => operation(documents, before, after, &mut what),
            }
            let operation = before["operationId"].as_str().unwrap_or_default();
            found.extend(what.into_iter().map(|what| Break {
                operation: operation.to_owned(),
                what,
            }));
        }
    }
    found.into_iter().collect()
}

pub fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}

fn operation(documents: Documents<'_>, old: &Value, new: &Value, what: &mut Vec<String>) {
    if old["operationId"] != new["operationId"] {
        what.push(format!("is called {} now", new["operationId"]));
    }
    let asks = |o: &Value| o["security"].as_array().is_some_and(|s| !s.is_empty());
    if asks(new) && !asks(old) {
        what.push("needs a sign-in now".to_owned());
    }
    parameters(documents, old, new, what);
    let (before, after) = (&old["requestBody"], &new["requestBody"]);
    if after["required"] == true && before["required"] != true {
        what.push("needs a body now".to_owned());
    }
    contents(documents, "body", Side::Question, before, after, what);
    for (status, before) in members(&old["responses"]) {
        let Some(after) = new["responses"].get(status) else {
            what.push(format!("does not answer {status} any more"));
            continue;
        };
        for (name, _) in members(&before["headers"]) {
            if after["headers"].get(name).is_none() {
                what.push(format!("{status} lost the header {name}"));
            }
        }
        contents(documents, status, Side::Answer, before, after, what);
    }
}

fn parameters(documents: Documents<'_>, old: &Value, new: &Value, what: &mut Vec<String>) {
    let list = |o: &Value| o["parameters"].as_array().cloned().unwrap_or_default();
    let is_same = |a: &Value, b: &Value| a["name"] == b["name"] && a["in"] == b["in"];
    let (before, after) = (list(old), list(new));
    for old in &before {
        let name = &old["name"];
        match after.iter().find(|new| is_same(old, new)) {
            None => what.push(format!("lost the parameter {name}")),
            Some(new) => {
                if new["required"] == true && old["required"] != true {
                    what.push(format!("needs the parameter {name} now"));
                }
                let at = format!("parameter {name}");
                narrowed(
                    documents,
                    &at,
                    Side::Question,
                    &old["schema"],
                    &new["schema"],
                    what,
                );
            }
        }
    }
    for new in after.iter().filter(|new| new["required"] == true) {
        if !before.iter().any(|old| is_same(old, new)) {
            what.push(format!("needs the new parameter {}", new["name"]));
        }
    }
}

fn contents(
    documents: Documents<'_>,
    at: &str,
    side: Side,
    old: &Value,
    new: &Value,
    what: &mut Vec<String>,
) {
    for (media, before) in members(&old["content"]) {
        match new["content"].get(media) {
            None => what.push(format!("{at} is no {media} any more")),
            Some(after) => {
                narrowed(
                    documents,
                    at,
                    side,
                    &before["schema"],
                    &after["schema"],
                    what,
                );
            }
        }
    }
}
