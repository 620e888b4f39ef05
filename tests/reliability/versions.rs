//! Two versions of the product on one schema.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use bsm_tests::bsm::{alone, free_port};
use bsm_tests::{TestDb, bsm::Folder};

use crate::figures::tell;
use crate::kills::wait_for_positions;
use crate::site::Site;
use crate::sizes::{seed, sizes};
use crate::writer::{Writers, check_kept};

/// Runs writers over the processes for the time of `sizes`: no answer is an error.
async fn work_together(site: &Arc<Site>, bases: &[String]) -> usize {
    let writers = Writers::start(site, bases, 8, seed(), &[]);
    tokio::time::sleep(sizes().together).await;
    writers.more(1).await;
    let made = writers.stop().await;
    wait_for_positions(site).await;
    check_kept(site, &made).await;
    made.len()
}

/// What a later version's migrations leave behind does not hinder this one: not while it runs, and
/// not when it is started again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_newer_schema_does_not_hinder_this_version() {
    let db = TestDb::postgres().await;
    let site = Arc::new(Site::at(db.url()).await);
    let running = site.start();
    db.write(async |tx| {
        tx.q("insert into _sqlx_migrations (version, description, success, checksum, execution_time) \
              values (999999, 'of a later version', true, '\\x00', 1)")
            .execute()
            .await?;
        tx.q("create table of_later (id uuid primary key)").execute().await?;
        tx.q("alter table tickets add column later text").execute().await?;
        Ok::<_, bsm_persistence::DbError>(())
    })
    .await
    .expect("migrated");
    let restarted = site.start();
    work_together(&site, &[running.base.clone(), restarted.base.clone()]).await;
    db.remove().await;
}

/// `BSM_OLD_BIN` is the binary of the version before: `make soak` builds it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs the binary of the version before: make soak"]
async fn the_version_before_and_this_one_run_together() {
    let old = std::env::var_os("BSM_OLD_BIN").map(PathBuf::from);
    let old = old.expect("BSM_OLD_BIN names the binary of the version before");
    let db = TestDb::postgres().await;
    let site = Arc::new(Site::at(db.url()).await);
    let folder = Folder::new();
    let mut before = site.launch(alone(Command::new(old), folder.path()), free_port());
    before.wait_until_ready(Duration::from_secs(30));
    let now = site.start();
    let tickets = work_together(&site, &[before.base.clone(), now.base.clone()]).await;
    tell(
        "the version before and this one on the new schema",
        &format!(
            "{} s, {tickets} tickets by 8 clients at both, 0 errors",
            sizes().together.as_secs()
        ),
    );
    db.remove().await;
}
