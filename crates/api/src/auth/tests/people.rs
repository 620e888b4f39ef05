use actix_web::http::header;
use actix_web::test::TestRequest;
use bsm_domain::actor::Role;
use serde_json::{Value, json};

use super::{Answer, House, PASSWORD, post, with};

async fn change(house: &House, token: &str, id: &str, etag: &str, body: &Value) -> Answer {
    let request = TestRequest::patch()
        .uri(&format!("/api/admin/users/{id}"))
        .insert_header((header::IF_MATCH, etag))
        .set_json(body);
    house.call(with(request, token)).await
}

#[actix_web::test]
async fn registering_makes_a_customer_whatever_else_is_sent() {
    let house = House::new().await;
    let person = json!({"email": "Dora@Initech.example", "password": PASSWORD, "name": " Dora "});
    let dora = house.call(post("/api/auth/register", &person)).await;
    assert_eq!(dora.status, 201, "{}", dora.body);
    assert_eq!(dora.body["role"], "customer");
    assert_eq!(dora.body["name"], "Dora");
    assert_eq!(dora.body["organization"], Value::Null);
    assert_eq!(
        house.login("dora@initech.example", PASSWORD).await.status,
        200
    );
    let again = house.call(post("/api/auth/register", &person)).await;
    assert_eq!((again.status.as_u16(), again.code()), (409, "email_taken"));

    let sly =
        json!({"email": "eve@evil.example", "password": "short", "name": " ", "role": "admin"});
    let sly = house.call(post("/api/auth/register", &sly)).await;
    assert_eq!((sly.status.as_u16(), sly.code()), (422, "invalid_body"));
    let mut pointers: Vec<&str> = sly.body["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["pointer"].as_str().unwrap())
        .collect();
    pointers.sort_unstable();
    assert_eq!(pointers[..2], ["/password", "/role"]);
    assert_eq!(house.login("eve@evil.example", "short").await.status, 401);
}

#[actix_web::test]
async fn closed_registration_makes_nobody() {
    let house = House::new().await;
    let db = &house.state.app.db;
    let close = "update settings set registration_open = $1";
    db.write(async |tx| tx.q(close).bind(false).execute().await)
        .await
        .unwrap();
    let person = json!({"email": "dora@initech.example", "password": PASSWORD, "name": "Dora"});
    let refused = house.call(post("/api/auth/register", &person)).await;
    assert_eq!(
        (refused.status.as_u16(), refused.code()),
        (403, "registration_closed")
    );
}

#[actix_web::test]
async fn deactivation_and_another_role_end_every_sign_in_at_once() {
    let house = House::new().await;
    house.person("admin@desk.example", Role::Admin).await;
    let ben = house
        .person("ben@desk.example", Role::Agent)
        .await
        .to_string();
    let admin = house
        .login("admin@desk.example", PASSWORD)
        .await
        .access_token();
    let agent = house.login("ben@desk.example", PASSWORD).await;
    assert_eq!(house.me(&agent.access_token()).await.status, 200);

    let path = format!("/api/admin/users/{ben}");
    let own = with(TestRequest::get().uri(&path), &agent.access_token());
    assert_eq!(house.call(own).await.status, 200, "agents may read");
    let own = change(
        &house,
        &agent.access_token(),
        &ben,
        "*",
        &json!({"role": "admin"}),
    )
    .await;
    assert_eq!((own.status.as_u16(), own.code()), (403, "forbidden"));

    let promoted = change(&house, &admin, &ben, "\"1\"", &json!({"role": "admin"})).await;
    assert_eq!(promoted.status, 200, "{}", promoted.body);
    assert_eq!(promoted.body["version"], 2);
    assert_eq!(house.me(&agent.access_token()).await.status, 401);
    assert_eq!(house.renew("admin", &agent.cookie()).await.status, 401);

    let agent = house.login("ben@desk.example", PASSWORD).await;
    let stale = change(&house, &admin, &ben, "\"1\"", &json!({"active": false})).await;
    assert_eq!(stale.status, 412);
    assert_eq!(stale.body["current"]["version"], 2);
    let off = change(&house, &admin, &ben, "\"2\"", &json!({"active": false})).await;
    assert_eq!(
        (off.status.as_u16(), &off.body["active"]),
        (200, &json!(false))
    );
    assert_eq!(house.me(&agent.access_token()).await.status, 401);
    let refused = house.login("ben@desk.example", PASSWORD).await;
    assert_eq!(refused.code(), "invalid_credentials");
}

#[actix_web::test]
async fn admins_cannot_lock_themselves_or_everybody_out() {
    let house = House::new().await;
    let admin = house
        .person("admin@desk.example", Role::Admin)
        .await
        .to_string();
    let token = house
        .login("admin@desk.example", PASSWORD)
        .await
        .access_token();
    let bodies = [json!({"active": false}), json!({"role": "agent"})];
    for body in &bodies {
        let refused = change(&house, &token, &admin, "*", body).await;
        assert_eq!(
            (refused.status.as_u16(), refused.code()),
            (409, "last_admin")
        );
    }
    house.person("second@desk.example", Role::Admin).await;
    for body in &bodies {
        let refused = change(&house, &token, &admin, "*", body).await;
        assert_eq!(
            (refused.status.as_u16(), refused.code()),
            (409, "own_access")
        );
    }
    let renamed = change(&house, &token, &admin, "*", &json!({"name": "Ada"})).await;
    assert_eq!(renamed.status, 200);
    assert_eq!(house.me(&token).await.status, 200);
}

#[actix_web::test]
async fn organizations_and_their_people() {
    let house = House::new().await;
    house.person("admin@desk.example", Role::Admin).await;
    let token = house
        .login("admin@desk.example", PASSWORD)
        .await
        .access_token();
    let add = |name: &str| {
        with(
            post("/api/admin/organizations", &json!({"name": name})),
            &token,
        )
    };
    let acme = house.call(add("Acme & Söhne")).await;
    assert_eq!(acme.status, 201, "{}", acme.body);
    let twice = house.call(add("ACME söhne")).await;
    assert_eq!((twice.status.as_u16(), twice.code()), (409, "name_taken"));

    let acme = &acme.body["id"];
    let ana = json!({"email": "ana@acme.example", "name": "Ana Alba", "role": "customer", "organization_id": acme});
    let ana = house
        .call(with(post("/api/admin/users", &ana), &token))
        .await;
    assert_eq!(ana.status, 201, "{}", ana.body);
    assert_eq!(ana.body["organization_role"], "member");
    let list = |uri: &str| with(TestRequest::get().uri(uri), &token);
    let found = house.call(list("/api/admin/organizations?q=sohn")).await;
    assert_eq!(found.body["items"][0]["members"], 1, "{}", found.body);
    let found = house
        .call(list("/api/admin/users?q=alb&role=customer&active=true"))
        .await;
    assert_eq!(
        found.body["items"][0]["id"], ana.body["id"],
        "{}",
        found.body
    );
    assert_eq!(
        house.call(list("/api/admin/users?rolle=x")).await.status,
        400
    );

    let id = ana.body["id"].as_str().unwrap();
    let lead = json!({"organization_role": "manager", "name": "Ana Berg"});
    let lead = change(&house, &token, id, "*", &lead).await;
    assert_eq!(lead.body["organization_role"], "manager", "{}", lead.body);
    let found = house.call(list("/api/admin/users?q=alba")).await;
    assert_eq!(found.body["items"], json!([]));
    let odd = json!({"organization_id": bsm_domain::ids::OrganizationId::generate()});
    let odd = change(&house, &token, id, "*", &odd).await;
    assert_eq!(
        odd.body["errors"][0]["code"], "unknown_reference",
        "{}",
        odd.body
    );
    let odd = json!({"organization_id": "acme", "organization_role": "boss", "role": "god"});
    let odd = change(&house, &token, id, "*", &odd).await;
    let mut errors: Vec<_> = odd.body["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| (e["pointer"].as_str().unwrap(), e["code"].as_str().unwrap()))
        .collect();
    errors.sort_unstable();
    let expected = [
        ("/organization_id", "bad_format"),
        ("/organization_role", "not_allowed"),
        ("/role", "not_allowed"),
    ];
    assert_eq!(errors, expected, "{}", odd.body);
    let hired = change(&house, &token, id, "*", &json!({"role": "agent"})).await;
    assert_eq!(hired.body["organization"], Value::Null, "{}", hired.body);
    let null = change(
        &house,
        &token,
        id,
        "*",
        &json!({"role": null, "name": null}),
    )
    .await;
    assert_eq!(null.status, 422, "{}", null.body);
}

#[actix_web::test]
async fn a_password_link_works_once_and_ends_other_sign_ins() {
    let house = House::new().await;
    house.person("admin@desk.example", Role::Admin).await;
    let ana = house.person("ana@acme.example", Role::Customer).await;
    let admin = house
        .login("admin@desk.example", PASSWORD)
        .await
        .access_token();
    let before = house.login("ana@acme.example", PASSWORD).await;
    let path = format!("/api/admin/users/{ana}/password-link");
    let mut tokens = Vec::new();
    for _ in 0..2 {
        let link = house
            .call(with(TestRequest::post().uri(&path), &admin))
            .await;
        assert_eq!(link.status, 200, "{}", link.body);
        let url = link.body["url"].as_str().unwrap();
        let (page, token) = url.split_once("#token=").unwrap();
        assert_eq!(page, "http://desk.bsm.localhost:3000/customer/set-password");
        tokens.push(token.to_owned());
    }
    let reset = |token: &str| {
        let body = json!({"token": token, "password": "another good password"});
        post("/api/auth/password/reset", &body)
    };
    let replaced = house.call(reset(&tokens[0])).await;
    assert_eq!(
        (replaced.status.as_u16(), replaced.code()),
        (410, "link_invalid")
    );
    assert_eq!(house.call(reset("never given")).await.status, 410);
    assert_eq!(house.call(reset(&tokens[1])).await.status, 204);
    assert_eq!(house.call(reset(&tokens[1])).await.status, 410);
    assert_eq!(house.me(&before.access_token()).await.status, 401);
    assert_eq!(house.login("ana@acme.example", PASSWORD).await.status, 401);
    let after = house
        .login("ana@acme.example", "another good password")
        .await;
    assert_eq!(after.status, 200);
}
