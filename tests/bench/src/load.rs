//! Clients that ask as soon as they have their answer.

use std::sync::Arc;
use std::time::{Duration, Instant};

/// What a run measured.
#[derive(Debug, Clone)]
pub struct Measured {
    /// How long each answer took, shortest first.
    times: Vec<Duration>,
    elapsed: Duration,
}

impl Measured {
    /// The time within which this share of the answers came.
    pub fn quantile(&self, share: f64) -> Duration {
        #[allow(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place in a list of far fewer than 2^52"
        )]
        let place = ((self.times.len() as f64 - 1.0) * share).round() as usize;
        self.times[place]
    }

    /// Answers a second.
    #[allow(clippy::cast_precision_loss, reason = "a rate")]
    pub fn rate(&self) -> f64 {
        self.times.len() as f64 / self.elapsed.as_secs_f64()
    }
}

/// Asks for a path with so many clients for so long, each on a connection of its own.
///
/// # Panics
/// Where an answer is anything but 200.
pub async fn get(url: &str, token: &str, clients: usize, length: Duration) -> Measured {
    let url: Arc<str> = url.into();
    let began = Instant::now();
    let tasks: Vec<_> = (0..clients)
        .map(|_| {
            let (url, authorization) = (Arc::clone(&url), format!("Bearer {token}"));
            tokio::spawn(async move {
                let client = reqwest::Client::new();
                let mut times = Vec::new();
                while times.is_empty() || began.elapsed() < length {
                    let asked = Instant::now();
                    let request = client.get(&*url).header("Authorization", &authorization);
                    let answer = request.send().await.expect("an answer");
                    let status = answer.status();
                    let body = answer.bytes().await.expect("a body");
                    assert_eq!(status, 200, "{url}: {}", String::from_utf8_lossy(&body));
                    times.push(asked.elapsed());
                }
                times
            })
        })
        .collect();
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await.expect("a client"));
    }
    let elapsed = began.elapsed();
    times.sort_unstable();
    Measured { times, elapsed }
}
