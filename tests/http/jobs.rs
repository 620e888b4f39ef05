//! Work in the background: tickets that nobody comes back to are closed, by one replica at a time.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bsm_application::App;
use bsm_application::jobs::{AutoClose, Runner, Turn};
use bsm_domain::clock::{Clock, Time};
use bsm_persistence::Db;
use bsm_tests::Desk;
use serde_json::json;
use tokio::sync::watch;

const LEASE: Duration = Duration::from_secs(40);

/// A clock that is set by hand.
struct SetClock(Mutex<Time>);

impl Clock for SetClock {
    fn now(&self) -> Time {
        *self.0.lock().expect("a clock")
    }
}

impl SetClock {
    fn of(desk: &Desk) -> Arc<Self> {
        Arc::new(Self(Mutex::new(desk.state.app.now())))
    }

    fn forward(&self, by: chrono::Duration) {
        *self.0.lock().expect("a clock") += by;
    }
}

/// A replica of the product: a pool of its own on the same database where the engine has room for
/// one, with a clock of the test.
async fn replica(desk: &Desk, clock: &Arc<SetClock>) -> App {
    let db = if desk.db().url().starts_with("postgres") {
        Db::connect(desk.db().url()).await.expect("another pool")
    } else {
        (**desk.db()).clone()
    };
    let settings = desk.state.app.settings.clone();
    App::new(db, clock.clone(), settings)
}

fn runner(app: &App) -> Runner {
    Runner::new(app.clone(), Arc::new(AutoClose), LEASE)
}

async fn turn(runner: &Runner) -> Turn {
    let (_keep, stop) = watch::channel(false);
    runner.turn(&stop).await.expect("a turn")
}

async fn status(desk: &Desk, id: &str) -> String {
    let path = format!("/api/admin/tickets/{id}");
    let ticket = desk.agent.get(&path).await.ok(200);
    ticket.str("/status").to_owned()
}

async fn closes_what_nobody_comes_back_to(desk: &Desk) {
    let clock = SetClock::of(desk);
    let silent = desk.ticket_in(&desk.ana, "resolved").await;
    let noted = desk.ticket_in(&desk.ana, "resolved").await;
    let answered = desk.ticket_in(&desk.ana, "resolved").await;
    let open = desk.ticket_in(&desk.ana, "open").await;
    let one = runner(&replica(desk, &clock).await);
    clock.forward(chrono::Duration::days(4) - chrono::Duration::minutes(1));
    assert_eq!(turn(&one).await, Turn::Done(0), "too early");
    desk.staff_message(&noted, "internal", "A note is no word.")
        .await;
    desk.staff_message(&answered, "public", "One more thing.")
        .await;
    desk.db()
        .write(async |tx| {
            // The desk's own clock stands four days behind the job's.
            tx.q("update ticket_messages set created_at = $1")
                .bind(clock.now())
                .execute()
                .await
        })
        .await
        .expect("moved");
    clock.forward(chrono::Duration::minutes(2));
    assert_eq!(turn(&one).await, Turn::Done(2));
    for (id, wanted) in [
        (&silent, "closed"),
        (&noted, "closed"),
        (&answered, "resolved"),
        (&open, "open"),
    ] {
        assert_eq!(status(desk, id).await, wanted);
    }
    // The same history and event as any other change: nobody, by the timer.
    let path = format!("/api/admin/tickets/{silent}/history");
    let history = desk.agent.get(&path).await.ok(200);
    let last = history.body["items"]
        .as_array()
        .and_then(|i| i.last())
        .cloned();
    let last = last.expect("a row");
    assert_eq!(
        (&last["actor"], &last["via"], &last["field"], &last["to"]),
        (
            &json!(null),
            &json!("timer"),
            &json!("status"),
            &json!("closed")
        )
    );
    let events = "select count(*) from events where kind = 'ticket.updated' \
                  and actor_id is null and cast(changes as text) like '%closed%'";
    assert_eq!(desk.count(events).await, 2);
    let rating = json!({"score": 5});
    let rated = format!("/api/customer/tickets/{silent}/rating");
    desk.ana.put(&rated, rating).await.ok(200);
    assert_eq!(one.status().items, 2);
    assert_eq!(one.status().last_success, Some(clock.now()));
}

async fn the_setting_decides_when(desk: &Desk) {
    let clock = SetClock::of(desk);
    let id = desk.ticket_in(&desk.ana, "resolved").await;
    let one = runner(&replica(desk, &clock).await);
    let set = async |days: serde_json::Value| {
        let patch = json!({"auto_close_days": days});
        desk.admin
            .patch("/api/admin/settings", "*", patch)
            .await
            .ok(200);
    };
    set(json!(null)).await;
    clock.forward(chrono::Duration::days(300));
    assert_eq!(turn(&one).await, Turn::Done(0), "never");
    set(json!(365)).await;
    assert_eq!(turn(&one).await, Turn::Done(0));
    set(json!(7)).await;
    assert_eq!(turn(&one).await, Turn::Done(1));
    assert_eq!(status(desk, &id).await, "closed");
}

/// Two at once close each ticket once, also where both believe that they hold the job.
async fn two_replicas_never_close_twice(desk: &Desk) {
    let clock = SetClock::of(desk);
    for _ in 0..30 {
        desk.ticket_in(&desk.ana, "resolved").await;
    }
    clock.forward(chrono::Duration::days(5));
    let (first, second) = (replica(desk, &clock).await, replica(desk, &clock).await);
    let (a, b) = tokio::join!(
        bsm_application::tickets::close_silent(&first, 100),
        bsm_application::tickets::close_silent(&second, 100),
    );
    let closed = a.expect("closed").closed + b.expect("closed").closed;
    assert_eq!(closed, 30);
    let rows = "select count(*) from ticket_history where via = 'timer'";
    assert_eq!(desk.count(rows).await, 30);
    let events = "select count(*) from events where actor_id is null \
                  and kind = 'ticket.updated'";
    assert_eq!(desk.count(events).await, 30);
}

async fn one_holds_the_job_and_is_followed(desk: &Desk) {
    let clock = SetClock::of(desk);
    let (first, second) = (
        runner(&replica(desk, &clock).await),
        runner(&replica(desk, &clock).await),
    );
    assert_eq!(turn(&first).await, Turn::Done(0));
    assert_eq!(turn(&second).await, Turn::NotOurs);
    assert!(first.status().holding && !second.status().holding);
    // The first is killed: within a minute the other goes on.
    desk.ticket_in(&desk.ana, "resolved").await;
    clock.forward(chrono::Duration::seconds(39));
    assert_eq!(turn(&second).await, Turn::NotOurs);
    clock.forward(chrono::Duration::seconds(2));
    assert_eq!(turn(&second).await, Turn::Done(0));
    assert_eq!(turn(&first).await, Turn::NotOurs);
    // One that stops lets go at once.
    second.release().await.expect("let go");
    assert_eq!(turn(&first).await, Turn::Done(0));
}

bsm_tests::served_on_both_engines! {
    closes_what_nobody_comes_back_to,
    the_setting_decides_when,
    two_replicas_never_close_twice,
    one_holds_the_job_and_is_followed,
}
