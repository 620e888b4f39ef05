//! What articles say and said: every save is a revision, none is ever rewritten.

use bsm_domain::article::{ArticleContent, ArticleVisibility};
use bsm_domain::clock::Time;
use bsm_domain::ids::{ArticleId, UserId};
use sqlx::FromRow;
use sqlx::types::Json;
use uuid::Uuid;

use crate::page::{Key, Page, Window};
use crate::{DbError, Tx};

/// A revision of an article with its author's name.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[allow(missing_docs, reason = "columns of `article_revisions`")]
pub struct ArticleRevisionRow {
    pub n: i64,
    pub title: String,
    pub slug: String,
    pub summary: String,
    pub body: String,
    pub category: String,
    pub tags: Json<Vec<String>>,
    pub visibility: ArticleVisibility,
    pub note: Option<String>,
    pub author_id: Option<UserId>,
    pub author_name: Option<String>,
    /// When it was saved; its column has the name of the article's own.
    pub revised_at: Time,
    /// The revision that this one brought back.
    pub restored_from: Option<i64>,
}

impl ArticleRevisionRow {
    /// What this revision says.
    #[must_use]
    pub fn content(&self) -> ArticleContent {
        ArticleContent {
            title: self.title.clone(),
            slug: self.slug.clone(),
            summary: self.summary.clone(),
            body: self.body.clone(),
            category: self.category.clone(),
            tags: self.tags.0.clone(),
            visibility: self.visibility,
        }
    }

    /// Its place in the list of revisions, which is ordered by number alone.
    fn key(&self) -> Key {
        Key {
            at: self.revised_at,
            id: Uuid::from_u64_pair(0, self.n.unsigned_abs()),
        }
    }
}

/// A revision about to be written.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "columns of `article_revisions`")]
pub struct NewArticleRevision {
    pub article_id: ArticleId,
    pub n: i64,
    pub content: ArticleContent,
    pub note: Option<String>,
    pub author_id: Option<UserId>,
    pub created_at: Time,
    pub restored_from: Option<i64>,
}

const SELECT: &str = "select r.n, r.title, r.slug, r.summary, r.body, r.category, r.tags, \
    r.visibility, r.note, r.author_id, a.name as author_name, r.created_at as revised_at, \
    r.restored_from from article_revisions r left join users a on a.id = r.author_id \
    where r.article_id = ";

impl Tx {
    /// One revision of an article.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn article_revision(
        &mut self,
        id: ArticleId,
        n: i64,
    ) -> Result<Option<ArticleRevisionRow>, DbError> {
        let mut query = self.q(SELECT);
        query.push_bind(id).push(" and r.n = ").push_bind(n);
        query.optional().await
    }

    /// A page of an article's revisions with their texts, newest first.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn article_revisions(
        &mut self,
        id: ArticleId,
        window: &Window,
    ) -> Result<Page<ArticleRevisionRow>, DbError> {
        let mut query = self.q(SELECT);
        query.push_bind(id);
        if let Some(after) = window.after {
            let n = i64::try_from(after.id.as_u128()).unwrap_or(i64::MAX);
            query.push(" and r.n < ").push_bind(n);
        }
        query.push(" order by r.n desc limit ");
        query.push_bind(i64::from(window.limit) + 1);
        let rows: Vec<ArticleRevisionRow> = query.all().await?;
        Ok(Page::cut(rows, window.limit, ArticleRevisionRow::key))
    }

    /// Writes a revision; none is ever rewritten.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn insert_article_revision(
        &mut self,
        row: &NewArticleRevision,
    ) -> Result<(), DbError> {
        let content = &row.content;
        self.q(
            "insert into article_revisions (article_id, n, title, slug, summary, body, category, \
             tags, visibility, note, author_id, created_at, restored_from) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        )
        .bind(row.article_id)
        .bind(row.n)
        .bind(content.title.clone())
        .bind(content.slug.clone())
        .bind(content.summary.clone())
        .bind(content.body.clone())
        .bind(content.category.clone())
        .bind(Json(content.tags.clone()))
        .bind(content.visibility)
        .bind(row.note.clone())
        .bind(row.author_id)
        .bind(row.created_at)
        .bind(row.restored_from)
        .execute()
        .await
        .map(drop)
    }

    /// Deletes the revisions of an article; [`Tx::delete_article`] follows.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn delete_article_revisions(&mut self, id: ArticleId) -> Result<(), DbError> {
        self.q("delete from article_revisions where article_id = $1")
            .bind(id)
            .execute()
            .await
            .map(drop)
    }
}
