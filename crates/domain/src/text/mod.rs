//! Words and what is done with them: folding for search, highlighting, ranking, slugs.
//!
//! Both database engines store text folded by [`fold`], so that a search finds the same rows on
//! either. A *word* is a run of letters, digits and the marks and joiners between them in the
//! original text; everything else separates words and symbols (`™`, `€`) are not searched.

mod anonymize;
mod characters;
mod fold;
mod highlight;
mod rank;
mod slug;
mod snippet;
#[cfg(test)]
mod tests;
mod typo;

pub use anonymize::{Names, SOME_ADDRESS, SOMEBODY, anonymize};
pub use characters::{forbidden_character, has_line_break, has_nul};
pub use fold::{MAX_TERMS, MAX_WORD_CHARS, document, fold, matches_all, matches_term, terms};
pub use highlight::{Segment, segments};
pub use rank::{Folded, rank};
pub use slug::{FALLBACK_SLUG, MAX_SLUG_CHARS, is_slug, slugify};
pub use snippet::snippet;
pub use typo::one_typo;

pub(crate) use slug::slug_of;
