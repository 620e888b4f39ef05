//! Two versions of the product on one schema.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bsm_tests::bsm::{Folder, Running, alone, free_port};
use bsm_tests::chance::Chance;
use bsm_tests::{TestDb, try_send};
use reqwest::Method;
use serde_json::json;
use sqlx::{Connection as _, PgConnection};

use crate::cluster::Cluster;
use crate::figures::tell;
use crate::kills::wait_for_positions;
use crate::listener::{Listener, Manner, log};
use crate::site::{Site, settings};
use crate::sizes::{seed, sizes};
use crate::writer::{Again, Writers, check_kept};

/// Runs customers, staff and listeners at all processes for the time of `sizes`: no answer is an
/// error, and everybody hears everything. Says how many tickets were made and worked on.
async fn work_together(site: &Arc<Site>, processes: &[&Running], again: Again) -> (usize, usize) {
    let bases: Vec<_> = processes.iter().map(|p| p.base.clone()).collect();
    let seed = seed();
    let mut listeners = Vec::new();
    for (n, who) in [site.agent, site.customers[0]].into_iter().enumerate() {
        let manner = (Manner::Cut(20), Chance::new(seed + n as u64));
        listeners.push(Listener::start(site, &bases, n, who, manner).await);
    }
    let writers = Writers::start(site, &bases, 8, seed, (&[], again));
    let end = Instant::now() + sizes().together;
    let mut turns = 0;
    while Instant::now() < end {
        let (here, there) = (&bases[turns % 2], &bases[(turns + 1) % 2]);
        work_on_newest(site, here, there).await;
        turns += 1;
    }
    assert!(turns > 5, "staff were held up: {turns} turns");
    let made = writers.stop().await;
    wait_for_positions(site).await;
    check_kept(site, &made).await;
    for listener in listeners {
        let of = (!listener.who.is_staff()).then_some(listener.who);
        listener.check(&log(site, of).await).await;
    }
    (made.len(), turns)
}

/// What staff do: at one process they read a ticket, at the other they change and answer it.
async fn work_on_newest(site: &Site, here: &str, there: &str) {
    let staff = site.client(site.agent);
    let call = |method, base: &str, path: &str| {
        staff.request(method, &format!("{base}/api/admin/tickets{path}"))
    };
    let answered = async |request| try_send(request).await.expect("an answer");
    let list = answered(call(Method::GET, here, "?limit=5")).await.ok(200);
    let Some(id) = list.ids().into_iter().next() else {
        return;
    };
    let ticket = answered(call(Method::GET, here, &format!("/{id}")))
        .await
        .ok(200);
    let change = call(Method::PATCH, there, &format!("/{id}"))
        .header("If-Match", ticket.header("etag"))
        .json(&json!({"priority": "high"}));
    let _ = answered(change).await.ok(200);
    let reply = call(Method::POST, here, &format!("/{id}/messages"))
        .json(&json!({"body": "On its way.", "visibility": "public"}));
    let _ = answered(reply).await.ok(201);
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
    work_together(&site, &[&running, &restarted], Again::OneInFour).await;
    db.remove().await;
}

/// `BSM_OLD_BIN` is the binary of the version before: `make soak` builds it. It runs on its own
/// schema, this version comes beside it and migrates, both work on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs the binary of the version before: make soak"]
async fn the_version_before_and_this_one_run_together() {
    let old = std::env::var_os("BSM_OLD_BIN").map(PathBuf::from);
    let old = old.expect("BSM_OLD_BIN names the binary of the version before");
    let cluster = Cluster::start();
    let folder = Folder::new();
    let old = alone(Command::new(old), folder.path());
    let mut before = Running::launch(old, free_port(), &settings(&cluster.url));
    before.wait_until_ready(Duration::from_secs(30));
    let older = schema(&cluster.url).await;
    let now = Running::start(&folder, &settings(&cluster.url));
    let newer = schema(&cluster.url).await;
    assert!(newer > older, "both versions have the schema {older}");
    let site = Arc::new(Site::at(&cluster.url).await);
    // Keys may be newer than the version before.
    let (tickets, worked) = work_together(&site, &[&before, &now], Again::Never).await;
    tell(
        "the version before and this one on the new schema",
        &format!(
            "{} s, schema {older} migrated to {newer} under the version before, {tickets} tickets by 8 clients at both, {worked} times read at one, changed and answered at the other by staff, 0 errors",
            sizes().together.as_secs()
        ),
    );
}

async fn schema(url: &str) -> i64 {
    let mut one = PgConnection::connect(url).await.expect("it answers");
    let (newest,) = sqlx::query_as("select max(version) from _sqlx_migrations")
        .fetch_one(&mut one)
        .await
        .expect("a schema");
    newest
}
