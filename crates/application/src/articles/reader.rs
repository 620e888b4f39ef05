//! Somebody reads a published article.

use bsm_domain::ids::UserId;
use bsm_domain::text::is_slug;
use bsm_persistence::Tx;
use bsm_persistence::article_votes::ArticleVoteRow;
use bsm_persistence::articles::ArticleRow;
use bsm_persistence::content::View;

use super::related::related;
use crate::{App, Error, Result};

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Anybody, without signing in.
    Everybody,
    /// A customer who is signed in.
    Customer(UserId),
}

impl Reader {
    /// What they see.
    #[must_use]
    pub const fn view(self) -> View {
        match self {
            Self::Everybody => View::Public,
            Self::Customer(_) => View::Live,
        }
    }
}

/// What stands under a slug.
#[derive(Debug, Clone)]
pub enum Reading {
    /// An article.
    Article {
        /// The article with its live revision.
        article: Box<ArticleRow>,
        /// Up to four others, without their texts.
        related: Vec<ArticleRow>,
        /// What the customer said of it.
        my_vote: Option<ArticleVoteRow>,
    },
    /// It was published under this slug once; now it has this one.
    Moved(String),
}

/// Finds the article of a slug among those that these readers may see. Slugs of working copies
/// lead nowhere, and neither do old ones of articles they may not see.
///
/// # Errors
/// [`Error::NotFound`]
pub(crate) async fn find(tx: &mut Tx, view: View, slug: &str) -> Result<ArticleRow> {
    if !is_slug(slug) {
        return Err(Error::NotFound);
    }
    let (id, was_live) = tx.article_of_slug(slug).await?.ok_or(Error::NotFound)?;
    tx.published_article(id, view)
        .await?
        .filter(|article| was_live || article.shown.slug == slug)
        .ok_or(Error::NotFound)
}

/// One article by its slug, or where it is now.
///
/// # Errors
/// [`Error::NotFound`], also where these readers may not see it.
pub async fn read(app: &App, reader: Reader, slug: &str) -> Result<Reading> {
    app.db
        .read(async |tx| {
            let article = find(tx, reader.view(), slug).await?;
            if article.shown.slug != slug {
                return Ok(Reading::Moved(article.shown.slug));
            }
            let related = related(tx, &article, reader.view()).await?;
            let my_vote = match reader {
                Reader::Everybody => None,
                Reader::Customer(user) => tx.article_vote(article.id, user).await?,
            };
            Ok(Reading::Article {
                article: Box::new(article),
                related,
                my_vote,
            })
        })
        .await
}
