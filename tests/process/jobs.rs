//! Work in the background, in real processes: one replica does it, another follows.

use std::time::{Duration, Instant};

use bsm_domain::clock::{Clock as _, SystemClock};
use bsm_domain::ids::TicketId;
use bsm_domain::ticket::TicketStatus;
use bsm_persistence::{Db, DbError};
use bsm_tests::bsm::{Folder, Running, printed};
use bsm_tests::{TestDb, seed};
use serde_json::json;
use sqlx::types::Uuid;

const SECRET: (&str, &str) = ("BSM_JWT_SECRET", "a secret of the tests, 32 bytes or more");

/// A ticket that was resolved ten days ago.
async fn forgotten_ticket(db: &Db, number: i64) -> TicketId {
    let email = format!("ana{number}@acme.example");
    let ana = seed::customer(db, &email, None).await;
    let id = TicketId::generate();
    let long_ago = SystemClock.now() - chrono::Duration::days(10);
    let new = seed::ticket(id, number, ana, long_ago);
    db.write(async |tx| {
        tx.insert_ticket(&new).await?;
        let mut row = tx.ticket(id).await?.expect("a ticket");
        row.status = TicketStatus::Resolved;
        row.resolved_at = Some(long_ago);
        row.resolutions = 1;
        tx.update_ticket(&row).await
    })
    .await
    .map_err(|e: DbError| e)
    .expect("written");
    id
}

async fn closed_within(db: &Db, id: TicketId, patience: Duration) -> Duration {
    let begin = Instant::now();
    loop {
        let row = db.read(async |tx| tx.ticket(id).await).await;
        let row = row.expect("the database").expect("a ticket");
        if row.status == TicketStatus::Closed {
            return begin.elapsed();
        }
        assert!(begin.elapsed() < patience, "not closed in {patience:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

async fn holder(db: &Db) -> Option<Uuid> {
    let now = SystemClock.now();
    let row: Option<(Uuid,)> = db
        .read(async |tx| {
            tx.q("select holder from jobs where name = 'auto_close' and held_until > $1")
                .bind(now)
                .optional()
                .await
        })
        .await
        .map_err(|e: DbError| e)
        .expect("the database");
    row.map(|(holder,)| holder)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_replica_is_followed_within_a_minute_and_one_that_stops_lets_go() {
    let db = TestDb::postgres().await;
    let first_ticket = forgotten_ticket(&db, 1).await;
    let url = db.url().to_owned();
    let settings = [("DATABASE_URL", url.as_str()), SECRET];
    let (one, two) = (Folder::new(), Folder::new());
    let first = Running::start(&one, &settings);
    closed_within(&db, first_ticket, Duration::from_secs(15)).await;
    let held_by = holder(&db).await.expect("the first holds it");
    let second = Running::start(&two, &settings);
    // Its value goes: killed, without a word to anybody.
    drop(first);
    let ticket = forgotten_ticket(&db, 2).await;
    let took = closed_within(&db, ticket, Duration::from_secs(60)).await;
    let holds_now = holder(&db).await.expect("the second holds it");
    assert_ne!(holds_now, held_by, "after {took:?}");

    let stopped = second.stop();
    assert!(stopped.status.success(), "{}", printed(&stopped));
    assert_eq!(holder(&db).await, None, "whoever stops lets go");
    db.remove().await;
}

/// Only a demo, whose passwords are public, logs the link that somebody asked for.
#[tokio::test]
async fn only_a_demo_logs_password_links() {
    for (demo, email) in [("true", "ana@acme.example"), ("false", "nora@nora.example")] {
        let data = Folder::new();
        let server = Running::start(&data, &[("BSM_DEMO", demo)]);
        if demo == "false" {
            let body =
                json!({"email": email, "name": "Nora", "password": "a long enough password"});
            let made = server.nobody().post("/api/auth/register", body).await;
            let _ = made.ok(201);
        }
        let body = json!({"email": email});
        let asked = server
            .nobody()
            .post("/api/auth/password/forgot", body)
            .await;
        let _ = asked.ok(202);
        tokio::time::sleep(Duration::from_millis(500)).await;
        let said = printed(&server.stop());
        let link = said.contains("/customer/set-password#token=");
        assert_eq!(link, demo == "true", "{said}");
    }
}
