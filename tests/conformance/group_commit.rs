//! Writes that share a transaction on SQLite.

use std::time::Duration;

use bsm_persistence::{Db, DbError, Tx};
use bsm_tests::TestDb;
use tokio::sync::{Semaphore, oneshot};
use tokio::task::{JoinHandle, JoinSet, LocalSet, spawn_local};
use tokio::time::{sleep, timeout};

use super::events::event;

/// What a writer returns: a plain error of the database, or its own.
#[derive(Debug)]
enum Failed {
    Db(DbError),
    OnPurpose,
}

impl From<DbError> for Failed {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

impl bsm_persistence::TxError for Failed {
    fn as_db(&self) -> Option<&DbError> {
        match self {
            Self::Db(error) => Some(error),
            Self::OnPurpose => None,
        }
    }
}

/// Whose events are in the log.
async fn written(db: &Db) -> Vec<i64> {
    let rows = db.read(async |tx| tx.events_after(0, 1_000).await).await;
    let writer = |row: bsm_persistence::events::EventRow| row.event.unwrap().subject_number;
    let mut all: Vec<i64> = rows.unwrap().into_iter().filter_map(writer).collect();
    all.sort_unstable();
    all
}

/// A writer that says when it has begun, and goes on when it is let.
async fn slow(
    db: Db,
    who: i64,
    begun: oneshot::Sender<()>,
    go: &'static Semaphore,
    fails: bool,
) -> Result<(), Failed> {
    let begun = std::sync::Mutex::new(Some(begun));
    db.write(async |tx| {
        tx.append_event(&event(who, 1)).await?;
        if let Some(begun) = begun.lock().unwrap().take() {
            let _ = begun.send(());
        }
        let _pass = go.acquire().await;
        if fails {
            Err(Failed::OnPurpose)
        } else {
            Ok(())
        }
    })
    .await
}

struct Scene {
    first: JoinHandle<Result<(), Failed>>,
    second: JoinHandle<Result<(), Failed>>,
    go: &'static Semaphore,
}

/// Two writers: the first is done, and waits for the second, which has begun and goes on when it
/// is let.
async fn two(db: &Db, second_fails: bool) -> Scene {
    let go_first: &'static Semaphore = Box::leak(Box::new(Semaphore::new(0)));
    let go: &'static Semaphore = Box::leak(Box::new(Semaphore::new(0)));
    let (first_begun, first_has) = oneshot::channel();
    let (second_begun, second_has) = oneshot::channel();
    let first = spawn_local(slow(db.clone(), 1, first_begun, go_first, false));
    first_has.await.unwrap();
    let second = spawn_local(slow(db.clone(), 2, second_begun, go, second_fails));
    // Until it waits for its turn; were it later, it would open a transaction of its own, and the
    // test would fail below.
    sleep(Duration::from_millis(100)).await;
    go_first.add_permits(1);
    second_has.await.unwrap();
    assert!(!first.is_finished(), "it is answered before its commit");
    assert_eq!(
        written(db).await,
        [0; 0],
        "it can be seen before its commit"
    );
    Scene { first, second, go }
}

/// The end of a writer, which must come soon.
async fn end(writer: JoinHandle<Result<(), Failed>>) -> Result<(), Failed> {
    let ended = timeout(Duration::from_secs(10), writer).await;
    ended.expect("it waits for ever").expect("no panic")
}

#[tokio::test]
async fn writers_share_a_commit_and_are_answered_after_it() {
    LocalSet::new()
        .run_until(async {
            let db = TestDb::sqlite().await;
            let scene = two(&db, false).await;
            scene.go.add_permits(1);
            end(scene.first).await.unwrap();
            end(scene.second).await.unwrap();
            assert_eq!(written(&db).await, [1, 2]);
            db.remove().await;
        })
        .await;
}

#[tokio::test]
async fn one_that_fails_takes_nobody_with_it() {
    LocalSet::new()
        .run_until(async {
            let db = TestDb::sqlite().await;
            let scene = two(&db, true).await;
            scene.go.add_permits(1);
            end(scene.first).await.unwrap();
            assert!(matches!(end(scene.second).await, Err(Failed::OnPurpose)));
            assert_eq!(written(&db).await, [1]);
            db.remove().await;
        })
        .await;
}

#[tokio::test]
async fn one_that_leaves_takes_nobody_with_it() {
    LocalSet::new()
        .run_until(async {
            let db = TestDb::sqlite().await;
            let scene = two(&db, false).await;
            scene.second.abort();
            end(scene.first).await.unwrap();
            assert_eq!(written(&db).await, [1]);
            // And the next ones find a writer that works.
            let after = async |tx: &mut Tx| tx.append_event(&event(3, 1)).await;
            db.write(after).await.unwrap();
            assert_eq!(written(&db).await, [1, 3]);
            db.remove().await;
        })
        .await;
}

#[tokio::test]
async fn one_that_leaves_alone_leaves_nothing() {
    LocalSet::new()
        .run_until(async {
            let db = TestDb::sqlite().await;
            let go: &'static Semaphore = Box::leak(Box::new(Semaphore::new(0)));
            let (begun, has) = oneshot::channel();
            let alone = spawn_local(slow(db.clone(), 1, begun, go, false));
            has.await.unwrap();
            alone.abort();
            let after = async |tx: &mut Tx| tx.append_event(&event(2, 1)).await;
            db.write(after).await.unwrap();
            assert_eq!(written(&db).await, [2]);
            db.remove().await;
        })
        .await;
}

#[tokio::test]
async fn many_writers_each_have_their_own_outcome() {
    LocalSet::new()
        .run_until(async {
            let db = TestDb::sqlite().await;
            let mut writers = JoinSet::new();
            for n in 0..200 {
                let db = db.clone();
                writers.spawn_local(async move {
                    let done = db
                        .write(async |tx| {
                            tx.append_event(&event(n, 1)).await?;
                            if n % 4 == 0 {
                                Err(Failed::OnPurpose)
                            } else {
                                Ok(())
                            }
                        })
                        .await;
                    assert_eq!(done.is_ok(), n % 4 != 0, "{n}: {done:?}");
                });
            }
            while let Some(writer) = writers.join_next().await {
                writer.unwrap();
            }
            let expected: Vec<i64> = (0..200).filter(|n| n % 4 != 0).collect();
            assert_eq!(written(&db).await, expected);
            let head = db.read(async |tx| tx.event_head().await).await;
            assert_eq!(
                head.unwrap(),
                150,
                "positions of those that failed are not lost"
            );
            db.remove().await;
        })
        .await;
}

/// No room: the writer hears of it, nothing of it is kept, reads go on, and so do writes when
/// there is room again.
#[tokio::test]
async fn a_full_disk_is_told_and_survived() {
    LocalSet::new()
        .run_until(async {
            let db = TestDb::sqlite().await;
            let limit = async |pages: &'static str| {
                db.write(async |tx| tx.q(pages).all::<(i64,)>().await.map(drop))
                    .await
                    .unwrap();
            };
            let before = async |tx: &mut Tx| tx.append_event(&event(1, 1)).await;
            db.write(before).await.unwrap();
            limit("pragma max_page_count = 1").await;
            let much = async |tx: &mut Tx| {
                for n in 0..2_000 {
                    tx.append_event(&event(2, n)).await?;
                }
                Ok::<_, DbError>(())
            };
            let error = db.write(much).await.unwrap_err();
            assert!(error.is_full(), "{error:?}");
            assert_eq!(written(&db).await, [1]);
            limit("pragma max_page_count = 1000000").await;
            db.write(much).await.unwrap();
            let head = db.read(async |tx| tx.event_head().await).await;
            assert_eq!(head.unwrap(), 2_001);
            db.remove().await;
        })
        .await;
}
