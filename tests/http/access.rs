//! Where people are signed in, and how that ends: at once, everywhere.

use std::time::{Duration, Instant};

use bsm_domain::actor::Portal;
use bsm_domain::ids::UserId;
use bsm_tests::{Client, Desk, Person};
use serde_json::{Value, json};
use tokio::time::timeout;

/// A token is worth nothing any more after this long, on any replica.
const REFUSED_WITHIN: Duration = Duration::from_secs(1);
/// A stream has ended after this long.
const ENDED_WITHIN: Duration = Duration::from_secs(5);

fn of(id: UserId, rest: &str) -> String {
    format!("/api/admin/users/{id}{rest}")
}

/// Calls until the caller is refused, and tells how long that took.
async fn refused_after(client: &Client) -> Duration {
    let begun = Instant::now();
    while begun.elapsed() < 2 * REFUSED_WITHIN {
        let answer = client.get("/api/auth/me").await;
        if answer.status == 401 {
            return begun.elapsed();
        }
        answer.ok(200);
    }
    panic!("still let in after {:?}", begun.elapsed());
}

/// What ends sign-ins ends them in time: calls are refused, streams say goodbye.
async fn every_way_out_is_quick(desk: &Desk) {
    let admin = &desk.admin;
    let patch = async |id, body: Value| {
        admin.patch(&of(id, ""), "*", body).await.ok(200);
    };
    let end = async |id, rest: String| {
        let path = of(id, &format!("/sessions{rest}"));
        admin.remove(&path).await.ok(204);
    };
    let people: [(&str, &Person, &str); 4] = [
        ("one session", &desk.ana, "/api/customer/events"),
        ("every session", &desk.ben, "/api/customer/events"),
        ("deactivation", &desk.carla, "/api/customer/events"),
        ("another role", &desk.agent2, "/api/admin/events"),
    ];
    for (how, person, stream) in people {
        desk.all_events_have_positions().await;
        let mut stream = person.stream(stream, None).await;
        stream.until("hello").await;
        let begun = Instant::now();
        match how {
            "one session" => end(person.id, format!("/{}", person.session)).await,
            "every session" => end(person.id, String::new()).await,
            "deactivation" => patch(person.id, json!({"active": false})).await,
            _ => patch(person.id, json!({"role": "admin"})).await,
        }
        assert!(refused_after(person).await < REFUSED_WITHIN, "{how}");
        let rest = ENDED_WITHIN.saturating_sub(begun.elapsed());
        let bye = timeout(rest, stream.until("bye")).await;
        let bye = bye.unwrap_or_else(|_| panic!("{how}: the stream goes on"));
        assert!(bye["reason"].is_string(), "{how}: {bye}");
    }
}

/// An admin sees where somebody is signed in, ends one of it and the other stays.
async fn sessions_are_listed_and_ended_one_by_one(desk: &Desk) {
    let phone = desk.sign_in(desk.ben.id, Portal::Customer).await;
    let list = async || desk.admin.get(&of(desk.ben.id, "/sessions")).await.ok(200);
    let listed = list().await;
    assert_eq!(
        listed.ids(),
        [phone.session.to_string(), desk.ben.session.to_string()]
    );
    let first = &listed.body["items"][0];
    assert_eq!(
        (first["portal"].as_str(), first["user_agent"].as_str()),
        (Some("customer"), Some("tests"))
    );
    assert_eq!(first["address"], "127.0.0.1");
    assert!(first.get("used_generation").is_none(), "{first}");
    let pages = of(desk.ben.id, "/sessions?limit=1");
    let page = desk.admin.get(&pages).await.ok(200);
    let next = page.str("/next_cursor");
    let page = desk.admin.get(&format!("{pages}&cursor={next}")).await;
    assert_eq!(page.ids(), [desk.ben.session.to_string()]);

    let path = |id: UserId| of(id, &format!("/sessions/{}", phone.session));
    // Of somebody else it is not there.
    assert_eq!(desk.admin.remove(&path(desk.ana.id)).await.status, 404);
    assert_eq!(phone.get("/api/auth/me").await.status, 200);
    desk.admin.remove(&path(desk.ben.id)).await.ok(204);
    assert_eq!(desk.admin.remove(&path(desk.ben.id)).await.status, 404);
    assert_eq!(phone.get("/api/auth/me").await.status, 401);
    assert_eq!(desk.ben.get("/api/auth/me").await.status, 200);
    assert_eq!(list().await.ids(), [desk.ben.session.to_string()]);

    desk.admin
        .remove(&of(desk.ben.id, "/sessions"))
        .await
        .ok(204);
    assert_eq!(list().await.ids(), Vec::<String>::new());
    // Again is no error: nobody is signed in.
    desk.admin
        .remove(&of(desk.ben.id, "/sessions"))
        .await
        .ok(204);
    for odd in ["/sessions/none", "/sessions/0196", "/sessions?limit=0"] {
        let answer = desk.admin.get(&of(desk.ben.id, odd)).await;
        assert!([400, 404, 405].contains(&answer.status), "{odd}");
    }
    for client in [&desk.agent.client, &desk.ana.client] {
        for rest in ["/sessions", "/password-links"] {
            assert_eq!(client.get(&of(desk.ben.id, rest)).await.status, 403);
        }
        let all = of(desk.ana.id, "/sessions");
        assert_eq!(client.remove(&all).await.status, 403);
    }
    let unknown = UserId::generate();
    for rest in ["/sessions", "/password-links"] {
        assert_eq!(desk.admin.get(&of(unknown, rest)).await.status, 404);
    }
    let none = of(unknown, "/sessions");
    assert_eq!(desk.admin.remove(&none).await.status, 404);
}

/// Who made a link, and whether it was used or replaced; never the link.
async fn what_became_of_a_link_is_told(desk: &Desk) {
    let make = async || {
        let path = of(desk.ben.id, "/password-link");
        let link = desk.admin.post(&path, json!({})).await.ok(200);
        let (_, token) = link.str("/url").split_once("#token=").expect("a token");
        token.to_owned()
    };
    let first = make().await;
    let second = make().await;
    let list = async || {
        let answer = desk.admin.get(&of(desk.ben.id, "/password-links")).await;
        for token in [&first, &second] {
            assert!(!answer.text.contains(token.as_str()));
        }
        answer.ok(200).body["items"].clone()
    };
    let listed = list().await;
    assert_eq!(listed[0]["created_by"]["id"], json!(desk.admin.id));
    assert!(listed[0]["replaced_at"].is_null(), "{listed}");
    assert!(listed[1]["replaced_at"].is_string(), "{listed}");
    let reset = async |token: &str| {
        let body = json!({"token": token, "password": "another good password"});
        let answer = desk.nobody().post("/api/auth/password/reset", body).await;
        answer.status
    };
    assert_eq!(reset(&first).await, 410);
    assert_eq!(reset(&second).await, 204);
    let listed = list().await;
    assert!(listed[0]["used_at"].is_string(), "{listed}");
    assert!(listed[0]["replaced_at"].is_null(), "{listed}");
    assert!(listed[1]["used_at"].is_null(), "{listed}");
    assert_eq!(reset(&second).await, 410);
}

/// Two admins who take each other's rights at the same moment: one of them stays.
async fn of_two_admins_one_always_stays(desk: &Desk) {
    for round in 0..8 {
        let first = desk.sign_in(desk.admin.id, Portal::Admin).await;
        let second = first
            .post(
                "/api/admin/users",
                json!({"email": format!("second{round}@demo.example"), "name": "Second", "role": "admin"}),
            )
            .await
            .ok(201);
        let id: UserId = second.str("/id").parse().expect("an id");
        let other = desk.sign_in(id, Portal::Admin).await;
        let body = if round % 2 == 0 {
            json!({"active": false})
        } else {
            json!({"role": "agent"})
        };
        let (mine, theirs) = (of(first.id, ""), of(other.id, ""));
        let (a, b) = tokio::join!(
            first.patch(&theirs, "*", body.clone()),
            other.patch(&mine, "*", body.clone()),
        );
        let done = [a.status, b.status].iter().filter(|s| **s == 200).count();
        assert_eq!(done, 1, "{} and {}", a.text, b.text);
        let active = "select count(*) from users where role = 'admin' and active";
        assert_eq!(desk.count(active).await, 1);
        // The desk's own admin is one again for the next round.
        let restored =
            "update users set role = 'admin', active = true where email = 'admin@demo.example'";
        let others = "update users set active = false where email like 'second%'";
        desk.db()
            .write(async |tx| {
                tx.q(restored).execute().await?;
                tx.q(others).execute().await
            })
            .await
            .expect("written");
    }
    let admin = desk.sign_in(desk.admin.id, Portal::Admin).await;
    for body in [json!({"active": false}), json!({"role": "agent"})] {
        let refused = admin.patch(&of(admin.id, ""), "*", body).await;
        assert_eq!((refused.status, refused.code()), (409, "last_admin"));
    }
}

bsm_tests::served_on_both_engines! {
    every_way_out_is_quick,
    sessions_are_listed_and_ended_one_by_one,
    what_became_of_a_link_is_told,
    of_two_admins_one_always_stays,
}
