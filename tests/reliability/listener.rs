//! Listeners that go on where they were, at another process if theirs is gone.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use bsm_tests::Stream;
use bsm_tests::chance::Chance;
use reqwest::Method;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::site::{Site, Somebody};

/// Comments come every 15 s: a stream on which not even they come is dead.
const DEAD: Duration = Duration::from_secs(40);

/// How a listener behaves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Manner {
    Steady,
    /// Its connection is cut after so many events, more or less.
    Cut(u64),
    /// It takes its time for each event, until it is checked: so it falls far behind.
    Slow(Duration),
}

/// An event that was heard.
#[derive(Debug, Clone, PartialEq)]
pub struct Got {
    pub position: i64,
    /// See [`named`].
    pub id: String,
    pub at: SystemTime,
}

/// Somebody who listens.
pub struct Listener {
    pub who: Somebody,
    heard: Arc<Mutex<Vec<Got>>>,
    opened: Arc<Mutex<u32>>,
    hurries: Arc<AtomicBool>,
    task: JoinHandle<()>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Listener {
    /// Begins to listen at one of these; returns after `hello`.
    pub async fn start(
        site: &Arc<Site>,
        bases: &[String],
        first: usize,
        who: Somebody,
        (manner, chance): (Manner, Chance),
    ) -> Self {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let opened = Arc::new(Mutex::new(0));
        let hurries = Arc::new(AtomicBool::new(false));
        let ear = Ear {
            site: Arc::clone(site),
            bases: bases.to_vec(),
            at: first,
            who,
            manner,
            chance,
            last: None,
            heard: Arc::clone(&heard),
            opened: Arc::clone(&opened),
            hurries: Arc::clone(&hurries),
        };
        let task = tokio::spawn(ear.listen());
        let listener = Self {
            who,
            heard,
            opened,
            hurries,
            task,
        };
        let began = Instant::now();
        while listener.opened() == 0 {
            assert!(!listener.task.is_finished(), "a listener gave up");
            assert!(
                began.elapsed() < Duration::from_secs(30),
                "nobody lets a listener in"
            );
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        listener
    }

    /// How often it was let in.
    pub fn opened(&self) -> u32 {
        *self.opened.lock().expect("a number")
    }

    /// Waits until it heard the last of these events, and checks that it heard them all, once, in
    /// order. Returns what it heard.
    pub async fn check(mut self, wanted: &[(i64, String)]) -> Vec<Got> {
        self.hurries.store(true, SeqCst);
        let began = Instant::now();
        let last = wanted.last().map_or(0, |(position, _)| *position);
        let reached = |heard: &Mutex<Vec<Got>>| {
            let heard = heard.lock().expect("a list");
            heard.iter().any(|g| g.position >= last)
        };
        while !reached(&self.heard) && began.elapsed() < Duration::from_secs(30) {
            if self.task.is_finished() {
                (&mut self.task)
                    .await
                    .expect("a listener that is served well");
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let heard = self.heard.lock().expect("a list").clone();
        let got: Vec<_> = heard.iter().map(|g| (g.position, g.id.clone())).collect();
        check_same(&got, wanted);
        heard
    }
}

/// Says what is wrong rather than to print ten thousand lines.
fn check_same(got: &[(i64, String)], wanted: &[(i64, String)]) {
    let mut times: BTreeMap<&str, u32> = BTreeMap::new();
    for (_, id) in got {
        *times.entry(id).or_default() += 1;
    }
    let missed = wanted.iter().filter(|(_, id)| !times.contains_key(&**id));
    let missed: Vec<_> = missed.map(|(p, _)| p).collect();
    let repeated: Vec<_> = times.iter().filter(|(_, n)| **n > 1).collect();
    let disorder = got.windows(2).find(|w| w[0].0 >= w[1].0);
    assert!(
        missed.is_empty() && repeated.is_empty() && disorder.is_none() && got == wanted,
        "of {} events {} were heard; missed {missed:?}, repeated {repeated:?}, out of order {disorder:?}",
        wanted.len(),
        got.len(),
    );
}

struct Ear {
    site: Arc<Site>,
    bases: Vec<String>,
    at: usize,
    who: Somebody,
    manner: Manner,
    chance: Chance,
    last: Option<String>,
    heard: Arc<Mutex<Vec<Got>>>,
    opened: Arc<Mutex<u32>>,
    hurries: Arc<AtomicBool>,
}

impl Ear {
    async fn listen(mut self) {
        loop {
            if let Some(stream) = self.open().await {
                self.hear(stream).await;
            }
            self.at += 1;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    async fn open(&self) -> Option<Stream> {
        let audience = if self.who.is_staff() {
            "admin"
        } else {
            "customer"
        };
        let base = &self.bases[self.at % self.bases.len()];
        let path = format!("{base}/api/{audience}/events");
        let mut request = self.site.client(self.who).request(Method::GET, &path);
        if let Some(last) = &self.last {
            request = request.header("Last-Event-ID", last);
        }
        let answer = tokio::time::timeout(Duration::from_secs(10), request.send()).await;
        let answer = answer.ok()?.ok()?;
        let status = answer.status().as_u16();
        assert!(matches!(status, 200 | 503), "a stream is refused: {status}");
        (status == 200).then(|| Stream::of(answer))
    }

    /// Until the stream ends, is cut, or this listener leaves.
    async fn hear(&mut self, mut stream: Stream) {
        let mut left = match self.manner {
            Manner::Cut(every) => 1 + self.chance.below(2 * every),
            Manner::Steady | Manner::Slow(_) => u64::MAX,
        };
        while let Ok(Some(event)) = stream.next_within(DEAD).await {
            let position = event.id.clone();
            match &*event.name {
                "hello" => {
                    if self.last.is_some() {
                        assert_eq!(position, self.last, "it resumed elsewhere");
                    }
                    *self.opened.lock().expect("a number") += 1;
                }
                "position" => assert!(number(position.as_ref()) >= number(self.last.as_ref())),
                "bye" => return,
                "reset" => panic!("a listener was told to begin anew"),
                kind => {
                    let got = Got {
                        position: number(position.as_ref()),
                        id: named(
                            number(position.as_ref()),
                            kind,
                            event.data["subject"]["id"].as_str().expect("a subject"),
                        ),
                        at: SystemTime::now(),
                    };
                    self.heard.lock().expect("a list").push(got);
                    left -= 1;
                }
            }
            self.last = position;
            if left == 0 {
                return;
            }
            if let Manner::Slow(pause) = self.manner
                && !self.hurries.load(SeqCst)
            {
                tokio::time::sleep(pause).await;
            }
        }
    }
}

/// Tells an event from every other, and from what it should not be.
fn named(position: i64, kind: &str, subject: &str) -> String {
    format!("{position} {kind} {subject}")
}

fn number(position: Option<&String>) -> i64 {
    position.map_or(0, |p| p.parse().expect("a position"))
}

/// The events of the log, in its order: all, or those about this customer's tickets.
pub async fn log(site: &Site, of: Option<Somebody>) -> Vec<(i64, String)> {
    let db = site.db().await;
    let rows: Vec<(i64, String, uuid::Uuid, Option<uuid::Uuid>)> = db
        .read(async |tx| {
            tx.q(
                "select position, kind, subject_id, requester_id from events where position is not null \
                  order by position",
            )
            .all()
            .await
        })
        .await
        .expect("the log");
    let waiting: i64 = db
        .read(async |tx| {
            tx.q("select count(*) from events where position is null")
                .scalar()
                .await
        })
        .await
        .expect("a count");
    assert_eq!(waiting, 0, "events wait for their place");
    db.close().await;
    rows.into_iter()
        .filter(|(.., requester)| of.is_none_or(|who| *requester == Some(who.id.0)))
        .map(|(position, kind, subject, _)| {
            (position, named(position, &kind, &subject.to_string()))
        })
        .collect()
}
