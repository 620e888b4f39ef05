//! The audit: every write that matters for security is in it, and nothing that names a person.

use bsm_tests::{Answer, Desk};
use serde_json::{Value, json};

const AUDIT: &str = "/api/admin/audit";

async fn read(desk: &Desk, query: &str) -> Vec<Value> {
    let answer = desk.admin.get(&format!("{AUDIT}?limit=100{query}")).await;
    items(&answer.ok(200))
}

fn items(answer: &Answer) -> Vec<Value> {
    answer.body["items"].as_array().expect("items").clone()
}

fn actions(rows: &[Value]) -> Vec<&str> {
    rows.iter()
        .map(|row| row["action"].as_str().unwrap_or_default())
        .collect()
}

/// Each act of an admin and of the person it is about, in the order in which it was done.
async fn every_act_is_written_down(desk: &Desk) {
    let admin = &desk.admin;
    let made = json!({"email": "zebrafinch@acme.example", "name": "Zebrafinch Quagga", "role": "customer",
        "organization_id": desk.acme});
    let made = admin.post("/api/admin/users", made).await.ok(201);
    let (id, path) = (
        made.str("/id").to_owned(),
        made.header("location").to_owned(),
    );
    let link = admin
        .post(&format!("{path}/password-link"), json!({}))
        .await
        .ok(200);
    let (_, token) = link.str("/url").split_once("#token=").expect("a token");
    let password = "a zebrafinch password";
    let body = json!({"token": token, "password": password});
    let nobody = desk.nobody();
    let reset = nobody.post("/api/auth/password/reset", body).await;
    reset.ok(204);
    let credentials =
        |password: &str| json!({"email": "zebrafinch@acme.example", "password": password});
    let login = async |password: &str| nobody.post("/api/auth/login", credentials(password)).await;
    // Who fails leaves no trace here: anybody can, as often as they like.
    for _ in 0..3 {
        login("a wrong password").await.ok(401);
    }
    login(password).await.ok(200);
    admin.remove(&format!("{path}/sessions")).await.ok(204);
    login(password).await.ok(200);
    let manager = json!({"organization_role": "manager", "name": "Zebrafinch Okapi"});
    admin.patch(&path, "*", manager).await.ok(200);
    admin
        .patch(&path, "*", json!({"active": false}))
        .await
        .ok(200);
    let company = json!({"name": "Zebrafinch Works"});
    let company = admin
        .post("/api/admin/organizations", company)
        .await
        .ok(201);
    let renamed = json!({"name": "Zebrafinch Industries"});
    admin
        .patch(company.header("location"), "*", renamed)
        .await
        .ok(200);

    let rows = read(desk, "").await;
    let done: Vec<_> = actions(&rows).into_iter().rev().collect();
    assert_eq!(
        done,
        [
            "user.created",
            "password_link.created",
            "password.set",
            "session.started",
            "session.ended",
            "session.started",
            "user.updated",
            "session.ended",
            "user.updated",
            "organization.created",
            "organization.updated",
        ]
    );
    let by_admin = json!(admin.id);
    let row = |n: usize| &rows[rows.len() - 1 - n];
    assert_eq!(row(0)["actor"]["id"], by_admin);
    assert_eq!(row(0)["subject"]["id"], json!(id));
    assert_eq!(row(0)["subject"]["name"], "Zebrafinch Okapi", "as of today");
    assert_eq!(row(2)["actor"]["id"], json!(id), "they set it themselves");
    assert_eq!(row(4)["actor"]["id"], by_admin);
    assert_eq!(row(4)["subject"]["kind"], "session");
    assert_eq!(row(4)["subject"]["person_id"], json!(id));
    assert_eq!(row(4)["detail"]["reason"], "ended_by_admin");
    assert_eq!(
        row(6)["detail"],
        json!({"fields": ["name", "organization_role"]})
    );
    assert_eq!(row(7)["detail"]["reason"], "deactivated");
    assert_eq!(row(10)["subject"]["name"], "Zebrafinch Industries");
    assert!(rows.iter().all(|r| r["via"] == "portal"));

    // Stored are ids and codes: erasing a person's name erases it everywhere.
    for table in ["audit", "events"] {
        let found = match table {
            "audit" => {
                "select count(*) from audit where lower(cast(detail as text)) like '%zebrafinch%'"
            }
            _ => {
                "select count(*) from events where lower(cast(changes as text)) like '%zebrafinch%'"
            }
        };
        assert_eq!(desk.count(found).await, 0, "{table}");
    }
}

/// Each filter alone and together finds what a reference finds, page by page.
async fn filters_find_what_they_say(desk: &Desk) {
    for n in 0..6 {
        let name = json!({"name": format!("Ben {n}")});
        let path = format!("/api/admin/users/{}", desk.ben.id);
        desk.admin.patch(&path, "*", name).await.ok(200);
        let name = json!({"name": format!("Company {n}")});
        desk.admin
            .post("/api/admin/organizations", name)
            .await
            .ok(201);
    }
    let all = read(desk, "").await;
    assert_eq!(all.len(), 12);
    let middle = all[5]["at"].as_str().expect("a time").to_owned();
    type Passes = Box<dyn Fn(&Value) -> bool + Send + Sync>;
    let (ben, admin, from, to) = (
        json!(desk.ben.id),
        json!(desk.admin.id),
        middle.clone(),
        middle.clone(),
    );
    let filters: Vec<(String, Passes)> = vec![
        (
            format!("subject={}", desk.ben.id),
            Box::new(move |r| r["subject"]["id"] == ben),
        ),
        (
            format!("actor={}", desk.admin.id),
            Box::new(move |r| r["actor"]["id"] == admin),
        ),
        (format!("actor={}", desk.agent.id), Box::new(|_| false)),
        (
            "action=user.updated".into(),
            Box::new(|r| r["action"] == "user.updated"),
        ),
        (
            "action=user.updated,organization.created".into(),
            Box::new(|_| true),
        ),
        ("action=never.heard_of".into(), Box::new(|_| false)),
        (
            format!("from={middle}"),
            Box::new(move |r| r["at"].as_str() >= Some(&from)),
        ),
        (
            format!("to={middle}"),
            Box::new(move |r| r["at"].as_str() < Some(&to)),
        ),
    ];
    for (first, passes) in &filters {
        for (second, too) in &filters {
            let name = |f: &str| f.split('=').next().unwrap_or_default().to_owned();
            if name(first) == name(second) && first != second {
                continue;
            }
            let mut query = format!("&{first}");
            if first != second {
                query += &format!("&{second}");
            }
            let wanted: Vec<_> = all
                .iter()
                .filter(|r| passes(r) && too(r))
                .cloned()
                .collect();
            assert_eq!(read(desk, &query).await, wanted, "{query}");
            let mut seen = Vec::new();
            let mut cursor = String::new();
            loop {
                let page = desk
                    .admin
                    .get(&format!("{AUDIT}?limit=5{query}{cursor}"))
                    .await
                    .ok(200);
                seen.extend(items(&page));
                match page.body["next_cursor"].as_str() {
                    Some(next) => cursor = format!("&cursor={next}"),
                    None => break,
                }
            }
            assert_eq!(seen, wanted, "{query}");
        }
    }
}

/// It is read by admins, changed by nobody.
async fn it_is_for_admins_and_append_only(desk: &Desk) {
    for client in [&desk.agent.client, &desk.ana.client] {
        assert_eq!(client.get(AUDIT).await.status, 403);
    }
    assert_eq!(desk.nobody().get(AUDIT).await.status, 401);
    for bad in [
        "action=DROP",
        "action=user.",
        "action=user.updated,",
        "action=",
        "actor=me",
        "subject=acme",
        "from=yesterday",
        "limit=101",
        "q=ana",
        "cursor=AAAA",
    ] {
        let answer = desk.admin.get(&format!("{AUDIT}?{bad}")).await;
        assert_eq!(answer.status, 400, "{bad}: {}", answer.text);
    }
    for answer in [
        desk.admin.post(AUDIT, json!({})).await,
        desk.admin.patch(AUDIT, "*", json!({})).await,
        desk.admin.delete(AUDIT, "*").await,
    ] {
        assert_eq!((answer.status, answer.code()), (405, "method_not_allowed"));
    }
}

bsm_tests::served_on_both_engines! {
    every_act_is_written_down,
    filters_find_what_they_say,
    it_is_for_admins_and_append_only,
}
