//! Thousands of requests that are none, at the operations that are called most: each is refused
//! with a problem, none is a 5xx or a hang, memory stays bounded, and a client beside them that
//! behaves is served as ever. `make test` takes one operation, `make soak` all ten.

mod bodies;
mod cases;
mod queries;
mod send;
mod targets;
mod wire;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use bsm_tests::Client;
use bsm_tests::chance::Chance;
use reqwest::Method;

use crate::figures::{millis, tell};
use crate::site::Site;
use crate::sizes::{seed, soak};
use cases::{Case, How};
use targets::Target;

/// Fewest cases of an operation.
const LEAST: usize = 480;
/// By how much the process may grow, in MiB, over all cases of an operation: what runs side by side
/// are bodies of at most a MiB, and what the connections hold.
const GROWTH: u64 = 64;
/// How long a client beside them may wait for an answer.
const PATIENCE: Duration = Duration::from_secs(2);
/// Cases that run side by side.
const AT_ONCE: usize = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_request_is_refused_and_harms_nobody() {
    let site = Site::sqlite().await;
    let server = site.start();
    let targets = Target::all(&site, &server.base).await;
    let count = if soak() { targets.len() } else { 1 };
    let mut chance = Chance::new(seed());
    let mut failed = Vec::new();
    for target in &targets[..count] {
        let good = target.good(&server.base).await;
        assert!(good < 300, "{}: the good request gets {good}", target.name);
        let cases = cases::of(target, &mut chance);
        assert!(cases.len() >= LEAST, "{}: {}", target.name, cases.len());
        let stop = AtomicBool::new(false);
        let client = site.client(site.agent).at(&server.base);
        let before = server.resident_memory();
        let began = Instant::now();
        let (ran, slowest) = std::thread::scope(|threads| {
            let beside = threads.spawn(|| goes_on(&client, &stop));
            let runners: Vec<_> = (0..AT_ONCE)
                .map(|n| {
                    let (cases, base) = (&cases, &server.base);
                    threads.spawn(move || {
                        let own = cases.iter().skip(n).step_by(AT_ONCE);
                        own.map(|case| case.run(base)).collect::<Vec<_>>()
                    })
                })
                .collect();
            let ran: Vec<_> = runners
                .into_iter()
                .flat_map(|r| r.join().expect("no panic"))
                .collect();
            stop.store(true, Ordering::Relaxed);
            (ran, beside.join().expect("no panic"))
        });
        let count = |how| ran.iter().filter(|r| **r == Ok(how)).count();
        let by_how = [How::Problem, How::Bare, How::Silent].map(count);
        let wrong = ran.into_iter().filter_map(Result::err);
        failed.extend(wrong.map(|w| format!("{}: {w}", target.name)));
        let grown = server.peak_memory().saturating_sub(before) / (1024 * 1024);
        if grown >= GROWTH {
            failed.push(format!("{}: it grew by {grown} MiB", target.name));
        }
        if slowest >= PATIENCE {
            failed.push(format!("{}: others waited {slowest:?}", target.name));
        }
        tell(
            &format!("malformed requests: {}", target.name),
            &format!(
                "{} in {} s: {} refused with a problem, {} bare, {} without an answer; the process grew by at most {grown} MiB; a client beside them waited at most {}",
                cases.len(),
                began.elapsed().as_secs(),
                by_how[0],
                by_how[1],
                by_how[2],
                millis(slowest)
            ),
        );
    }
    assert!(
        failed.is_empty(),
        "{} of them:\n{}",
        failed.len(),
        failed.join("\n")
    );
    let said = server.said();
    assert!(!said.contains("panicked"), "{said}");
}

/// Asks for a list again and again: how long the slowest answer took.
fn goes_on(client: &Client, stop: &AtomicBool) -> Duration {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let mut slowest = Duration::ZERO;
    while !stop.load(Ordering::Relaxed) {
        let began = Instant::now();
        // On a connection of its own: one that is kept may be closed just when it is used again.
        let request = client.request(Method::GET, "/api/admin/tickets?limit=5");
        let answer = runtime.block_on(bsm_tests::send(request.header("Connection", "close")));
        assert_eq!(answer.status, 200, "{}", answer.text);
        slowest = slowest.max(began.elapsed());
        std::thread::sleep(Duration::from_millis(20));
    }
    slowest
}

impl Case {
    /// Sends it, and says how it was refused, or what was wrong with the answer.
    fn run(&self, base: &str) -> Result<How, String> {
        let heard = send::send(base, &self.sent);
        self.wanted
            .judge(&heard)
            .map_err(|why| format!("{}: {why}: {heard:?}", self.what))
    }
}
