//! Ordering of search results, computed here so that every database gives the same first hit.

use super::fold::fold;

/// The folded texts of one candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    /// Its title.
    pub title: String,
    /// Its headings, or what stands between title and body (a summary).
    pub headings: String,
    /// Its text.
    pub body: String,
}

impl Folded {
    /// Folds the three texts.
    #[must_use]
    pub fn new(title: &str, headings: &str, body: &str) -> Self {
        Self {
            title: fold(title),
            headings: fold(headings),
            body: fold(body),
        }
    }
}

/// Points of a term by its best place: (whole word, prefix of a word). The steps are wider than
/// all bonuses together, so that a bonus never moves a hit to another place.
const TITLE: (u64, u64) = (6_000, 5_000);
const HEADINGS: (u64, u64) = (4_000, 3_000);
const BODY: (u64, u64) = (2_000, 1_000);

/// Most points for being early; as many for being frequent.
const BONUS: u64 = 200;

/// How well the candidate answers the folded terms, higher is better; `None` unless every term
/// starts some word of it, and for no terms.
///
/// Title counts over headings over body, within each a whole word over a prefix, then early over
/// late, then frequent over rare (as a share of the place's words). Equal scores are ordered by
/// the caller, best by a fixed key.
#[must_use]
pub fn rank<S: AsRef<str>>(fields: &Folded, terms: &[S]) -> Option<u64> {
    if terms.is_empty() {
        return None;
    }
    let mut total = 0;
    for term in terms {
        let term = term.as_ref();
        total += [
            (&fields.title, TITLE),
            (&fields.headings, HEADINGS),
            (&fields.body, BODY),
        ]
        .into_iter()
        .filter_map(|(text, points)| place(text, term, points))
        .max()?;
    }
    Some(total)
}

fn place(text: &str, term: &str, (whole, prefix): (u64, u64)) -> Option<u64> {
    let mut first = None;
    let mut exact = false;
    let (mut found, mut words) = (0_u64, 0_u64);
    for (position, word) in (0_u64..).zip(text.split_ascii_whitespace()) {
        words += 1;
        if word.starts_with(term) {
            found += 1;
            exact |= word.len() == term.len();
            first = first.or(Some(position));
        }
    }
    let early = BONUS.saturating_sub(first?);
    let dense = BONUS * found / words.max(1);
    Some(if exact { whole } else { prefix } + early + dense)
}
