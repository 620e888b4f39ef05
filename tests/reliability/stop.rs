//! A process that is asked to stop, with streams open and requests on their way.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::time::{Duration, Instant};

use bsm_tests::{Stream, try_send};
use reqwest::Method;
use serde_json::json;

use crate::figures::{millis, tell};
use crate::site::Site;
use crate::sizes::sizes;
use crate::writer::{TICKETS, check_acknowledged};

/// `BSM_DRAIN_SECONDS` of a process that is told nothing else.
const DRAIN: Duration = Duration::from_secs(10);
const WRITERS: usize = 16;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_leaves_nothing_unanswered() {
    let site = Arc::new(Site::sqlite().await);
    let mut process = site.start();
    let base = process.base.clone();
    let count = sizes().open_streams;
    let mut streams = Vec::new();
    for _ in 0..count {
        let mut stream = open(&site, &base).await;
        let hello = stream.next().await.expect("hello");
        assert_eq!(hello.name, "hello");
        streams.push(stream);
    }
    let stopping = Arc::new(AtomicBool::new(false));
    let sent = Arc::new(AtomicUsize::new(0));
    let writers: Vec<_> = (0..WRITERS)
        .map(|n| {
            let (site, base) = (Arc::clone(&site), base.clone());
            let (stopping, sent) = (Arc::clone(&stopping), Arc::clone(&sent));
            tokio::spawn(write_until_it_is_gone(site, base, n, stopping, sent))
        })
        .collect();
    let readers: Vec<_> = streams
        .into_iter()
        .map(|stream| tokio::spawn(farewell(stream)))
        .collect();
    while sent.load(SeqCst) < 2 * WRITERS {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }

    // A connection that is there already asks on: new ones may find nobody.
    let watch = site.client(site.agent);
    let ready = format!("{base}/readyz");
    let _ = try_send(watch.request(Method::GET, &ready))
        .await
        .expect("ready")
        .ok(200);
    process.signal("TERM");
    stopping.store(true, SeqCst);
    let asked = Instant::now();
    let mut refused = false;
    while let Ok(response) = watch.request(Method::GET, &ready).send().await {
        refused = response.status() == 503;
        if refused {
            break;
        }
        assert!(
            asked.elapsed() < Duration::from_secs(1),
            "still ready a second after it was asked to stop"
        );
    }
    let unready = asked.elapsed();
    let status = process.ended_within(DRAIN + Duration::from_secs(1));
    let took = asked.elapsed();
    assert!(status.success(), "{status}: {}", process.said());
    let (mut made, mut tried) = (Vec::new(), 0);
    for writer in writers {
        let (answered, tries) = writer.await.expect("nothing sent stays unanswered");
        made.extend(answered);
        tried += tries;
    }
    for reader in readers {
        reader.await.expect("a goodbye with a reason");
    }
    assert!(
        refused,
        "readiness was never 503: the process was gone first"
    );
    check_acknowledged(&site, &made).await;
    tell(
        "SIGTERM",
        &format!(
            "{count} open streams, all told `bye`; {tried} requests of {WRITERS} clients, none unanswered; readiness 503 after {}; exit 0 after {}",
            millis(unready),
            millis(took)
        ),
    );
}

async fn open(site: &Site, base: &str) -> Stream {
    let path = format!("{base}/api/admin/events");
    let request = site.client(site.agent).request(Method::GET, &path);
    let answer = request.send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    Stream::of(answer)
}

async fn farewell(mut stream: Stream) {
    loop {
        let heard = stream.next_within(Duration::from_secs(40)).await;
        let heard = heard.expect("no cut").expect("no end without a goodbye");
        if heard.name == "bye" {
            assert_eq!(heard.data, json!({"reason": "shutdown"}));
            let end = stream.next_within(Duration::from_secs(5)).await;
            assert_eq!(end.expect("an end"), None);
            return;
        }
    }
}

/// One request after the other, each over a connection that is open already where there is one.
/// What was let in must be answered: only a connection that is refused, or that was closed before
/// the request could be sent, may end it.
async fn write_until_it_is_gone(
    site: Arc<Site>,
    base: String,
    n: usize,
    stopping: Arc<AtomicBool>,
    sent: Arc<AtomicUsize>,
) -> (Vec<(String, String)>, usize) {
    let client = site.client(site.customers[n % 4]);
    let path = format!("{base}{TICKETS}");
    let (mut made, mut tries) = (Vec::new(), 0);
    loop {
        let subject = format!("Last {n}-{tries}");
        let request = client.request(Method::POST, &path);
        let body = json!({"subject": subject, "description": "Please."});
        let was_asked = stopping.load(SeqCst);
        match try_send(request.json(&body)).await {
            Ok(answer) => {
                tries += 1;
                sent.fetch_add(1, SeqCst);
                match answer.status {
                    201 => made.push((subject, answer.str("/id").to_owned())),
                    503 if stopping.load(SeqCst) => {}
                    other => panic!("{other}: {}", answer.text),
                }
            }
            // Sent after the process was asked to stop, it found nobody.
            Err(_) if was_asked => return (made, tries),
            Err(e) => {
                assert!(
                    e.is_connect(),
                    "a request that was sent got no answer: {e:?}"
                );
                return (made, tries);
            }
        }
    }
}
