//! Webhooks as admins keep them.

use bsm_tests::{Client, Desk};
use serde_json::{Value, json};

const HOOKS: &str = "/api/admin/webhooks";
/// A public address that needs no resolver. Nothing is sent: no engine runs here.
const URL: &str = "https://8.8.8.8/hook";

async fn made(client: &Client, body: Value) -> bsm_tests::Answer {
    client.post(HOOKS, body).await.ok(201)
}

async fn an_admin_keeps_webhooks(desk: &Desk) {
    let body = json!({"url": URL, "description": " Chat ", "event_types": ["ticket.resolved", "ticket.created", "ticket.created"]});
    let new = made(&desk.admin, body).await;
    let (id, secret) = (new.str("/id").to_owned(), new.str("/secret").to_owned());
    assert!(
        secret.starts_with("whsec_") && secret.len() == 50,
        "{secret}"
    );
    assert_eq!(
        new.body["event_types"],
        json!(["ticket.created", "ticket.resolved"])
    );
    assert_eq!(
        (new.str("/state"), new.str("/description")),
        ("active", "Chat")
    );
    assert_eq!(new.header("location"), format!("{HOOKS}/{id}"));
    let path = format!("{HOOKS}/{id}");
    let read = desk.admin.get(&path).await.ok(200);
    let list = desk.admin.get(HOOKS).await.ok(200);
    for answer in [&read, &list] {
        assert!(!answer.text.contains("whsec_") && !answer.text.contains("\"secret\""));
    }
    assert_eq!(list.ids(), [id.as_str()]);
    // In the database it is sealed.
    let bytes: Vec<u8> = desk
        .db()
        .read(async |tx| tx.q("select secret from webhooks").scalar().await)
        .await
        .expect("a secret");
    assert_eq!(bytes.len(), 24 + 32 + 16);

    let stale = desk
        .admin
        .patch(&path, "\"9\"", json!({"description": "Other"}))
        .await;
    assert_eq!(
        (stale.status, &stale.body["current"]["version"]),
        (412, &json!(1))
    );
    let changed = desk
        .admin
        .patch(&path, "\"1\"", json!({"event_types": []}))
        .await
        .ok(200);
    assert_eq!(
        (&changed.body["event_types"], &changed.body["version"]),
        (&json!([]), &json!(2))
    );
    let same = desk
        .admin
        .patch(&path, "*", json!({"event_types": []}))
        .await
        .ok(200);
    assert_eq!(same.body["version"], 2, "nothing changed");

    let rotated = desk
        .admin
        .post(&format!("{path}/rotate-secret"), json!({}))
        .await
        .ok(200);
    assert!(rotated.str("/secret").starts_with("whsec_") && rotated.str("/secret") != secret);
    assert!(rotated.body["old_secret_until"].is_string());
    let off = desk
        .admin
        .post(&format!("{path}/disable"), json!({}))
        .await
        .ok(200);
    assert_eq!(
        (off.str("/state"), off.str("/disabled_reason")),
        ("disabled", "by_admin")
    );
    let again = desk
        .admin
        .post(&format!("{path}/disable"), json!({}))
        .await
        .ok(200);
    assert_eq!(again.body["version"], off.body["version"]);
    let resend = json!({"since": "2026-01-01T00:00:00Z"});
    let refused = desk.admin.post(&format!("{path}/resend"), resend).await;
    assert_eq!((refused.status, refused.code()), (409, "webhook_disabled"));
    let on = desk
        .admin
        .post(&format!("{path}/enable"), json!({}))
        .await
        .ok(200);
    assert_eq!(
        (on.str("/state"), &on.body["disabled_reason"]),
        ("active", &Value::Null)
    );
    assert_eq!(desk.admin.delete(&path, "\"1\"").await.status, 412);
    assert_eq!(desk.admin.delete(&path, "*").await.status, 204);
    assert_eq!(desk.admin.get(&path).await.status, 404);

    let audit = desk
        .admin
        .get(&format!("/api/admin/audit?subject={id}&limit=100"))
        .await
        .ok(200);
    let actions = audit.body["items"].as_array().expect("items").iter();
    let actions: Vec<_> = actions
        .map(|i| i["action"].as_str().unwrap_or_default())
        .collect();
    let wanted = [
        "deleted", "updated", "disabled", "updated", "updated", "created",
    ];
    let wanted: Vec<_> = wanted.iter().map(|a| format!("webhook.{a}")).collect();
    assert_eq!(actions, wanted);
    assert!(
        !audit.text.contains("8.8.8.8") && !audit.text.contains("Chat"),
        "no free text"
    );
    assert_eq!(
        desk.count("select count(*) from events where kind like 'webhook.%'")
            .await,
        6
    );
    assert_eq!(
        desk.count("select count(*) from event_readers").await,
        0,
        "the log is kept for nobody"
    );
}

async fn only_admins_know_of_them(desk: &Desk) {
    let (id, delivery) = desk.webhook_with_delivery().await;
    for path in [
        HOOKS.to_owned(),
        format!("{HOOKS}/{id}"),
        format!("{HOOKS}/{id}/deliveries"),
        format!("{HOOKS}/{id}/deliveries/{delivery}"),
    ] {
        assert_eq!(desk.agent.get(&path).await.status, 403, "{path}");
        assert_eq!(desk.ana.get(&path).await.status, 403, "{path}");
        assert_eq!(desk.admin.get(&path).await.status, 200, "{path}");
    }
    // A delivery is found under its own webhook alone.
    let (other, _) = desk.webhook_with_delivery().await;
    let path = format!("{HOOKS}/{other}/deliveries/{delivery}");
    assert_eq!(desk.admin.get(&path).await.status, 404);
    let resent = desk.admin.post(&format!("{path}/resend"), json!({})).await;
    assert_eq!(resent.status, 404);
}

async fn what_a_body_may_not_say(desk: &Desk) {
    for (body, pointer) in [
        (json!({}), "/url"),
        (json!({"url": ""}), "/url"),
        (json!({"url": "not a url"}), "/url"),
        (json!({"url": "ftp://8.8.8.8/"}), "/url"),
        (json!({"url": "http://8.8.8.8/"}), "/url"),
        (json!({"url": "https://8.8.8.8/#part"}), "/url"),
        (
            json!({"url": format!("https://8.8.8.8/{}", "x".repeat(2_000))}),
            "/url",
        ),
        (
            json!({"url": URL, "description": "x".repeat(201)}),
            "/description",
        ),
        (
            json!({"url": URL, "description": "two\nlines"}),
            "/description",
        ),
        (
            json!({"url": URL, "event_types": ["ticket.vanished"]}),
            "/event_types/0",
        ),
        (
            json!({"url": URL, "event_types": ["session.ended"]}),
            "/event_types/0",
        ),
        (json!({"url": URL, "secret": "whsec_mine"}), "/secret"),
    ] {
        let answer = desk.admin.post(HOOKS, body.clone()).await;
        assert_eq!(answer.status, 422, "{body}: {}", answer.text);
        let pointers: Vec<_> = answer.bad_fields().into_iter().map(|f| f.0).collect();
        assert_eq!(pointers, [pointer], "{body}");
    }
    assert_eq!(desk.count("select count(*) from webhooks").await, 0);
}

async fn there_are_at_most_fifty(desk: &Desk) {
    for n in 0..50 {
        made(&desk.admin, json!({"url": format!("{URL}/{n}")})).await;
    }
    let one_more = desk.admin.post(HOOKS, json!({"url": URL})).await;
    assert_eq!((one_more.status, one_more.code()), (409, "webhook_limit"));
    let page = desk.admin.get(&format!("{HOOKS}?limit=30")).await.ok(200);
    let next = page.str("/next_cursor").to_owned();
    let rest = desk
        .admin
        .get(&format!("{HOOKS}?limit=30&cursor={next}"))
        .await
        .ok(200);
    assert_eq!((page.ids().len(), rest.ids().len()), (30, 20));
}

/// A call that is sent twice with one key makes one webhook, and tells its secret again.
async fn made_once_under_one_key(desk: &Desk) {
    let call = async || {
        let request = desk.admin.request(reqwest::Method::POST, HOOKS);
        let request = request
            .header("Idempotency-Key", "one")
            .json(&json!({"url": URL}));
        bsm_tests::send(request).await.ok(201)
    };
    let (first, second) = (call().await, call().await);
    assert_eq!(first.body, second.body);
    assert_eq!(desk.count("select count(*) from webhooks").await, 1);
}

bsm_tests::served_on_both_engines! {
    an_admin_keeps_webhooks,
    only_admins_know_of_them,
    what_a_body_may_not_say,
    there_are_at_most_fifty,
    made_once_under_one_key,
}
