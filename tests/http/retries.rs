//! A call that is sent again with its `Idempotency-Key` is done once.

use bsm_tests::{Answer, Client, Desk, send};
use reqwest::Method;
use serde_json::{Value, json};

const TICKETS: &str = "/api/customer/tickets";

fn wish(subject: &str) -> Value {
    json!({"subject": subject, "description": "Please."})
}

async fn with_key(client: &Client, path: &str, key: &str, body: &Value) -> Answer {
    let request = client.request(Method::POST, path);
    send(request.header("Idempotency-Key", key).json(body)).await
}

async fn tickets(desk: &Desk) -> i64 {
    desk.count("select count(*) from tickets").await
}

/// What one sees of an answer, apart from its moment.
fn seen(answer: &Answer) -> (u16, String, Option<String>, Option<String>) {
    let header = |name: &str| {
        let value = answer.headers.get(name)?;
        value.to_str().ok().map(str::to_owned)
    };
    (
        answer.status,
        answer.text.clone(),
        header("location"),
        header("etag").map(|tag| tag.trim_start_matches("W/").to_owned()),
    )
}

async fn the_same_call_is_answered_the_same(desk: &Desk) {
    let first = with_key(&desk.ana, TICKETS, "one", &wish("A lamp")).await;
    assert_eq!(first.status, 201, "{}", first.text);
    let again = with_key(&desk.ana, TICKETS, "one", &wish("A lamp")).await;
    assert_eq!(seen(&again), seen(&first));
    assert_eq!(tickets(desk).await, 1);

    // Later too, when the ticket itself has changed.
    desk.set_status(first.str("/id"), "resolved").await;
    let later = with_key(&desk.ana, TICKETS, "one", &wish("A lamp")).await;
    assert_eq!(seen(&later), seen(&first));

    let other = with_key(&desk.ana, TICKETS, "two", &wish("A lamp")).await;
    assert_ne!(other.str("/id"), first.str("/id"));
    assert_eq!(tickets(desk).await, 2);
    desk.all_events_have_positions().await;
    let told = desk
        .count("select count(*) from events where kind = 'ticket.created'")
        .await;
    assert_eq!(told, 2);
}

async fn a_key_is_of_its_caller_route_and_body(desk: &Desk) {
    let first = with_key(&desk.ana, TICKETS, "k", &wish("A lamp")).await;
    let body = with_key(&desk.ana, TICKETS, "k", &wish("A chair")).await;
    assert_eq!((body.status, body.code()), (422, "key_reused"));
    let caller = with_key(&desk.ben, TICKETS, "k", &wish("A lamp")).await;
    assert_eq!(caller.status, 201);
    assert_ne!(caller.str("/id"), first.str("/id"));
    let message = format!("{TICKETS}/{}/messages", first.str("/id"));
    let route = with_key(&desk.ana, &message, "k", &json!({"body": "Still dark."})).await;
    assert_eq!(route.status, 201, "{}", route.text);
    for key in ["", &"x".repeat(256), "wörd", "a\tb"] {
        let request = desk.ana.request(Method::POST, TICKETS);
        let key = reqwest::header::HeaderValue::from_bytes(key.as_bytes()).expect("a header");
        let bad = send(request.header("Idempotency-Key", key).json(&wish("A lamp"))).await;
        assert_eq!((bad.status, bad.code()), (400, "invalid_header"));
    }
    assert_eq!(tickets(desk).await, 2);
}

/// What was refused was not done: the same key may be used again, with a better body too.
async fn a_refusal_uses_up_no_key(desk: &Desk) {
    let refused = with_key(&desk.ana, TICKETS, "k", &json!({"subject": ""})).await;
    assert_eq!(refused.status, 422);
    assert_ne!(refused.code(), "key_reused");
    let id = desk.ticket_in(&desk.ana, "closed").await;
    let reopen = format!("{TICKETS}/{id}/reopen");
    let closed = with_key(&desk.ana, &reopen, "k", &json!({})).await;
    assert_eq!(closed.status, 409, "{}", closed.text);
    let good = with_key(&desk.ana, TICKETS, "k", &wish("A lamp")).await;
    assert_eq!(good.status, 201);
}

async fn many_at_once_make_one(desk: &Desk) {
    let calls = (0..50).map(|_| async {
        let mut answer = with_key(&desk.ana, TICKETS, "k", &wish("A lamp")).await;
        // Whoever waited for too long is told so, and asks again.
        while answer.status == 409 {
            assert_eq!(answer.code(), "in_progress");
            assert!(answer.headers.contains_key("retry-after"));
            answer = with_key(&desk.ana, TICKETS, "k", &wish("A lamp")).await;
        }
        answer
    });
    let answers = futures_util::future::join_all(calls).await;
    for answer in &answers {
        assert_eq!(seen(answer), seen(&answers[0]));
    }
    assert_eq!(answers[0].status, 201);
    assert_eq!(tickets(desk).await, 1);
}

/// Replicas share what was answered.
async fn another_replica_answers_the_same(desk: &Desk) {
    let other = desk.replica().await;
    let first = with_key(&desk.ana, TICKETS, "k", &wish("A lamp")).await;
    let there = desk.ana.at(&other.base);
    let again = with_key(&there, TICKETS, "k", &wish("A lamp")).await;
    assert_eq!(seen(&again), seen(&first));
    other.close().await;
    assert_eq!(tickets(desk).await, 1);
}

/// An answer may hold what is shown once: it lies in the database sealed.
async fn kept_answers_cannot_be_read_in_the_database(desk: &Desk) {
    let path = format!("/api/admin/users/{}/password-link", desk.ana.id);
    let first = with_key(&desk.admin, &path, "k", &json!({})).await;
    let again = with_key(&desk.admin, &path, "k", &json!({})).await;
    assert_eq!(first.status, 200, "{}", first.text);
    assert_eq!(seen(&again), seen(&first));
    let kept = desk
        .db()
        .read(async |tx| {
            tx.q("select answer from answered_calls")
                .all::<(Vec<u8>,)>()
                .await
        })
        .await
        .expect("rows");
    let (_, token) = first.str("/url").split_once("token=").expect("a token");
    for (answer,) in &kept {
        let text = String::from_utf8_lossy(answer);
        assert!(!text.contains(token) && !text.contains("url"), "{text}");
    }
    assert_eq!(kept.len(), 1);
}

bsm_tests::served_on_both_engines! {
    the_same_call_is_answered_the_same,
    a_key_is_of_its_caller_route_and_body,
    a_refusal_uses_up_no_key,
    many_at_once_make_one,
    another_replica_answers_the_same,
    kept_answers_cannot_be_read_in_the_database,
}
