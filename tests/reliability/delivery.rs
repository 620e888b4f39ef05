//! Many listeners of every manner hear everything, over two replicas.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use bsm_tests::TestDb;
use bsm_tests::chance::Chance;

use crate::figures::{millis, percentile, tell};
use crate::kills::wait_for_positions;
use crate::listener::{Listener, Manner, log};
use crate::site::Site;
use crate::sizes::{seed, sizes, soak};
use crate::writer::{Again, Writers};

const LISTENERS: usize = 50;
const CUT_OFTEN: usize = 20;
const SLOW: usize = 5;
/// Many times what a writer takes for an event.
const PAUSE: Duration = Duration::from_millis(50);
/// From the moment an event says it happened, which is before its commit, until it is heard; 99 of
/// 100 times.
const ARRIVAL: Duration = Duration::from_millis(500);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_listeners_hear_everything_once_and_in_order() {
    let db = TestDb::postgres().await;
    let site = Arc::new(Site::at(db.url()).await);
    let processes = [site.start(), site.start()];
    let bases: Vec<_> = processes.iter().map(|p| p.base.clone()).collect();
    let seed = seed();
    let mut listeners = Vec::new();
    for n in 0..LISTENERS {
        let manner = match n {
            _ if n < CUT_OFTEN => Manner::Cut(15),
            _ if n < CUT_OFTEN + SLOW => Manner::Slow(PAUSE),
            _ => Manner::Steady,
        };
        // Each fifth is a customer, who hears of their own only.
        let who = if n % 5 == 4 {
            site.customers[n % 4]
        } else {
            site.agent
        };
        let chance = Chance::new(seed + 100 + n as u64);
        let listener = Listener::start(&site, &bases, n, who, (manner, chance)).await;
        listeners.push((manner, listener));
    }
    let writers = Writers::start(&site, &bases, 8, seed, (&[], Again::OneInFour));
    while writers.acknowledged() < sizes().events {
        let left = sizes().events - writers.acknowledged();
        writers.more(left.clamp(1, 200)).await;
    }
    let made = writers.stop().await;
    wait_for_positions(&site).await;

    let happened = happened(&site).await;
    let mut delays = Vec::new();
    let (mut resumed, mut total) = (0, 0);
    for (manner, listener) in listeners {
        let opened = listener.opened();
        let of = (!listener.who.is_staff()).then_some(listener.who);
        let heard = listener.check(&log(&site, of).await).await;
        match manner {
            Manner::Steady => delays.extend(heard.iter().map(|got| {
                let at = happened[&got.position];
                got.at.duration_since(at).unwrap_or_default()
            })),
            Manner::Cut(_) => {
                assert!(opened > 3, "was cut {opened} times only");
                resumed += opened - 1;
            }
            Manner::Slow(_) => {}
        }
        total += heard.len();
    }
    delays.sort();
    let p99 = percentile(&delays, 99);
    tell(
        "50 listeners (20 cut often, 5 slow), 8 writers, two replicas",
        &format!(
            "{} tickets, {total} events heard, 0 missed, repeated or out of order; {resumed} times resumed at the other replica; from the write to the listener p50 {}, p99 {}",
            made.len(),
            millis(percentile(&delays, 50)),
            millis(p99)
        ),
    );
    assert!(!soak() || p99 <= ARRIVAL, "p99 is {p99:?}");
    drop(processes);
    db.remove().await;
}

async fn happened(site: &Site) -> BTreeMap<i64, std::time::SystemTime> {
    let db = site.db().await;
    let rows: Vec<(i64, bsm_domain::clock::Time)> = db
        .read(async |tx| {
            tx.q("select position, occurred_at from events where position is not null")
                .all()
                .await
        })
        .await
        .expect("the log");
    db.close().await;
    rows.into_iter()
        .map(|(position, at)| (position, at.into()))
        .collect()
}
