//! Connections for reading: kept for a request, and asked again after a rest.

use std::time::{Duration, Instant};

use bsm_persistence::{Db, DbError};
use bsm_tests::TestDb;
use tokio::task::JoinSet;
use tokio::time::sleep;

async fn people(db: &Db) -> Result<i64, DbError> {
    db.read(async |tx| tx.q("select count(*) from users").scalar().await)
        .await
}

/// How often a connection for reading was had.
fn had(db: &Db) -> u64 {
    db.pools()[0].acquired
}

/// All that a request reads is read on one connection; elsewhere each reader has one for itself.
async fn a_request_keeps_its_reader(db: &Db) {
    let before = had(db);
    let request = async {
        for _ in 0..20 {
            people(db).await.unwrap();
        }
    };
    db.on_one_reader(request).await;
    assert_eq!(had(db) - before, 1);
    for _ in 0..20 {
        people(db).await.unwrap();
    }
    assert_eq!(had(db) - before, 21);
}

/// Many more requests than connections read, write, and look at one moment: none waits for another
/// connection while it keeps one.
async fn requests_do_not_wait_for_each_other(db: &Db) {
    let began = Instant::now();
    let mut requests = JoinSet::new();
    for _ in 0..60 {
        let db = db.clone();
        requests.spawn(async move {
            let request = async {
                for _ in 0..3 {
                    people(&db).await?;
                    sleep(Duration::from_millis(2)).await;
                    db.write(async |tx| {
                        tx.q("update settings set version = version where id = 1")
                            .execute()
                            .await
                    })
                    .await?;
                    people(&db).await?;
                    db.read_at_once(async |tx| tx.q("select 1").execute().await)
                        .await?;
                    people(&db).await?;
                    people(&db.for_long_reads()).await?;
                }
                Ok::<_, DbError>(())
            };
            db.on_one_reader(request).await
        });
    }
    while let Some(done) = requests.join_next().await {
        done.unwrap().unwrap();
    }
    assert!(began.elapsed() < Duration::from_secs(10));
}

bsm_tests::on_both_engines! {
    a_request_keeps_its_reader,
    requests_do_not_wait_for_each_other,
}

/// Connections that the server has cut while they rested are replaced before somebody uses them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_was_cut_at_rest_is_replaced() {
    let db = TestDb::postgres().await;
    people(&db).await.unwrap();
    let other = Db::connect(db.url()).await.unwrap();
    sleep(Duration::from_millis(100)).await;
    let cut = other.read(async |tx| {
        tx.q(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity \
             where datname = current_database() and pid <> pg_backend_pid()",
        )
        .all::<(bool,)>()
        .await
    });
    assert!(!cut.await.unwrap().is_empty());
    other.close().await;
    people(&db).await.unwrap();
    db.remove().await;
}
