//! One job on one replica.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use uuid::Uuid;

use super::{Job, JobStatus};
use crate::{App, Result};

/// What came of looking for work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Another replica holds the job.
    NotOurs,
    /// All there was to do is done: so many things.
    Done(u64),
}

/// A job and this replica's right to do it.
pub struct Runner {
    app: App,
    job: Arc<dyn Job>,
    holder: Uuid,
    lease: Duration,
    status: Mutex<JobStatus>,
}

impl Runner {
    /// One who may do a job, if nobody else does.
    #[must_use]
    pub fn new(app: App, job: Arc<dyn Job>, lease: Duration) -> Self {
        let status = JobStatus {
            name: job.name(),
            holding: false,
            last_success: None,
            failures: 0,
            items: 0,
        };
        Self {
            app,
            job,
            holder: Uuid::now_v7(),
            lease,
            status: Mutex::new(status),
        }
    }

    /// How it is doing.
    #[must_use]
    pub fn status(&self) -> JobStatus {
        *self.status.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks for work and does all there is, as long as nobody else holds the job. The lease is
    /// renewed before each batch.
    ///
    /// # Errors
    /// Those of the job and of the database. What was done until then stays done.
    pub async fn turn(&self, stop: &watch::Receiver<bool>) -> Result<Turn> {
        let mut items = 0;
        loop {
            if !self.claim().await? {
                self.note(|status| status.holding = false);
                return Ok(Turn::NotOurs);
            }
            self.note(|status| status.holding = true);
            let batch = self.job.batch(&self.app).await?;
            items += batch.items;
            self.note(|status| status.items += batch.items);
            if !batch.more || *stop.borrow() {
                let now = self.app.now();
                self.note(|status| status.last_success = Some(now));
                return Ok(Turn::Done(items));
            }
        }
    }

    /// Lets the job go, for another replica to take at once.
    ///
    /// # Errors
    /// [`crate::Error::Db`]; its time is over by itself then.
    pub async fn release(&self) -> Result<()> {
        self.note(|status| status.holding = false);
        let (name, holder, now) = (self.job.name(), self.holder, self.app.now());
        self.app
            .db
            .write(async |tx| Ok(tx.release_job(name, holder, now).await?))
            .await
    }

    /// A turn whose failure is counted and logged.
    pub(super) async fn try_turn(&self, stop: &watch::Receiver<bool>) {
        if let Err(error) = self.turn(stop).await {
            self.note(|status| status.failures += 1);
            tracing::warn!(job = self.job.name(), %error, "a job failed; trying again");
        }
    }

    /// Lets the job go, if it is held here.
    pub(super) async fn let_go(&self) {
        if self.status().holding
            && let Err(error) = self.release().await
        {
            tracing::debug!(job = self.job.name(), %error, "a job was not let go");
        }
    }

    async fn claim(&self) -> Result<bool> {
        let (name, holder, now) = (self.job.name(), self.holder, self.app.now());
        let until = now + self.lease;
        self.app
            .db
            .write(async |tx| Ok(tx.claim_job(name, holder, now, until).await?))
            .await
    }

    fn note(&self, change: impl FnOnce(&mut JobStatus)) {
        change(&mut self.status.lock().unwrap_or_else(PoisonError::into_inner));
    }
}
