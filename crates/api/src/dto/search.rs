//! What a search marks in its hits.

use bsm_domain::text::{Segment, segments, snippet};
use serde::Serialize;
use utoipa::ToSchema;

/// Longest snippet, in characters.
const SNIPPET: usize = 180;

/// Where a hit has the words that were looked for: segments, never HTML.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Highlights {
    /// The title in segments.
    pub title: Vec<Segment>,
    /// The best part of the text in segments.
    pub snippet: Vec<Segment>,
}

impl Highlights {
    /// Marks folded terms in a title and in the best part of a text.
    #[must_use]
    pub fn of(title: &str, text: &str, terms: &[String]) -> Self {
        Self {
            title: segments(title, terms),
            snippet: snippet(text, terms, SNIPPET),
        }
    }
}
