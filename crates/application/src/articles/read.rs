//! Staff read one article.

use bsm_domain::actor::Actor;
use bsm_domain::ids::ArticleId;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::Tx;
use bsm_persistence::article_revisions::ArticleRevisionRow;
use bsm_persistence::articles::ArticleRow;

use crate::{App, Error, Result};

/// An article as staff see it: the working copy, and what was last published.
#[derive(Debug, Clone)]
pub struct ArticleDetail {
    /// The article with its working copy.
    pub article: ArticleRow,
    /// The revision last published, if any.
    pub live: Option<ArticleRevisionRow>,
}

/// The article as this transaction sees it.
pub(super) async fn detail_of(tx: &mut Tx, id: ArticleId) -> Result<ArticleDetail> {
    let article = tx.article(id).await?.ok_or(Error::NotFound)?;
    let live = match article.live_revision {
        Some(n) if n == article.latest_revision => Some(article.shown.clone()),
        Some(n) => tx.article_revision(id, n).await?,
        None => None,
    };
    Ok(ArticleDetail { article, live })
}

/// The article, and other writers kept away until the transaction ends.
pub(super) async fn locked(tx: &mut Tx, id: ArticleId) -> Result<ArticleRow> {
    tx.lock_article(id).await?;
    tx.article(id).await?.ok_or(Error::NotFound)
}

/// One article. Staff only.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]
pub async fn detail(app: &App, actor: &Actor, id: ArticleId) -> Result<ArticleDetail> {
    policy::require(actor, Capability::Work)?;
    app.db.read(async |tx| detail_of(tx, id).await).await
}
