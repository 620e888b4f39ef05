//! Articles of the knowledge base: a head and its revisions, of which the latest is the working
//! copy and one may be live.

use bsm_domain::article::ArticleStatus;
use bsm_domain::clock::Time;
use bsm_domain::ids::{ArticleId, TicketId};
use sqlx::FromRow;

use crate::article_revisions::ArticleRevisionRow;
use crate::content::View;
use crate::{DbError, Tx};

/// An article with one of its revisions: the latest for staff, the live one for readers.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns of `knowledge_base`")]
pub struct ArticleRow {
    pub id: ArticleId,
    pub status: ArticleStatus,
    pub latest_revision: i64,
    pub live_revision: Option<i64>,
    pub helpful: i64,
    pub not_helpful: i64,
    /// How much votes speak against it, as `bsm_domain::article::unhelpfulness` has it.
    pub unhelpfulness: i64,
    pub version: i64,
    pub created_at: Time,
    pub updated_at: Time,
    pub published_at: Option<Time>,
    pub live_at: Option<Time>,
    /// The ticket whose answer it began as.
    pub ticket_id: Option<TicketId>,
    #[sqlx(flatten)]
    pub shown: ArticleRevisionRow,
}

pub(crate) const COLUMNS: &str = "select k.id, k.status, k.latest_revision, k.live_revision, \
    k.helpful, k.not_helpful, k.unhelpfulness, k.version, k.created_at, k.updated_at, \
    k.published_at, k.live_at, k.ticket_id, \
    r.n, r.title, r.slug, r.summary, r.category, r.tags, r.visibility, r.note, r.author_id, \
    a.name as author_name, r.created_at as revised_at, r.restored_from";
/// The text of an article, and its place in lists that do not show it.
pub(crate) const WITH_BODY: &str = ", r.body from ";
pub(crate) const WITHOUT_BODY: &str = ", '' as body from ";
/// The revision that staff work on. A left join, though there always is one: whatever the engines
/// guess about revisions, a list then reads articles first, by its own index.
pub(crate) const WORKING: &str = " left join article_revisions r on r.article_id = k.id \
    and r.n = k.latest_revision left join users a on a.id = r.author_id";
/// The revision that readers see.
pub(crate) const LIVE: &str = " left join article_revisions r on r.article_id = k.id \
    and r.n = k.live_revision left join users a on a.id = r.author_id";

impl Tx {
    /// An article with its working copy.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn article(&mut self, id: ArticleId) -> Result<Option<ArticleRow>, DbError> {
        let mut query = self.q(COLUMNS);
        query.push(WITH_BODY).push("knowledge_base k").push(WORKING);
        query.push(" where k.id = ").push_bind(id);
        query.optional().await
    }

    /// An article as its readers see it; none that these readers may not see. The working copy is
    /// not for readers: for [`View::Draft`] there is none.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn published_article(
        &mut self,
        id: ArticleId,
        view: View,
    ) -> Result<Option<ArticleRow>, DbError> {
        let mut query = self.q(COLUMNS);
        query.push(WITH_BODY).push("knowledge_base k").push(LIVE);
        query.push(match view {
            View::Draft => return Ok(None),
            View::Live => " where k.status = 'published' and k.id = ",
            View::Public => {
                " where k.status = 'published' and k.live_visibility = 'public' and k.id = "
            }
        });
        query.push_bind(id);
        query.optional().await
    }

    /// Keeps other writers away from an article until this transaction ends.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn lock_article(&mut self, id: ArticleId) -> Result<(), DbError> {
        self.q("select id from knowledge_base where id = $1")
            .bind(id)
            .for_update()
            .optional::<(ArticleId,)>()
            .await
            .map(drop)
    }

    /// Writes the head of a new article with status `draft` and version 1; its first revision, of
    /// this category, follows. It may be written from a ticket.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn insert_article(
        &mut self,
        id: ArticleId,
        category: &str,
        at: Time,
        ticket: Option<TicketId>,
    ) -> Result<(), DbError> {
        self.q(
            "insert into knowledge_base (id, status, latest_revision, live_revision, helpful, \
             not_helpful, version, created_at, updated_at, published_at, live_at, draft_category, \
             ticket_id) \
             values ($1, 'draft', 1, null, 0, 0, 1, $2, $2, null, null, $3, $4)",
        )
        .bind(id)
        .bind(at)
        .bind(category.to_owned())
        .bind(ticket)
        .execute()
        .await
        .map(drop)
    }

    /// Writes what stands in the head of an article, and copies there what lists are filtered by.
    /// The caller has locked it and written its revisions.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn update_article(&mut self, article: &ArticleRow) -> Result<(), DbError> {
        self.q(
            "update knowledge_base set status = $2, latest_revision = $3, live_revision = $4, \
             helpful = $5, not_helpful = $6, version = $7, updated_at = $8, published_at = $9, \
             live_at = $10, unhelpfulness = $11, \
             draft_category = (select r.category from article_revisions r \
             where r.article_id = $1 and r.n = $3), \
             live_category = (select r.category from article_revisions r \
             where r.article_id = $1 and r.n = $4), \
             live_visibility = (select r.visibility from article_revisions r \
             where r.article_id = $1 and r.n = $4) where id = $1",
        )
        .bind(article.id)
        .bind(article.status)
        .bind(article.latest_revision)
        .bind(article.live_revision)
        .bind(article.helpful)
        .bind(article.not_helpful)
        .bind(article.version)
        .bind(article.updated_at)
        .bind(article.published_at)
        .bind(article.live_at)
        .bind(article.unhelpfulness)
        .execute()
        .await?;
        self.move_article_tags(article.id, article.updated_at).await
    }

    /// Deletes an article that has neither revisions, slugs nor votes any more.
    ///
    /// # Errors
    /// [`DbError`], a foreign key violation where it has.
    pub async fn delete_article(&mut self, id: ArticleId) -> Result<(), DbError> {
        self.q("delete from knowledge_base where id = $1")
            .bind(id)
            .execute()
            .await
            .map(drop)
    }
}
