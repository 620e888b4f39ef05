//! Clients that create tickets with keys and send again until they are answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::time::{Duration, Instant};

use bsm_tests::chance::Chance;
use bsm_tests::{Answer, try_send};
use reqwest::Method;
use serde_json::json;
use tokio::task::JoinHandle;

use crate::site::{Site, Somebody};

/// No outage of these tests lasts as long.
const GIVES_UP: Duration = Duration::from_secs(90);
pub const TICKETS: &str = "/api/customer/tickets";

/// A ticket that was acknowledged.
#[derive(Debug, Clone)]
pub struct Made {
    pub who: Somebody,
    pub key: String,
    pub subject: String,
    pub id: String,
    text: String,
}

/// Answers that may come besides 201; each leads to another try.
pub type Passing = &'static [u16];
pub const CRASHES: Passing = &[409, 503];

/// How many calls are sent again though they were answered, as by a client that did not hear it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Again {
    OneInFour,
    Never,
}

/// Creates the ticket of this key, however often that takes, at whichever process answers.
pub async fn create(
    site: &Site,
    bases: &[String],
    first: usize,
    (who, key, subject): (Somebody, &str, &str),
    passing: Passing,
) -> Answer {
    let mut at = first;
    let began = Instant::now();
    loop {
        assert!(began.elapsed() < GIVES_UP, "{key}: nobody answers");
        let client = site.client(who);
        let path = format!("{}{TICKETS}", bases[at % bases.len()]);
        let request = client
            .request(Method::POST, &path)
            .timeout(Duration::from_secs(10))
            .header("Idempotency-Key", key)
            .json(&json!({"subject": subject, "description": "Please."}));
        let asked = Instant::now();
        match try_send(request).await {
            Ok(answer) if answer.status == 201 => return answer,
            Ok(answer) => {
                assert!(
                    passing.contains(&answer.status),
                    "{key}: {} {}",
                    answer.status,
                    answer.text
                );
                if answer.status == 503 {
                    assert!(
                        answer.headers.contains_key("retry-after"),
                        "{}",
                        answer.text
                    );
                    let waited = u64::try_from(asked.elapsed().as_micros()).expect("small");
                    site.slowest_refusal.fetch_max(waited, SeqCst);
                }
            }
            // What is neither answered nor cut within ten seconds is no crash.
            Err(e) => {
                assert!(!e.is_timeout(), "{key}: no answer in {:?}", asked.elapsed());
                at += 1;
            }
        }
        // What a client does that is told to come again.
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
}

impl Made {
    /// The same call again gives the same answer.
    pub async fn again(&self, site: &Site, bases: &[String], first: usize, passing: Passing) {
        let call = (self.who, &*self.key, &*self.subject);
        let answer = create(site, bases, first, call, passing).await;
        assert_eq!(
            answer.text, self.text,
            "{}: another answer to a retry",
            self.key
        );
    }
}

/// Clients that create one ticket after the other until they are stopped.
pub struct Writers {
    stop: Arc<AtomicBool>,
    acknowledged: Arc<AtomicUsize>,
    tasks: Vec<JoinHandle<Vec<Made>>>,
}

impl Writers {
    pub fn start(
        site: &Arc<Site>,
        bases: &[String],
        count: usize,
        seed: u64,
        (passing, again): (Passing, Again),
    ) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let acknowledged = Arc::new(AtomicUsize::new(0));
        let tasks = (0..count)
            .map(|n| {
                let (site, bases) = (Arc::clone(site), bases.to_vec());
                let (stop, acknowledged) = (Arc::clone(&stop), Arc::clone(&acknowledged));
                let chance = Chance::new(seed + n as u64);
                let habits = (passing, again);
                tokio::spawn(write(site, bases, n, chance, stop, acknowledged, habits))
            })
            .collect();
        Self {
            stop,
            acknowledged,
            tasks,
        }
    }

    pub fn acknowledged(&self) -> usize {
        self.acknowledged.load(SeqCst)
    }

    /// Waits until so many more are acknowledged.
    pub async fn more(&self, count: usize) {
        let goal = self.acknowledged() + count;
        let reached = async {
            while self.acknowledged() < goal {
                assert!(
                    !self.tasks.iter().any(JoinHandle::is_finished),
                    "a client gave up"
                );
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let reached = tokio::time::timeout(Duration::from_secs(60), reached).await;
        assert!(reached.is_ok(), "no {count} more tickets within a minute");
    }

    /// Each finishes what it began.
    pub async fn stop(self) -> Vec<Made> {
        self.stop.store(true, SeqCst);
        let mut all = Vec::new();
        for task in self.tasks {
            all.extend(task.await.expect("a client that keeps its rules"));
        }
        all
    }
}

async fn write(
    site: Arc<Site>,
    bases: Vec<String>,
    n: usize,
    mut chance: Chance,
    stop: Arc<AtomicBool>,
    acknowledged: Arc<AtomicUsize>,
    (passing, again): (Passing, Again),
) -> Vec<Made> {
    let mut all = Vec::new();
    let who = site.customers[n % site.customers.len()];
    let mut at = move || usize::try_from(chance.below(100)).expect("small");
    while !stop.load(SeqCst) {
        let subject = format!("Wish {n}-{}", all.len());
        let key = format!("key-{n}-{}", all.len());
        let answer = create(&site, &bases, at(), (who, &key, &subject), passing).await;
        acknowledged.fetch_add(1, SeqCst);
        let made = Made {
            who,
            key,
            subject,
            id: answer.str("/id").to_owned(),
            text: answer.text,
        };
        // A client that did not hear the answer.
        if again == Again::OneInFour && at() % 4 == 0 {
            made.again(&site, &bases, at(), passing).await;
        }
        all.push(made);
    }
    all
}

/// Every acknowledged ticket is there, once, and so is its event.
pub async fn check_kept(site: &Site, made: &[Made]) {
    let db = site.db().await;
    let rows: Vec<(uuid::Uuid, String)> = db
        .read(async |tx| tx.q("select id, subject from tickets").all().await)
        .await
        .expect("rows");
    let mut kept: Vec<_> = rows.iter().map(|(_, s)| s.clone()).collect();
    kept.sort();
    let mut wanted: Vec<_> = made.iter().map(|m| m.subject.clone()).collect();
    wanted.sort();
    let doubled = kept.windows(2).find(|w| w[0] == w[1]);
    assert_eq!(doubled, None, "a ticket was made twice");
    assert_eq!(kept, wanted, "what is kept is not what was acknowledged");
    let ids: std::collections::BTreeMap<_, _> = rows
        .into_iter()
        .map(|(id, s)| (s, id.to_string()))
        .collect();
    for one in made {
        assert_eq!(ids[&one.subject], one.id, "{}", one.key);
    }
    db.close().await;
}

/// Every one of these acknowledged tickets (subject and id) is there; others may be.
pub async fn check_acknowledged(site: &Site, made: &[(String, String)]) {
    assert!(!made.is_empty());
    let db = site.db().await;
    let rows: Vec<(uuid::Uuid, String)> = db
        .read(async |tx| tx.q("select id, subject from tickets").all().await)
        .await
        .expect("rows");
    let kept: std::collections::BTreeSet<_> = rows
        .into_iter()
        .map(|(id, s)| (s, id.to_string()))
        .collect();
    let lost: Vec<_> = made.iter().filter(|m| !kept.contains(*m)).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    db.close().await;
}
