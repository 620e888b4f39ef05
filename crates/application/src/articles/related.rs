//! What else a reader of an article may want to read.

use std::cmp::Reverse;

use bsm_persistence::Tx;
use bsm_persistence::articles::ArticleRow;
use bsm_persistence::content::View;

use crate::Result;

/// Most related articles.
const MOST: usize = 4;

/// Up to four other articles that the same readers may see: those with most tags in common, then
/// of the same category, then the newest.
pub(super) async fn related(
    tx: &mut Tx,
    article: &ArticleRow,
    view: View,
) -> Result<Vec<ArticleRow>> {
    let shown = &article.shown;
    let tags = &shown.tags.0;
    let mut others = tx
        .related_articles(article.id, view, &shown.category, tags)
        .await?;
    // Stable: those that are equally near stay newest first.
    others.sort_by_key(|other| {
        let common = other.shown.tags.0.iter().filter(|tag| tags.contains(tag));
        let nearness = 2 * common.count() + usize::from(other.shown.category == shown.category);
        Reverse(nearness)
    });
    others.truncate(MOST);
    Ok(others)
}
