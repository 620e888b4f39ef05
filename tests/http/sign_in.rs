//! Signing in with a password, staying signed in, and losing the right to it.

use std::time::Duration;

use bsm_tests::{Answer, Client, Desk, send};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::time::{Instant, timeout};

const PASSWORD: &str = "a password of tests";

async fn registered(desk: &Desk, email: &str) -> Answer {
    let body = json!({"email": email, "password": PASSWORD, "name": "Nora"});
    desk.nobody().post("/api/auth/register", body).await.ok(201)
}

async fn login(desk: &Desk, email: &str) -> Answer {
    let body = json!({"email": email, "password": PASSWORD});
    desk.nobody().post("/api/auth/login", body).await
}

fn cookie(answer: &Answer) -> String {
    let header = answer.header("set-cookie");
    assert!(
        header.contains("HttpOnly; SameSite=Strict; Path=/api/auth"),
        "{header}"
    );
    header.split(';').next().unwrap_or_default().to_owned()
}

fn bearer(base: &str, answer: &Answer) -> Client {
    Client::new(base, Some(answer.str("/access_token").to_owned()))
}

async fn call(desk: &Desk, act: &str, cookie: &str, origin: &str) -> Answer {
    let request = desk
        .nobody()
        .request(Method::POST, &format!("/api/auth/{act}"));
    let request = request.header("Cookie", cookie).header("Origin", origin);
    send(request.json(&json!({"portal": "customer"}))).await
}

async fn refresh(desk: &Desk, cookie: &str) -> Answer {
    call(desk, "refresh", cookie, &desk.base).await
}

async fn a_password_signs_in(desk: &Desk) {
    let made = registered(desk, "nora@nora.example").await;
    assert_eq!(
        (made.str("/role"), &made.body["organization"]),
        ("customer", &Value::Null)
    );
    let again = json!({"email": "NORA@nora.example", "password": PASSWORD, "name": "Other"});
    let taken = desk
        .nobody()
        .post("/api/auth/register", again)
        .await
        .ok(409);
    assert_eq!(taken.code(), "email_taken");
    let signed_in = login(desk, " Nora@NORA.example".trim()).await.ok(200);
    let me = bearer(&desk.base, &signed_in)
        .get("/api/auth/me")
        .await
        .ok(200);
    assert_eq!(me.body["email"], "nora@nora.example");
    assert_eq!(me.header("etag"), "\"1\"");
    assert_eq!(signed_in.str("/token_type"), "Bearer");
    assert_eq!(signed_in.body["expires_in"], 600);
    assert!(signed_in.body["user"]["last_seen_at"].is_string());
    Client::new(&desk.base, Some("garbage".into()))
        .get("/api/auth/me")
        .await
        .ok(401);
    // A wrong password and an unknown address get the same answer.
    let mut said = Vec::new();
    for (email, password) in [
        ("nora@nora.example", "another password"),
        ("nobody@nora.example", PASSWORD),
        ("agent@demo.example", PASSWORD),
        ("not an address", PASSWORD),
    ] {
        let body = json!({"email": email, "password": password});
        let mut answer = desk.nobody().post("/api/auth/login", body).await.ok(401);
        assert_eq!(answer.code(), "invalid_credentials");
        assert_eq!(answer.header("set-cookie"), "");
        answer.body["request_id"] = Value::Null;
        said.push(answer.body);
    }
    assert!(said.iter().all(|s| *s == said[0]), "{said:?}");
}

/// A lost answer may be asked for again; a token that was replaced and is used again ends it all.
async fn refresh_tokens_rotate(desk: &Desk) {
    registered(desk, "nora@nora.example").await;
    let signed_in = login(desk, "nora@nora.example").await.ok(200);
    let first = cookie(&signed_in);
    let second = cookie(&refresh(desk, &first).await.ok(200));
    assert_ne!(first, second);
    refresh(desk, &first).await.ok(200);
    let third = refresh(desk, &second).await.ok(200);
    let client = bearer(&desk.base, &third);
    client.get("/api/auth/me").await.ok(200);
    // Somebody has a copy of the first: nobody knows who is who any more.
    refresh(desk, &first).await.ok(401);
    refresh(desk, &cookie(&third)).await.ok(401);
    client.get("/api/auth/me").await.ok(401);
    for (cookie, origin, status) in [
        ("", desk.base.as_str(), 401),
        ("bsm_refresh_customer=garbage", &desk.base, 401),
        (&first.replace("customer", "admin"), &desk.base, 401),
        (&first, "https://evil.example", 403),
    ] {
        let answer = call(desk, "refresh", cookie, origin).await;
        assert_eq!(answer.status, status, "{cookie} from {origin}");
    }
}

/// Two tabs ask at the same moment: both stay signed in, whichever answer is used next.
async fn two_tabs_may_renew_at_once(desk: &Desk) {
    registered(desk, "nora@nora.example").await;
    let first = cookie(&login(desk, "nora@nora.example").await.ok(200));
    let (a, b) = tokio::join!(refresh(desk, &first), refresh(desk, &first));
    let (a, b) = (a.ok(200), b.ok(200));
    refresh(desk, &cookie(&b)).await.ok(200);
    refresh(desk, &cookie(&a)).await.ok(200);
}

/// Each portal has a cookie of its own, and neither is worth anything in the other.
async fn both_portals_live_in_one_browser(desk: &Desk) {
    registered(desk, "nora@nora.example").await;
    let customer = cookie(&login(desk, "nora@nora.example").await.ok(200));
    assert!(customer.starts_with("bsm_refresh_customer="), "{customer}");
    let made = registered(desk, "odo@odo.example").await;
    let path = format!("/api/admin/users/{}", made.str("/id"));
    let hired = json!({"role": "agent"});
    desk.admin.patch(&path, "*", hired).await.ok(200);
    let staff = cookie(&login(desk, "odo@odo.example").await.ok(200));
    assert!(staff.starts_with("bsm_refresh_admin="), "{staff}");
    let renew = async |cookies: &str| {
        let request = desk.nobody().request(Method::POST, "/api/auth/refresh");
        let request = request
            .header("Cookie", cookies)
            .header("Origin", &desk.base);
        send(request.json(&json!({"portal": "admin"}))).await
    };
    let renewed = renew(&format!("{customer}; {staff}")).await.ok(200);
    assert_eq!(renewed.str("/user/role"), "agent");
    let smuggled = customer.replace("bsm_refresh_customer", "bsm_refresh_admin");
    renew(&smuggled).await.ok(401);
}

/// Signing out may be repeated, takes the cookie away and ends this sign-in only.
async fn signing_out_ends_one_sign_in(desk: &Desk) {
    registered(desk, "nora@nora.example").await;
    let here = login(desk, "nora@nora.example").await.ok(200);
    let there = login(desk, "nora@nora.example").await.ok(200);
    for _ in 0..2 {
        let out = call(desk, "logout", &cookie(&here), &desk.base)
            .await
            .ok(204);
        let header = out.header("set-cookie");
        assert!(header.starts_with("bsm_refresh_customer=;"), "{header}");
        assert!(header.contains("Max-Age=0"), "{header}");
    }
    bearer(&desk.base, &here).get("/api/auth/me").await.ok(401);
    bearer(&desk.base, &there).get("/api/auth/me").await.ok(200);
    call(desk, "logout", "", &desk.base).await.ok(204);
}

/// Only pages of the product may use the cookie.
async fn pages_of_other_origins_cannot_use_the_cookie(desk: &Desk) {
    registered(desk, "nora@nora.example").await;
    let signed_in = login(desk, "nora@nora.example").await.ok(200);
    let known = cookie(&signed_in);
    for origin in ["https://evil.example", "null", "http://127.0.0.1:1"] {
        for act in ["refresh", "logout"] {
            let refused = call(desk, act, &known, origin).await.ok(403);
            assert_eq!(refused.header("set-cookie"), "", "{act} from {origin}");
        }
    }
    // An allowed one.
    call(desk, "refresh", &known, "http://help.bsm.localhost:1")
        .await
        .ok(200);
    let client = bearer(&desk.base, &signed_in);
    client.get("/api/auth/me").await.ok(200);
}

/// Five wrong guesses, and even the right password has to wait.
async fn guessing_is_slowed_down(desk: &Desk) {
    registered(desk, "nora@nora.example").await;
    let limited = desk.limited();
    let guess = async |password: &str| {
        let body = json!({"email": "nora@nora.example", "password": password});
        limited.post("/api/auth/login", body).await
    };
    for _ in 0..5 {
        guess("a wrong guess").await.ok(401);
    }
    let late = guess(PASSWORD).await.ok(429);
    assert_eq!(late.code(), "rate_limited");
    assert!(
        late.header("retry-after")
            .parse::<u32>()
            .is_ok_and(|s| s > 0)
    );
}

async fn ends_within_five_seconds(stream: &mut bsm_tests::Stream) {
    let started = Instant::now();
    let end = async { while stream.next().await.is_some() {} };
    timeout(Duration::from_secs(5), end)
        .await
        .expect("the stream ends");
    assert!(started.elapsed() < Duration::from_secs(5));
}

/// Signing out and being deactivated end tokens at once and streams soon.
async fn the_right_ends_at_once(desk: &Desk) {
    let person = registered(desk, "nora@nora.example").await;
    let path = format!("/api/admin/users/{}", person.str("/id"));
    for by in ["logout", "deactivation"] {
        let signed_in = login(desk, "nora@nora.example").await.ok(200);
        let client = bearer(&desk.base, &signed_in);
        let mut stream = client.stream("/api/customer/events", None).await;
        assert_eq!(stream.next().await.expect("hello").name, "hello");
        if by == "logout" {
            call(desk, "logout", &cookie(&signed_in), &desk.base)
                .await
                .ok(204);
        } else {
            desk.admin
                .patch(&path, "*", json!({"active": false}))
                .await
                .ok(200);
        }
        client.get("/api/auth/me").await.ok(401);
        client.get("/api/customer/tickets").await.ok(401);
        refresh(desk, &cookie(&signed_in)).await.ok(401);
        ends_within_five_seconds(&mut stream).await;
    }
    login(desk, "nora@nora.example").await.ok(401);
    desk.admin
        .patch(&path, "*", json!({"active": true}))
        .await
        .ok(200);
    login(desk, "nora@nora.example").await.ok(200);
}

/// An admin's link sets a password, once.
async fn a_password_link_works_once(desk: &Desk) {
    let path = format!("/api/admin/users/{}/password-link", desk.ben.id);
    let link = desk.admin.post(&path, json!({})).await.ok(200);
    let url = link.str("/url");
    assert!(
        url.starts_with(&format!("{}/customer/set-password#token=", desk.base)),
        "{url}"
    );
    let token = url.rsplit('=').next().unwrap_or_default();
    let reset = async || {
        let body = json!({"token": token, "password": PASSWORD});
        desk.nobody().post("/api/auth/password/reset", body).await
    };
    reset().await.ok(204);
    assert_eq!(reset().await.ok(410).code(), "link_invalid");
    desk.ben.get("/api/auth/me").await.ok(401);
    login(desk, "ben@acme.example").await.ok(200);
}

bsm_tests::served_on_both_engines! {
    a_password_signs_in,
    refresh_tokens_rotate,
    two_tabs_may_renew_at_once,
    both_portals_live_in_one_browser,
    signing_out_ends_one_sign_in,
    pages_of_other_origins_cannot_use_the_cookie,
    guessing_is_slowed_down,
    the_right_ends_at_once,
    a_password_link_works_once,
}
