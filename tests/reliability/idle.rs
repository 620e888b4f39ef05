//! Thousands of streams on which nothing happens.

use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bsm_tests::Stream;
use bsm_tests::bsm::{alone, bsm, free_port};
use reqwest::Method;
use tokio::sync::{Barrier, Semaphore};

use crate::figures::{millis, percentile, tell};
use crate::site::Site;
use crate::sizes::sizes;
use crate::writer::create;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn idle_streams_are_kept_and_told() {
    let site = Arc::new(Site::sqlite().await);
    // As most systems start a process, which may ask for more.
    let mut few_files = Command::new("sh");
    few_files
        .args(["-c", "ulimit -Sn 256 && exec \"$0\" \"$@\""])
        .arg(bsm(&site.data).get_program());
    let mut process = site.launch(alone(few_files, site.data.path()), free_port());
    process.wait_until_ready(Duration::from_secs(30));
    let count = sizes().idle_streams;
    let before = process.resident_memory();
    let open = Arc::new(Barrier::new(count + 1));
    let at_a_time = Arc::new(Semaphore::new(64));
    let listeners: Vec<_> = (0..count)
        .map(|_| {
            let (site, open, turn) = (Arc::clone(&site), Arc::clone(&open), Arc::clone(&at_a_time));
            let path = format!("{}/api/admin/events", process.base);
            tokio::spawn(async move {
                let turn = turn.acquire_owned().await.expect("a turn");
                let request = site.client(site.agent).request(Method::GET, &path);
                let answer = request.send().await.expect("a stream");
                assert_eq!(answer.status(), 200);
                let mut stream = Stream::of(answer);
                assert_eq!(stream.next().await.expect("an event").name, "hello");
                drop(turn);
                open.wait().await;
                loop {
                    let heard = stream.next_within(Duration::from_secs(40)).await;
                    let heard = heard.expect("a stream that lives").expect("no end");
                    if heard.name == "ticket.created" {
                        return Instant::now();
                    }
                    assert_eq!(heard.name, "position");
                }
            })
        })
        .collect();
    let all = tokio::time::timeout(Duration::from_secs(60), open.wait()).await;
    assert!(all.is_ok(), "some streams are not let in");
    let each = process.resident_memory().saturating_sub(before) / count as u64;
    tokio::time::sleep(sizes().idle).await;
    let dropped = listeners.iter().filter(|l| l.is_finished()).count();
    assert_eq!(dropped, 0, "streams were dropped");
    let sent = Instant::now();
    let who = site.customers[0];
    create(
        &site,
        std::slice::from_ref(&process.base),
        0,
        (who, "one", "A lamp"),
        &[],
    )
    .await;
    let mut delays = Vec::new();
    for listener in listeners {
        delays.push(listener.await.expect("it heard").duration_since(sent));
    }
    delays.sort();
    tell(
        "idle streams on one process",
        &format!(
            "{count} for {} s, 0 dropped; {each} bytes of memory a stream; one event, from the request to the listener: p50 {}, last {}",
            sizes().idle.as_secs(),
            millis(percentile(&delays, 50)),
            millis(percentile(&delays, 100))
        ),
    );
}
