//! Registering, and what admins do with people and companies.

use bsm_domain::actor::Portal;
use bsm_domain::ids::OrganizationId;
use bsm_tests::{Answer, Desk};
use serde_json::{Value, json};

const PASSWORD: &str = "a password of tests";

fn field(pointer: &str, code: &str) -> (String, String) {
    (pointer.to_owned(), code.to_owned())
}

async fn change(desk: &Desk, id: &str, if_match: &str, body: Value) -> Answer {
    let path = format!("/api/admin/users/{id}");
    desk.admin.patch(&path, if_match, body).await
}

/// Whoever registers is a customer, and says nothing else of themselves.
async fn registering_makes_a_customer(desk: &Desk) {
    let register = async |body: Value| desk.nobody().post("/api/auth/register", body).await;
    let dora = json!({"email": "Nora@Initech.example", "password": PASSWORD, "name": " Nora "});
    let made = register(dora).await.ok(201);
    assert_eq!(made.str("/email"), "nora@initech.example");
    assert_eq!((made.str("/role"), made.str("/name")), ("customer", "Nora"));
    assert_eq!(made.body["organization"], Value::Null);

    let sly =
        json!({"email": "eve@evil.example", "password": "short", "name": " ", "role": "admin"});
    let refused = register(sly).await.ok(422);
    let wanted = [
        field("/name", "too_short"),
        field("/password", "too_short"),
        field("/role", "unknown_field"),
    ];
    assert_eq!(refused.bad_fields(), wanted);
    let found = "select count(*) from users where email = 'eve@evil.example'";
    assert_eq!(desk.count(found).await, 0);

    let close = "update settings set registration_open = $1";
    let closed = desk
        .db()
        .write(async |tx| tx.q(close).bind(false).execute().await);
    closed.await.expect("closed");
    let late = json!({"email": "late@late.example", "password": PASSWORD, "name": "Late"});
    let refused = register(late).await.ok(403);
    assert_eq!(refused.code(), "registration_closed");
}

/// Another role, and deactivation, end every sign-in; a version that is old changes nothing.
async fn another_role_ends_every_sign_in(desk: &Desk) {
    let id = desk.agent2.id.to_string();
    let path = format!("/api/admin/users/{id}");
    desk.agent2.get(&path).await.ok(200);
    let own = desk
        .agent2
        .patch(&path, "*", json!({"role": "admin"}))
        .await;
    assert_eq!(own.ok(403).code(), "forbidden");

    let promoted = change(desk, &id, "\"1\"", json!({"role": "admin"}))
        .await
        .ok(200);
    assert_eq!(promoted.body["version"], 2);
    desk.agent2.get("/api/auth/me").await.ok(401);

    let again = desk.sign_in(desk.agent2.id, Portal::Admin).await;
    let stale = change(desk, &id, "\"1\"", json!({"active": false}))
        .await
        .ok(412);
    assert_eq!(stale.body["current"]["version"], 2);
    again.get("/api/auth/me").await.ok(200);
    let off = change(desk, &id, "\"2\"", json!({"active": false}))
        .await
        .ok(200);
    assert_eq!(off.body["active"], false);
    again.get("/api/auth/me").await.ok(401);
}

/// Companies have one name each, whatever its case, and people belong to at most one.
async fn organizations_and_their_people(desk: &Desk) {
    let admin = &desk.admin;
    let add = async |name: &str| {
        admin
            .post("/api/admin/organizations", json!({"name": name}))
            .await
    };
    let made = add("Initech & Söhne").await.ok(201);
    assert_eq!(add("INITECH söhne").await.ok(409).code(), "name_taken");

    let person = json!({"email": "nora@initech.example", "name": "Nora Alba", "role": "customer",
        "organization_id": made.str("/id")});
    let person = admin.post("/api/admin/users", person).await.ok(201);
    let id = person.str("/id");
    assert_eq!(person.str("/organization_role"), "member");
    let found = admin.get("/api/admin/organizations?q=sohn").await.ok(200);
    assert_eq!(found.body["items"][0]["members"], 1);
    let found = admin
        .get("/api/admin/users?q=alb&role=customer&active=true")
        .await
        .ok(200);
    assert_eq!(found.ids(), [id]);

    let lead = json!({"organization_role": "manager", "name": "Nora Berg"});
    let lead = change(desk, id, "*", lead).await.ok(200);
    assert_eq!(lead.str("/organization_role"), "manager");
    let found = admin.get("/api/admin/users?q=alba").await.ok(200);
    assert!(found.ids().is_empty(), "the old name is no longer found");

    let odd = json!({"organization_id": OrganizationId::generate()});
    let odd = change(desk, id, "*", odd).await.ok(422);
    assert_eq!(
        odd.bad_fields(),
        [field("/organization_id", "unknown_reference")]
    );
    let odd = json!({"organization_id": "acme", "organization_role": "boss", "role": "god"});
    let odd = change(desk, id, "*", odd).await.ok(422);
    let wanted = [
        field("/organization_id", "bad_format"),
        field("/organization_role", "not_allowed"),
        field("/role", "not_allowed"),
    ];
    assert_eq!(odd.bad_fields(), wanted);
    change(desk, id, "*", json!({"role": null, "name": null}))
        .await
        .ok(422);
    let hired = change(desk, id, "*", json!({"role": "agent"}))
        .await
        .ok(200);
    assert_eq!(hired.body["organization"], Value::Null, "staff have none");
}

bsm_tests::served_on_both_engines! {
    registering_makes_a_customer,
    another_role_ends_every_sign_in,
    organizations_and_their_people,
}
