//! Processes are killed while customers write and people listen.

use std::sync::Arc;
use std::time::Duration;

use bsm_tests::TestDb;
use bsm_tests::bsm::Running;
use bsm_tests::chance::Chance;

use crate::figures::{millis, tell};
use crate::listener::{Listener, Manner, log};
use crate::site::Site;
use crate::sizes::{seed, sizes};
use crate::writer::{Again, CRASHES, Writers, check_kept};

const CLIENTS: usize = 16;
/// From the start of a process until it is ready, after it was killed.
const READY: Duration = Duration::from_secs(3);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_loses_and_doubles_nothing() {
    let site = Arc::new(Site::sqlite().await);
    let process = site.start();
    survive("SQLite", &site, vec![process]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_replicas_lose_and_double_nothing() {
    let db = TestDb::postgres().await;
    let site = Arc::new(Site::at(db.url()).await);
    let processes = vec![site.start(), site.start()];
    survive("PostgreSQL, two replicas", &site, processes).await;
    db.remove().await;
}

async fn survive(name: &str, site: &Arc<Site>, mut processes: Vec<Running>) {
    let seed = seed();
    let mut chance = Chance::new(seed);
    let bases: Vec<_> = processes.iter().map(|p| p.base.clone()).collect();
    let mut listeners = Vec::new();
    for (n, who) in [site.agent, site.agent, site.customers[0], site.customers[1]]
        .into_iter()
        .enumerate()
    {
        let manner = if n % 2 == 0 {
            Manner::Steady
        } else {
            Manner::Cut(20)
        };
        let manner = (manner, Chance::new(seed + 100 + n as u64));
        listeners.push(Listener::start(site, &bases, n, who, manner).await);
    }
    let writers = Writers::start(site, &bases, CLIENTS, seed, (CRASHES, Again::OneInFour));
    let mut slowest = Duration::ZERO;
    let kills = sizes().kills;
    for _ in 0..kills {
        writers
            .more(usize::try_from(10 + chance.below(60)).expect("small"))
            .await;
        // At any moment of what the server is about, not only when an answer has just left.
        tokio::time::sleep(Duration::from_micros(chance.below(40_000))).await;
        let n = usize::try_from(chance.below(processes.len() as u64)).expect("small");
        processes.swap_remove(n).kill();
        let mut process = site.relaunch(&bases_without(&bases, &processes));
        let took = process.wait_until_ready(Duration::from_secs(20));
        slowest = slowest.max(took);
        processes.push(process);
    }
    writers.more(CLIENTS).await;
    let made = writers.stop().await;
    for (n, one) in made.iter().enumerate().filter(|(n, _)| n % 10 == 0) {
        one.again(site, &bases, n, CRASHES).await;
    }
    wait_for_positions(site).await;
    check_kept(site, &made).await;
    let mut resumed = 0;
    for listener in listeners {
        let of = (!listener.who.is_staff()).then_some(listener.who);
        resumed += listener.opened() - 1;
        let wanted = log(site, of).await;
        assert!(!wanted.is_empty());
        listener.check(&wanted).await;
    }
    assert!(
        resumed >= u32::try_from(kills).expect("small"),
        "nobody was cut off"
    );
    tell(
        &format!("{name}: killed under load"),
        &format!(
            "{kills} kills, {} tickets acknowledged, 0 lost, 0 doubled; {resumed} times resumed, 0 events missed, repeated or out of order; ready again after at most {}",
            made.len(),
            millis(slowest)
        ),
    );
    assert!(slowest <= READY, "ready again only after {slowest:?}");
}

/// Where the one that is missing was served.
fn bases_without(bases: &[String], running: &[Running]) -> String {
    let gone = bases
        .iter()
        .find(|b| !running.iter().any(|p| p.base == **b));
    gone.expect("one is gone").clone()
}

/// Waits until whatever happened has its place in the order of events.
pub async fn wait_for_positions(site: &Site) {
    let db = site.db().await;
    let ordered = async {
        loop {
            let waiting = db.read(async |tx| tx.oldest_unnumbered_event().await).await;
            if waiting.expect("the log").is_none() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let ordered = tokio::time::timeout(Duration::from_secs(10), ordered).await;
    assert!(ordered.is_ok(), "events stay without positions");
    db.close().await;
}
