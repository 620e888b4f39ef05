//! Closes resolved tickets in which nobody says a word.

use super::{Batch, Job, Work};
use crate::App;
use crate::tickets::close_silent;

/// How many tickets are closed before the lease is renewed.
const BATCH: u32 = 100;

/// The job.
pub struct AutoClose;

impl Job for AutoClose {
    fn name(&self) -> &'static str {
        "auto_close"
    }

    fn batch<'a>(&'a self, app: &'a App) -> Work<'a> {
        Box::pin(async move {
            let closed = close_silent(app, BATCH).await?;
            Ok(Batch {
                items: closed.closed,
                more: closed.more,
            })
        })
    }
}
