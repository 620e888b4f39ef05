//! Categories: the headings under which services and articles stand.

use crate::codes::codes;
use crate::service::ServiceIcon;
use crate::text::fold;

codes!(
    /// What a category holds.
    CategoryKind {
        /// Services of the catalog.
        Service = "service",
        /// Articles of the knowledge base.
        Article = "article",
    }
);

/// Most categories of a kind, so that all of them fit on one page.
pub const CATEGORIES_MAX: usize = 200;

impl CategoryKind {
    /// The picture of a category that nobody chose one for.
    #[must_use]
    pub const fn default_icon(self) -> ServiceIcon {
        match self {
            Self::Service => ServiceIcon::Headset,
            Self::Article => ServiceIcon::Book,
        }
    }
}

/// What makes a name unique within its kind: case, accents and punctuation are no difference. A
/// name of symbols alone folds to nothing; it is its own key then.
#[must_use]
pub fn name_key(name: &str) -> String {
    let folded = fold(name);
    if folded.is_empty() {
        name.trim().to_lowercase()
    } else {
        folded
    }
}

/// The order of a kind's categories after one of them was moved to a place, the first is 1; a place
/// beyond the end is the end.
#[must_use]
pub fn reordered<T: Copy + PartialEq>(order: &[T], moved: T, place: usize) -> Vec<T> {
    let mut next: Vec<T> = order.iter().copied().filter(|id| *id != moved).collect();
    next.insert(place.saturating_sub(1).min(next.len()), moved);
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_punctuation_are_no_difference() {
        assert_eq!(name_key(" Accès & Comptes"), name_key("acces comptes"));
        assert_ne!(name_key("Security"), name_key("Securities"));
        assert_eq!(name_key(" ☎ "), "☎");
        assert_ne!(name_key("☎"), name_key("✉"));
    }

    #[test]
    fn one_moves_and_the_others_close_up() {
        assert_eq!(reordered(&[1, 2, 3, 4], 4, 1), [4, 1, 2, 3]);
        assert_eq!(reordered(&[1, 2, 3, 4], 1, 3), [2, 3, 1, 4]);
        assert_eq!(reordered(&[1, 2, 3, 4], 2, 99), [1, 3, 4, 2]);
        assert_eq!(reordered(&[1, 2, 3], 2, 0), [2, 1, 3]);
        assert_eq!(reordered(&[1, 2, 3], 2, 2), [1, 2, 3]);
    }
}
