//! Many listeners at once: what each costs while nothing happens, and when the last has heard of an event.

use std::time::{Duration, Instant};

use futures_util::stream::{self, StreamExt as _};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::listener::Listener;
use crate::server::Server;

/// How many streams are opened at a time.
const OPENING: usize = 64;
/// Until memory is what it stays.
const QUIET: Duration = Duration::from_secs(5);
/// So many events, one after the other.
const EVENTS: usize = 10;
/// So long one may take to reach everybody.
const PATIENCE: Duration = Duration::from_secs(20);
/// Beside the connections: the runtime's own, and those to the API.
const OTHER_FILES: usize = 100;

/// What so many listeners cost.
pub struct Crowd {
    /// How many.
    pub listeners: usize,
    /// Memory of the server for each, in bytes.
    pub bytes: i64,
    /// From the sending of a write to its event's arrival, at each listener for each event; shortest first.
    times: Vec<Duration>,
}

impl Crowd {
    /// The time within which this percentage of the arrivals came.
    pub fn percentile(&self, percent: usize) -> Duration {
        self.times[(self.times.len() - 1) * percent / 100]
    }

    pub(super) fn as_json(&self) -> Value {
        let micros = |percent| u64::try_from(self.percentile(percent).as_micros()).ok();
        json!({
            "listeners": self.listeners, "bytes_each": self.bytes,
            "p50_us": micros(50), "p99_us": micros(99), "max_us": micros(100),
        })
    }
}

/// Opens the streams and writes.
///
/// # Panics
/// Where this process may not open so many files, a stream is refused, or an event does not come.
pub async fn measure(server: &Server, listeners: usize) -> Crowd {
    let needed = u64::try_from(listeners + OTHER_FILES).expect("a number of files");
    let allowed = rlimit::increase_nofile_limit(needed).expect("a limit of open files");
    assert!(
        allowed >= needed,
        "{allowed} files may be open, {needed} are needed (ulimit -Hn)"
    );
    let token = server.sign_in("agent@demo.example").await;
    let customer = server.sign_in("ana@acme.example").await;
    tokio::time::sleep(QUIET).await;
    let before = server.memory();
    let address = server.base.trim_start_matches("http://");
    let opening = (0..listeners).map(|_| Listener::open(address, &token));
    let open: Vec<Listener> = stream::iter(opening)
        .buffer_unordered(OPENING)
        .collect()
        .await;
    tokio::time::sleep(QUIET).await;
    let bytes = each(before, server.memory(), listeners);

    let (told, mut arrivals) = unbounded_channel();
    for listener in open {
        tokio::spawn(listener.tell(told.clone()));
    }
    let mut times = Vec::with_capacity(listeners * EVENTS);
    for _ in 0..EVENTS {
        let sent = Instant::now();
        write(server, &customer).await;
        times.extend(arrived(&mut arrivals, listeners, sent).await);
    }
    times.sort_unstable();
    Crowd {
        listeners,
        bytes,
        times,
    }
}

fn each(before: u64, after: u64, listeners: usize) -> i64 {
    let listeners = i64::try_from(listeners).expect("a number of listeners");
    (after.cast_signed() - before.cast_signed()) / listeners
}

/// Opens a ticket.
async fn write(server: &Server, token: &str) {
    let body = json!({"subject": "One event for many", "description": "Who hears of it, and when?",
        "category": "question"});
    let request = reqwest::Client::new()
        .post(format!("{}/api/customer/tickets", server.base))
        .header("Authorization", format!("Bearer {token}"))
        .json(&body);
    let answer = request.send().await.expect("an answer");
    assert_eq!(answer.status(), 201, "a ticket is opened");
}

async fn arrived(
    arrivals: &mut UnboundedReceiver<Instant>,
    listeners: usize,
    sent: Instant,
) -> Vec<Duration> {
    let all = async {
        let mut times = Vec::with_capacity(listeners);
        while times.len() < listeners {
            times.push(arrivals.recv().await.expect("a listener") - sent);
        }
        times
    };
    let all = tokio::time::timeout(PATIENCE, all).await;
    all.expect("everybody hears of it in time")
}
