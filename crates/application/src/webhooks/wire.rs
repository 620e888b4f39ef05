//! What the engine needs of whoever speaks HTTP.

use std::pin::Pin;
use std::time::Duration;

use bsm_domain::webhook::AttemptError;

/// A request to a receiver: a `POST` of JSON.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// Where to. It was checked when it was saved, and is checked again.
    pub url: String,
    /// The headers of Standard Webhooks.
    pub headers: [(&'static str, String); 3],
    /// The body.
    pub body: String,
    /// How long all of it may take.
    pub timeout: Duration,
}

/// What a receiver answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The pause that a 429 or 503 asks for.
    pub retry_after: Option<Duration>,
    /// The beginning of the body, for people.
    pub body: String,
}

/// Why no answer came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// Which of the closed list it is.
    pub error: AttemptError,
    /// In words.
    pub detail: String,
}

/// A request under way.
pub type Posted = Pin<Box<dyn Future<Output = Result<Reply, Trouble>> + Send>>;

/// Whoever sends requests. Redirects are answers like any other; no more than a bounded part of an
/// answer is read.
pub trait Post: Send + Sync + 'static {
    /// Sends one.
    fn post(&self, request: Outgoing) -> Posted;
}
