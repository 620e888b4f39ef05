//! Clients that ask as soon as they have their answer.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::http::{Connection, bearer, request};

/// What a run measured.
#[derive(Debug, Clone)]
pub struct Measured {
    /// How long each answer took, shortest first.
    times: Vec<Duration>,
    elapsed: Duration,
    refused: usize,
}

/// Where all is refused, a client gives up after this time.
const PATIENCE: Duration = Duration::from_secs(20);

impl Measured {
    /// The time within which this share of the answers came; nothing where none came.
    pub fn quantile(&self, share: f64) -> Option<Duration> {
        #[allow(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place in a list of far fewer than 2^52"
        )]
        let place = ((self.times.len() as f64 - 1.0) * share).round() as usize;
        self.times.get(place).copied()
    }

    /// How many answers came.
    pub fn answers(&self) -> usize {
        self.times.len()
    }

    /// How many were refused because the server was busy.
    pub fn refused(&self) -> usize {
        self.refused
    }

    /// Answers a second.
    #[allow(clippy::cast_precision_loss, reason = "a rate")]
    pub fn rate(&self) -> f64 {
        self.times.len() as f64 / self.elapsed.as_secs_f64()
    }

    /// Runs one after the other, as if they had been one.
    pub fn together(runs: Vec<Self>) -> Self {
        let elapsed = runs.iter().map(|run| run.elapsed).sum();
        let refused = runs.iter().map(|run| run.refused).sum();
        let times = runs.into_iter().flat_map(|run| run.times).collect();
        Self {
            refused,
            ..Self::of(times, elapsed)
        }
    }

    /// All clients' times together, of a run that took so long.
    pub fn of(mut times: Vec<Duration>, elapsed: Duration) -> Self {
        times.sort_unstable();
        Self {
            times,
            elapsed,
            refused: 0,
        }
    }
}

/// Has so many clients ask a server for so long, each at least once and on a connection of its own; where the
/// server is busy they ask again at once.
/// `next` makes a client's request from the client's number and the number of requests it made before.
///
/// # Panics
/// Where an answer is neither of success nor 503.
pub async fn run(
    address: &str,
    clients: usize,
    length: Duration,
    next: impl Fn(usize, u64) -> Vec<u8> + Send + Sync + 'static,
) -> Measured {
    let (address, next): (Arc<str>, _) = (address.into(), Arc::new(next));
    let began = Instant::now();
    let tasks: Vec<_> = (0..clients)
        .map(|client| {
            let (address, next) = (Arc::clone(&address), Arc::clone(&next));
            tokio::spawn(async move {
                let mut connection = Connection::open(&address).await;
                let (mut times, mut refused) = (Vec::new(), 0);
                let goes_on = |times: &Vec<_>| {
                    let elapsed = began.elapsed();
                    elapsed < length || times.is_empty() && elapsed < length + PATIENCE
                };
                while goes_on(&times) {
                    let request = next(client, times.len() as u64);
                    let asked = Instant::now();
                    let answer = connection.ask(&request).await;
                    match answer.status {
                        200..=299 => times.push(asked.elapsed()),
                        503 => refused += 1,
                        status => panic!(
                            "{}: {status} {}",
                            String::from_utf8_lossy(&request),
                            String::from_utf8_lossy(answer.body)
                        ),
                    }
                }
                (times, refused)
            })
        })
        .collect();
    let (mut times, mut refused) = (Vec::new(), 0);
    for task in tasks {
        let (its, no) = task.await.expect("a client");
        times.extend(its);
        refused += no;
    }
    Measured {
        refused,
        ..Measured::of(times, began.elapsed())
    }
}

/// Asks for a path with so many clients for so long.
///
/// # Panics
/// As [`run`].
pub async fn get(
    address: &str,
    path: &str,
    token: &str,
    clients: usize,
    length: Duration,
) -> Measured {
    let asked = request("GET", path, &bearer(token), "");
    run(address, clients, length, move |_, _| asked.clone()).await
}
