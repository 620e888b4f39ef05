//! What services and articles have in common: a working copy beside what is live, and categories.

use sqlx::FromRow;

/// Which version of a service or revision of an article is looked at, and who may find it there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// The working copy, for staff.
    Draft,
    /// What is live, for customers.
    Live,
    /// What is live and open to everybody: articles only.
    Public,
}

impl View {
    /// Its name in the search.
    #[must_use]
    pub const fn scope(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Live => "live",
            Self::Public => "public",
        }
    }
}

/// How many share a category.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[allow(missing_docs, reason = "columns")]
pub struct CategoryRow {
    pub category: String,
    pub items: i64,
}
