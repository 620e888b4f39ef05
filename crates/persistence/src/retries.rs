//! Calls that are done once, however often they are sent.

use bsm_domain::clock::Time;
use bsm_domain::ids::UserId;
use sqlx::FromRow;

use crate::{DbError, Tx};

/// A call by its key. Two with the same caller, route and key are one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Who calls.
    pub caller: UserId,
    /// Method, path, and the API key it came with.
    pub route: String,
    /// The key that the client chose.
    pub key: String,
    /// What the body is, so that another one is told from the same.
    pub body_hash: Vec<u8>,
    /// When it came.
    pub at: Time,
}

/// What was answered to a call.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct AnsweredCall {
    /// The body it had.
    pub body_hash: Vec<u8>,
    /// The sealed answer.
    pub answer: Vec<u8>,
}

impl Tx {
    /// Begins a call: false where it was answered before. Another transaction that begins the same
    /// one is waited for, on PostgreSQL as long as a connection waits for a lock; then the error is
    /// [`DbError::is_lock_timeout`].
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn begin_call(&mut self, call: &Call) -> Result<bool, DbError> {
        let rows = self
            .q(
                "insert into answered_calls (caller_id, route, key, body_hash, at) \
                 values ($1, $2, $3, $4, $5) on conflict (caller_id, route, key) do nothing",
            )
            .bind(call.caller)
            .bind(call.route.clone())
            .bind(call.key.clone())
            .bind(call.body_hash.clone())
            .bind(call.at)
            .execute()
            .await?;
        Ok(rows == 1)
    }

    /// Writes the answer of a call that was begun in this transaction.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn end_call(&mut self, call: &Call, answer: &[u8]) -> Result<(), DbError> {
        self.q("update answered_calls set answer = $4 \
             where caller_id = $1 and route = $2 and key = $3")
            .bind(call.caller)
            .bind(call.route.clone())
            .bind(call.key.clone())
            .bind(answer.to_vec())
            .execute()
            .await
            .map(drop)
    }

    /// What was answered to a call before.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn answered_call(&mut self, call: &Call) -> Result<Option<AnsweredCall>, DbError> {
        self.q("select body_hash, answer from answered_calls \
             where caller_id = $1 and route = $2 and key = $3 and answer is not null")
            .bind(call.caller)
            .bind(call.route.clone())
            .bind(call.key.clone())
            .optional()
            .await
    }

    /// Forgets up to `limit` calls from before a moment, the oldest first. How many there were.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn forget_calls(&mut self, before: Time, limit: u32) -> Result<u64, DbError> {
        self.q(
            "delete from answered_calls where (caller_id, route, key) in \
             (select caller_id, route, key from answered_calls where at < $1 order by at limit $2)",
        )
        .bind(before)
        .bind(i64::from(limit))
        .execute()
        .await
    }
}
