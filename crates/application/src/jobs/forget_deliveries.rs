//! Forgets what webhooks were told, after 30 days.

use chrono::Duration;

use super::{Batch, Job, Work};
use crate::{App, Error};

/// How long a delivery is kept with its attempts, whatever came of it.
const DAYS: i64 = 30;
/// How many are forgotten before the lease is renewed.
const BATCH: u32 = 1_000;

/// The job.
pub struct ForgetDeliveries;

impl Job for ForgetDeliveries {
    fn name(&self) -> &'static str {
        "forget_deliveries"
    }

    fn batch<'a>(&'a self, app: &'a App) -> Work<'a> {
        Box::pin(async move {
            let before = app.now() - Duration::days(DAYS);
            let items = app
                .db
                .write(async |tx| Ok::<_, Error>(tx.forget_deliveries(before, BATCH).await?))
                .await?;
            Ok(Batch {
                items,
                more: items == u64::from(BATCH),
            })
        })
    }
}
