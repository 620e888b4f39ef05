//! An older revision of an article is brought back.

use bsm_domain::actor::Actor;
use bsm_domain::ids::ArticleId;
use bsm_domain::policy::{self, Capability};

use super::read::{ArticleDetail, detail_of, locked};
use super::revise::{Origin, revise};
use crate::{App, Error, Expected, Result, Stamp};

/// What is brought back, and how.
#[derive(Debug, Clone)]
pub struct RestoreArticle {
    /// The revision.
    pub n: i64,
    /// Leaves the article the slug it has now: the way out where another article took the old one.
    pub keep_slug: bool,
    /// What is said of it; without, what brings it back says so by itself.
    pub note: Option<String>,
}

/// Saves what an older revision says as a new revision, every field as it was: the slug, too,
/// unless it is to be kept. What readers see stays as it is until that is published. Bringing back
/// what stands there already leaves no trace.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`], also where there is no such revision;
/// [`Error::Stale`]; [`crate::Conflict::SlugTaken`] where another article has the slug by now.
pub async fn restore(
    app: &App,
    actor: &Actor,
    id: ArticleId,
    expected: &Expected,
    input: RestoreArticle,
) -> Result<ArticleDetail> {
    policy::require(actor, Capability::Work)?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            let mut article = locked(tx, id).await?;
            let revision = tx.article_revision(id, input.n).await?;
            let mut content = revision.ok_or(Error::NotFound)?.content();
            expected.check(article.version)?;
            if input.keep_slug {
                content.slug.clone_from(&article.shown.slug);
            }
            let origin = Origin {
                note: input.note.clone(),
                restored_from: Some(input.n),
            };
            revise(tx, &stamp, &mut article, content, origin).await?;
            detail_of(tx, id).await
        })
        .await
}
