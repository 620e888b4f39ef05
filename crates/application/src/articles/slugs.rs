//! Names of articles in addresses. A slug belongs to one article: to the one whose working copy
//! has it, and for ever to one that was published under it.

use bsm_domain::ids::ArticleId;
use bsm_domain::text::{MAX_SLUG_CHARS, slugify};
use bsm_persistence::Tx;

use crate::{Conflict, Result};

/// How many numbers are tried behind a title's slug.
const TRIES: u32 = 100;

/// Gives an article the slug that was chosen for it.
///
/// # Errors
/// [`Conflict::SlugTaken`] where another article has or had it.
pub(super) async fn claim(tx: &mut Tx, id: ArticleId, slug: &str) -> Result<()> {
    if tx.claim_slug(slug, id).await? {
        return Ok(());
    }
    match tx.article_of_slug(slug).await? {
        Some((owner, _)) if owner == id => Ok(()),
        _ => Err(Conflict::SlugTaken.into()),
    }
}

/// Gives an article a slug made from its title, with a number behind it where it is taken.
///
/// # Errors
/// [`Conflict::SlugTaken`] where a hundred articles have this title: then one has to be chosen.
pub(super) async fn claim_for_title(tx: &mut Tx, id: ArticleId, title: &str) -> Result<String> {
    let base = slugify(title);
    for n in 1..=TRIES {
        let slug = numbered(&base, n);
        if tx.claim_slug(&slug, id).await? {
            return Ok(slug);
        }
    }
    Err(Conflict::SlugTaken.into())
}

/// The n-th slug of this beginning; the first is the beginning itself.
fn numbered(base: &str, n: u32) -> String {
    if n == 1 {
        return base.to_owned();
    }
    let end = format!("-{n}");
    let room = MAX_SLUG_CHARS.saturating_sub(end.len());
    let kept = base.get(..room).unwrap_or(base);
    format!("{}{end}", kept.trim_end_matches('-'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use bsm_domain::text::is_slug;

    #[test]
    fn numbers_stand_behind_and_never_make_a_slug_too_long() {
        assert_eq!(numbered("vpn", 1), "vpn");
        assert_eq!(numbered("vpn", 2), "vpn-2");
        let long = format!("{}-{}", "a".repeat(97), "bb");
        assert!(is_slug(&long));
        let slug = numbered(&long, 17);
        assert!(is_slug(&slug) && slug.ends_with("a-17"), "{slug}");
    }
}
