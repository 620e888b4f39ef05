//! Gives committed events their positions, on PostgreSQL. Runs on every replica; one at a time
//! does the work.

use std::time::Duration;

use bsm_persistence::events::NUMBERED_AT_ONCE;
use bsm_persistence::{Db, DbError};
use tokio::sync::watch;

use super::trouble::Trouble;

/// How soon to ask again where another replica is at it, and at most how late.
const BUSY: Duration = Duration::from_millis(10);
const STILL_BUSY: Duration = Duration::from_millis(100);

/// Between two transactions: in a busy moment each numbers what many have committed, and the disk is
/// not waited for once more for each of them.
const REST: Duration = Duration::from_millis(5);

/// Numbers whatever is committed; never returns.
pub(super) async fn run(db: &Db, poll: Duration, numbered: &watch::Sender<()>) {
    let mut committed = db.wakeups();
    let mut trouble = Trouble::new("numbering events");
    loop {
        match number_all(db, numbered).await {
            Ok(()) => trouble.over(),
            Err(error) => tokio::time::sleep(trouble.failed(&error)).await,
        }
        tokio::time::sleep(REST).await;
        // Between two polls the log is searched only after a commit of this process; the commits
        // of others have a sequencer of their own.
        while tokio::time::timeout(poll, committed.changed())
            .await
            .is_err()
        {
            match db.read(async |tx| tx.oldest_unnumbered_event().await).await {
                Ok(None) => {}
                // Numbering will tell of the trouble.
                Ok(Some(_)) | Err(_) => break,
            }
        }
    }
}

/// Numbers until nothing is left. Readers are woken after each portion.
async fn number_all(db: &Db, numbered: &watch::Sender<()>) -> Result<(), DbError> {
    let mut pause = BUSY;
    loop {
        match db.write(async |tx| tx.number_events().await).await? {
            Some(0) => return Ok(()),
            Some(n) => {
                numbered.send_replace(());
                // What was committed meanwhile has woken us again.
                if n < u64::from(NUMBERED_AT_ONCE) {
                    return Ok(());
                }
                pause = BUSY;
            }
            // Whoever is at it may have looked just before the commit that woke us.
            None => {
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(STILL_BUSY);
            }
        }
    }
}
