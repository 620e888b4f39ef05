//! Marking what a search found.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::fold::{fold_word, words};

/// A piece of text for display, never HTML; `hit` where the search found it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    /// The text as it was written.
    #[schema(max_length = 100_000)]
    pub text: String,
    /// Whether this is a found word.
    pub hit: bool,
}

/// Splits the original text so that each word whose folded form starts with one of the folded
/// terms is a segment of its own. The segments joined are the text.
#[must_use]
pub fn segments<S: AsRef<str>>(text: &str, terms: &[S]) -> Vec<Segment> {
    let mut marked = Vec::new();
    let mut rest_from = 0;
    for (start, word) in words(text).filter(|(_, word)| hits(word, terms) != 0) {
        push(&mut marked, text.get(rest_from..start), false);
        push(&mut marked, Some(word), true);
        rest_from = start + word.len();
    }
    push(&mut marked, text.get(rest_from..), false);
    marked
}

/// Which terms the word answers, one bit a term (the first 32 count).
pub(super) fn hits<S: AsRef<str>>(word: &str, terms: &[S]) -> u32 {
    if terms.is_empty() {
        return 0;
    }
    let folded = fold_word(word);
    let mut found = 0;
    for (bit, term) in (0..u32::BITS).zip(terms) {
        let term = term.as_ref();
        if !term.is_empty()
            && folded
                .split_ascii_whitespace()
                .any(|part| part.starts_with(term))
        {
            found |= 1 << bit;
        }
    }
    found
}

fn push(marked: &mut Vec<Segment>, text: Option<&str>, hit: bool) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        marked.push(Segment {
            text: text.to_owned(),
            hit,
        });
    }
}
