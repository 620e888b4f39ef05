//! Addresses of other systems that are told what happens.

use bsm_domain::clock::Time;
use bsm_domain::ids::{DeliveryId, UserId, WebhookId};
use bsm_domain::webhook::{DeliveryStatus, DisabledReason, TEST_TYPE, WebhookState};
use sqlx::FromRow;
use sqlx::types::Json;

use crate::page::{Direction, Key, Page, Window, push_window};
use crate::{DbError, Tx};

/// A webhook.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns of `webhooks`")]
pub struct WebhookRow {
    pub id: WebhookId,
    pub url: String,
    pub description: String,
    /// Types of events; all of them where it is empty.
    pub event_types: Json<Vec<String>>,
    /// Sealed.
    pub secret: Vec<u8>,
    /// The one before, sealed.
    pub old_secret: Option<Vec<u8>>,
    pub old_secret_until: Option<Time>,
    pub state: WebhookState,
    pub disabled_reason: Option<DisabledReason>,
    pub disabled_at: Option<Time>,
    /// The first failure after which nothing was delivered.
    pub failing_since: Option<Time>,
    /// The last event that was looked at for it.
    pub position: i64,
    pub created_by: Option<UserId>,
    pub created_at: Time,
    pub updated_at: Time,
    pub version: i64,
}

impl WebhookRow {
    /// Whether it wants events of this type.
    #[must_use]
    pub fn wants(&self, kind: &str) -> bool {
        self.event_types.is_empty() || self.event_types.iter().any(|wanted| wanted == kind)
    }
}

/// A webhook about to be written, active and with version 1.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "columns of `webhooks`")]
pub struct NewWebhook {
    pub id: WebhookId,
    pub url: String,
    pub description: String,
    pub event_types: Vec<String>,
    pub secret: Vec<u8>,
    pub created_by: Option<UserId>,
    pub created_at: Time,
}

/// The newest delivery of a webhook.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns of `webhook_deliveries`")]
pub struct LastDelivery {
    pub webhook_id: WebhookId,
    pub id: DeliveryId,
    pub status: DeliveryStatus,
    pub created_at: Time,
    pub ended_at: Option<Time>,
}

const SELECT: &str = "select id, url, description, event_types, secret, old_secret, \
    old_secret_until, state, disabled_reason, disabled_at, failing_since, position, created_by, \
    created_at, updated_at, version from webhooks";

impl Tx {
    /// A webhook by its id.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn webhook(&mut self, id: WebhookId) -> Result<Option<WebhookRow>, DbError> {
        let mut query = self.q(SELECT);
        query.push(" where id = ").push_bind(id);
        query.optional().await
    }

    /// A page of webhooks, newest first.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn webhooks(&mut self, window: &Window) -> Result<Page<WebhookRow>, DbError> {
        let mut query = self.q(SELECT);
        query.push(" where 1 = 1");
        push_window(
            &mut query,
            window,
            "(created_at, id)",
            Direction::Falling,
            " order by created_at desc, id desc",
        );
        let rows: Vec<WebhookRow> = query.all().await?;
        Ok(Page::cut(rows, window.limit, |row| Key {
            at: row.created_at,
            id: row.id.0,
        }))
    }

    /// The newest delivery of each of these webhooks that has one.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn last_deliveries(
        &mut self,
        webhooks: &[WebhookId],
    ) -> Result<Vec<LastDelivery>, DbError> {
        let mut query = self.q(
            "select d.webhook_id, d.id, d.status, d.created_at, d.ended_at from webhooks w \
             join webhook_deliveries d on d.id = (select n.id from webhook_deliveries n \
             where n.webhook_id = w.id order by n.created_at desc, n.id desc limit 1) where w.id in ",
        );
        query.push_list(webhooks.iter().copied());
        query.all().await
    }

    /// How many webhooks there are.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn count_webhooks(&mut self) -> Result<i64, DbError> {
        self.q("select count(*) from webhooks").scalar().await
    }

    /// All webhooks that are told what happens.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn active_webhooks(&mut self) -> Result<Vec<WebhookRow>, DbError> {
        let mut query = self.q(SELECT);
        query
            .push(" where state = ")
            .push_bind(WebhookState::Active);
        query.push(" order by id");
        query.all().await
    }

    /// The webhooks that have a delivery which is to be attempted now. Those that are disabled have
    /// only their tests.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn due_webhooks(&mut self, now: Time) -> Result<Vec<WebhookRow>, DbError> {
        let mut query = self.q(SELECT);
        query.push(
            " where exists (select 1 from webhook_deliveries d where d.webhook_id = webhooks.id \
             and d.next_attempt_at <= ",
        );
        query.push_bind(now).push(" and (webhooks.state = ");
        query
            .push_bind(WebhookState::Active)
            .push(" or d.event_type = ");
        query.push_bind(TEST_TYPE.to_owned()).push(")) order by id");
        query.all().await
    }

    /// Writes a new webhook, which is told what comes after a position.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn insert_webhook(&mut self, row: &NewWebhook, position: i64) -> Result<(), DbError> {
        self.q(
            "insert into webhooks (id, url, description, event_types, secret, state, position, \
             created_by, created_at, updated_at, version) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 1)",
        )
        .bind(row.id)
        .bind(row.url.clone())
        .bind(row.description.clone())
        .bind(Json(row.event_types.clone()))
        .bind(row.secret.clone())
        .bind(WebhookState::Active)
        .bind(position)
        .bind(row.created_by)
        .bind(row.created_at)
        .execute()
        .await
        .map(drop)
    }

    /// A webhook, kept from other writers until this transaction ends.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn lock_webhook(&mut self, id: WebhookId) -> Result<Option<WebhookRow>, DbError> {
        let mut query = self.q(SELECT);
        query.push(" where id = ").push_bind(id);
        query.for_update().optional().await
    }

    /// Writes everything of a webhook that can change. The caller has locked it.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn update_webhook(&mut self, row: &WebhookRow) -> Result<(), DbError> {
        self.q(
            "update webhooks set url = $2, description = $3, event_types = $4, secret = $5, \
             old_secret = $6, old_secret_until = $7, state = $8, disabled_reason = $9, \
             disabled_at = $10, failing_since = $11, position = $12, updated_at = $13, version = $14 \
             where id = $1",
        )
        .bind(row.id)
        .bind(row.url.clone())
        .bind(row.description.clone())
        .bind(row.event_types.clone())
        .bind(row.secret.clone())
        .bind(row.old_secret.clone())
        .bind(row.old_secret_until)
        .bind(row.state)
        .bind(row.disabled_reason)
        .bind(row.disabled_at)
        .bind(row.failing_since)
        .bind(row.position)
        .bind(row.updated_at)
        .bind(row.version)
        .execute()
        .await
        .map(drop)
    }

    /// Moves a webhook's place in the log, if it still is where the caller believes.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn move_webhook(
        &mut self,
        id: WebhookId,
        from: i64,
        to: i64,
    ) -> Result<bool, DbError> {
        let moved = self
            .q("update webhooks set position = $3 where id = $1 and position = $2")
            .bind(id)
            .bind(from)
            .bind(to)
            .execute()
            .await?;
        Ok(moved > 0)
    }

    /// Notes since when nothing could be delivered to a webhook, or that something was.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn set_webhook_failing(
        &mut self,
        id: WebhookId,
        since: Option<Time>,
    ) -> Result<(), DbError> {
        self.q("update webhooks set failing_since = $2 where id = $1")
            .bind(id)
            .bind(since)
            .execute()
            .await
            .map(drop)
    }

    /// Deletes a webhook with its deliveries.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn delete_webhook(&mut self, id: WebhookId) -> Result<(), DbError> {
        self.q("delete from webhooks where id = $1")
            .bind(id)
            .execute()
            .await
            .map(drop)
    }
}
