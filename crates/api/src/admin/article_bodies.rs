//! What staff send to draft and change an article.

use std::collections::HashSet;

use bsm_application::articles::{CreateArticle, RestoreArticle, UpdateArticle};
use bsm_domain::article::ArticleVisibility;
use bsm_domain::service::DEFAULT_CATEGORY;
use bsm_domain::text::has_line_break;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::{Validate, ValidationError};

use crate::http::body::rules;

/// A word that an article is found by.
#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[schema(min_length = 1, max_length = 40, example = "vpn")]
pub struct Tag(String);

/// Tags are words of one line, each given once.
fn each_once(tags: &[Tag]) -> Result<(), ValidationError> {
    let mut seen = HashSet::new();
    for Tag(tag) in tags {
        if tag.trim().is_empty() || has_line_break(tag) {
            return Err(ValidationError::new("bad_format")
                .with_message("each tag must be a single line that is not blank".into()));
        }
        if !seen.insert(tag.trim()) {
            return Err(ValidationError::new("not_allowed")
                .with_message("each tag may be given once".into()));
        }
    }
    Ok(())
}

fn trimmed(tags: Vec<Tag>) -> Vec<String> {
    tags.into_iter().map(|t| t.0.trim().to_owned()).collect()
}

/// A new article. What is left out is empty, `General`, `customers`.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"title": "VPN on macOS", "category": "Support", "tags": ["vpn"], "visibility": "public", "body": "Company Macs receive the settings as a profile."}))]
pub struct AdminArticleCreate {
    /// What it is called.
    #[schema(min_length = 3, max_length = 200)]
    #[validate(custom(function = rules::line_of::<3>))]
    title: String,
    /// Its name in addresses; made from the title where it is left out.
    #[schema(
        min_length = 1,
        max_length = 100,
        pattern = "^[a-z0-9]+(-[a-z0-9]+)*$",
        nullable = false
    )]
    slug: Option<String>,
    /// In one or two lines.
    #[schema(max_length = 300, nullable = false)]
    summary: Option<String>,
    /// In full, in Markdown.
    #[schema(max_length = 100_000, nullable = false)]
    body: Option<String>,
    /// Under which heading it stands.
    #[schema(min_length = 1, max_length = 60, nullable = false)]
    #[validate(custom(function = rules::one_line))]
    category: Option<String>,
    /// Words it is found by, each once.
    #[schema(max_items = 10, nullable = false)]
    #[validate(custom(function = each_once))]
    tags: Option<Vec<Tag>>,
    /// Who may read it once it is published.
    #[schema(nullable = false)]
    visibility: Option<ArticleVisibility>,
}

impl From<AdminArticleCreate> for CreateArticle {
    fn from(body: AdminArticleCreate) -> Self {
        Self {
            title: body.title.trim().to_owned(),
            slug: body.slug,
            summary: body.summary.unwrap_or_default().trim().to_owned(),
            body: body.body.unwrap_or_default(),
            category: body
                .category
                .map_or_else(|| DEFAULT_CATEGORY.to_owned(), |c| c.trim().to_owned()),
            tags: trimmed(body.tags.unwrap_or_default()),
            visibility: body.visibility.unwrap_or(ArticleVisibility::Customers),
        }
    }
}

/// A change of the working copy: what is left out stays.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"summary": "Install the profile, connect from the menu bar."}))]
pub struct AdminArticleUpdate {
    /// What it is called.
    #[schema(min_length = 3, max_length = 200, nullable = false)]
    #[validate(custom(function = rules::line_of::<3>))]
    title: Option<String>,
    /// Its name in addresses; one that readers know goes on leading here.
    #[schema(
        min_length = 1,
        max_length = 100,
        pattern = "^[a-z0-9]+(-[a-z0-9]+)*$",
        nullable = false
    )]
    slug: Option<String>,
    /// In one or two lines.
    #[schema(max_length = 300, nullable = false)]
    summary: Option<String>,
    /// In full, in Markdown.
    #[schema(max_length = 100_000, nullable = false)]
    body: Option<String>,
    /// Under which heading it stands.
    #[schema(min_length = 1, max_length = 60, nullable = false)]
    #[validate(custom(function = rules::one_line))]
    category: Option<String>,
    /// Words it is found by, each once; replaces all of them.
    #[schema(max_items = 10, nullable = false)]
    #[validate(custom(function = each_once))]
    tags: Option<Vec<Tag>>,
    /// Who may read it once it is published.
    #[schema(nullable = false)]
    visibility: Option<ArticleVisibility>,
    /// What you say of the change, in a line. It stands in the history; a note alone saves nothing.
    #[schema(max_length = 200, nullable = false)]
    #[validate(custom(function = rules::no_line_break))]
    note: Option<String>,
}

/// What is noted; nothing where there is but white space.
fn noted(note: Option<String>) -> Option<String> {
    let note = note.map(|n| n.trim().to_owned());
    note.filter(|n| !n.is_empty())
}

impl From<AdminArticleUpdate> for UpdateArticle {
    fn from(body: AdminArticleUpdate) -> Self {
        let line = |text: Option<String>| text.map(|t| t.trim().to_owned());
        Self {
            title: line(body.title),
            slug: body.slug,
            summary: line(body.summary),
            body: body.body,
            category: line(body.category),
            tags: body.tags.map(trimmed),
            visibility: body.visibility,
            note: noted(body.note),
        }
    }
}

/// How an older revision is brought back.
#[derive(Debug, Default, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"note": "The new steps do not work yet."}))]
pub struct AdminArticleRestore {
    /// Leaves the article the slug it has now, where another article took the old one.
    #[schema(nullable = false)]
    keep_slug: Option<bool>,
    /// What you say of it, in a line. It stands in the history.
    #[schema(max_length = 200, nullable = false)]
    #[validate(custom(function = rules::no_line_break))]
    note: Option<String>,
}

impl AdminArticleRestore {
    /// Of this revision.
    #[must_use]
    pub fn of(self, n: i64) -> RestoreArticle {
        RestoreArticle {
            n,
            keep_slug: self.keep_slug.unwrap_or(false),
            note: noted(self.note),
        }
    }
}
