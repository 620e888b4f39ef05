//! Staff change the working copy of an article; what is live stays as it is.

use bsm_domain::actor::Actor;
use bsm_domain::article::{ArticleContent, ArticleVisibility};
use bsm_domain::event::{Changes, EventKind};
use bsm_domain::ids::ArticleId;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::articles::NewArticleRevision;
use bsm_persistence::content::View;
use serde_json::{Value, json};

use super::read::{ArticleDetail, detail_of, locked};
use super::record::{announce, index};
use super::slugs::claim;
use crate::{App, Expected, Result, Stamp};

/// The fields to change; absent ones stay.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs, reason = "the fields of `ArticleContent`")]
pub struct UpdateArticle {
    pub title: Option<String>,
    pub slug: Option<String>,
    pub summary: Option<String>,
    pub body: Option<String>,
    pub category: Option<String>,
    pub tags: Option<Vec<String>>,
    pub visibility: Option<ArticleVisibility>,
}

impl UpdateArticle {
    fn apply(&self, before: ArticleContent) -> ArticleContent {
        let change = self.clone();
        ArticleContent {
            title: change.title.unwrap_or(before.title),
            slug: change.slug.unwrap_or(before.slug),
            summary: change.summary.unwrap_or(before.summary),
            body: change.body.unwrap_or(before.body),
            category: change.category.unwrap_or(before.category),
            tags: change.tags.unwrap_or(before.tags),
            visibility: change.visibility.unwrap_or(before.visibility),
        }
    }
}

/// Saves a new revision as the working copy. A change that changes nothing leaves no trace. A slug
/// that no reader can know is free again when the working copy gets another.
///
/// # Errors
/// [`crate::Error::Forbidden`], [`crate::Error::NotFound`], [`crate::Error::Stale`];
/// [`crate::Conflict::SlugTaken`].
pub async fn update(
    app: &App,
    actor: &Actor,
    id: ArticleId,
    expected: &Expected,
    input: UpdateArticle,
) -> Result<ArticleDetail> {
    policy::require(actor, Capability::Work)?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            let mut article = locked(tx, id).await?;
            expected.check(article.version)?;
            let before = article.shown.content();
            let after = input.apply(before.clone());
            let changes = differences(&before, &after);
            if changes.is_empty() {
                return detail_of(tx, id).await;
            }
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
                author_id: stamp.by,
                created_at: stamp.at,
            })
            .await?;
            tx.update_article(&article).await?;
            announce(tx, &stamp, id, EventKind::ArticleUpdated, changes).await?;
            detail_of(tx, id).await
        })
        .await
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
