//! What webhooks are told: one event for one webhook a row, and what came of each attempt.
//!
//! A delivery that waits says when it is to be attempted. Whoever attempts it moves that moment to
//! the end of their lease first: a replica that dies leaves it to be taken then by another.

use bsm_domain::clock::Time;
use bsm_domain::ids::{DeliveryId, EventId, WebhookId};
use bsm_domain::webhook::{AttemptError, DeliveryStatus, TEST_TYPE, WebhookState};
use sqlx::FromRow;
use uuid::Uuid;

use crate::page::{Direction, Key, Page, Window, push_window};
use crate::{DbError, Tx};

/// A delivery.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns of `webhook_deliveries`")]
pub struct DeliveryRow {
    pub id: DeliveryId,
    pub webhook_id: WebhookId,
    pub event_id: Option<EventId>,
    pub event_type: String,
    /// The body, as it is sent and sent again.
    pub payload: String,
    pub status: DeliveryStatus,
    /// How many attempts were begun.
    pub attempts: i64,
    /// Those of them since it was last queued.
    pub tries: i64,
    /// While it waits; the end of the lease while it is attempted.
    pub next_attempt_at: Option<Time>,
    /// Who attempts it.
    pub holder: Option<Uuid>,
    pub created_at: Time,
    /// When it was delivered or given up.
    pub ended_at: Option<Time>,
}

/// A delivery about to be written: to be attempted at once.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "columns of `webhook_deliveries`")]
pub struct NewDelivery {
    pub id: DeliveryId,
    pub webhook_id: WebhookId,
    pub event_id: Option<EventId>,
    pub event_type: String,
    pub payload: String,
    pub created_at: Time,
}

/// What was sent and what came back.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns of `webhook_attempts`")]
pub struct AttemptRow {
    pub delivery_id: DeliveryId,
    /// 1 for the first.
    pub n: i64,
    pub at: Time,
    pub url: String,
    pub signature: String,
    /// Of the answer; `None` where none came.
    pub status: Option<i64>,
    /// The beginning of its body.
    pub answer: Option<String>,
    pub latency_ms: i64,
    /// `None` where it was delivered.
    pub error: Option<AttemptError>,
    /// The same in words.
    pub error_detail: Option<String>,
}

/// Which deliveries a list shows.
#[derive(Debug, Clone, Default)]
pub struct DeliveryFilter {
    /// Those that stand like this.
    pub status: Option<DeliveryStatus>,
    /// Those of events of this type.
    pub event_type: Option<String>,
}

const SELECT: &str = "select id, webhook_id, event_id, event_type, payload, status, attempts, \
    tries, next_attempt_at, holder, created_at, ended_at from webhook_deliveries";

/// Rows of one statement: an engine takes only so many values.
const ROWS: usize = 500;

impl Tx {
    /// Writes new deliveries. An event that a webhook has a delivery of is passed over.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn insert_deliveries(&mut self, rows: &[NewDelivery]) -> Result<(), DbError> {
        for rows in rows.chunks(ROWS) {
            let mut query = self.q(
                "insert into webhook_deliveries (id, webhook_id, event_id, event_type, payload, \
                 status, attempts, tries, next_attempt_at, created_at) values ",
            );
            for (n, row) in rows.iter().enumerate() {
                query.push(if n == 0 { "(" } else { ", (" });
                query.push_bind(row.id).push(", ");
                query.push_bind(row.webhook_id).push(", ");
                query.push_bind(row.event_id).push(", ");
                query.push_bind(row.event_type.clone()).push(", ");
                query.push_bind(row.payload.clone()).push(", ");
                query.push_bind(DeliveryStatus::Waiting).push(", 0, 0, ");
                query.push_bind(row.created_at).push(", ");
                query.push_bind(row.created_at).push(")");
            }
            query.push(" on conflict do nothing");
            query.execute().await?;
        }
        Ok(())
    }

    /// Takes up to `limit` deliveries of a webhook that are to be attempted now, those that wait
    /// longest first, and counts the attempt. Until the end of the lease they are nobody else's:
    /// of two who ask at once, the second finds them moved.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn claim_deliveries(
        &mut self,
        webhook: WebhookId,
        only_tests: bool,
        holder: Uuid,
        (now, until): (Time, Time),
        limit: u32,
    ) -> Result<Vec<DeliveryRow>, DbError> {
        let mut query = self.q(
            "update webhook_deliveries set holder = $1, next_attempt_at = $2, \
             attempts = attempts + 1, tries = tries + 1 where next_attempt_at <= $3 and id in \
             (select id from webhook_deliveries where webhook_id = $4 and next_attempt_at <= $3",
        );
        query = query.bind(holder).bind(until).bind(now).bind(webhook);
        if only_tests {
            query
                .push(" and event_type = ")
                .push_bind(TEST_TYPE.to_owned());
        }
        query.push(" order by next_attempt_at, id limit ");
        query.push_bind(i64::from(limit)).push(
            ") returning id, webhook_id, event_id, event_type, payload, status, attempts, tries, \
             next_attempt_at, holder, created_at, ended_at",
        );
        query.all().await
    }

    /// Writes what came of an attempt: where the delivery stands, and when it is to be attempted
    /// again. False where it is no longer this holder's.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn settle_delivery(
        &mut self,
        id: DeliveryId,
        holder: Uuid,
        status: DeliveryStatus,
        (now, next): (Time, Option<Time>),
    ) -> Result<bool, DbError> {
        let ended = (status != DeliveryStatus::Waiting).then_some(now);
        let settled = self
            .q(
                "update webhook_deliveries set status = $3, next_attempt_at = $4, ended_at = $5, \
                 holder = null where id = $1 and holder = $2",
            )
            .bind(id)
            .bind(holder)
            .bind(status)
            .bind(next)
            .bind(ended)
            .execute()
            .await?;
        Ok(settled > 0)
    }

    /// Lets go of whatever a holder has not settled: to be attempted by another at once. How many
    /// there were.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn release_deliveries(&mut self, holder: Uuid, now: Time) -> Result<u64, DbError> {
        self.q(
            "update webhook_deliveries set holder = null, next_attempt_at = $2 where holder = $1",
        )
        .bind(holder)
        .bind(now)
        .execute()
        .await
    }

    /// Writes an attempt down.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn insert_attempt(&mut self, row: &AttemptRow) -> Result<(), DbError> {
        self.q(
            "insert into webhook_attempts (delivery_id, n, at, url, signature, status, answer, \
             latency_ms, error, error_detail) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(row.delivery_id)
        .bind(row.n)
        .bind(row.at)
        .bind(row.url.clone())
        .bind(row.signature.clone())
        .bind(row.status)
        .bind(row.answer.clone())
        .bind(row.latency_ms)
        .bind(row.error)
        .bind(row.error_detail.clone())
        .execute()
        .await
        .map(drop)
    }

    /// A page of a webhook's deliveries, newest first.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn deliveries(
        &mut self,
        webhook: WebhookId,
        filter: &DeliveryFilter,
        window: &Window,
    ) -> Result<Page<DeliveryRow>, DbError> {
        let mut query = self.q(SELECT);
        query.push(" where webhook_id = ").push_bind(webhook);
        if let Some(status) = filter.status {
            query.push(" and status = ").push_bind(status);
        }
        if let Some(kind) = &filter.event_type {
            query.push(" and event_type = ").push_bind(kind.clone());
        }
        push_window(
            &mut query,
            window,
            "(created_at, id)",
            Direction::Falling,
            " order by created_at desc, id desc",
        );
        let rows: Vec<DeliveryRow> = query.all().await?;
        Ok(Page::cut(rows, window.limit, |row| Key {
            at: row.created_at,
            id: row.id.0,
        }))
    }

    /// A delivery of a webhook.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn delivery(
        &mut self,
        webhook: WebhookId,
        id: DeliveryId,
    ) -> Result<Option<DeliveryRow>, DbError> {
        let mut query = self.q(SELECT);
        query.push(" where id = ").push_bind(id);
        query.push(" and webhook_id = ").push_bind(webhook);
        query.optional().await
    }

    /// The newest attempts of a delivery, at most `limit`, newest first.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn attempts(
        &mut self,
        delivery: DeliveryId,
        limit: u32,
    ) -> Result<Vec<AttemptRow>, DbError> {
        self.q(
            "select delivery_id, n, at, url, signature, status, answer, latency_ms, error, \
             error_detail from webhook_attempts where delivery_id = $1 order by n desc limit $2",
        )
        .bind(delivery)
        .bind(i64::from(limit))
        .all()
        .await
    }

    /// Queues a delivery anew, whatever came of it: to be attempted at once, with all its tries.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn requeue_delivery(&mut self, id: DeliveryId, now: Time) -> Result<(), DbError> {
        self.q(
            "update webhook_deliveries set status = $2, tries = 0, next_attempt_at = $3, \
             holder = null, ended_at = null where id = $1",
        )
        .bind(id)
        .bind(DeliveryStatus::Waiting)
        .bind(now)
        .execute()
        .await
        .map(drop)
    }

    /// Queues anew a webhook's deliveries since a moment that stand like one of these, but for
    /// tests. How many there were.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn requeue_deliveries(
        &mut self,
        webhook: WebhookId,
        standing: &[DeliveryStatus],
        since: Time,
        now: Time,
    ) -> Result<u64, DbError> {
        let mut query = self
            .q(
                "update webhook_deliveries set status = $3, tries = 0, next_attempt_at = $4, \
                 holder = null, ended_at = null where webhook_id = $1 and created_at >= $2 \
                 and event_type <> $5 and status in ",
            )
            .bind(webhook)
            .bind(since)
            .bind(DeliveryStatus::Waiting)
            .bind(now)
            .bind(TEST_TYPE.to_owned());
        query.push_list(standing.iter().copied());
        query.execute().await
    }

    /// Since when the delivery waits that waits longest, among webhooks that are not disabled.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn oldest_waiting_delivery(&mut self) -> Result<Option<Time>, DbError> {
        let row: Option<(Time,)> = self
            .q(
                "select d.created_at from webhooks w join webhook_deliveries d on d.id = \
                 (select f.id from webhook_deliveries f where f.webhook_id = w.id and f.status = $1 \
                 order by f.created_at, f.id limit 1) where w.state = $2 order by d.created_at limit 1",
            )
            .bind(DeliveryStatus::Waiting)
            .bind(WebhookState::Active)
            .optional()
            .await?;
        Ok(row.map(|(at,)| at))
    }

    /// Forgets up to `limit` deliveries from before a moment, with their attempts. How many there
    /// were.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn forget_deliveries(&mut self, before: Time, limit: u32) -> Result<u64, DbError> {
        self.q(
            "delete from webhook_deliveries where id in (select d.id from webhooks w \
             join webhook_deliveries d on d.webhook_id = w.id where d.created_at < $1 limit $2)",
        )
        .bind(before)
        .bind(i64::from(limit))
        .execute()
        .await
    }
}
