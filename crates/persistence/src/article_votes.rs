//! Whether customers found an article helpful.

use bsm_domain::article::VoteReason;
use bsm_domain::clock::Time;
use bsm_domain::ids::{ArticleId, UserId};
use sqlx::FromRow;
use sqlx::types::Json;

use crate::{DbError, Tx};

/// What a customer said of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleVoteRow {
    /// Whether it helped.
    pub helpful: bool,
    /// Why it did not.
    pub reasons: Vec<VoteReason>,
}

/// How many gave a reason why an article did not help.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[allow(missing_docs, reason = "columns of `article_vote_reasons`")]
pub struct VoteReasonRow {
    pub article_id: ArticleId,
    pub reason: VoteReason,
    pub votes: i64,
}

/// A customer's vote about to be written.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "columns of `article_votes`")]
pub struct NewArticleVote {
    pub article_id: ArticleId,
    pub user_id: UserId,
    pub helpful: bool,
    pub reasons: Vec<VoteReason>,
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
    ) -> Result<Option<ArticleVoteRow>, DbError> {
        let row = self
            .q("select helpful, reasons from article_votes where article_id = $1 and user_id = $2")
            .bind(article)
            .bind(user)
            .optional::<(bool, Json<Vec<String>>)>()
            .await?;
        // Reasons from before there was a list of them are no longer known.
        Ok(row.map(|(helpful, Json(reasons))| ArticleVoteRow {
            helpful,
            reasons: reasons.iter().filter_map(|r| r.parse().ok()).collect(),
        }))
    }

    /// Adds to how many gave a reason, or takes away.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn add_vote_reason(
        &mut self,
        article: ArticleId,
        reason: VoteReason,
        votes: i64,
    ) -> Result<(), DbError> {
        self.q(
            "insert into article_vote_reasons (article_id, reason, votes) values ($1, $2, $3) \
             on conflict (article_id, reason) do update \
             set votes = article_vote_reasons.votes + excluded.votes",
        )
        .bind(article)
        .bind(reason)
        .bind(votes)
        .execute()
        .await
        .map(drop)
    }

    /// How many gave which reason, for each of these articles; those most often given first.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn vote_reasons(
        &mut self,
        articles: &[ArticleId],
    ) -> Result<Vec<VoteReasonRow>, DbError> {
        let mut query = self.q(
            "select article_id, reason, votes from article_vote_reasons where votes > 0 \
             and article_id in ",
        );
        query.push_list(articles.iter().copied());
        query.push(" order by votes desc, reason");
        query.all().await
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
