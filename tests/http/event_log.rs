//! The log of events in pages: the stream's events for those who poll.

use bsm_tests::Desk;
use serde_json::Value;

const LOG: &str = "/api/admin/events/log";

fn types(page: &bsm_tests::Answer) -> Vec<String> {
    let items = page.body["items"].as_array().expect("items");
    items
        .iter()
        .map(|item| item["type"].as_str().unwrap_or_default().to_owned())
        .collect()
}

async fn a_client_can_poll_for_ever(desk: &Desk) {
    let latest = desk.agent.get(&format!("{LOG}?after=latest")).await.ok(200);
    assert_eq!(
        (
            latest.body["items"].as_array().map(Vec::len),
            &latest.body["more"]
        ),
        (Some(0), &Value::Bool(false))
    );
    let mut after = latest.str("/position").to_owned();
    let id = desk.ticket_of(&desk.ana, "First").await;
    desk.staff_message(&id, "internal", "A note.").await;
    desk.set_status(&id, "resolved").await;
    desk.all_events_have_positions().await;
    let mut seen = Vec::new();
    for n in 0.. {
        let page = desk
            .agent
            .get(&format!("{LOG}?limit=1&after={after}"))
            .await
            .ok(200);
        seen.extend(types(&page));
        after = page.str("/position").to_owned();
        if page.body["more"] == false {
            break;
        }
        assert!(n < 20, "it never ends");
    }
    let wanted = ["ticket.created", "ticket.note_added", "ticket.resolved"];
    assert_eq!(seen, wanted, "in order, the note included");
    let quiet = desk
        .agent
        .get(&format!("{LOG}?after={after}"))
        .await
        .ok(200);
    assert_eq!(
        quiet.str("/position"),
        after,
        "there always is a place to go on from"
    );
    desk.ticket_of(&desk.ana, "Second").await;
    desk.all_events_have_positions().await;
    let next = desk
        .agent
        .get(&format!("{LOG}?after={after}"))
        .await
        .ok(200);
    assert_eq!(types(&next), ["ticket.created"]);
    assert_eq!(next.str("/items/0/id"), next.str("/position"));

    let all = desk.agent.get(&format!("{LOG}?limit=100")).await.ok(200);
    assert!(
        types(&all).ends_with(&types(&next)),
        "from the oldest that is kept"
    );
    let some = desk
        .agent
        .get(&format!("{LOG}?types=ticket.resolved,ticket.rated"))
        .await
        .ok(200);
    assert_eq!(types(&some), ["ticket.resolved"]);
    assert_eq!(
        some.str("/position"),
        next.str("/position"),
        "past what was not asked for"
    );
}

/// What drives the product itself is in no page, and moves the position.
async fn what_is_for_nobody_is_passed_over(desk: &Desk) {
    let out = desk
        .ben
        .post(
            "/api/auth/logout",
            serde_json::json!({"portal": "customer"}),
        )
        .await;
    assert!(out.status < 500);
    let session = format!("/api/auth/sessions/{}", desk.fay.session);
    assert_eq!(desk.fay.remove(&session).await.status, 204);
    desk.all_events_have_positions().await;
    let ended = "select count(*) from events where kind = 'session.ended'";
    assert!(desk.count(ended).await > 0);
    let page = desk.admin.get(&format!("{LOG}?limit=100")).await.ok(200);
    assert!(!types(&page).contains(&"session.ended".to_owned()));
    let head = desk.count("select position from event_head").await;
    assert_eq!(page.str("/position"), head.to_string());
}

async fn what_cannot_be_asked_is_refused(desk: &Desk) {
    for (query, status, code) in [
        ("after=abc", 400, "invalid_query"),
        ("after=-1", 400, "invalid_query"),
        ("after=007", 400, "invalid_query"),
        ("after=", 400, "invalid_query"),
        ("types=ticket.vanished", 400, "invalid_query"),
        ("types=session.ended", 400, "invalid_query"),
        ("types=", 400, "invalid_query"),
        ("limit=0", 400, "invalid_query"),
        ("limit=101", 400, "invalid_query"),
        ("cursor=x", 400, "invalid_query"),
        ("after=999999999", 410, "position_expired"),
    ] {
        let answer = desk.agent.get(&format!("{LOG}?{query}")).await;
        assert_eq!((answer.status, answer.code()), (status, code), "{query}");
    }
    assert_eq!(desk.ana.get(LOG).await.status, 403);
    assert_eq!(desk.nobody().get(LOG).await.status, 401);
    // What is purged cannot be gone on from.
    desk.ticket_of(&desk.ana, "One").await;
    desk.ticket_of(&desk.ana, "Two").await;
    desk.all_events_have_positions().await;
    let first = desk.agent.get(&format!("{LOG}?limit=1")).await.ok(200);
    let before = first.str("/position").parse::<i64>().expect("a number") - 1;
    let forget = desk.state.app.now() + chrono::Duration::days(1);
    let forgotten = desk
        .db()
        .write(async |tx| tx.forget_events(forget, 1).await)
        .await;
    assert_eq!(forgotten.expect("forgotten"), 1);
    let answer = desk.agent.get(&format!("{LOG}?after={before}")).await;
    assert_eq!((answer.status, answer.code()), (410, "position_expired"));
}

bsm_tests::served_on_both_engines! {
    a_client_can_poll_for_ever,
    what_is_for_nobody_is_passed_over,
    what_cannot_be_asked_is_refused,
}
