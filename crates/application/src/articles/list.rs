//! Lists and searches of articles, for staff and for readers.

use bsm_domain::actor::Actor;
use bsm_domain::category::CategoryKind;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::Tx;
use bsm_persistence::article_lists::ArticleFilter;
use bsm_persistence::articles::ArticleRow;
use bsm_persistence::content::View;
use bsm_persistence::page::{Page, Window};

use super::mend::mended;
use super::record::folded;
use crate::categories::{Shelf, shelves};
use crate::search::ranked;
use crate::{App, Error, Result};

/// A part of a list and the categories of all of it.
#[derive(Debug, Clone)]
pub struct ArticleList {
    /// The articles; only those of a search come with their texts.
    pub page: Page<ArticleRow>,
    /// How many each category has, whatever category, tag or words are looked for; in
    /// their order.
    pub categories: Vec<Shelf>,
    /// The folded terms that the search really went by: typos are mended.
    pub terms: Option<Vec<String>>,
}

/// A page of the working copies, last touched first; with folded terms those that answer them,
/// best first, all at once and at most 100. Staff only.
///
/// # Errors
/// [`Error::Forbidden`]
pub async fn list(
    app: &App,
    actor: &Actor,
    filter: &ArticleFilter,
    terms: Option<&[String]>,
    window: &Window,
) -> Result<ArticleList> {
    policy::require(actor, Capability::Work)?;
    app.db
        .read(async |tx| list_of(tx, filter, terms, window).await)
        .await
}

/// A page of what readers see, newest first; with folded terms as [`list`]. The filter's view
/// says which readers.
///
/// # Errors
/// [`Error::Internal`] for a filter of the working copies, which are not for readers.
pub async fn published(
    app: &App,
    filter: &ArticleFilter,
    terms: Option<&[String]>,
    window: &Window,
) -> Result<ArticleList> {
    if filter.view == View::Draft {
        return Err(Error::Internal("readers do not see working copies"));
    }
    app.db
        .read(async |tx| list_of(tx, filter, terms, window).await)
        .await
}

async fn list_of(
    tx: &mut Tx,
    filter: &ArticleFilter,
    terms: Option<&[String]>,
    window: &Window,
) -> Result<ArticleList> {
    let (page, terms) = match terms {
        None => (tx.articles(filter, window).await?, None),
        Some(terms) => {
            let (mut items, terms) = found(tx, filter, terms).await?;
            items.truncate(window.limit as usize);
            (Page { items, next: None }, Some(terms))
        }
    };
    let counted = tx.article_categories(filter).await?;
    let categories = shelves(tx, CategoryKind::Article, counted).await?;
    Ok(ArticleList {
        page,
        categories,
        terms,
    })
}

/// What answers the terms, best first; where nothing does, what answers them with typos mended.
async fn found(
    tx: &mut Tx,
    filter: &ArticleFilter,
    terms: &[String],
) -> Result<(Vec<ArticleRow>, Vec<String>)> {
    if terms.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let hits = tx.search_articles(filter, terms).await?;
    if !hits.is_empty() {
        return Ok((by_relevance(hits, terms), terms.to_vec()));
    }
    let Some(mended) = mended(tx, filter.view, terms).await? else {
        return Ok((Vec::new(), terms.to_vec()));
    };
    let hits = tx.search_articles(filter, &mended).await?;
    Ok((by_relevance(hits, &mended), mended))
}

fn by_relevance(hits: Vec<ArticleRow>, terms: &[String]) -> Vec<ArticleRow> {
    ranked(
        hits,
        terms,
        |article| folded(&article.shown.content()),
        |article| article.id,
    )
}
