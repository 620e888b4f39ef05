use actix_web::http::header;
use bsm_domain::actor::Role;
use serde_json::{Value, json};

use super::{House, PASSWORD, post};
use crate::auth::limits::Limits;

#[actix_web::test]
async fn the_right_password_signs_in_and_anything_else_is_one_and_the_same_answer() {
    let house = House::new().await;
    house.person("ana@acme.example", Role::Customer).await;
    let ana = house.login(" Ana@ACME.example", PASSWORD).await;
    assert_eq!(ana.status, 200, "{}", ana.body);
    assert_eq!(ana.body["token_type"], "Bearer");
    assert_eq!(ana.body["expires_in"], 600);
    assert_eq!(ana.body["user"]["email"], "ana@acme.example");
    assert_eq!(ana.body["user"]["role"], "customer");
    assert_eq!(ana.body["user"]["theme"], "auto");
    assert!(ana.body["user"]["last_seen_at"].is_string());
    let cookie = ana.cookie();
    assert_eq!(cookie.name(), "bsm_refresh_customer");
    assert_eq!(cookie.path(), Some("/api/auth"));
    assert_eq!(cookie.http_only(), Some(true));
    assert_eq!(cookie.secure(), None);

    let me = house.me(&ana.access_token()).await;
    assert_eq!(me.status, 200);
    assert_eq!(me.body["id"], ana.body["user"]["id"]);
    assert_eq!(me.etag.as_deref(), Some("\"1\""));

    for (email, password) in [
        ("ana@acme.example", "wrong"),
        ("nobody@acme.example", PASSWORD),
        ("not an address", PASSWORD),
    ] {
        let refused = house.login(email, password).await;
        assert_eq!(refused.status, 401, "{email}");
        assert_eq!(refused.code(), "invalid_credentials");
        assert!(refused.cookies.is_empty());
    }
    assert_eq!(house.me("garbage").await.status, 401);
}

#[actix_web::test]
async fn both_portals_live_in_one_browser() {
    let house = House::new().await;
    house.person("ana@acme.example", Role::Customer).await;
    house.person("agent@desk.example", Role::Agent).await;
    let ana = house.login("ana@acme.example", PASSWORD).await;
    let agent = house.login("agent@desk.example", PASSWORD).await;
    assert_eq!(agent.cookie().name(), "bsm_refresh_admin");
    let both = post("/api/auth/refresh", &json!({"portal": "admin"}))
        .cookie(ana.cookie())
        .cookie(agent.cookie());
    let renewed = house.call(both).await;
    assert_eq!(renewed.status, 200);
    assert_eq!(renewed.body["user"]["role"], "agent");
    // A token in the other portal's cookie is worth nothing.
    let mut smuggled = ana.cookie();
    smuggled.set_name("bsm_refresh_admin");
    assert_eq!(house.renew("admin", &smuggled).await.status, 401);
}

#[actix_web::test]
async fn a_token_may_come_again_until_its_successor_was_used_and_never_after() {
    let house = House::new().await;
    house.person("ana@acme.example", Role::Customer).await;
    let first = house.login("ana@acme.example", PASSWORD).await;
    let second = house.renew("customer", &first.cookie()).await;
    assert_eq!(second.status, 200);
    let again = house.renew("customer", &first.cookie()).await;
    assert_eq!(again.status, 200, "a lost answer, or two tabs");
    let third = house.renew("customer", &second.cookie()).await;
    assert_eq!(third.status, 200);
    assert_eq!(house.me(&first.access_token()).await.status, 200);

    let stolen = house.renew("customer", &first.cookie()).await;
    assert_eq!(
        (stolen.status.as_u16(), stolen.code()),
        (401, "unauthenticated")
    );
    let heir = house.renew("customer", &third.cookie()).await;
    assert_eq!(heir.status, 401, "the whole family has ended");
    assert_eq!(house.me(&third.access_token()).await.status, 401);
}

#[actix_web::test]
async fn signing_out_ends_the_access_token_at_once_and_may_be_repeated() {
    let house = House::new().await;
    house.person("ana@acme.example", Role::Customer).await;
    let here = house.login("ana@acme.example", PASSWORD).await;
    let there = house.login("ana@acme.example", PASSWORD).await;
    for _ in 0..2 {
        let body = json!({"portal": "customer"});
        let out = post("/api/auth/logout", &body).cookie(here.cookie());
        let out = house.call(out).await;
        assert_eq!((out.status.as_u16(), &out.body), (204, &Value::Null));
        assert_eq!(out.cookie().value(), "");
        assert_eq!(out.cookie().max_age().unwrap().whole_seconds(), 0);
    }
    assert_eq!(house.me(&here.access_token()).await.status, 401);
    assert_eq!(house.renew("customer", &here.cookie()).await.status, 401);
    assert_eq!(house.me(&there.access_token()).await.status, 200);
    let nobody = post("/api/auth/logout", &json!({"portal": "admin"}));
    assert_eq!(house.call(nobody).await.status, 204);
}

#[actix_web::test]
async fn pages_of_other_origins_cannot_use_the_cookie() {
    let house = House::new().await;
    house.person("ana@acme.example", Role::Customer).await;
    let ana = house.login("ana@acme.example", PASSWORD).await;
    for (origin, host, status) in [
        ("https://evil.example", "desk.bsm.localhost:3000", 403),
        ("null", "desk.bsm.localhost:3000", 403),
        ("http://desk.bsm.localhost:3000", "api.example", 200),
        (
            "http://help.bsm.localhost:3000",
            "help.bsm.localhost:3000",
            200,
        ),
    ] {
        for path in ["/api/auth/refresh", "/api/auth/logout"] {
            let request = post(path, &json!({"portal": "customer"}))
                .insert_header((header::ORIGIN, origin))
                .insert_header((header::HOST, host));
            let request = if path.ends_with("refresh") {
                request.cookie(ana.cookie())
            } else {
                request
            };
            let answer = house.call(request).await;
            let expected = if status == 200 && path.ends_with("logout") {
                204
            } else {
                status
            };
            assert_eq!(answer.status, expected, "{origin} {path}");
        }
    }
    assert_eq!(house.me(&ana.access_token()).await.status, 200);
}

#[actix_web::test]
async fn guessing_is_slowed_down_also_for_the_right_password() {
    let mut house = House::new().await;
    house.state.limits = Limits::standard();
    house.person("ana@acme.example", Role::Customer).await;
    for _ in 0..5 {
        let wrong = house.login("ana@acme.example", "a wrong guess").await;
        assert_eq!(wrong.status, 401);
    }
    let late = house.login("ana@acme.example", PASSWORD).await;
    assert_eq!((late.status.as_u16(), late.code()), (429, "rate_limited"));
}

#[actix_web::test]
async fn two_tabs_may_renew_at_the_same_moment() {
    let house = House::new().await;
    house.person("ana@acme.example", Role::Customer).await;
    let ana = house.login("ana@acme.example", PASSWORD).await;
    let cookie = ana.cookie();
    let (a, b) = futures_util::future::join(
        house.renew("customer", &cookie),
        house.renew("customer", &cookie),
    )
    .await;
    assert_eq!((a.status.as_u16(), b.status.as_u16()), (200, 200));
    let next = house.renew("customer", &b.cookie()).await;
    assert_eq!(next.status, 200);
    let next = house.renew("customer", &a.cookie()).await;
    assert_eq!(next.status, 200, "both got the same successor");
}
