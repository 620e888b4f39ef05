//! The server's enforcement of a form.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    check::FieldError,
    schema::{Field, FieldKind, Form},
};

/// Most unknown fields that are listed one by one, so that an answer stays small.
const MAX_UNKNOWN: usize = 20;

/// The answers to a form in the order of its fields; unanswered and hidden fields are not in it.
pub type Answers = Vec<Answer>;

/// One answer, complete without its form: labels may change later.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The field's id.
    pub field: String,
    /// The field's label when it was answered.
    pub label: String,
    /// What the field asked for when it was answered.
    pub kind: FieldKind,
    /// Ready to read: labels of choices joined with `, `, `Yes` or `No`, or the text.
    pub value: String,
    /// The value itself, texts trimmed.
    pub raw: Value,
}

impl Form {
    /// Checks what was filled in by the rules of this module and makes the answers of it.
    ///
    /// # Errors
    ///
    /// Every broken rule of every visible field, in the form's order, then unknown fields (at
    /// most 20 of them), each with the pointer `/<field id>`.
    pub fn evaluate(&self, values: &Map<String, Value>) -> Result<Answers, Vec<FieldError>> {
        let mut answers = Vec::new();
        let mut errors = Vec::new();
        for field in self.visible(values) {
            let pointer = || format!("/{}", escaped(&field.id));
            match field.accept(values.get(&field.id).unwrap_or(&Value::Null)) {
                Ok(Some(accepted)) => answers.push(Answer {
                    field: field.id.clone(),
                    label: field.label.clone(),
                    kind: field.kind,
                    value: accepted.readable,
                    raw: accepted.raw,
                }),
                Ok(None) if field.is_required() => errors.push(FieldError {
                    pointer: pointer(),
                    code: "required",
                    detail: "An answer is required.".to_owned(),
                }),
                Ok(None) => {}
                Err(broken) => {
                    errors.extend(broken.into_iter().map(|(code, detail)| FieldError {
                        pointer: pointer(),
                        code,
                        detail,
                    }));
                }
            }
        }
        errors.extend(self.unknown(values));
        if errors.is_empty() {
            Ok(answers)
        } else {
            Err(errors)
        }
    }

    fn unknown(&self, values: &Map<String, Value>) -> impl Iterator<Item = FieldError> {
        let known: HashMap<&str, &Field> = self.fields.iter().map(|f| (f.id.as_str(), f)).collect();
        values
            .keys()
            .filter(move |id| !known.contains_key(id.as_str()))
            .take(MAX_UNKNOWN)
            .map(|id| FieldError {
                pointer: format!("/{}", escaped(id)),
                code: "unknown_field",
                detail: "The form has no such field.".to_owned(),
            })
    }
}

impl Field {
    /// Whether an answer is needed while the field is visible.
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.kind.carries_value() && self.required == Some(true)
    }
}

/// A key as a token of a JSON pointer (RFC 6901).
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
