//! Searches that find nothing because of one slip of the finger.

use std::cmp::Reverse;
use std::collections::HashSet;

use bsm_domain::text::one_typo;
use bsm_persistence::Tx;
use bsm_persistence::article_lists::ARTICLE_KIND;
use bsm_persistence::content::View;
use bsm_persistence::search_words::SearchWordRow;

use crate::Result;

/// Most words that one article adds to the vocabulary: those of its title, summary, headings and
/// tags, then of the beginning of its text. All words of 5,000 articles would be millions of rows.
const MOST_WORDS: usize = 80;

/// The words of folded texts that a typo can be mended to: of letters only, at least three of
/// them, the title's first.
pub(super) fn vocabulary(texts: &[&str]) -> Vec<String> {
    let mut seen = HashSet::new();
    texts
        .iter()
        .flat_map(|text| text.split(' '))
        .filter(|word| word.chars().count() >= 3 && word.chars().all(char::is_alphabetic))
        .filter(|word| seen.insert(*word))
        .take(MOST_WORDS)
        .map(str::to_owned)
        .collect()
}

/// The same terms, each that nothing has replaced by the known word that is one typo away: the one
/// most articles have. `None` where nothing can be mended.
pub(super) async fn mended(
    tx: &mut Tx,
    view: View,
    terms: &[String],
) -> Result<Option<Vec<String>>> {
    let mut mended = Vec::with_capacity(terms.len());
    let mut changed = false;
    for term in terms {
        if tx.content_has(ARTICLE_KIND, view.scope(), term).await? {
            mended.push(term.clone());
            continue;
        }
        // Too short a word, or one with digits, is not mended: it is no typo of itself either.
        if !one_typo(term, term) {
            return Ok(None);
        }
        let known = tx
            .search_words_like(ARTICLE_KIND, view.scope(), term)
            .await?;
        let Some(word) = nearest(term, known) else {
            return Ok(None);
        };
        mended.push(word);
        changed = true;
    }
    Ok(changed.then_some(mended))
}

fn nearest(term: &str, known: Vec<SearchWordRow>) -> Option<String> {
    known
        .into_iter()
        .filter(|row| one_typo(term, &row.word))
        .min_by_key(|row| (Reverse(row.texts), row.word.clone()))
        .map(|row| row.word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vocabulary_has_each_word_of_letters_once() {
        let words = vocabulary(&["vpn on macos", "macos 14 vpn client"]);
        assert_eq!(words, ["vpn", "macos", "client"]);
    }

    #[test]
    fn the_word_most_articles_have_is_nearest() {
        let known = |words: &[(&str, i64)]| {
            words
                .iter()
                .map(|(word, texts)| SearchWordRow {
                    word: (*word).to_owned(),
                    texts: *texts,
                })
                .collect::<Vec<_>>()
        };
        let words = [("printer", 3), ("printed", 3), ("pointer", 9), ("toner", 1)];
        assert_eq!(
            nearest("printwr", known(&words)).as_deref(),
            Some("printer")
        );
        assert_eq!(nearest("pinter", known(&words)).as_deref(), Some("pointer"));
        assert_eq!(nearest("laptop", known(&words)), None);
        assert_eq!(nearest("tnr", known(&words)), None);
    }
}
