//! An article is drafted.

use bsm_domain::actor::Actor;
use bsm_domain::article::{ArticleContent, ArticleVisibility};
use bsm_domain::category::CategoryKind;
use bsm_domain::event::{Changes, EventKind};
use bsm_domain::ids::{ArticleId, TicketId};
use bsm_domain::policy::{self, Capability};
use bsm_persistence::article_revisions::NewArticleRevision;
use bsm_persistence::content::View;

use super::read::{ArticleDetail, detail_of};
use super::record::{announce, index};
use super::slugs::{claim, claim_for_title};
use crate::categories::ensure;
use crate::{App, Error, FieldError, Result, Stamp};

/// What the first revision says.
#[derive(Debug, Clone)]
pub struct CreateArticle {
    /// What it is called.
    pub title: String,
    /// Its name in addresses; made from the title where it is left out.
    pub slug: Option<String>,
    /// In one or two lines.
    pub summary: String,
    /// In full, in Markdown.
    pub body: String,
    /// Under which heading it stands.
    pub category: String,
    /// Words it is found by.
    pub tags: Vec<String>,
    /// Who may read it once it is published.
    pub visibility: ArticleVisibility,
    /// The ticket whose answer it begins as.
    pub ticket: Option<TicketId>,
}

/// Drafts an article. Readers see it once it is published.
///
/// # Errors
/// [`Error::Forbidden`] for customers; [`Error::Invalid`] where there is no such ticket;
/// [`crate::Conflict::SlugTaken`].
pub async fn create(app: &App, actor: &Actor, input: CreateArticle) -> Result<ArticleDetail> {
    policy::require(actor, Capability::Work)?;
    let stamp = Stamp::of(app, actor);
    let id = ArticleId::generate();
    app.db
        .write(async |tx| {
            if let Some(ticket) = input.ticket
                && tx.ticket_ref(ticket).await?.is_none()
            {
                let unknown =
                    FieldError::unknown_reference("/ticket_id", "there is no such ticket");
                return Err(Error::Invalid(vec![unknown]));
            }
            let category = ensure(tx, &stamp, CategoryKind::Article, &input.category).await?;
            tx.insert_article(id, &category, stamp.at, input.ticket)
                .await?;
            let slug = match &input.slug {
                Some(slug) => {
                    claim(tx, id, slug).await?;
                    slug.clone()
                }
                None => claim_for_title(tx, id, &input.title).await?,
            };
            let content = ArticleContent {
                title: input.title.clone(),
                slug,
                summary: input.summary.clone(),
                body: input.body.clone(),
                category,
                tags: input.tags.clone(),
                visibility: input.visibility,
            };
            index(tx, id, View::Draft, &content, stamp.at).await?;
            tx.insert_article_revision(&NewArticleRevision {
                article_id: id,
                n: 1,
                content,
                note: None,
                author_id: stamp.by,
                created_at: stamp.at,
                restored_from: None,
            })
            .await?;
            announce(tx, &stamp, id, EventKind::ArticleCreated, Changes::none()).await?;
            detail_of(tx, id, stamp.at).await
        })
        .await
}
