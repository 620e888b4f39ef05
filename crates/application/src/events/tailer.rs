//! Reads the log behind one position and fans it out: one query for all listeners of a process.

use std::sync::Arc;
use std::time::Duration;

use bsm_persistence::{Db, Wakeups};
use tokio::sync::{broadcast, watch};

use super::hub::HubOptions;
use super::logged::Logged;
use super::trouble::Trouble;

/// Between two looks at the log: in a busy moment each finds what many have written. Whoever writes
/// after a quiet one waits for nothing.
const REST: Duration = Duration::from_millis(5);

/// Tells that there may be something to read.
pub(super) enum Readable {
    /// Events can be read once they are committed.
    Committed(Wakeups),
    /// Events can be read once they are numbered.
    Numbered(watch::Receiver<()>),
}

impl Readable {
    async fn changed(&mut self) {
        let changed = match self {
            Self::Committed(wakeups) => wakeups.changed().await,
            Self::Numbered(numbered) => numbered.changed().await,
        };
        if changed.is_err() {
            // Nobody is left to wake us: the poll remains.
            std::future::pending::<()>().await;
        }
    }
}

/// Fans out all events after the position in `delivered`, and keeps it true; never returns.
pub(super) async fn run(
    db: Db,
    options: HubOptions,
    delivered: Arc<watch::Sender<i64>>,
    live: broadcast::Sender<Arc<Logged>>,
    mut readable: Readable,
) {
    let mut trouble = Trouble::new("reading the event log");
    let mut position = *delivered.borrow();
    loop {
        let page = db
            .read(async |tx| tx.events_after(position, options.page).await)
            .await;
        match page {
            Ok(rows) => {
                trouble.over();
                let full = rows.len() == options.page as usize;
                for row in rows {
                    position = row.position;
                    // An error says that nobody listens.
                    let _ = live.send(Logged::new(row));
                }
                delivered.send_if_modified(|known| {
                    let moved = *known != position;
                    *known = position;
                    moved
                });
                if !full {
                    tokio::time::sleep(REST).await;
                    // A timeout is the poll beneath the wake-ups.
                    let _ = tokio::time::timeout(options.poll, readable.changed()).await;
                }
            }
            Err(error) => tokio::time::sleep(trouble.failed(&error)).await,
        }
    }
}
