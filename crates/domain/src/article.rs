//! Articles of the knowledge base: codes and what an article says.

use crate::codes::codes;

codes!(
    /// Where an article stands.
    ArticleStatus {
        /// Never published.
        Draft = "draft",
        /// In the knowledge base.
        Published = "published",
        /// Taken out of the knowledge base.
        Archived = "archived",
    }
);

codes!(
    /// Who may read a published article.
    ArticleVisibility {
        /// Everybody, without signing in.
        Public = "public",
        /// Customers who are signed in.
        Customers = "customers",
    }
);

/// All that a revision of an article says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleContent {
    /// What it is called.
    pub title: String,
    /// Its name in addresses.
    pub slug: String,
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
}
