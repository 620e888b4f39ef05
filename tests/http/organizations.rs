//! Organizations, and what follows from belonging to one.

use bsm_tests::Desk;
use serde_json::{Value, json};

fn path(id: impl std::fmt::Display) -> String {
    format!("/api/admin/organizations/{id}")
}

/// Another name is one version, one event and one row of audit; the same name is nothing.
async fn an_organization_is_renamed(desk: &Desk) {
    let acme = path(desk.acme);
    let read = desk.agent.get(&acme).await.ok(200);
    assert_eq!(read.header("etag"), "\"1\"");
    assert_eq!(
        (read.str("/name"), &read.body["members"]),
        ("Acme", &json!(3))
    );

    desk.all_events_have_positions().await;
    let mut stream = desk.agent.stream("/api/admin/events", None).await;
    stream.until("hello").await;
    let renamed = desk
        .admin
        .patch(&acme, "\"1\"", json!({"name": "  Acme Works "}))
        .await
        .ok(200);
    assert_eq!(
        (renamed.str("/name"), renamed.header("etag")),
        ("Acme Works", "\"2\"")
    );
    let heard = stream.until("organization.updated").await;
    assert_eq!(heard["subject"]["id"], json!(desk.acme));
    assert!(!heard.to_string().contains("Works"), "{heard}");

    for body in [json!({}), json!({"name": "Acme Works"})] {
        let same = desk.admin.patch(&acme, "\"2\"", body).await.ok(200);
        assert_eq!(same.header("etag"), "\"2\"");
    }
    let updates = "select count(*) from audit where action = 'organization.updated'";
    assert_eq!(desk.count(updates).await, 1);
    let named = "select count(*) from audit where cast(detail as text) like '%Works%'";
    assert_eq!(desk.count(named).await, 0);

    let stale = desk
        .admin
        .patch(&acme, "\"1\"", json!({"name": "Late"}))
        .await
        .ok(412);
    assert_eq!(stale.str("/current/name"), "Acme Works");
    let found = desk.agent.get("/api/admin/organizations?q=works").await;
    assert_eq!(found.ids(), [desk.acme.to_string()]);
    // Where its people and tickets name it, the new name stands.
    let ben = desk
        .agent
        .get(&format!("/api/admin/users/{}", desk.ben.id))
        .await;
    assert_eq!(ben.str("/organization/name"), "Acme Works");
}

/// Nobody else may, and what cannot be a name is refused.
async fn only_admins_rename_and_only_to_a_free_name(desk: &Desk) {
    let acme = path(desk.acme);
    let taken = desk
        .admin
        .patch(&acme, "*", json!({"name": "GLÓBEX!"}))
        .await;
    assert_eq!((taken.status, taken.code()), (409, "name_taken"));
    // In another case it is still its own.
    desk.admin
        .patch(&acme, "*", json!({"name": "ACME"}))
        .await
        .ok(200);
    for (body, code) in [
        (json!({"name": ""}), "too_short"),
        (json!({"name": "  "}), "too_short"),
        (json!({"name": "x".repeat(121)}), "too_long"),
        (json!({"name": "a\nb"}), "forbidden_character"),
        (json!({"name": null}), "wrong_type"),
    ] {
        let refused = desk.admin.patch(&acme, "*", body.clone()).await.ok(422);
        assert_eq!(
            refused.bad_fields(),
            [("/name".into(), code.into())],
            "{body}"
        );
    }
    let unknown = desk.admin.patch(&acme, "*", json!({"members": 9})).await;
    assert_eq!(unknown.status, 422);
    let name = || json!({"name": "Mine"});
    assert_eq!(desk.agent.patch(&acme, "*", name()).await.status, 403);
    assert_eq!(desk.ana.patch(&acme, "*", name()).await.status, 403);
    for id in [uuid::Uuid::now_v7().to_string(), "acme".into()] {
        assert_eq!(desk.admin.patch(&path(id), "*", name()).await.status, 404);
    }
}

/// What was asked for an organization stays with it: whoever leaves takes their own view along,
/// the managers they leave behind keep theirs, and the new company sees what is asked from now on.
async fn tickets_stay_with_the_organization_they_were_asked_for(desk: &Desk) {
    let old = desk.ticket_of(&desk.ben, "Asked for Acme").await;
    let moved = desk
        .admin
        .patch(
            &format!("/api/admin/users/{}", desk.ben.id),
            "*",
            json!({"organization_id": desk.globex}),
        )
        .await
        .ok(200);
    assert_eq!(
        (
            moved.str("/organization/name"),
            moved.str("/organization_role")
        ),
        ("Globex", "member")
    );
    let manages = json!({"organization_role": "manager"});
    let carla = format!("/api/admin/users/{}", desk.carla.id);
    desk.admin.patch(&carla, "*", manages.clone()).await.ok(200);
    let new = desk.ticket_of(&desk.ben, "Asked for Globex").await;

    let sees = async |client: &bsm_tests::Client, id: &str| {
        client
            .get(&format!("/api/customer/tickets/{id}"))
            .await
            .status
            == 200
    };
    let lists = async |client: &bsm_tests::Client| {
        let path = "/api/customer/tickets?scope=organization&sort=created_at";
        client.get(path).await.ok(200).ids()
    };
    assert!(sees(&desk.ben, &old).await && sees(&desk.ben, &new).await);
    assert!(sees(&desk.ana, &old).await && !sees(&desk.ana, &new).await);
    assert!(!sees(&desk.carla, &old).await && sees(&desk.carla, &new).await);
    assert_eq!(lists(&desk.ana).await, std::slice::from_ref(&old));
    assert_eq!(lists(&desk.carla).await, std::slice::from_ref(&new));
    let company = |id| format!("/api/admin/tickets?organization={id}");
    assert_eq!(desk.agent.get(&company(desk.acme)).await.ids(), [old]);
    assert_eq!(desk.agent.get(&company(desk.globex)).await.ids(), [new]);

    // Who came as a manager of one is not one of the other.
    let ana = format!("/api/admin/users/{}", desk.ana.id);
    let moved = desk
        .admin
        .patch(&ana, "*", json!({"organization_id": desk.globex}))
        .await
        .ok(200);
    assert_eq!(moved.body["organization_role"], "member");
    assert_eq!(lists(&desk.ana).await, Vec::<String>::new());
}

/// The people of an organization, its managers, and those found by name.
async fn its_people_are_listed(desk: &Desk) {
    let list = async |query: String| {
        let path = format!("/api/admin/users?organization={}{query}", desk.acme);
        let answer = desk.agent.get(&path).await.ok(200);
        let mut names: Vec<String> = answer.body["items"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|row: &Value| row["email"].as_str().unwrap_or_default().to_owned())
            .collect();
        names.sort();
        names
    };
    let (ana, ben, fay) = ("ana@acme.example", "ben@acme.example", "fay@acme.example");
    assert_eq!(list(String::new()).await, [ana, ben, fay]);
    assert_eq!(list("&organization_role=manager".into()).await, [ana]);
    assert_eq!(list("&organization_role=member".into()).await, [ben, fay]);
    assert_eq!(list("&q=fay".into()).await, [fay]);
    let odd = desk
        .agent
        .get("/api/admin/users?organization_role=boss")
        .await;
    assert_eq!((odd.status, odd.code()), (400, "invalid_query"));
}

bsm_tests::served_on_both_engines! {
    an_organization_is_renamed,
    only_admins_rename_and_only_to_a_free_name,
    tickets_stay_with_the_organization_they_were_asked_for,
    its_people_are_listed,
}
