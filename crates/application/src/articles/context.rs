//! What stands around an article: where else it is found, and what else its readers are offered.

use bsm_domain::actor::Actor;
use bsm_domain::article::ArticleVisibility;
use bsm_domain::ids::ArticleId;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::articles::ArticleRow;
use bsm_persistence::content::View;

use super::related::related;
use crate::{App, Error, Result};

/// What stands around an article.
#[derive(Debug, Clone)]
pub struct ArticleContext {
    /// Slugs it was published under that lead to the one it has now.
    pub old_slugs: Vec<String>,
    /// Up to four others, without their texts, that readers of the working copy would be offered.
    pub related: Vec<ArticleRow>,
}

/// What stands around the working copy of an article. Staff only.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]
pub async fn context(app: &App, actor: &Actor, id: ArticleId) -> Result<ArticleContext> {
    policy::require(actor, Capability::Work)?;
    app.db
        .read(async |tx| {
            let article = tx.article(id).await?.ok_or(Error::NotFound)?;
            let mut old_slugs = tx.live_slugs(id).await?;
            let live = match article.live_revision {
                Some(n) => tx.article_revision(id, n).await?.map(|live| live.slug),
                None => None,
            };
            old_slugs.retain(|slug| live.as_ref() != Some(slug));
            let view = match article.shown.visibility {
                ArticleVisibility::Public => View::Public,
                ArticleVisibility::Customers => View::Live,
            };
            let related = related(tx, &article, view).await?;
            Ok(ArticleContext { old_slugs, related })
        })
        .await
}
