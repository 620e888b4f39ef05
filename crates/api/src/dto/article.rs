//! A published article, as customers and the public read it.

use bsm_domain::article::ArticleVisibility;
use bsm_domain::ids::ArticleId;
use bsm_domain::markdown::{self, TocEntry};
use bsm_persistence::articles::ArticleRow;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::search::Highlights;

/// An article in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CustomerArticle {
    /// Its id.
    pub id: ArticleId,
    /// Its name in addresses.
    #[schema(example = "vpn-on-macos")]
    pub slug: String,
    /// What it is called.
    pub title: String,
    /// In one or two lines.
    pub summary: String,
    /// Under which heading it stands.
    pub category: String,
    /// Words it is found by.
    pub tags: Vec<String>,
    /// Who may read it.
    pub visibility: ArticleVisibility,
    /// When it was first published.
    pub published_at: DateTime<Utc>,
    /// When what readers see last changed.
    pub updated_at: DateTime<Utc>,
    /// Where a search found its words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub highlights: Option<Highlights>,
}

/// Marks folded terms in an article's title and in the best part of its texts.
pub(crate) fn highlights(row: &ArticleRow, terms: &[String]) -> Highlights {
    let shown = &row.shown;
    let text = format!("{}\n{}", shown.summary, markdown::plain_text(&shown.body));
    Highlights::of(&shown.title, &text, terms)
}

impl CustomerArticle {
    /// The article, with marks where a search looked for folded terms.
    #[must_use]
    pub fn of(row: ArticleRow, terms: Option<&[String]>) -> Self {
        let highlights = terms.map(|terms| highlights(&row, terms));
        let published_at = row.published_at.unwrap_or(row.created_at);
        Self {
            id: row.id,
            slug: row.shown.slug,
            title: row.shown.title,
            summary: row.shown.summary,
            category: row.shown.category,
            tags: row.shown.tags.0,
            visibility: row.shown.visibility,
            published_at,
            updated_at: row.live_at.unwrap_or(published_at),
            highlights,
        }
    }
}

/// Another article that a reader may want.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RelatedArticle {
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub title: String,
}

/// An article on its own page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PublicArticleDetail {
    /// The fields of the list.
    #[serde(flatten)]
    pub article: CustomerArticle,
    /// In full, in Markdown.
    pub body: String,
    /// The body as safe HTML.
    pub body_html: String,
    /// Its headings.
    pub toc: Vec<TocEntry>,
    /// Up to four others.
    pub related: Vec<RelatedArticle>,
}

impl PublicArticleDetail {
    /// The article with others beside it.
    #[must_use]
    pub fn of(row: ArticleRow, related: Vec<ArticleRow>) -> Self {
        let rendered = markdown::render(&row.shown.body);
        Self {
            body: row.shown.body.clone(),
            body_html: rendered.html,
            toc: rendered.toc,
            related: related
                .into_iter()
                .map(|other| RelatedArticle {
                    slug: other.shown.slug,
                    title: other.shown.title,
                })
                .collect(),
            article: CustomerArticle::of(row, None),
        }
    }
}
