//! Relevance, computed here so that both engines answer a search alike.

use std::cmp::Reverse;

use bsm_domain::text::{Folded, rank};

/// Most hits of a search by relevance.
pub(crate) const MAX_HITS: usize = 100;

/// Most different words of one text that the search knows.
pub(crate) const INDEXED_WORDS: usize = 10_000;

/// Orders candidates by how well they answer the folded terms, equal ones by their id, and drops
/// what does not answer them.
pub(crate) fn ranked<T, K: Ord>(
    candidates: Vec<T>,
    terms: &[String],
    folded: impl Fn(&T) -> Folded,
    id: impl Fn(&T) -> K,
) -> Vec<T> {
    let mut hits: Vec<(Reverse<u64>, K, T)> = candidates
        .into_iter()
        .filter_map(|item| Some((Reverse(rank(&folded(&item), terms)?), id(&item), item)))
        .collect();
    hits.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    hits.truncate(MAX_HITS);
    hits.into_iter().map(|(_, _, item)| item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_come_first_and_ties_go_by_id() {
        let texts = [
            (3, "Nothing of it", "vpn"),
            (2, "VPN on macOS", ""),
            (1, "VPN on Windows", ""),
            (0, "Printers", "toner"),
        ];
        let hits = ranked(
            texts.to_vec(),
            &["vpn".to_owned()],
            |(_, title, body)| Folded::new(title, "", body),
            |(id, _, _)| *id,
        );
        let ids: Vec<i32> = hits.iter().map(|(id, _, _)| *id).collect();
        assert_eq!(ids, [1, 2, 3]);
    }
}
