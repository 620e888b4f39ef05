//! Forgets events that nobody resumes from any more.

use chrono::Duration;

use super::{Batch, Job, Work};
use crate::{App, Error};

/// How long an event is kept: a listener that was away for longer loads everything again.
const DAYS: i64 = 30;
/// How many are forgotten before the lease is renewed.
const BATCH: u32 = 1_000;

/// The job.
pub struct ForgetEvents;

impl Job for ForgetEvents {
    fn name(&self) -> &'static str {
        "forget_events"
    }

    fn batch<'a>(&'a self, app: &'a App) -> Work<'a> {
        Box::pin(async move {
            let before = app.now() - Duration::days(DAYS);
            let items = app
                .db
                .write(async |tx| Ok::<_, Error>(tx.forget_events(before, BATCH).await?))
                .await?;
            Ok(Batch {
                items,
                more: items == u64::from(BATCH),
            })
        })
    }
}
