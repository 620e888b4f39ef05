//! What came of an attempt is written down, with what follows from it.

use std::time::Duration;

use bsm_domain::clock::Time;
use bsm_domain::webhook::{AttemptError, DeliveryStatus, DisabledReason, TEST_TYPE, WebhookState};
use bsm_persistence::Tx;
use bsm_persistence::webhook_deliveries::{AttemptRow, DeliveryRow};
use uuid::Uuid;

use super::pace::Pace;
use super::state::switch_off;
use super::wire::{Reply, Trouble};
use crate::{App, Result, Stamp};

/// An attempt that is over.
pub(super) struct Ended {
    /// The delivery as it was taken.
    pub(super) delivery: DeliveryRow,
    pub(super) url: String,
    pub(super) signature: String,
    pub(super) at: Time,
    pub(super) latency: Duration,
    pub(super) result: std::result::Result<Reply, Trouble>,
}

/// What an answer means.
struct Verdict {
    error: Option<(AttemptError, String)>,
    wish: Option<Duration>,
    gone: bool,
}

impl Verdict {
    fn of(result: &std::result::Result<Reply, Trouble>) -> Self {
        let (error, wish, gone) = match result {
            Err(trouble) => (Some((trouble.error, trouble.detail.clone())), None, false),
            Ok(reply) => match reply.status {
                200..=299 => (None, None, false),
                status @ 300..=399 => {
                    let detail =
                        format!("The receiver answered {status}; redirects are not followed.");
                    (Some((AttemptError::Redirected, detail)), None, false)
                }
                410 => {
                    let detail = "The receiver answered 410: it wants nothing more.".to_owned();
                    (Some((AttemptError::Refused, detail)), None, true)
                }
                status => {
                    let detail = format!("The receiver answered {status}.");
                    let error = Some((AttemptError::Refused, detail));
                    (error, reply.retry_after, false)
                }
            },
        };
        Self { error, wish, gone }
    }
}

/// What is written of an attempt.
struct Written<'a> {
    delivery: &'a DeliveryRow,
    verdict: Verdict,
    status: DeliveryStatus,
    next: Option<Time>,
    row: AttemptRow,
}

impl<'a> Written<'a> {
    fn of(pace: &Pace, ended: &'a Ended, now: Time, chance: u64) -> Self {
        let verdict = Verdict::of(&ended.result);
        let delivery = &ended.delivery;
        let next = pace
            .pause(delivery.tries, verdict.wish, chance)
            .filter(|_| verdict.error.is_some() && delivery.event_type != TEST_TYPE)
            .and_then(|pause| chrono::Duration::from_std(pause).ok())
            .map(|pause| now + pause);
        let status = match (&verdict.error, next) {
            (None, _) => DeliveryStatus::Delivered,
            (Some(_), Some(_)) => DeliveryStatus::Waiting,
            (Some(_), None) => DeliveryStatus::Failed,
        };
        Self {
            row: attempt(ended, &verdict),
            delivery,
            verdict,
            status,
            next,
        }
    }
}

/// Writes attempts down together: each with where its delivery stands, when that is to be attempted
/// again, and what it says of the webhook. Returns where those deliveries stand that still were this
/// holder's; others attempt the rest. `chance` gives any number.
pub(super) async fn settle(
    app: &App,
    pace: &Pace,
    holder: Uuid,
    ended: &[Ended],
    chance: impl Fn() -> u64,
) -> Result<Vec<DeliveryStatus>> {
    let stamp = Stamp::system(app);
    let all = ended.iter();
    let all: Vec<_> = all
        .map(|e| Written::of(pace, e, stamp.at, chance()))
        .collect();
    app.db
        .write(async |tx| {
            let mut settled = Vec::new();
            for written in &all {
                let (id, times) = (written.delivery.id, (stamp.at, written.next));
                if !tx
                    .settle_delivery(id, holder, written.status, times)
                    .await?
                {
                    continue;
                }
                tx.insert_attempt(&written.row).await?;
                if written.delivery.event_type != TEST_TYPE {
                    judge(tx, &stamp, pace, written.delivery, &written.verdict).await?;
                }
                settled.push(written.status);
            }
            Ok(settled)
        })
        .await
}

fn attempt(ended: &Ended, verdict: &Verdict) -> AttemptRow {
    let reply = ended.result.as_ref().ok();
    let (error, error_detail) = verdict.error.clone().unzip();
    AttemptRow {
        delivery_id: ended.delivery.id,
        n: ended.delivery.attempts,
        at: ended.at,
        url: ended.url.clone(),
        signature: ended.signature.clone(),
        status: reply.map(|reply| i64::from(reply.status)),
        answer: reply.map(|reply| reply.body.clone()),
        latency_ms: i64::try_from(ended.latency.as_millis()).unwrap_or(i64::MAX),
        error,
        error_detail,
    }
}

/// What an attempt says of its webhook: that it lives, since when it does not, that it is gone.
async fn judge(
    tx: &mut Tx,
    stamp: &Stamp,
    pace: &Pace,
    delivery: &DeliveryRow,
    verdict: &Verdict,
) -> Result<()> {
    let id = delivery.webhook_id;
    let Some(seen) = tx.webhook(id).await? else {
        return Ok(());
    };
    if verdict.error.is_none() {
        if seen.failing_since.is_some() {
            tx.set_webhook_failing(id, None).await?;
        }
        return Ok(());
    }
    let limit = chrono::Duration::from_std(pace.failing).unwrap_or(chrono::Duration::MAX);
    let reason = match seen.failing_since {
        _ if verdict.gone => DisabledReason::Gone,
        Some(since) if stamp.at - since >= limit => DisabledReason::Failing,
        Some(_) => return Ok(()),
        None => {
            tx.set_webhook_failing(id, Some(stamp.at)).await?;
            return Ok(());
        }
    };
    // Another attempt may have disabled it a moment ago.
    if let Some(locked) = tx.lock_webhook(id).await?
        && locked.state == WebhookState::Active
    {
        tracing::warn!(webhook = %id, reason = reason.as_str(), "a webhook was disabled");
        switch_off(tx, stamp, locked, reason).await?;
    }
    Ok(())
}
