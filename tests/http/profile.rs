//! One's own account: what one changes of it, the password, where one is signed in.

use bsm_tests::{Answer, Client, Desk, send};
use reqwest::Method;
use serde_json::{Value, json};

const OLD: &str = "the old password";
const NEW: &str = "a quite new password";

/// A customer with a password, signed in by it.
async fn with_password(desk: &Desk, email: &str) -> Client {
    let body = json!({"email": email, "password": OLD, "name": "Nora"});
    desk.nobody().post("/api/auth/register", body).await.ok(201);
    signed_in(desk, email, OLD).await
}

async fn signed_in(desk: &Desk, email: &str, password: &str) -> Client {
    let answer = login(desk, email, password).await.ok(200);
    Client::new(&desk.base, Some(answer.str("/access_token").to_owned()))
}

async fn login(desk: &Desk, email: &str, password: &str) -> Answer {
    let body = json!({"email": email, "password": password});
    let request = desk.nobody().request(Method::POST, "/api/auth/login");
    let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    send(request.header("User-Agent", agent).json(&body)).await
}

async fn status(client: &Client) -> u16 {
    client.get("/api/auth/me").await.status
}

async fn people_change_what_is_their_own(desk: &Desk) {
    let me = desk.ana.get("/api/auth/me").await.ok(200);
    let patch = json!({"name": " Ana F. ", "language": "en-GB", "time_zone": "Europe/Lisbon",
        "theme": "dark"});
    let tag = me.header("etag").to_owned();
    let changed = desk.ana.patch("/api/auth/me", &tag, patch.clone()).await;
    let changed = changed.ok(200);
    for (field, value) in [
        ("name", json!("Ana F.")),
        ("language", json!("en-GB")),
        ("time_zone", json!("Europe/Lisbon")),
        ("theme", json!("dark")),
        ("email", me.body["email"].clone()),
        ("role", json!("customer")),
    ] {
        assert_eq!(changed.body[field], value, "{field}");
    }
    let stale = desk
        .ana
        .patch("/api/auth/me", &tag, json!({"theme": "light"}));
    let stale = stale.await.ok(412);
    assert_eq!(stale.body["current"], changed.body);
    // The name is found by staff from now on.
    let found = desk.agent.get("/api/admin/users?q=ana+f").await.ok(200);
    assert_eq!(found.ids(), [desk.ana.id.to_string()]);
    let back = json!({"language": null, "time_zone": null});
    let back = desk.ana.patch("/api/auth/me", "*", back).await.ok(200);
    assert_eq!(
        (&back.body["language"], &back.body["time_zone"]),
        (&Value::Null, &Value::Null)
    );
    // Neither the event nor anything else tells the name.
    let told = "select count(*) from events where cast(changes as text) like '%Ana F%'";
    assert_eq!(desk.count(told).await, 0);

    for (field, value) in [
        ("name", json!("two\nlines")),
        ("language", json!("english please")),
        ("time_zone", json!("Mars/Olympus")),
        ("theme", json!("pink")),
        ("role", json!("admin")),
        ("email", json!("other@acme.example")),
    ] {
        let refused = desk.ana.patch("/api/auth/me", "*", json!({field: value}));
        let pointers: Vec<_> = refused.await.ok(422).bad_fields();
        assert_eq!(pointers[0].0, format!("/{field}"));
    }
}

async fn another_password_ends_all_other_sign_ins(desk: &Desk) {
    let here = with_password(desk, "nora@nora.example").await;
    let there = signed_in(desk, "nora@nora.example", OLD).await;
    let change = async |old: &str, new: &str| {
        let body = json!({"current_password": old, "password": new});
        here.post("/api/auth/password", body).await
    };
    let wrong = change("not the password", NEW).await.ok(422);
    let wanted = [("/current_password".to_owned(), "wrong_password".to_owned())];
    assert_eq!(wrong.bad_fields(), wanted);
    assert_eq!((status(&here).await, status(&there).await), (200, 200));

    change(OLD, NEW).await.ok(204);
    assert_eq!((status(&here).await, status(&there).await), (200, 401));
    assert_eq!(login(desk, "nora@nora.example", OLD).await.status, 401);
    login(desk, "nora@nora.example", NEW).await.ok(200);
    let audit = "select count(*) from audit where action = 'password.changed'";
    assert_eq!(desk.count(audit).await, 1);
    // Somebody without a password yet has none to name.
    let body = json!({"current_password": OLD, "password": NEW});
    desk.ben.post("/api/auth/password", body).await.ok(422);
}

async fn one_sees_and_ends_ones_own_sign_ins(desk: &Desk) {
    let here = with_password(desk, "nora@nora.example").await;
    let there = signed_in(desk, "nora@nora.example", OLD).await;
    let third = signed_in(desk, "nora@nora.example", OLD).await;
    let list = async || here.get("/api/auth/sessions").await.ok(200);
    let all = list().await;
    let items = all.body["items"].as_array().cloned().expect("a list");
    assert_eq!(items.len(), 3, "newest first");
    let current: Vec<_> = items.iter().map(|i| i["current"] == true).collect();
    assert_eq!(current, [false, false, true]);
    assert!(
        items[0]["user_agent"]
            .as_str()
            .expect("a text")
            .contains("Firefox")
    );
    assert_eq!(
        (&items[0]["portal"], &items[0]["address"]),
        (&json!("customer"), &json!("127.0.0.1"))
    );
    let first = here.get("/api/auth/sessions?limit=1").await.ok(200);
    let next = first.str("/next_cursor").to_owned();
    let path = format!("/api/auth/sessions?limit=1&cursor={next}");
    let second = here.get(&path);
    assert_eq!(second.await.ok(200).ids(), [all.ids()[1].clone()]);

    // Another person's, and what cannot be one, are not there.
    for id in [desk.ana.session.to_string(), "nonsense".into()] {
        let other = here.request(Method::DELETE, &format!("/api/auth/sessions/{id}"));
        assert_eq!(send(other).await.status, 404, "{id}");
    }
    assert_eq!(status(&desk.ana).await, 200);
    let end = async |id: &str| {
        let request = here.request(Method::DELETE, &format!("/api/auth/sessions/{id}"));
        send(request).await
    };
    end(&all.ids()[0]).await.ok(204);
    assert_eq!((status(&third).await, status(&there).await), (401, 200));
    end(&all.ids()[0]).await.ok(404);
    assert_eq!(list().await.ids().len(), 2);

    let everywhere = send(here.request(Method::DELETE, "/api/auth/sessions"))
        .await
        .ok(204);
    assert!(
        everywhere
            .header("set-cookie")
            .contains("bsm_refresh_customer=;")
    );
    assert_eq!((status(&here).await, status(&there).await), (401, 401));
    assert_eq!(status(&desk.ana).await, 200);
}

/// A new name or theme is no change of rights: streams go on.
async fn a_profile_leaves_streams_alone(desk: &Desk) {
    desk.all_events_have_positions().await;
    let mut stream = desk.ana.stream("/api/customer/events", None).await;
    stream.next().await.expect("hello");
    desk.ana
        .patch("/api/auth/me", "*", json!({"theme": "dark"}))
        .await
        .ok(200);
    let heard = stream.next().await.expect("an event");
    assert_eq!(
        (heard.name.as_str(), &heard.data["changes"]),
        ("user.updated", &json!({}))
    );
    desk.ticket_of(&desk.ana, "After it").await;
    assert_eq!(
        stream.next().await.expect("an event").name,
        "ticket.created"
    );
}

bsm_tests::served_on_both_engines! {
    people_change_what_is_their_own,
    another_password_ends_all_other_sign_ins,
    one_sees_and_ends_ones_own_sign_ins,
    a_profile_leaves_streams_alone,
}
