//! Whoever loses a right loses it at once: another sign-in is refused within a second, and its
//! stream has ended within five, on the same replica and on another one.

use bsm_domain::actor::{OrganizationRole, Portal};
use bsm_domain::ids::{SessionId, UserId};
use bsm_tests::{Client, Desk, TestDb, seed, send};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::time::{Duration, Instant, timeout};

const REFUSED: Duration = Duration::from_secs(1);
const ENDED: Duration = Duration::from_secs(5);
const PASSWORD: &str = "a password of tests";

/// Somebody who is signed in twice: here, and there, where a stream is open.
struct Twice {
    id: UserId,
    here: Client,
    there: Client,
    /// The sign-in there.
    session: SessionId,
}

async fn twice(desk: &Desk, base: &str, id: UserId) -> Twice {
    let here = desk.sign_in(id, Portal::Customer).await;
    let there = desk.sign_in(id, Portal::Customer).await;
    Twice {
        id,
        here: here.client.clone(),
        session: there.session,
        there: there.client.at(base),
    }
}

async fn customer(desk: &Desk, name: &str) -> UserId {
    let email = format!("{name}@deadlines.example");
    let manager = Some((desk.acme, OrganizationRole::Manager));
    seed::customer(desk.db(), &email, manager).await
}

/// Runs `act` while `who` has a stream there; then `refused` must hold there within a second, and
/// the stream must have ended within five.
async fn in_time(
    what: &str,
    who: &Client,
    act: impl AsyncFnOnce(),
    refused: impl AsyncFn() -> bool,
) {
    let mut stream = who.stream("/api/customer/events", None).await;
    stream.next().await.expect("hello");
    act().await;
    let done = Instant::now();
    while !refused().await {
        assert!(done.elapsed() < REFUSED, "{what}: let in after a second");
    }
    assert!(done.elapsed() < REFUSED, "{what}: {:?}", done.elapsed());
    let rest = ENDED.saturating_sub(done.elapsed());
    let end = timeout(rest, async { while stream.next().await.is_some() {} });
    assert!(end.await.is_ok(), "{what}: the stream is open after 5 s");
}

async fn patch(desk: &Desk, user: UserId, changes: Value) {
    let path = format!("/api/admin/users/{user}");
    desk.admin.patch(&path, "*", changes).await.ok(200);
}

/// All ways to lose a right, with the other sign-in at `base`.
async fn rights_end_in_time(desk: &Desk, base: &str) {
    let gone = async |client: &Client| client.get("/api/auth/me").await.status == 401;

    let p = twice(desk, base, customer(desk, "deactivated").await).await;
    let act = async || patch(desk, p.id, json!({"active": false})).await;
    in_time("deactivation", &p.there, act, async || gone(&p.there).await).await;

    let p = twice(desk, base, customer(desk, "promoted").await).await;
    let act = async || patch(desk, p.id, json!({"role": "agent"})).await;
    in_time("role change", &p.there, act, async || gone(&p.there).await).await;

    // Another organization narrows what they see: what was a colleague's is hidden.
    let p = twice(desk, base, customer(desk, "moved").await).await;
    let ticket = desk.ticket_of(&desk.ben, "A colleague's").await;
    let path = format!("/api/customer/tickets/{ticket}");
    p.there.get(&path).await.ok(200);
    let act = async || patch(desk, p.id, json!({"organization_id": desk.globex})).await;
    let hidden = async || p.there.get(&path).await.status == 404;
    in_time("organization change", &p.there, act, hidden).await;

    let email = "changed@deadlines.example";
    let body = json!({"email": email, "password": PASSWORD, "name": "Nora"});
    let made = desk.nobody().post("/api/auth/register", body).await.ok(201);
    let p = twice(desk, base, made.str("/id").parse().expect("an id")).await;
    let act = async || {
        let body = json!({"current_password": PASSWORD, "password": "another password"});
        p.here.post("/api/auth/password", body).await.ok(204);
    };
    in_time("password change", &p.there, act, async || {
        gone(&p.there).await
    })
    .await;
    assert!(!gone(&p.here).await, "whoever changed it stays signed in");

    let p = twice(desk, base, customer(desk, "everywhere").await).await;
    let act = async || {
        let request = p.here.request(Method::DELETE, "/api/auth/sessions");
        send(request).await.ok(204);
    };
    in_time("sign-out everywhere", &p.there, act, async || {
        gone(&p.there).await
    })
    .await;
    assert!(gone(&p.here).await);

    let p = twice(desk, base, customer(desk, "one").await).await;
    let act = async || {
        let path = format!("/api/auth/sessions/{}", p.session);
        send(p.here.request(Method::DELETE, &path)).await.ok(204);
    };
    in_time("ending one session", &p.there, act, async || {
        gone(&p.there).await
    })
    .await;
    assert!(!gone(&p.here).await);
}

async fn rights_end_in_time_here(desk: &Desk) {
    rights_end_in_time(desk, &desk.base).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rights_end_in_time_on_another_replica() {
    let desk = Desk::open(TestDb::postgres().await).await;
    let replica = desk.replica().await;
    rights_end_in_time(&desk, &replica.base).await;
    replica.close().await;
    desk.close().await;
}

bsm_tests::served_on_both_engines! {
    rights_end_in_time_here,
}
