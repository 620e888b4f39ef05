//! A database that would lose what it acknowledged.

use std::time::{Duration, Instant};

use bsm_tests::TestDb;
use bsm_tests::bsm::{Folder, Running};
use sqlx::{Connection as _, Executor as _, PgConnection};

/// Gives the database a setting, as an operator would, and ends all its connections, so that the
/// next ones have it. They have ended when it returns.
async fn set(url: &str, setting: &'static str) {
    let mut operator = PgConnection::connect(url).await.expect("a connection");
    for statement in [
        setting,
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity \
         where datname = current_database() and pid <> pg_backend_pid()",
    ] {
        let done = operator.execute(statement).await;
        done.expect("the setting is changed");
    }
    operator.close().await.expect("closed");
}

/// Waits for an answer of the readiness check.
async fn until_ready_says(server: &Running, status: u16, word: &str) {
    let end = Instant::now() + Duration::from_secs(10);
    loop {
        // It is no problem document: the check is for machines that read the status alone.
        let answer = reqwest::get(format!("{}/readyz", server.base)).await;
        let answer = answer.expect("it answers");
        let said = (
            answer.status().as_u16(),
            answer.text().await.expect("a body"),
        );
        if said.0 == status && said.1.contains(word) {
            return;
        }
        assert!(Instant::now() < end, "it says {said:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn a_server_that_would_lose_commits_is_not_ready() {
    let database = TestDb::postgres().await;
    let data = Folder::new();
    let settings = [
        ("DATABASE_URL", database.url()),
        ("BSM_JWT_SECRET", "a secret of at least thirty-two bytes"),
    ];
    let server = Running::start(&data, &settings);
    set(
        database.url(),
        "do $$ begin execute format('alter database %I set synchronous_commit = off', \
         current_database()); end $$",
    )
    .await;
    until_ready_says(&server, 503, "database_not_durable").await;
    assert_eq!(server.nobody().get("/healthz").await.status, 200);
    set(
        database.url(),
        "do $$ begin execute format('alter database %I reset synchronous_commit', \
         current_database()); end $$",
    )
    .await;
    until_ready_says(&server, 200, "ready").await;
    drop(server);
    database.remove().await;
}
