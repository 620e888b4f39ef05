//! What lists of published articles are asked for.

use bsm_application::articles::ArticleList;
use bsm_domain::bounds::TAG_MAX;
use bsm_persistence::article_lists::ArticleFilter;
use bsm_persistence::content::View;
use serde::Deserialize;
use utoipa::IntoParams;

use super::article::CustomerArticle;
use super::catalog::{self, CatalogAnswer, CatalogQuery};
use crate::http::cursor::List;
use crate::http::params::text_param;
use crate::http::problem::Problem;

/// Filters of a list of published articles.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ArticleParams {
    /// Of this category.
    #[param(max_length = 60)]
    category: Option<String>,
    /// Having this tag.
    #[param(max_length = 40)]
    tag: Option<String>,
    /// Having words that begin with these, one typo forgiven; best first, at most 100, without
    /// pages.
    #[param(max_length = 200)]
    q: Option<String>,
    /// Rows of a page, 25 by default; of a search 100.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    #[param(max_length = 200)]
    cursor: Option<String>,
}

impl ArticleParams {
    /// Reads them for these readers.
    ///
    /// # Errors
    /// `invalid_query`, `invalid_cursor`
    pub fn read(self, view: View) -> Result<(ArticleFilter, CatalogQuery), Problem> {
        if let Some(tag) = &self.tag {
            text_param("tag", tag, TAG_MAX)?;
        }
        let mut query = catalog::query(
            list_of(view),
            self.category,
            self.q.as_deref(),
            self.limit,
            self.cursor.as_deref(),
        )?;
        let filter = ArticleFilter {
            category: query.category.take(),
            tag: self.tag,
            ..ArticleFilter::all(view)
        };
        Ok((filter, query))
    }
}

/// The list that these readers page through.
const fn list_of(view: View) -> List {
    match view {
        View::Public => List::PUBLIC_ARTICLES,
        View::Live | View::Draft => List::CUSTOMER_ARTICLES,
    }
}

/// The answer of a list of published articles.
#[must_use]
pub fn answer(view: View, list: ArticleList) -> CatalogAnswer<CustomerArticle> {
    let terms = list.terms;
    CatalogAnswer::of(list_of(view), list.page, list.categories, |row| {
        CustomerArticle::of(row, terms.as_deref())
    })
}
