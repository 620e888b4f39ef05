//! Deliveries on their way, on one replica.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bsm_domain::clock::Time;
use bsm_domain::ids::WebhookId;
use bsm_domain::webhook::{AttemptError, DeliveryStatus, WebhookState};
use bsm_persistence::events::EventRow;
use bsm_persistence::webhook_deliveries::DeliveryRow;
use bsm_persistence::webhooks::WebhookRow;
use futures_util::FutureExt as _;
use futures_util::stream::{FuturesUnordered, StreamExt as _};
use tokio::sync::watch;
use uuid::Uuid;

use super::fan_out::fan_out;
use super::pace::Pace;
use super::settle::{Ended, settle};
use super::sign;
use super::wire::{Outgoing, Post, Trouble};
use crate::{App, Error, Result};

/// What this replica's attempts came to since it started.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Taken by their receivers.
    pub delivered: u64,
    /// Failed, and to be attempted again.
    pub retried: u64,
    /// Failed for the last time.
    pub failed: u64,
}

/// Sends what is due: a handle, cheap to clone. Nothing happens until [`Engine::run`].
#[derive(Clone)]
pub struct Engine(Arc<Inner>);

struct Inner {
    app: App,
    post: Arc<dyn Post>,
    render: fn(&EventRow) -> Option<String>,
    pace: Pace,
    holder: Uuid,
    counts: Mutex<Counts>,
    stop: watch::Sender<bool>,
}

/// Between two looks at the log, of which each asks the database several things.
const REST: Duration = Duration::from_millis(20);

/// Requests under way. Nothing but those: what waits for the database must be asked to go on as
/// long as it holds a connection, and these are not while the engine waits for the database itself.
type UnderWay<'a> = FuturesUnordered<Pin<Box<dyn Future<Output = Ended> + 'a>>>;

impl Engine {
    /// One that sends with `post`; `render` makes the body of an event.
    #[must_use]
    pub fn new(
        app: App,
        post: Arc<dyn Post>,
        render: fn(&EventRow) -> Option<String>,
        pace: Pace,
    ) -> Self {
        Self(Arc::new(Inner {
            app,
            post,
            render,
            pace,
            holder: Uuid::now_v7(),
            counts: Mutex::default(),
            stop: watch::Sender::new(false),
        }))
    }

    /// What its attempts came to.
    #[must_use]
    pub fn counts(&self) -> Counts {
        *self.0.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends it: what is under way may end, what is not is left to other replicas.
    pub fn stop(&self) {
        self.0.stop.send_replace(true);
    }

    /// Sends until it is stopped. `moved` wakes it when there is something new in the log.
    pub async fn run(&self, mut moved: watch::Receiver<i64>) {
        let inner = &*self.0;
        let mut stop = inner.stop.subscribe();
        let mut under_way: UnderWay<'_> = FuturesUnordered::new();
        let mut busy: HashMap<WebhookId, usize> = HashMap::new();
        let mut ended = Vec::new();
        // When the log was last looked at, whether that read all there was, and whether there is more since.
        let (mut looked, mut all, mut woken) = (Instant::now(), false, false);
        while !*stop.borrow() {
            let rested = looked.elapsed() >= REST;
            woken |= rested && moved.has_changed().unwrap_or(false);
            if woken || !all || looked.elapsed() >= inner.pace.poll {
                moved.mark_unchanged();
                let read = inner.fan_out().await;
                all = !matches!(read, Ok(true));
                woken = false;
                told(read.map(drop), "making deliveries");
                looked = Instant::now();
            }
            told(
                inner.take(&mut under_way, &mut busy).await,
                "taking deliveries",
            );
            // What was taken begins here, and all that have ended are written down together.
            ended_of(&mut under_way, &mut ended);
            if ended.is_empty() && all {
                tokio::select! {
                    biased;
                    _ = stop.wait_for(|stopped| *stopped) => {}
                    Ok(()) = async {
                        tokio::time::sleep_until((looked + REST).into()).await;
                        moved.changed().await
                    } => woken = true,
                    () = tokio::time::sleep_until((looked + inner.pace.poll).into()) => {}
                    Some(first) = under_way.next(), if !under_way.is_empty() => {
                        ended.push(first);
                        ended_of(&mut under_way, &mut ended);
                    }
                }
            }
            if !ended.is_empty() {
                for one in &ended {
                    free(&mut busy, one.delivery.webhook_id);
                }
                told(inner.settle(&ended).await, "writing down deliveries");
                ended.clear();
            }
        }
        let rest = async {
            while let Some(ended) = under_way.next().await {
                told(inner.settle(&[ended]).await, "writing down deliveries");
            }
        };
        // Whoever does not end in time is taken over like those of a replica that died.
        let _ = tokio::time::timeout(inner.pace.farewell, rest).await;
        told(inner.release().await, "letting go of deliveries");
    }
}

/// Failures here are those of the database, which others tell of, too.
fn told(done: Result<()>, what: &str) {
    if let Err(error) = done {
        tracing::warn!(%error, "{what} failed; trying again");
    }
}

/// Adds those that have ended, and lets all others go on.
fn ended_of(under_way: &mut UnderWay<'_>, ended: &mut Vec<Ended>) {
    while let Some(Some(one)) = under_way.next().now_or_never() {
        ended.push(one);
    }
}

fn free(busy: &mut HashMap<WebhookId, usize>, webhook: WebhookId) {
    if let Some(n) = busy.get_mut(&webhook) {
        *n -= 1;
        if *n == 0 {
            busy.remove(&webhook);
        }
    }
}

impl Inner {
    /// Whether there is more.
    async fn fan_out(&self) -> Result<bool> {
        fan_out(&self.app, self.pace.page, self.render).await
    }

    /// Takes as many deliveries as there is room for, of each webhook its own share.
    async fn take<'a>(
        &'a self,
        under_way: &mut UnderWay<'a>,
        busy: &mut HashMap<WebhookId, usize>,
    ) -> Result<()> {
        let now = self.app.now();
        let due = self.app.db.read(async |tx| tx.due_webhooks(now).await);
        for webhook in due.await? {
            let id = webhook.id;
            let share = if webhook.failing_since.is_some() {
                1
            } else {
                self.pace.at_once
            };
            let room = share
                .saturating_sub(busy.get(&id).copied().unwrap_or(0))
                .min(self.pace.at_once_in_all.saturating_sub(under_way.len()));
            if room == 0 {
                continue;
            }
            for delivery in self.claim(&webhook, room).await? {
                *busy.entry(id).or_default() += 1;
                let webhook = webhook.clone();
                under_way.push(Box::pin(async move { self.send(&webhook, delivery).await }));
            }
        }
        Ok(())
    }

    async fn claim(&self, webhook: &WebhookRow, room: usize) -> Result<Vec<DeliveryRow>> {
        let now = self.app.now();
        let until = now + self.pace.lease;
        let only_tests = webhook.state == WebhookState::Disabled;
        let limit = u32::try_from(room).unwrap_or(u32::MAX);
        let (id, holder) = (webhook.id, self.holder);
        self.app
            .db
            .write(async |tx| {
                let times = (now, until);
                Ok::<_, Error>(
                    tx.claim_deliveries(id, only_tests, holder, times, limit)
                        .await?,
                )
            })
            .await
    }

    /// Writes down what came of attempts. Where the database is away the leases end, and they are
    /// sent again: at least once.
    async fn settle(&self, ended: &[Ended]) -> Result<()> {
        let settled = settle(&self.app, &self.pace, self.holder, ended, chance).await?;
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        for status in settled {
            match status {
                DeliveryStatus::Delivered => counts.delivered += 1,
                DeliveryStatus::Waiting => counts.retried += 1,
                DeliveryStatus::Failed => counts.failed += 1,
            }
        }
        Ok(())
    }

    async fn send(&self, webhook: &WebhookRow, delivery: DeliveryRow) -> Ended {
        let at = self.app.now();
        let began = Instant::now();
        let id = delivery.id.to_string();
        let signature = self.signature(webhook, &id, at, &delivery.payload);
        let result = match &signature {
            Some(signature) => {
                let request = Outgoing {
                    url: webhook.url.clone(),
                    headers: [
                        ("webhook-id", id),
                        ("webhook-timestamp", at.timestamp().to_string()),
                        ("webhook-signature", signature.clone()),
                    ],
                    body: delivery.payload.clone(),
                    timeout: self.pace.timeout,
                };
                // A task of its own: it goes on while this one waits for the database.
                let posted = tokio::spawn(self.post.post(request)).await;
                posted.unwrap_or_else(|_| Err(trouble(AttemptError::NoConnection, "It broke off.")))
            }
            None => Err(trouble(
                AttemptError::SecretUnreadable,
                "The secret of this webhook was kept under another BSM_JWT_SECRET: rotate it.",
            )),
        };
        Ended {
            delivery,
            url: webhook.url.clone(),
            signature: signature.unwrap_or_default(),
            at,
            latency: began.elapsed(),
            result,
        }
    }

    fn signature(&self, webhook: &WebhookRow, id: &str, at: Time, body: &str) -> Option<String> {
        let keys = sign::keys(&self.app, webhook, at);
        (!keys.is_empty()).then(|| sign::header(&keys, id, at.timestamp(), body))
    }

    async fn release(&self) -> Result<()> {
        let (holder, now) = (self.holder, self.app.now());
        self.app
            .db
            .write(async |tx| Ok(tx.release_deliveries(holder, now).await.map(drop)?))
            .await
    }
}

fn trouble(error: AttemptError, detail: &str) -> Trouble {
    Trouble {
        error,
        detail: detail.to_owned(),
    }
}

/// Any number; where the system has no randomness, the middle.
fn chance() -> u64 {
    getrandom::u64().unwrap_or(500)
}
