//! Whether customers found an article helpful.

use bsm_domain::clock::Time;
use bsm_domain::ids::{ArticleId, UserId};
use sqlx::types::Json;

use crate::{DbError, Tx};

/// A customer's vote about to be written.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "columns of `article_votes`")]
pub struct NewArticleVote {
    pub article_id: ArticleId,
    pub user_id: UserId,
    pub helpful: bool,
    pub reasons: Vec<String>,
    pub at: Time,
}

impl Tx {
    /// What a customer said of an article.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn article_vote(
        &mut self,
        article: ArticleId,
        user: UserId,
    ) -> Result<Option<bool>, DbError> {
        let row = self
            .q("select helpful from article_votes where article_id = $1 and user_id = $2")
            .bind(article)
            .bind(user)
            .optional::<(bool,)>()
            .await?;
        Ok(row.map(|(helpful,)| helpful))
    }

    /// Writes a vote, or changes it.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn put_article_vote(&mut self, vote: &NewArticleVote) -> Result<(), DbError> {
        self.q(
            "insert into article_votes (article_id, user_id, helpful, reasons, created_at, updated_at) \
             values ($1, $2, $3, $4, $5, $5) on conflict (article_id, user_id) do update \
             set helpful = excluded.helpful, reasons = excluded.reasons, updated_at = excluded.updated_at",
        )
        .bind(vote.article_id)
        .bind(vote.user_id)
        .bind(vote.helpful)
        .bind(Json(vote.reasons.clone()))
        .bind(vote.at)
        .execute()
        .await
        .map(drop)
    }
}
