//! Forgets which calls were answered, after a day.

use chrono::Duration;

use super::{Batch, Job, Work};
use crate::{App, Error};

/// How long an answer is kept.
const HOURS: i64 = 24;
/// How many are forgotten before the lease is renewed.
const BATCH: u32 = 1_000;

/// The job.
pub struct ForgetCalls;

impl Job for ForgetCalls {
    fn name(&self) -> &'static str {
        "forget_calls"
    }

    fn batch<'a>(&'a self, app: &'a App) -> Work<'a> {
        Box::pin(async move {
            let before = app.now() - Duration::hours(HOURS);
            let items = app
                .db
                .write(async |tx| Ok::<_, Error>(tx.forget_calls(before, BATCH).await?))
                .await?;
            Ok(Batch {
                items,
                more: items == u64::from(BATCH),
            })
        })
    }
}
