//! A new revision of an article: what a save and a restoration have in common.

use bsm_domain::article::ArticleContent;
use bsm_domain::category::CategoryKind;
use bsm_domain::event::{Changes, EventKind};
use bsm_persistence::Tx;
use bsm_persistence::article_revisions::NewArticleRevision;
use bsm_persistence::articles::ArticleRow;
use bsm_persistence::content::View;
use serde_json::{Value, json};

use super::record::{announce, index};
use super::slugs::claim;
use crate::categories::ensure;
use crate::{Result, Stamp};

/// Where a revision comes from.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    /// What its author says of it.
    pub note: Option<String>,
    /// The revision it brings back.
    pub restored_from: Option<i64>,
}

/// Makes `after` the working copy of a locked article: a new revision, its words in the search of
/// staff, its event. What changes nothing leaves no trace. What readers see stays as it is. A slug
/// that no reader can know is free again when the working copy gets another.
///
/// # Errors
/// [`crate::Conflict::SlugTaken`]
pub(super) async fn revise(
    tx: &mut Tx,
    stamp: &Stamp,
    article: &mut ArticleRow,
    mut after: ArticleContent,
    origin: Origin,
) -> Result<()> {
    let before = article.shown.content();
    if after.category != before.category {
        after.category = ensure(tx, stamp, CategoryKind::Article, &after.category).await?;
    }
    let changes = differences(&before, &after);
    if changes.is_empty() {
        return Ok(());
    }
    let id = article.id;
    if after.slug != before.slug {
        claim(tx, id, &after.slug).await?;
        tx.release_slugs(id, Some(&after.slug)).await?;
    }
    article.latest_revision += 1;
    article.version += 1;
    article.updated_at = stamp.at;
    index(tx, id, View::Draft, &after, stamp.at).await?;
    tx.insert_article_revision(&NewArticleRevision {
        article_id: id,
        n: article.latest_revision,
        content: after,
        note: origin.note,
        author_id: stamp.by,
        created_at: stamp.at,
        restored_from: origin.restored_from,
    })
    .await?;
    tx.update_article(article).await?;
    announce(tx, stamp, id, EventKind::ArticleUpdated, changes).await
}

/// Which fields differ: the visibility with its values, of free text only that it does.
fn differences(before: &ArticleContent, after: &ArticleContent) -> Changes {
    let mut changes = Changes::none();
    for (field, changed) in [
        ("title", before.title != after.title),
        ("slug", before.slug != after.slug),
        ("summary", before.summary != after.summary),
        ("body", before.body != after.body),
        ("category", before.category != after.category),
        ("tags", before.tags != after.tags),
    ] {
        if changed {
            changes = changes.with(field, Value::Null, Value::Null);
        }
    }
    if before.visibility != after.visibility {
        let (from, to) = (json!(before.visibility), json!(after.visibility));
        changes = changes.with("visibility", from, to);
    }
    changes
}
