//! An article that nobody could read yet is deleted.

use bsm_domain::actor::Actor;
use bsm_domain::event::{Changes, EventKind};
use bsm_domain::ids::ArticleId;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::content::View;
use serde_json::Map;

use super::read::locked;
use super::record::{announce, audit, unindex};
use crate::{App, Conflict, Expected, Result, Stamp};

/// Deletes a draft with its revisions; its slug is free again.
///
/// # Errors
/// [`crate::Error::Forbidden`], [`crate::Error::NotFound`], [`crate::Error::Stale`];
/// [`Conflict::InUse`] where it was ever published: readers may have its address.
pub async fn delete(app: &App, actor: &Actor, id: ArticleId, expected: &Expected) -> Result<()> {
    policy::require(actor, Capability::Work)?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            let article = locked(tx, id).await?;
            expected.check(article.version)?;
            if article.live_revision.is_some() {
                return Err(Conflict::InUse("it has been published; archive it instead").into());
            }
            unindex(tx, id, View::Draft).await?;
            tx.release_slugs(id, None).await?;
            tx.delete_article_revisions(id).await?;
            tx.delete_article(id).await?;
            audit(tx, &stamp, id, "article.delete", Map::new()).await?;
            announce(tx, &stamp, id, EventKind::ArticleDeleted, Changes::none()).await
        })
        .await
}
