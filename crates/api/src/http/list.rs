//! Lists: `limit` and `cursor` in, `items` and `next_cursor` out.

use actix_web::HttpResponse;
use actix_web::http::header;
use bsm_persistence::page::{Page, Window};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::cursor::{self, List};
use super::problem::{Code, Problem};

/// Rows of a page where the client does not say.
pub const DEFAULT_LIMIT: u32 = 25;

/// A part of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListAnswer<T: ToSchema> {
    /// The rows.
    pub items: Vec<T>,
    /// What to ask for the next page with; null on the last.
    #[schema(required)]
    pub next_cursor: Option<String>,
}

impl<T: ToSchema> ListAnswer<T> {
    /// The page of a list that has no rows.
    #[must_use]
    pub const fn empty() -> Self {
        Self {
            items: Vec::new(),
            next_cursor: None,
        }
    }
}

/// Reads `limit` (1 to 100, default 25) and `cursor`.
///
/// # Errors
/// `invalid_query`, `invalid_cursor`
pub fn window(limit: Option<u32>, after: Option<&str>, list: List) -> Result<Window, Problem> {
    let limit = self::limit(limit)?;
    let after = after.map(|c| cursor::read(c, list)).transpose()?;
    Ok(Window { limit, after })
}

/// Reads `limit`: 1 to 100, 25 by default.
///
/// # Errors
/// `invalid_query`
pub fn limit(limit: Option<u32>) -> Result<u32, Problem> {
    let limit = limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=100).contains(&limit) {
        return Err(Problem::new(Code::InvalidQuery, "limit: must be 1 to 100."));
    }
    Ok(limit)
}

/// Refuses to answer with a part of a list where all of it is asked for, as a file.
///
/// # Errors
/// `invalid_query`
pub fn whole(limit: Option<u32>, after: Option<&str>) -> Result<(), Problem> {
    if limit.is_some() || after.is_some() {
        let detail = "limit, cursor: a CSV file has all rows, and no pages.";
        return Err(Problem::new(Code::InvalidQuery, detail));
    }
    Ok(())
}

/// The answer of a page of a list that is also had as a file.
pub fn page<T: Serialize + ToSchema>(answer: &ListAnswer<T>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::VARY, "accept"))
        .json(answer)
}

/// Makes the answer of a page.
pub fn answer<R, T: ToSchema>(page: Page<R>, list: List, to: impl FnMut(R) -> T) -> ListAnswer<T> {
    ListAnswer {
        next_cursor: page.next.as_ref().map(|key| cursor::write(key, list)),
        items: page.items.into_iter().map(to).collect(),
    }
}

/// Which part of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageParams {
    /// Rows of a page, 25 by default.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    #[param(max_length = 200)]
    cursor: Option<String>,
}

impl PageParams {
    /// The window they ask for.
    ///
    /// # Errors
    /// As [`window`].
    pub fn window(&self, list: List) -> Result<Window, Problem> {
        window(self.limit, self.cursor.as_deref(), list)
    }
}
