//! Folding: the form of a text in which searches compare it.

use std::collections::HashSet;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longest folded word in characters; longer ones are cut.
pub const MAX_WORD_CHARS: usize = 40;

/// Most words of a query that take part in a search.
pub const MAX_TERMS: usize = 8;

/// Folds a text for search: compatibility forms, case and diacritics are levelled, words are
/// joined with single spaces and cut at [`MAX_WORD_CHARS`] characters.
///
/// `fold("Crème BRÛLÉE, ﬁne!")` is `"creme brulee fine"`. Folding twice changes nothing.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for (_, word) in words(text) {
        for part in fold_word(word).split_ascii_whitespace() {
            if !folded.is_empty() {
                folded.push(' ');
            }
            folded.push_str(cut(part));
        }
    }
    folded
}

/// The different folded words of a query in their order, at most [`MAX_TERMS`]; empty if the
/// query has no word.
#[must_use]
pub fn terms(query: &str) -> Vec<String> {
    unique_words([query].into_iter(), MAX_TERMS)
}

/// The text to index for parts such as title, headings and body: each folded word once, in the
/// order of first appearance, at most `cap_words` of them.
#[must_use]
pub fn document(parts: &[&str], cap_words: usize) -> String {
    unique_words(parts.iter().copied(), cap_words).join(" ")
}

/// Whether some word of the folded text starts with the folded term.
#[must_use]
pub fn matches_term(folded: &str, term: &str) -> bool {
    folded.split(' ').any(|word| word.starts_with(term))
}

/// Whether each of the folded terms starts some word of the folded text.
///
/// True without terms: a search for nothing excludes nothing.
#[must_use]
pub fn matches_all<S: AsRef<str>>(folded: &str, terms: &[S]) -> bool {
    terms.iter().all(|term| matches_term(folded, term.as_ref()))
}

fn unique_words<'a>(parts: impl Iterator<Item = &'a str>, cap: usize) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut unique = Vec::new();
    for (_, word) in parts.flat_map(words) {
        for part in fold_word(word).split_ascii_whitespace() {
            if unique.len() >= cap {
                return unique;
            }
            let part = cut(part);
            if seen.insert(part.to_owned()) {
                unique.push(part.to_owned());
            }
        }
    }
    unique
}

/// The words of the original text with the byte offset of each.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| !is_word_character(c))
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// Folds one word of the original text, uncut. The answer has a space where the word falls
/// apart (`½` is `1 2`) and is empty for a word of marks alone.
pub(super) fn fold_word(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut levelled = String::with_capacity(word.len());
    for c in word.nfkd().filter(|c| !is_dropped(*c)) {
        for lower in c.to_lowercase() {
            match spelled_out(lower) {
                Some(letters) => levelled.push_str(letters),
                None if is_dropped(lower) => {}
                None if is_word_character(lower) => levelled.push(lower),
                None => levelled.push(' '),
            }
        }
    }
    levelled.nfc().collect()
}

/// The first [`MAX_WORD_CHARS`] characters of a word.
fn cut(word: &str) -> &str {
    word.char_indices()
        .nth(MAX_WORD_CHARS)
        .and_then(|(end, _)| word.get(..end))
        .unwrap_or(word)
}

fn is_word_character(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && (is_combining_mark(c) || is_joiner(c)))
}

/// Soft hyphen, zero-width space and joiners: invisible, inside words only by typesetting.
fn is_joiner(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
    )
}

/// Marks that people leave out when they search. Vowel signs of Indic scripts and the like stay:
/// without them other words would come out.
fn is_dropped(c: char) -> bool {
    is_joiner(c)
        || matches!(c,
            '\u{300}'..='\u{36f}' // Latin, Greek, Cyrillic
            | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}' | '\u{5c4}'..='\u{5c5}'
            | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
            | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}')
}

/// Letters with no decomposition, as they are commonly typed without their key.
fn spelled_out(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'þ' => "th",
        'ħ' => "h",
        'ı' | 'ɨ' => "i",
        'ŋ' => "n",
        'ŧ' => "t",
        'ς' => "σ",
        _ => return None,
    })
}
