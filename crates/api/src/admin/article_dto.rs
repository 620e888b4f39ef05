//! An article as staff see it.

use bsm_application::articles::ArticleDetail;
use bsm_domain::article::{ArticleStatus, ArticleVisibility};
use bsm_domain::ids::ArticleId;
use bsm_domain::markdown;
use bsm_persistence::article_revisions::ArticleRevisionRow;
use bsm_persistence::articles::ArticleRow;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::dto::article::highlights;
use crate::dto::search::Highlights;
use crate::http::people::Person;

/// How customers voted.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct ArticleVotes {
    /// It helped.
    pub helpful: i64,
    /// It did not.
    pub not_helpful: i64,
}

/// An article in a list: the working copy without its text.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AdminArticleRow {
    /// Its id.
    pub id: ArticleId,
    /// Where it stands.
    pub status: ArticleStatus,
    /// Counts its changes; votes do not move it.
    pub version: i64,
    /// The revision last published.
    #[schema(required)]
    pub published_revision: Option<i64>,
    /// The revision of the working copy.
    pub latest_revision: i64,
    /// Whether the working copy is not what was last published.
    pub has_draft: bool,
    /// What it is called.
    pub title: String,
    /// Its name in addresses.
    #[schema(example = "vpn-on-macos")]
    pub slug: String,
    /// In one or two lines.
    pub summary: String,
    /// Under which heading it stands.
    pub category: String,
    /// Words it is found by.
    pub tags: Vec<String>,
    /// Who may read it once it is published.
    pub visibility: ArticleVisibility,
    /// Who wrote the working copy.
    #[schema(required)]
    pub author: Option<Person>,
    /// How customers voted.
    pub votes: ArticleVotes,
    /// When it was drafted.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// When it was first published.
    #[schema(required)]
    pub published_at: Option<DateTime<Utc>>,
    /// Where a search found its words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub highlights: Option<Highlights>,
}

impl AdminArticleRow {
    /// The article, with marks where a search looked for folded terms.
    #[must_use]
    pub fn of(row: ArticleRow, terms: Option<&[String]>) -> Self {
        let highlights = terms.map(|terms| highlights(&row, terms));
        let shown = row.shown;
        Self {
            id: row.id,
            status: row.status,
            version: row.version,
            published_revision: row.live_revision,
            latest_revision: row.latest_revision,
            has_draft: row.live_revision != Some(row.latest_revision),
            title: shown.title,
            slug: shown.slug,
            summary: shown.summary,
            category: shown.category,
            tags: shown.tags.0,
            visibility: shown.visibility,
            author: shown
                .author_id
                .zip(shown.author_name)
                .map(|(id, name)| Person::staff(id, name)),
            votes: ArticleVotes {
                helpful: row.helpful,
                not_helpful: row.not_helpful,
            },
            created_at: row.created_at,
            updated_at: row.updated_at,
            published_at: row.published_at,
            highlights,
        }
    }
}

/// What was last published.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AdminArticleContent {
    /// What it is called.
    pub title: String,
    /// Its name in addresses.
    pub slug: String,
    /// In one or two lines.
    pub summary: String,
    /// In full, in Markdown.
    pub body: String,
    /// The body as safe HTML.
    pub body_html: String,
    /// Under which heading it stands.
    pub category: String,
    /// Words it is found by.
    pub tags: Vec<String>,
    /// Who may read it.
    pub visibility: ArticleVisibility,
}

impl From<ArticleRevisionRow> for AdminArticleContent {
    fn from(row: ArticleRevisionRow) -> Self {
        Self {
            title: row.title,
            slug: row.slug,
            summary: row.summary,
            body_html: markdown::render(&row.body).html,
            body: row.body,
            category: row.category,
            tags: row.tags.0,
            visibility: row.visibility,
        }
    }
}

/// An article with its working copy and what was last published.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AdminArticle {
    /// The fields of the list.
    #[serde(flatten)]
    pub row: AdminArticleRow,
    /// In full, in Markdown.
    pub body: String,
    /// The body as safe HTML.
    pub body_html: String,
    /// What was last published.
    #[schema(required)]
    pub published: Option<AdminArticleContent>,
}

impl From<ArticleDetail> for AdminArticle {
    fn from(detail: ArticleDetail) -> Self {
        let body = detail.article.shown.body.clone();
        Self {
            body_html: markdown::render(&body).html,
            body,
            row: AdminArticleRow::of(detail.article, None),
            published: detail.live.map(AdminArticleContent::from),
        }
    }
}
