//! API keys: made once, good for what they say, gone at once.

use std::time::{Duration, Instant};

use bsm_domain::actor::{Portal, Role};
use bsm_domain::api_key;
use bsm_domain::api_key::Scope::{
    self, EventsRead, ServicesRead, ServicesWrite, TicketsRead, TicketsWrite, UsersWrite,
};
use bsm_tests::{Client, Desk, Person, seed};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::time::timeout;

const KEYS: &str = "/api/admin/api-keys";

async fn another_admin(desk: &Desk) -> Person {
    let id = seed::staff(desk.db(), "maker@demo.example", Role::Admin).await;
    desk.sign_in(id, Portal::Admin).await
}

fn key_of(client: &Client, made: &bsm_tests::Answer) -> Client {
    client.with_token(made.str("/key").to_owned())
}

/// The key is in one answer only; what makes it, renames it and ends it is audited.
async fn a_key_is_shown_once_and_audited(desk: &Desk) {
    let body = json!({"name": "  Billing ", "scopes": ["users:read", "tickets:read", "users:read"],
        "expires_at": "2030-01-01T00:00:00Z"});
    let send = async || {
        let request = desk.admin.request(Method::POST, KEYS);
        bsm_tests::send(request.header("Idempotency-Key", "once").json(&body)).await
    };
    let made = send().await.ok(201);
    let key = made.str("/key").to_owned();
    let id = made.str("/id").to_owned();
    assert_eq!(
        api_key::read(&key).map(|id| id.to_string()),
        Some(id.clone())
    );
    assert_eq!(made.body["name"], "Billing");
    assert_eq!(made.body["scopes"], json!(["tickets:read", "users:read"]));
    assert_eq!(made.body["state"], "active");
    assert_eq!(made.body["maker"]["id"], json!(desk.admin.id));
    assert_eq!(made.headers["cache-control"], "no-store");
    assert_eq!(send().await.ok(201).str("/key"), key, "the same call again");

    let path = made.headers["location"].to_str().unwrap().to_owned();
    let read = desk.admin.get(&path).await.ok(200);
    let list = desk.admin.get(KEYS).await.ok(200);
    assert_eq!(list.ids(), [id.as_str()]);
    let secret = &key[26..];
    for answer in [&read, &list] {
        assert!(!answer.text.contains(secret) && !answer.text.contains("\"key\""));
    }
    assert!(read.str("/hint").ends_with(&key[71..]));
    let kept = desk
        .count("select count(*) from api_keys where key_hash like 'bsm%'")
        .await;
    assert_eq!(kept, 0);

    let renamed = desk
        .admin
        .patch(&path, "\"1\"", json!({"name": "Books"}))
        .await
        .ok(200);
    assert_eq!(
        (renamed.str("/name"), &renamed.body["version"]),
        ("Books", &json!(2))
    );
    let stale = desk
        .admin
        .patch(&path, "\"1\"", json!({"name": "Else"}))
        .await;
    assert_eq!((stale.status, stale.str("/current/name")), (412, "Books"));
    let revoke = format!("{path}/revoke");
    let revoked = desk.admin.post(&revoke, json!({})).await.ok(200);
    assert_eq!(
        (revoked.str("/state"), &revoked.body["version"]),
        ("revoked", &json!(3))
    );
    desk.admin.post(&revoke, json!({})).await.ok(200);

    let audit = desk
        .admin
        .get(&format!("/api/admin/audit?subject={id}"))
        .await
        .ok(200);
    let rows: Vec<_> = audit.body["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (
                row["action"].as_str().unwrap(),
                row["subject"]["name"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            ("api_key.revoked", "Books"),
            ("api_key.updated", "Books"),
            ("api_key.created", "Books")
        ]
    );
    assert_eq!(
        audit.body["items"][2]["detail"]["scopes"],
        json!(["tickets:read", "users:read"])
    );
    assert!(!audit.text.contains(secret));
}

/// What does not fit is told field by field; only admins make keys, and at most 100 stand.
async fn what_does_not_fit_is_refused(desk: &Desk) {
    let bad: [(Value, &str); 9] = [
        (json!({"name": "K", "scopes": []}), "/scopes"),
        (json!({"name": "K"}), "/scopes"),
        (json!({"name": "K", "scopes": ["everything"]}), "/scopes/0"),
        (json!({"name": " ", "scopes": ["kb:read"]}), "/name"),
        (json!({"name": "a\nb", "scopes": ["kb:read"]}), "/name"),
        (
            json!({"name": "K", "scopes": ["kb:read"], "expires_at": "2020-01-01T00:00:00Z"}),
            "/expires_at",
        ),
        (
            json!({"name": "K", "scopes": ["kb:read"], "expires_at": "2999-01-01T00:00:00Z"}),
            "/expires_at",
        ),
        (
            json!({"name": "K", "scopes": ["kb:read"], "organization_id": desk.acme}),
            "/scopes",
        ),
        (
            json!({"name": "K", "scopes": ["users:read"], "organization_id": desk.admin.id}),
            "/organization_id",
        ),
    ];
    for (body, pointer) in bad {
        let answer = desk.admin.post(KEYS, body.clone()).await;
        assert_eq!(answer.status, 422, "{body}: {}", answer.text);
        assert_eq!(answer.str("/errors/0/pointer"), pointer, "{body}");
    }
    let good = json!({"name": "K", "scopes": ["kb:read"]});
    for (client, status) in [
        (&desk.agent.client, 403),
        (&desk.ana.client, 403),
        (&desk.nobody(), 401),
    ] {
        assert_eq!(client.post(KEYS, good.clone()).await.status, status);
        assert_eq!(client.get(KEYS).await.status, status);
    }
    for _ in 0..100 {
        desk.admin.post(KEYS, good.clone()).await.ok(201);
    }
    let full = desk.admin.post(KEYS, good.clone()).await;
    assert_eq!((full.status, full.code()), (409, "too_many_keys"));
    let first = desk.admin.get(KEYS).await.ids().remove(0);
    let revoke = format!("{KEYS}/{first}/revoke");
    desk.admin.post(&revoke, json!({})).await.ok(200);
    desk.admin.post(KEYS, good).await.ok(201);
}

/// A key opens nothing outside `/api/admin/`, and nothing that only people do.
async fn a_key_is_for_the_desk_only(desk: &Desk) {
    let every = desk.program(Scope::ALL, None).await;
    for path in [
        "/api/customer/tickets",
        "/api/auth/me",
        "/api/auth/sessions",
        KEYS,
        "/api/admin/audit",
        "/api/admin/settings",
    ] {
        let answer = every.get(path).await;
        assert_eq!((answer.status, answer.code()), (403, "forbidden"), "{path}");
    }
    every.get("/api/branding").await.ok(200);
    assert_eq!(
        every
            .post(KEYS, json!({"name": "K", "scopes": ["kb:read"]}))
            .await
            .status,
        403
    );
    let user = |role: &str| json!({"email": "new@new.example", "name": "New", "role": role});
    for role in ["agent", "admin"] {
        assert_eq!(
            every.post("/api/admin/users", user(role)).await.status,
            403,
            "{role}"
        );
    }
    let made = every
        .post("/api/admin/users", user("customer"))
        .await
        .ok(201);
    let path = format!("/api/admin/users/{}", made.str("/id"));
    assert_eq!(
        every
            .patch(&path, "*", json!({"role": "admin"}))
            .await
            .status,
        403
    );
    let path = format!("/api/admin/users/{}", desk.agent.id);
    assert_eq!(
        every
            .patch(&path, "*", json!({"active": false}))
            .await
            .status,
        403
    );
    let missing = every.get("/api/admin/nothing").await;
    assert_eq!(missing.status, 404);
}

/// A key is never wider than its maker is at this moment.
async fn a_key_follows_its_maker(desk: &Desk) {
    let maker = another_admin(desk).await;
    let body = json!({"name": "K", "scopes": ["services:read", "services:write"]});
    let made = maker.post(KEYS, body).await.ok(201);
    let program = key_of(&desk.admin, &made);
    let service = |name: &str| json!({"name": name});
    program
        .post("/api/admin/services", service("One"))
        .await
        .ok(201);
    let user = format!("/api/admin/users/{}", maker.id);
    let change = async |body: Value| {
        desk.admin.patch(&user, "*", body).await.ok(200);
    };
    change(json!({"role": "agent"})).await;
    assert_eq!(
        program
            .post("/api/admin/services", service("Two"))
            .await
            .status,
        403
    );
    program.get("/api/admin/services").await.ok(200);
    change(json!({"role": "customer"})).await;
    assert_eq!(program.get("/api/admin/services").await.status, 403);
    let path = format!("{KEYS}/{}", made.str("/id"));
    let state = async || desk.admin.get(&path).await.str("/state").to_owned();
    assert_eq!(state().await, "suspended");
    change(json!({"role": "admin", "active": false})).await;
    assert_eq!(program.get("/api/admin/services").await.status, 401);
    assert_eq!(state().await, "suspended");
    change(json!({"active": true})).await;
    program.get("/api/admin/services").await.ok(200);
}

/// Revoked and expired keys are refused at once, and their streams end within 5 seconds.
async fn a_key_ends_at_once(desk: &Desk) {
    let revoked = desk.program(&[EventsRead, TicketsRead], None).await;
    let ends = desk.state.app.now() + chrono::Duration::seconds(5);
    let body = json!({"name": "K", "scopes": ["events:read"], "expires_at": ends});
    let made = desk.admin.post(KEYS, body).await.ok(201);
    let expiring = key_of(&desk.admin, &made);
    desk.all_events_have_positions().await;
    let mut streams = Vec::new();
    for client in [&revoked.client, &expiring] {
        let mut stream = client.stream("/api/admin/events", None).await;
        stream.until("hello").await;
        streams.push(stream);
    }
    let ticket = desk.ticket_of(&desk.ana, "For the stream").await;
    let heard = streams[0].until("ticket.created").await;
    assert_eq!(heard["subject"]["id"], ticket.as_str());

    let path = format!("{KEYS}/{}/revoke", revoked.id);
    desk.admin.post(&path, json!({})).await.ok(200);
    let begun = Instant::now();
    assert_eq!(revoked.get("/api/admin/tickets").await.status, 401);
    for (stream, reason) in streams.iter_mut().zip(["key_revoked", "token_expired"]) {
        let rest = Duration::from_secs(10).saturating_sub(begun.elapsed());
        let bye = timeout(rest, stream.until("bye"))
            .await
            .expect("the stream ends");
        assert_eq!(bye["reason"], reason);
    }
    assert_eq!(expiring.get("/api/admin/events").await.status, 401);
}

/// What is written with a key names the key, and its maker as the person who acts.
async fn what_a_key_writes_names_it(desk: &Desk) {
    let program = desk
        .program(&[TicketsRead, TicketsWrite, UsersWrite], None)
        .await;
    let draft = json!({"visibility": "public", "reply": "By hand.", "note": ""});
    let opened =
        json!({"requester_id": desk.ana.id, "subject": "By a program", "description": "Words."});
    let ticket = program.post("/api/admin/tickets", opened).await.ok(201);
    let path = format!("/api/admin/tickets/{}", ticket.str("/id"));
    let put = desk
        .admin
        .request(Method::PUT, &format!("{path}/draft"))
        .header("If-Match", "*")
        .json(&draft);
    bsm_tests::send(put).await.ok(200);
    program
        .patch(&path, "*", json!({"priority": "high"}))
        .await
        .ok(200);
    let message = json!({"body": "Words.", "visibility": "public"});
    let message = program
        .post(&format!("{path}/messages"), message)
        .await
        .ok(201);
    let by = |row: &Value| (row["api_key"]["id"].clone(), row["api_key"]["name"].clone());
    let expected = (json!(program.id), json!("A program"));
    assert_eq!(by(&message.body), expected);
    assert_eq!(message.body["author"]["id"], json!(desk.admin.id));
    // What its maker has begun to write by hand stays.
    let kept = desk.admin.get(&format!("{path}/draft")).await.ok(200);
    assert_eq!(kept.str("/reply"), "By hand.");
    desk.admin
        .patch(&path, "*", json!({"priority": "low"}))
        .await
        .ok(200);

    let history = desk.agent.get(&format!("{path}/history")).await.ok(200);
    let rows = history.body["items"].as_array().unwrap();
    let (last, first) = rows.split_last().unwrap();
    assert!(first.len() >= 3);
    for row in first {
        assert_eq!(
            (by(row), row["via"].as_str()),
            (expected.clone(), Some("api_key")),
            "{row}"
        );
        assert_eq!(row["actor"]["id"], json!(desk.admin.id));
    }
    assert_eq!(
        (last["via"].as_str(), &last["api_key"]),
        (Some("portal"), &Value::Null)
    );

    let organization = program
        .post("/api/admin/organizations", json!({"name": "Initech"}))
        .await
        .ok(201);
    let audit = desk
        .admin
        .get(&format!(
            "/api/admin/audit?subject={}",
            organization.str("/id")
        ))
        .await
        .ok(200);
    assert_eq!(by(&audit.body["items"][0]), expected);
    let customers = desk
        .ana
        .get(&format!(
            "/api/customer/tickets/{}/messages",
            ticket.str("/id")
        ))
        .await
        .ok(200);
    assert!(!customers.text.contains("api_key"), "{}", customers.text);
}

/// The last use is written down beside the request, once a minute.
async fn the_last_use_is_written_down(desk: &Desk) {
    let program = desk.program(&[TicketsRead], None).await;
    let path = format!("{KEYS}/{}", program.id);
    let last = async || desk.admin.get(&path).await.ok(200).body["last_used_at"].clone();
    assert_eq!(last().await, Value::Null);
    program.get("/api/admin/tickets").await.ok(200);
    let mut first = Value::Null;
    for _ in 0..100 {
        first = last().await;
        if first.is_string() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(first.is_string(), "never written down");
    for _ in 0..20 {
        program.get("/api/admin/tickets").await.ok(200);
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(last().await, first);
    let version = desk.admin.get(&path).await.body["version"].clone();
    assert_eq!(version, 1, "use is no change");
}

/// Two programs that choose the same `Idempotency-Key` do two things; each of them one.
async fn calls_are_done_once_a_key(desk: &Desk) {
    let (one, two) = (
        desk.program(&[TicketsWrite], None).await,
        desk.program(&[TicketsWrite], None).await,
    );
    let body =
        json!({"requester_id": desk.ana.id, "subject": "Once a key", "description": "Words."});
    let send = async |client: &Client| {
        let request = client.request(Method::POST, "/api/admin/tickets");
        let answer = bsm_tests::send(request.header("Idempotency-Key", "same").json(&body)).await;
        answer.ok(201).str("/id").to_owned()
    };
    let first = send(&one).await;
    assert_eq!(send(&one).await, first);
    let second = send(&two).await;
    let by_hand = send(&desk.admin).await;
    assert!(first != second && by_hand != first && by_hand != second);
}

/// A scope opens what it names.
async fn scopes_do_not_reach_further(desk: &Desk) {
    let reader = desk.program(&[ServicesRead], None).await;
    reader.get("/api/admin/services").await.ok(200);
    let refused = reader
        .post("/api/admin/services", json!({"name": "Extra"}))
        .await;
    assert_eq!((refused.status, refused.code()), (403, "forbidden"));
    assert_eq!(
        refused.str("/detail"),
        "This needs a key with services:write."
    );
    let writer = desk.program(&[ServicesWrite], None).await;
    assert_eq!(writer.get("/api/admin/services").await.status, 403);
    writer
        .post("/api/admin/services", json!({"name": "Extra"}))
        .await
        .ok(201);
}

bsm_tests::served_on_both_engines! {
    a_key_is_shown_once_and_audited,
    what_does_not_fit_is_refused,
    a_key_is_for_the_desk_only,
    a_key_follows_its_maker,
    a_key_ends_at_once,
    what_a_key_writes_names_it,
    the_last_use_is_written_down,
    calls_are_done_once_a_key,
    scopes_do_not_reach_further,
}
