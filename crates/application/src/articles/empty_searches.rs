//! Searches that found nothing: customers' portals tell of them, authors read what is missing.

use bsm_domain::actor::{Actor, Role};
use bsm_domain::bounds::QUERY_MAX;
use bsm_domain::ids::EmptySearchId;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::article_lists::ArticleFilter;
use bsm_persistence::content::View;
use bsm_persistence::empty_searches::{EmptySearchRow, EmptySearchSort};
use bsm_persistence::page::{Page, Window};

use super::list::found;
use crate::{App, Error, Result};

/// So many different words are kept; then those searched for least make room.
const MOST_KEPT: i64 = 5_000;
/// How many make room at a time.
const ROOM: i64 = 100;
/// Shorter words say too little to write an article about.
const LEAST_LETTERS: usize = 3;

/// A customer's search has ended without an article. It is counted where that is so: whatever finds
/// something, or is too short to say what is missing, is not. Nothing tells who searched. Says
/// whether it was counted.
///
/// # Errors
/// [`Error::Forbidden`] for staff, whose searches tell nothing of what customers miss.
pub async fn report(app: &App, actor: &Actor, terms: &[String]) -> Result<bool> {
    if actor.role != Role::Customer {
        return Err(Error::Forbidden);
    }
    let Some(words) = words_of(terms) else {
        return Ok(false);
    };
    let at = app.now();
    let id = EmptySearchId::generate();
    let filter = ArticleFilter::all(View::Live);
    let empty = app
        .db
        .read(async |tx| Ok::<_, Error>(found(tx, &filter, terms).await?.0.is_empty()))
        .await?;
    if !empty {
        return Ok(false);
    }
    app.db
        .write(async |tx| {
            let new = tx.count_empty_search(id, &words, at).await?;
            if new && tx.empty_search_count().await? > MOST_KEPT {
                tx.forget_empty_searches(ROOM, id).await?;
            }
            Ok(true)
        })
        .await
}

/// The words of a search as they are kept, in the order they were typed in.
fn words_of(terms: &[String]) -> Option<String> {
    let words = terms.join(" ");
    let letters = words.chars().filter(|c| c.is_alphanumeric()).count();
    // Folding can make a text longer, never so much that cutting it makes another of it.
    (letters >= LEAST_LETTERS).then(|| words.chars().take(QUERY_MAX).collect())
}

/// A page of words that found nothing: those set aside, or those that wait. Staff only.
///
/// # Errors
/// [`Error::Forbidden`]
pub async fn empty_searches(
    app: &App,
    actor: &Actor,
    dismissed: bool,
    sort: EmptySearchSort,
    window: &Window,
) -> Result<Page<EmptySearchRow>> {
    policy::require(actor, Capability::Work)?;
    app.db
        .read(async |tx| Ok(tx.empty_searches(dismissed, sort, window).await?))
        .await
}

/// Sets words aside, or takes them up again: searches for them are counted on, but they are no
/// longer listed among what is missing.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]
pub async fn dismiss(app: &App, actor: &Actor, id: EmptySearchId, dismissed: bool) -> Result<()> {
    policy::require(actor, Capability::Work)?;
    app.db
        .write(async |tx| {
            if tx.dismiss_empty_search(id, dismissed).await? {
                Ok(())
            } else {
                Err(Error::NotFound)
            }
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_kept_in_bounds() {
        let terms = |text: &str| bsm_domain::text::terms(text);
        assert_eq!(
            words_of(&terms("  Wi-Fi, PASSWÓRD? ")).as_deref(),
            Some("wi fi password")
        );
        assert_eq!(words_of(&terms("ab")), None);
        assert_eq!(words_of(&[]), None);
        let long = words_of(&terms(&"ß".repeat(200))).unwrap();
        assert!(long.chars().count() <= QUERY_MAX);
    }
}
