//! How many calls may come, and how answers tell.

use bsm_domain::api_key::Scope::TicketsRead;
use bsm_tests::{Answer, Client, Desk, quotas};
use serde_json::json;

fn as_person(limited: &Client, desk: &Desk) -> Client {
    let token = desk.state.tokens.issue(
        desk.agent.id,
        desk.agent.session,
        bsm_domain::actor::Portal::Admin,
        desk.state.app.now(),
    );
    limited.with_token(token.expect("a token"))
}

fn wait(answer: &Answer) -> u64 {
    assert_eq!(
        (answer.status, answer.code()),
        (429, "rate_limited"),
        "{}",
        answer.text
    );
    answer.header("retry-after").parse().expect("seconds")
}

/// A key, a person and an address have a bucket each; whose is empty waits, others do not.
async fn each_has_a_bucket(desk: &Desk) {
    let limited = desk.limited_to(&quotas(60, 5, 3));
    let make = async || {
        let body = json!({"name": "K", "scopes": [TicketsRead]});
        let made = desk.admin.post("/api/admin/api-keys", body).await.ok(201);
        limited.with_token(made.str("/key").to_owned())
    };
    let (one, two) = (make().await, make().await);
    let path = "/api/admin/tickets";
    for left in [2, 1, 0] {
        let answer = one.get(path).await.ok(200);
        assert_eq!(
            answer.header("ratelimit-policy"),
            "\"address\";q=60;w=60, \"key\";q=3;w=60"
        );
        let standing = answer.header("ratelimit");
        assert!(
            standing.contains(&format!("\"key\";r={left};t=")),
            "{standing}"
        );
    }
    let refused = one.get(path).await;
    assert!((1..=21).contains(&wait(&refused)));
    assert!(refused.header("ratelimit").contains("\"key\";r=0;t=60"));
    two.get(path).await.ok(200);
    let agent = as_person(&limited, desk);
    for _ in 0..5 {
        let answer = agent.get("/api/auth/me").await.ok(200);
        assert!(
            answer
                .header("ratelimit-policy")
                .contains("\"user\";q=5;w=60")
        );
    }
    assert!((1..=13).contains(&wait(&agent.get(path).await)));
    // What is refused by a scope, or is nobody's, counts with the rest.
    assert_eq!(two.get("/api/admin/audit").await.status, 403);
    let mut answers = Vec::new();
    for _ in 0..60 {
        answers.push(limited.get("/api/branding").await);
    }
    let refused = answers
        .iter()
        .find(|a| a.status == 429)
        .expect("the address has a limit");
    wait(refused);
    assert_eq!(refused.header("ratelimit-policy"), "\"address\";q=60;w=60");
    // Whoever has no portal's limits is told of none, and is not counted.
    limited.get("/healthz").await.ok(200);
    let free = desk.agent.get(path).await.ok(200);
    assert!(!free.headers.contains_key("ratelimit"), "off is off");
}

/// Wrong links are slowed down; and so are guesses from everywhere, but for whoever was signed in
/// from there before.
async fn guesses_are_slowed_down_and_owners_are_not(desk: &Desk) {
    let limited = desk.limited();
    let reset = async || {
        let body = json!({"token": "unknown", "password": "a new password"});
        limited.post("/api/auth/password/reset", body).await
    };
    for _ in 0..5 {
        reset().await.ok(410);
    }
    assert!(wait(&reset().await) >= 1);

    let register =
        json!({"email": "owner@owner.example", "password": "a good password", "name": "O"});
    desk.nobody()
        .post("/api/auth/register", register)
        .await
        .ok(201);
    let limits = bsm_api::auth::limits::Limits::standard();
    let account =
        bsm_domain::email::EmailAddress::parse("owner@owner.example").expect("an address");
    for n in 0..60_u8 {
        let from = [198, 51, 100, n].into();
        limits.guessed_wrong(from, &account, desk.state.app.now());
    }
    let served = Client::new(&desk.beside(|state| state.limits = limits.clone()), None);
    let login = json!({"email": "owner@owner.example", "password": "a good password"});
    wait(&served.post("/api/auth/login", login.clone()).await);
    // Signed in once from here, where nobody was guessing.
    desk.nobody()
        .post("/api/auth/login", login.clone())
        .await
        .ok(200);
    served.post("/api/auth/login", login).await.ok(200);
}

bsm_tests::served_on_both_engines! {
    each_has_a_bucket,
    guesses_are_slowed_down_and_owners_are_not,
}
