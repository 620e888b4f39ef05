//! Staff change the working copy of an article; what is live stays as it is.

use bsm_domain::actor::Actor;
use bsm_domain::article::{ArticleContent, ArticleVisibility};
use bsm_domain::ids::ArticleId;
use bsm_domain::policy::{self, Capability};

use super::read::{ArticleDetail, detail_of, locked};
use super::revise::{Origin, revise};
use crate::{App, Expected, Result, Stamp};

/// The fields to change; absent ones stay.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs, reason = "the fields of `ArticleContent`")]
pub struct UpdateArticle {
    /// What the author says of the change; a note alone is no change.
    pub note: Option<String>,
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

/// Saves a new revision as the working copy. A change that changes nothing leaves no trace.
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
            let after = input.apply(article.shown.content());
            let origin = Origin {
                note: input.note.clone(),
                restored_from: None,
            };
            revise(tx, &stamp, &mut article, after, origin).await?;
            detail_of(tx, id).await
        })
        .await
}
