//! Forgiveness of one slip of the finger.

/// Fewest letters of a word that may hold a typo: in shorter ones every word is near another.
const MIN_LETTERS: usize = 4;

/// Whether the candidate is the word or one slip away from it: a letter added, left out,
/// replaced, or swapped with its neighbour (optimal string alignment distance of at most 1).
///
/// Only for words of at least four characters, all letters: numbers and codes are meant as
/// typed. Both are expected folded.
#[must_use]
pub fn one_typo(word: &str, candidate: &str) -> bool {
    let word: Vec<char> = word.chars().collect();
    if word.len() < MIN_LETTERS || !word.iter().all(|c| c.is_alphabetic()) {
        return false;
    }
    // One more than can match is enough to tell a longer candidate.
    let candidate: Vec<char> = candidate.chars().take(word.len() + 2).collect();
    let start = common(word.iter(), candidate.iter());
    let word = word.get(start..).unwrap_or_default();
    let candidate = candidate.get(start..).unwrap_or_default();
    let end = common(word.iter().rev(), candidate.iter().rev());
    let word = word.get(..word.len() - end).unwrap_or_default();
    let candidate = candidate.get(..candidate.len() - end).unwrap_or_default();
    match (word, candidate) {
        ([] | [_], [] | [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

fn common<'a>(one: impl Iterator<Item = &'a char>, other: impl Iterator<Item = &'a char>) -> usize {
    one.zip(other).take_while(|(a, b)| a == b).count()
}
