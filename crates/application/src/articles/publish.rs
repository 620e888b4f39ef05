//! An article goes live, or leaves the knowledge base.

use bsm_domain::actor::Actor;
use bsm_domain::article::{ArticleStatus, ArticleVisibility};
use bsm_domain::event::{Changes, EventKind};
use bsm_domain::ids::ArticleId;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::content::View;
use serde_json::{Map, json};

use super::read::{ArticleDetail, detail_of, locked};
use super::record::{announce, audit, index, unindex};
use crate::{App, Conflict, Expected, Result, Stamp};

/// Makes the working copy live; an archived article is published again.
///
/// # Errors
/// [`crate::Error::Forbidden`], [`crate::Error::NotFound`], [`crate::Error::Stale`];
/// [`Conflict::NothingToPublish`] where readers see it already, or it has no text.
pub async fn publish(
    app: &App,
    actor: &Actor,
    id: ArticleId,
    expected: &Expected,
) -> Result<ArticleDetail> {
    policy::require(actor, Capability::Work)?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            let mut article = locked(tx, id).await?;
            expected.check(article.version)?;
            let content = article.shown.content();
            let (status, live) = (article.status, article.live_revision);
            if status == ArticleStatus::Published && live == Some(article.latest_revision) {
                return Err(Conflict::NothingToPublish(
                    "what readers see is what stands here; change something first",
                )
                .into());
            }
            if content.body.trim().is_empty() {
                return Err(
                    Conflict::NothingToPublish("the article has no text; write one first").into(),
                );
            }
            article.status = ArticleStatus::Published;
            article.live_revision = Some(article.latest_revision);
            article.version += 1;
            article.updated_at = stamp.at;
            let first = *article.published_at.get_or_insert(stamp.at);
            article.live_at = Some(stamp.at);
            tx.update_article(&article).await?;
            tx.mark_slug_live(&content.slug).await?;
            index(tx, id, View::Live, &content, first).await?;
            match content.visibility {
                ArticleVisibility::Public => {
                    index(tx, id, View::Public, &content, first).await?;
                }
                ArticleVisibility::Customers => unindex(tx, id, View::Public).await?,
            }
            let mut changes = Changes::none().with(
                "published_revision",
                json!(live),
                json!(article.live_revision),
            );
            if status != article.status {
                changes = changes.with("status", json!(status), json!(article.status));
            }
            audit(tx, &stamp, id, "article.publish", changes.0.clone()).await?;
            announce(tx, &stamp, id, EventKind::ArticlePublished, changes).await?;
            detail_of(tx, id, stamp.at).await
        })
        .await
}

/// Takes an article out of the knowledge base; it can be published again.
///
/// # Errors
/// [`crate::Error::Forbidden`], [`crate::Error::NotFound`], [`crate::Error::Stale`];
/// [`Conflict::InvalidTransition`] where it is not published.
pub async fn archive(
    app: &App,
    actor: &Actor,
    id: ArticleId,
    expected: &Expected,
) -> Result<ArticleDetail> {
    policy::require(actor, Capability::Work)?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            let mut article = locked(tx, id).await?;
            expected.check(article.version)?;
            let from = article.status;
            if from != ArticleStatus::Published {
                return Err(Conflict::InvalidTransition(
                    "only a published article can be archived".to_owned(),
                )
                .into());
            }
            article.status = ArticleStatus::Archived;
            article.version += 1;
            article.updated_at = stamp.at;
            tx.update_article(&article).await?;
            for view in [View::Live, View::Public] {
                unindex(tx, id, view).await?;
            }
            let changes = Changes::none().with("status", json!(from), json!(article.status));
            audit(tx, &stamp, id, "article.archive", Map::new()).await?;
            announce(tx, &stamp, id, EventKind::ArticleArchived, changes).await?;
            detail_of(tx, id, stamp.at).await
        })
        .await
}
