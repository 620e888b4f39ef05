//! Names for addresses.

use super::fold::{fold_word, words};

/// Longest slug in characters.
pub const MAX_SLUG_CHARS: usize = 100;

/// The slug of a title without a letter or digit that ASCII can spell.
pub const FALLBACK_SLUG: &str = "article";

/// The slug for a title: lower-case ASCII letters, digits and single hyphens, at most
/// [`MAX_SLUG_CHARS`], never empty ([`FALLBACK_SLUG`]).
#[must_use]
pub fn slugify(title: &str) -> String {
    slug_of(title).unwrap_or_else(|| FALLBACK_SLUG.to_owned())
}

/// Whether the text is a slug: `^[a-z0-9]+(-[a-z0-9]+)*$`, at most [`MAX_SLUG_CHARS`].
#[must_use]
pub fn is_slug(text: &str) -> bool {
    text.len() <= MAX_SLUG_CHARS
        && text.split('-').all(|part| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

/// The slug for a title, `None` if ASCII can spell nothing of it. Cut between words, unless the
/// first word alone is too long.
pub(crate) fn slug_of(title: &str) -> Option<String> {
    let mut slug = String::new();
    for (_, word) in words(title) {
        for part in fold_word(word).split_ascii_whitespace() {
            let ascii = part.chars().filter(char::is_ascii_alphanumeric);
            if slug.is_empty() {
                slug.extend(ascii.take(MAX_SLUG_CHARS));
                continue;
            }
            let ascii: String = ascii.collect();
            if ascii.is_empty() {
                continue;
            }
            if slug.len() + 1 + ascii.len() > MAX_SLUG_CHARS {
                return Some(slug);
            }
            slug.push('-');
            slug.push_str(&ascii);
        }
    }
    Some(slug).filter(|slug| !slug.is_empty())
}
