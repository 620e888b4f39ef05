//! Folds what changed of the counts of tickets into them, so that a count stays a look at few rows.

use super::{Batch, Job, Work};
use crate::{App, Error};

/// How many moves are folded before the lease is renewed.
const BATCH: u32 = 500;

/// The job.
pub struct FoldTicketCounts;

impl Job for FoldTicketCounts {
    fn name(&self) -> &'static str {
        "fold_ticket_counts"
    }

    fn batch<'a>(&'a self, app: &'a App) -> Work<'a> {
        Box::pin(async move {
            let items = app
                .db
                .write(async |tx| Ok::<_, Error>(tx.fold_ticket_counts(BATCH).await?))
                .await?;
            Ok(Batch {
                items,
                more: items == u64::from(BATCH),
            })
        })
    }
}
