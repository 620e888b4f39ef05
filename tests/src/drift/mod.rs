//! Holds every call of the kit's clients to the OpenAPI documents: whatever is asked and answered must
//! stand in them, to the last field, so that code and documents cannot part.
//!
//! A call of an operation that the documents do not know is none of this module's business: suites
//! ask for unknown paths on purpose, and the server answers those alike (404, 405).

mod answer;
mod closed;
mod known;
mod question;

use reqwest::header::HeaderMap;
use reqwest::{Method, Url};
use serde_json::Value;

pub use self::closed::closed;
use self::known::Operation;

/// A call before it is sent.
#[derive(Debug)]
pub struct Question {
    method: Method,
    url: Url,
    headers: HeaderMap,
    /// Nothing where the body comes in pieces.
    body: Option<Vec<u8>>,
}

impl Question {
    /// What is about to be sent.
    #[must_use]
    pub fn of(request: &reqwest::Request) -> Self {
        let body = match request.body() {
            None => Some(Vec::new()),
            Some(body) => body.as_bytes().map(<[u8]>::to_vec),
        };
        Self {
            method: request.method().clone(),
            url: request.url().clone(),
            headers: request.headers().clone(),
            body,
        }
    }

    /// What the documents do not know of this call and its answer; `text` is `None` where the answer
    /// is not read to its end, as that of a stream.
    #[must_use]
    pub fn drift(&self, status: u16, headers: &HeaderMap, text: Option<&str>) -> Vec<String> {
        let Some(operation) = known::find(&self.method, self.url.path()) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        if (200..300).contains(&status) {
            question::check(self, &operation, &mut found);
        }
        answer::check(&operation, status, headers, text, &mut found);
        let name = operation.name();
        found.iter().map(|what| format!("{name}: {what}")).collect()
    }

    /// Panics with what [`Question::drift`] finds.
    ///
    /// # Panics
    /// Where code and documents have parted.
    pub fn must_stand_in_the_documents(
        &self,
        status: u16,
        headers: &HeaderMap,
        text: Option<&str>,
    ) {
        let found = self.drift(status, headers, text);
        assert!(
            found.is_empty(),
            "the documents do not know this:\n{}\n{}",
            found.join("\n"),
            text.unwrap_or_default()
        );
    }
}

/// What a schema of the operation's document finds wrong with a value.
fn against(operation: &Operation<'_>, pointer: &str, value: &Value, found: &mut Vec<String>) {
    let validator = operation.validator(pointer);
    for error in validator.iter_errors(value) {
        found.push(format!("{pointer} {}: {error}", error.instance_path()));
    }
}
