//! Which problems an answer can be, for programs.

use serde_json::{Value, json};

use super::walk::each_operation;
use crate::http::problem::Code;

/// The codes that a description names between backticks, of those that come with this status.
pub(super) fn named(status: &str, description: &str) -> Vec<Code> {
    let words: Vec<&str> = description.split('`').skip(1).step_by(2).collect();
    let known = Code::ALL.iter().copied();
    known
        .filter(|c| c.status().as_str() == status && words.contains(&c.as_str()))
        .collect()
}

/// Says of every error answer which codes its problem can have: the schema is that of every problem
/// with its `code` narrowed. The keywords stand beside the reference, as JSON Schema 2020-12 has it, so
/// that validators heed them and generators of clients make one type of all problems.
pub(super) fn narrow(document: &mut Value) {
    each_operation(document, |_, _, operation| {
        let answers = operation["responses"].as_object_mut();
        for (status, answer) in answers.into_iter().flatten() {
            if status.as_str() < "400" {
                continue;
            }
            let codes = named(status, answer["description"].as_str().unwrap_or_default());
            let codes: Vec<&str> = codes.iter().map(|c| c.as_str()).collect();
            answer["content"] = json!({"application/problem+json": {"schema": {
                "$ref": "#/components/schemas/Problem",
                "properties": {"code": {"enum": codes}},
            }}});
        }
    });
}
