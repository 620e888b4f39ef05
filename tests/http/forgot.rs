//! Whoever forgot their password asks; an admin hands out a link.

use bsm_tests::{Answer, Desk};
use serde_json::json;
use tokio::time::{Duration, Instant};

async fn ask(desk: &Desk, email: &str) -> (Answer, Duration) {
    let begin = Instant::now();
    let body = json!({"email": email});
    let answer = desk.nobody().post("/api/auth/password/forgot", body).await;
    (answer, begin.elapsed())
}

/// The same answer, after the same time: whether the address is known, unknown, or of somebody
/// who may not sign in.
async fn the_answer_tells_nothing(desk: &Desk) {
    let fay = format!("/api/admin/users/{}", desk.fay.id);
    desk.admin
        .patch(&fay, "*", json!({"active": false}))
        .await
        .ok(200);
    let mut seen = Vec::new();
    for email in [
        "ana@acme.example",
        "nobody@acme.example",
        "fay@acme.example",
        "Ana@ACME.example",
    ] {
        let (answer, took) = ask(desk, email).await;
        let answer = answer.ok(202);
        assert!(took >= Duration::from_millis(390), "{email} took {took:?}");
        let mut headers: Vec<_> = answer.headers.keys().map(ToString::to_string).collect();
        headers.sort();
        seen.push((answer.text, headers));
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:?}");
    desk.password_request_of(desk.ana.id).await;
    let list = desk.agent.get("/api/admin/password-requests").await.ok(200);
    let items = list.body["items"].as_array().cloned().expect("a list");
    assert_eq!(items.len(), 1, "{}", list.text);
    assert_eq!(items[0]["user"]["email"], "ana@acme.example");
    // Nothing is made, and nobody is signed out, because somebody asks.
    assert_eq!(desk.count("select count(*) from password_links").await, 0);
    assert_eq!(desk.ana.get("/api/auth/me").await.status, 200);
}

async fn an_admin_hands_out_a_link(desk: &Desk) {
    desk.all_events_have_positions().await;
    let mut stream = desk.agent2.stream("/api/admin/events", None).await;
    stream.next().await.expect("hello");
    for _ in 0..3 {
        ask(desk, "ana@acme.example").await.0.ok(202);
    }
    ask(desk, "ben@acme.example").await.0.ok(202);
    desk.password_request_of(desk.ben.id).await;
    let list = desk.admin.get("/api/admin/password-requests").await.ok(200);
    let items = list.body["items"].as_array().cloned().expect("a list");
    let asked: Vec<_> = items
        .iter()
        .map(|i| (&i["user"]["name"], &i["asked"]))
        .collect();
    assert_eq!(
        asked,
        [
            (&json!("Test ana"), &json!(3)),
            (&json!("Test ben"), &json!(1))
        ]
    );
    // Staff learn of it at once, once a person, by id.
    for id in [desk.ana.id, desk.ben.id] {
        let heard = stream.next().await.expect("an event");
        assert_eq!(heard.name, "password.requested");
        assert_eq!(heard.data["subject"]["id"], json!(id));
        assert_eq!(heard.data["actor"], json!(null));
    }

    let path = format!("/api/admin/users/{}/password-link", desk.ana.id);
    let link = desk.admin.post(&path, json!({})).await.ok(200);
    assert_eq!(
        stream.next().await.expect("an event").name,
        "password.request_closed"
    );
    let ben = items[1]["id"].as_str().expect("an id");
    let dismiss = format!("/api/admin/password-requests/{ben}/dismiss");
    let refused = desk.agent.post(&dismiss, json!({})).await;
    assert_eq!(refused.ok(403).code(), "forbidden");
    desk.admin.post(&dismiss, json!({})).await.ok(204);
    desk.admin.post(&dismiss, json!({})).await.ok(404);
    let left = desk.admin.get("/api/admin/password-requests").await.ok(200);
    assert_eq!(left.body["items"], json!([]));

    let (_, token) = link.str("/url").rsplit_once("#token=").expect("a token");
    let body = json!({"token": token, "password": "a quite new password"});
    let reset = async || {
        desk.nobody()
            .post("/api/auth/password/reset", body.clone())
            .await
    };
    reset().await.ok(204);
    assert_eq!(
        desk.ana.get("/api/auth/me").await.status,
        401,
        "all sign-ins ended"
    );
    assert_eq!(reset().await.ok(410).code(), "link_invalid");
    let login = json!({"email": "ana@acme.example", "password": "a quite new password"});
    desk.nobody().post("/api/auth/login", login).await.ok(200);
}

bsm_tests::served_on_both_engines! {
    the_answer_tells_nothing,
    an_admin_hands_out_a_link,
}
