//! Lists with categories: services and articles.

use bsm_application::categories::Shelf;
use bsm_domain::service::ServiceIcon;
use bsm_persistence::page::{Page, Window};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::cursor::List;
use crate::http::list;
use crate::http::params::{search_terms, text_param};
use crate::http::problem::{Code, Problem};

/// How many things a category has.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CategoryCount {
    /// The category.
    #[schema(example = "Support")]
    pub category: String,
    /// Its picture.
    pub icon: ServiceIcon,
    /// How many things there are in it.
    pub count: i64,
}

impl From<Shelf> for CategoryCount {
    fn from(shelf: Shelf) -> Self {
        Self {
            category: shelf.name,
            icon: shelf.icon,
            count: shelf.items,
        }
    }
}

/// A part of a list, with the categories of all of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CatalogAnswer<T: ToSchema> {
    /// The rows.
    pub items: Vec<T>,
    /// What to ask for the next page with; null on the last, and for a search.
    #[schema(required)]
    pub next_cursor: Option<String>,
    /// All categories, whichever is looked at, in the order that the desk gave them.
    pub categories: Vec<CategoryCount>,
}

impl<T: ToSchema> CatalogAnswer<T> {
    /// The answer of a page.
    pub fn of<R>(of: List, page: Page<R>, categories: Vec<Shelf>, to: impl FnMut(R) -> T) -> Self {
        let answer = list::answer(page, of, to);
        Self {
            items: answer.items,
            next_cursor: answer.next_cursor,
            categories: categories.into_iter().map(CategoryCount::from).collect(),
        }
    }
}

/// What a list of this kind is asked for.
#[derive(Debug)]
pub struct CatalogQuery {
    /// The category, if one is asked for.
    pub category: Option<String>,
    /// The folded words that are looked for.
    pub terms: Option<Vec<String>>,
    /// Which part; a search has but one.
    pub window: Window,
}

/// Reads the parameters that all lists of this kind have. A search answers its best 100 at once
/// unless `limit` says fewer, and takes no cursor.
///
/// # Errors
/// `invalid_query`, `invalid_cursor`
pub fn query(
    of: List,
    category: Option<String>,
    q: Option<&str>,
    limit: Option<u32>,
    cursor: Option<&str>,
) -> Result<CatalogQuery, Problem> {
    if let Some(category) = &category {
        text_param("category", category, bsm_domain::bounds::CATEGORY_MAX)?;
    }
    let terms = q.map(search_terms).transpose()?;
    if terms.is_some() && cursor.is_some() {
        return Err(Problem::new(
            Code::InvalidQuery,
            "cursor: a search answers all at once and takes none.",
        ));
    }
    let limit = limit.or(terms.as_ref().map(|_| 100));
    Ok(CatalogQuery {
        category,
        window: list::window(limit, cursor, of)?,
        terms,
    })
}
