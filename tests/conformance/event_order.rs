//! The order of events on PostgreSQL, where transactions do not commit in the order in which they
//! insert (docs/adr/0001-event-order.md). Each function wants a database of its own.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bsm_application::events::{EventHub, HubOptions};
use bsm_persistence::{Db, DbError};
use tokio::sync::Notify;
use tokio::task::{JoinHandle, JoinSet, LocalSet, spawn_local};
use tokio::time::timeout;

use super::events::{append, event, next, number_all, woken_only, writer_and_n};

/// A transaction that has written an event and waits to be told to commit.
struct Held {
    commit: Arc<Notify>,
    done: JoinHandle<()>,
}

impl Held {
    async fn open(db: &Db, writer: i64) -> Self {
        let (commit, written) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let done = spawn_local({
            let (db, commit, written) = (db.clone(), Arc::clone(&commit), Arc::clone(&written));
            async move {
                let event = event(writer, 1);
                db.write(async |tx| {
                    tx.append_event(&event).await?;
                    written.notify_one();
                    commit.notified().await;
                    Ok::<_, DbError>(())
                })
                .await
                .unwrap();
            }
        });
        written.notified().await;
        Self { commit, done }
    }

    async fn commit(self) {
        self.commit.notify_one();
        self.done.await.unwrap();
    }
}

/// While a transaction that wrote an event stays open, later events are delivered at once; its own
/// follows after its commit. Nothing is missed.
async fn an_open_transaction_holds_back_only_its_own_event(db: &Db) {
    LocalSet::new()
        .run_until(hear_around_the_open_one(db))
        .await;
}

async fn hear_around_the_open_one(db: &Db) {
    let (hub, _) = EventHub::start(db.clone(), woken_only()).await.unwrap();
    let mut subscription = hub.subscribe(None).await.unwrap();
    let held = Held::open(db, 1).await;
    for n in 1..=3 {
        append(db, &event(2, n)).await;
        let got = next(&mut subscription).await;
        assert_eq!((got.position(), writer_and_n(&got)), (n, (2, n)));
    }
    held.commit().await;
    let got = next(&mut subscription).await;
    assert_eq!((got.position(), writer_and_n(&got)), (4, (1, 1)));
}

/// The same scenario read by the highest number seen at the insert: the held event is missed. So
/// the scenario does tell a cure from none.
async fn without_numbering_the_held_event_is_missed(db: &Db) {
    LocalSet::new().run_until(read_past_the_open_one(db)).await;
}

async fn read_past_the_open_one(db: &Db) {
    let mut seen = 0;
    let mut heard = BTreeSet::new();
    let held = Held::open(db, 1).await;
    for n in 1..=3 {
        append(db, &event(2, n)).await;
        read_by_insertion(db, &mut seen, &mut heard).await;
    }
    held.commit().await;
    append(db, &event(2, 4)).await;
    read_by_insertion(db, &mut seen, &mut heard).await;
    assert_eq!(
        heard,
        BTreeSet::from([2]),
        "only the second writer is heard"
    );

    number_all(db).await;
    let rows = db.read(async |tx| tx.events_after(0, 10).await);
    assert_eq!(rows.await.unwrap().len(), 5);
}

async fn read_by_insertion(db: &Db, seen: &mut i64, heard: &mut BTreeSet<i64>) {
    let after = *seen;
    let rows: Vec<(i64, i64)> = db
        .read(async |tx| {
            tx.q("select seq, subject_number from events where seq > $1 order by seq")
                .bind(after)
                .all()
                .await
        })
        .await
        .unwrap_or_else(|e: DbError| panic!("{e}"));
    for (seq, writer) in rows {
        *seen = seq;
        heard.insert(writer);
    }
}

/// However many events wait, they are numbered in portions, in the order of their insertion.
async fn thousands_of_waiting_events_are_numbered_in_order(db: &Db) {
    let events: Vec<_> = (1..=2_500).map(|n| event(1, n)).collect();
    db.write(async |tx| {
        for event in &events {
            tx.append_event(event).await?;
        }
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
    let waiting = db.read(async |tx| tx.oldest_unnumbered_event().await);
    assert_eq!(waiting.await.unwrap(), Some(events[0].occurred_at));
    for portion in [1_000, 1_000, 500, 0] {
        let numbered = db.write(async |tx| tx.number_events().await).await.unwrap();
        assert_eq!(numbered, Some(portion));
    }
    let rows = db.read(async |tx| tx.events_after(0, 5_000).await);
    let rows = rows.await.unwrap();
    assert_eq!(rows.len(), events.len());
    for ((row, event), position) in rows.iter().zip(&events).zip(1..) {
        assert_eq!((row.position, row.event.as_ref()), (position, Some(event)));
    }
}

/// While one replica numbers, another one is told so and does not wait; what the first does not
/// commit is not lost.
async fn one_replica_at_a_time_numbers(db: &Db) {
    append(db, &event(1, 1)).await;
    let at_it = db
        .write(async |tx| {
            assert_eq!(tx.number_events().await?, Some(1));
            let other = db.write(async |tx| tx.number_events().await).await?;
            assert_eq!(other, None);
            // This one fails after all.
            tx.q("select 1 / 0").execute().await
        })
        .await;
    assert!(at_it.is_err());
    let again = db.write(async |tx| tx.number_events().await).await;
    assert_eq!(again.unwrap(), Some(1));
    let head = db.read(async |tx| tx.event_head().await).await;
    assert_eq!(head.unwrap(), 1);
}

/// Two replicas deliver the same order, each to its own listeners, woken by each other, also when
/// every replica writes and numbers at once.
async fn two_replicas_deliver_the_same_order(url: &str) {
    LocalSet::new().run_until(write_and_compare(url)).await;
}

async fn write_and_compare(url: &str) {
    const WRITERS: i64 = 4;
    const EACH: i64 = 150;
    let mut replicas = Vec::new();
    for _ in 0..2 {
        let db = Db::connect(url).await.unwrap();
        let (hub, _) = EventHub::start(db.clone(), HubOptions::default())
            .await
            .unwrap();
        replicas.push((db, hub));
    }
    let mut listeners = Vec::new();
    for (_, hub) in &replicas {
        let mut subscription = hub.subscribe(Some(0)).await.unwrap();
        listeners.push(tokio::spawn(async move {
            let mut heard = Vec::new();
            for _ in 0..2 * WRITERS * EACH {
                let logged = next(&mut subscription).await;
                heard.push((logged.position(), logged.event().unwrap().id));
            }
            heard
        }));
    }
    let mut writers = JoinSet::new();
    for (db, _) in &replicas {
        for writer in 1..=WRITERS {
            let db = db.clone();
            writers.spawn_local(async move {
                for n in 1..=EACH {
                    append(&db, &event(writer, n)).await;
                }
            });
        }
    }
    while let Some(done) = writers.join_next().await {
        done.unwrap();
    }
    let mut heard = Vec::new();
    for listener in listeners {
        heard.push(listener.await.unwrap());
    }
    assert_eq!(heard[0], heard[1]);
    let positions: Vec<i64> = heard[0].iter().map(|(position, _)| *position).collect();
    assert_eq!(positions, (1..=2 * WRITERS * EACH).collect::<Vec<_>>());
    let different: BTreeSet<_> = heard[0].iter().map(|(_, id)| *id).collect();
    assert_eq!(different.len(), heard[0].len());
}

/// Without any poll, a commit on one replica reaches the listeners of another: by word over the
/// database, also after that connection was cut.
async fn replicas_wake_each_other(url: &str) {
    let (writer, reader) = (
        Db::connect(url).await.unwrap(),
        Db::connect(url).await.unwrap(),
    );
    let (_numbers, _) = EventHub::start(writer.clone(), woken_only()).await.unwrap();
    let (hub, _) = EventHub::start(reader, woken_only()).await.unwrap();
    let mut subscription = hub.subscribe(None).await.unwrap();
    listening(&writer, 2).await;
    let begin = Instant::now();
    append(&writer, &event(1, 1)).await;
    assert_eq!(writer_and_n(&*next(&mut subscription).await), (1, 1));
    assert!(begin.elapsed() < Duration::from_secs(5));

    let cut: Vec<(bool,)> = writer
        .read(async |tx| {
            tx.q("select pg_terminate_backend(pid) from pg_stat_activity \
                 where datname = current_database() and query = 'LISTEN \"bsm_events\"'")
                .all()
                .await
        })
        .await
        .unwrap_or_else(|e: DbError| panic!("{e}"));
    assert_eq!(cut.len(), 2);
    append(&writer, &event(1, 2)).await;
    assert_eq!(writer_and_n(&*next(&mut subscription).await), (1, 2));
}

/// Waits until so many connections listen.
async fn listening(db: &Db, wanted: i64) {
    timeout(Duration::from_secs(10), async {
        loop {
            let count: i64 = db
                .read(async |tx| {
                    tx.q("select count(*) from pg_stat_activity \
                         where datname = current_database() and query = 'LISTEN \"bsm_events\"'")
                        .scalar()
                        .await
                })
                .await
                .unwrap_or_else(|e: DbError| panic!("{e}"));
            if count >= wanted {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await
    .expect("the replicas do not listen");
}

/// SQLite has one writer: the question does not arise there.
mod postgres {
    use bsm_tests::TestDb;

    macro_rules! on_postgres {
        ($($test:ident($with:ident)),+ $(,)?) => {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                let db = TestDb::postgres().await;
                super::$test(db.$with()).await;
                db.remove().await;
            })+
        };
    }

    on_postgres! {
        an_open_transaction_holds_back_only_its_own_event(handle),
        without_numbering_the_held_event_is_missed(handle),
        thousands_of_waiting_events_are_numbered_in_order(handle),
        one_replica_at_a_time_numbers(handle),
        two_replicas_deliver_the_same_order(url),
        replicas_wake_each_other(url),
    }
}
