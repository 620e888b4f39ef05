//! Wakes this process when another replica has numbered events.

use bsm_persistence::{Db, DbError};
use tokio::sync::watch;

use super::trouble::Trouble;

/// Passes on the word of other replicas; never returns on PostgreSQL.
pub(super) async fn run(db: &Db, numbered: &watch::Sender<()>) {
    let mut trouble = Trouble::new("listening for events of other replicas");
    loop {
        match listen(db, numbered, &mut trouble).await {
            Ok(()) => return,
            Err(error) => tokio::time::sleep(trouble.failed(&error)).await,
        }
    }
}

async fn listen(
    db: &Db,
    numbered: &watch::Sender<()>,
    trouble: &mut Trouble,
) -> Result<(), DbError> {
    let Some(mut notices) = db.listen().await? else {
        return Ok(());
    };
    loop {
        // Also right after connecting: nobody listened before.
        numbered.send_replace(());
        notices.next().await?;
        trouble.over();
    }
}
