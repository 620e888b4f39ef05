//! Categories of services and articles.

use bsm_application::categories::adopt;
use bsm_tests::{Answer, Client, Desk, Stream, served_on_both_engines};
use serde_json::{Value, json};

served_on_both_engines! {
    naming_a_category_finds_or_makes_it,
    a_new_name_is_read_and_found_everywhere,
    one_in_use_is_merged_and_not_deleted,
    customers_see_names_pictures_and_order,
    an_old_version_changes_nothing,
    names_from_before_become_categories,
    customers_hear_of_a_new_name_without_learning_it,
}

const PATH: &str = "/api/admin/categories";

async fn categories(client: &Client, kind: &str) -> Vec<Value> {
    let list = client.get(&format!("{PATH}?kind={kind}")).await.ok(200);
    assert_eq!(list.body["next_cursor"], Value::Null);
    list.body["items"].as_array().expect("items").clone()
}

async fn named(client: &Client, kind: &str, name: &str) -> Value {
    let all = categories(client, kind).await;
    let found = all.iter().find(|category| category["name"] == name);
    found
        .unwrap_or_else(|| panic!("no {name} in {all:?}"))
        .clone()
}

fn path_of(category: &Value) -> String {
    format!("{PATH}/{}", category["id"].as_str().expect("an id"))
}

/// A live service under a category; its id.
async fn service(desk: &Desk, name: &str, category: &str) -> String {
    let body = json!({"name": name, "category": category});
    let made = desk.admin.post("/api/admin/services", body).await.ok(201);
    let path = format!("/api/admin/services/{}", made.str("/id"));
    let live = desk.admin.post(&format!("{path}/publish"), json!({})).await;
    live.ok(200).str("/id").to_owned()
}

/// A live article under a category; its slug.
async fn article(desk: &Desk, title: &str, category: &str) -> String {
    let body =
        json!({"title": title, "category": category, "body": "Text.", "visibility": "public"});
    let made = desk.agent.post("/api/admin/knowledge-base", body).await;
    let id = made.ok(201).str("/id").to_owned();
    let path = format!("/api/admin/knowledge-base/{id}/publish");
    desk.agent
        .post(&path, json!({}))
        .await
        .ok(200)
        .str("/slug")
        .to_owned()
}

/// An unknown name makes a category; one that differs only in case or accents means the same one.
async fn naming_a_category_finds_or_makes_it(desk: &Desk) {
    let first = service(desk, "First", "Hardware").await;
    let read = async |id: &str| {
        let path = format!("/api/admin/services/{id}");
        desk.agent
            .get(&path)
            .await
            .ok(200)
            .str("/category")
            .to_owned()
    };
    let second = service(desk, "Second", "  hárdware ").await;
    assert_eq!(
        [read(&first).await, read(&second).await],
        ["Hardware", "Hardware"]
    );
    let hardware = named(&desk.agent, "service", "Hardware").await;
    assert_eq!(
        (&hardware["items"], &hardware["icon"]),
        (&json!(2), &json!("headset"))
    );

    // A draft that is changed names one, too, and articles have theirs apart.
    let path = format!("/api/admin/services/{second}");
    let change = json!({"category": "Software"});
    desk.admin.patch(&path, "*", change.clone()).await.ok(200);
    article(desk, "How to", "Hardware").await;
    assert_eq!(named(&desk.agent, "service", "Software").await["items"], 1);
    assert_eq!(named(&desk.agent, "article", "Hardware").await["items"], 1);
    // The live version still stands under the old one.
    assert_eq!(named(&desk.agent, "service", "Hardware").await["items"], 2);
    // The same name written differently is no change: the version stays.
    let before = desk.admin.get(&path).await.ok(200).body["version"].clone();
    let same = desk
        .admin
        .patch(&path, "*", json!({"category": "SOFTWARE"}))
        .await
        .ok(200);
    assert_eq!(
        (&same.body["version"], &same.body["category"]),
        (&before, &json!("Software"))
    );

    let taken = json!({"kind": "service", "name": "hardware!"});
    assert_eq!(
        desk.admin.post(PATH, taken).await.ok(409).code(),
        "name_taken"
    );
    let made = json!({"kind": "article", "name": " Billing ", "icon": "mail"});
    let made = desk.admin.post(PATH, made).await.ok(201);
    assert_eq!((made.str("/name"), made.str("/icon")), ("Billing", "mail"));
    assert_eq!(made.header("location"), path_of(&made.body));
    for (body, field) in [
        (json!({"kind": "ticket", "name": "X"}), "/kind"),
        (json!({"kind": "service", "name": "  "}), "/name"),
        (json!({"kind": "service", "name": "a\nb"}), "/name"),
        (json!({"kind": "service", "name": "x".repeat(61)}), "/name"),
        (
            json!({"kind": "service", "name": "X", "icon": "skull"}),
            "/icon",
        ),
        (
            json!({"kind": "service", "name": "X", "place": 1}),
            "/place",
        ),
    ] {
        let refused = desk.admin.post(PATH, body).await.ok(422);
        assert_eq!(refused.bad_fields()[0].0, field, "{}", refused.text);
    }
}

/// A new name reaches what is live, drafts, filters, searches and history; versions stay.
async fn a_new_name_is_read_and_found_everywhere(desk: &Desk) {
    let id = service(desk, "Laptop", "Hardware").await;
    let path = format!("/api/admin/services/{id}");
    desk.admin
        .patch(&path, "*", json!({"summary": "A draft."}))
        .await
        .ok(200);
    let slug = article(desk, "Charging", "Hardware").await;
    let version = desk.admin.get(&path).await.ok(200).body["version"].clone();
    for kind in ["service", "article"] {
        let category = named(&desk.admin, kind, "Hardware").await;
        let renamed = desk
            .admin
            .patch(
                &path_of(&category),
                "\"1\"",
                json!({"name": "Zebra devices"}),
            )
            .await
            .ok(200);
        assert_eq!(
            (&renamed.body["version"], &renamed.body["items"]),
            (&json!(2), &json!(1))
        );
    }
    let staff = desk.agent.get(&path).await.ok(200);
    assert_eq!(staff.str("/category"), "Zebra devices");
    assert_eq!(staff.str("/published/category"), "Zebra devices");
    assert_eq!(staff.body["version"], version);
    let found = async |client: &Client, path: &str| client.get(path).await.ok(200).ids();
    for list in ["/api/customer/services", "/api/admin/services"] {
        for query in [
            "category=Zebra%20devices",
            "q=zebra",
            "q=zebra&category=Zebra%20devices",
        ] {
            let client: &Client = if list.contains("admin") {
                &desk.agent
            } else {
                &desk.ana
            };
            assert_eq!(
                found(client, &format!("{list}?{query}")).await,
                std::slice::from_ref(&id),
                "{list} {query}"
            );
        }
        let client: &Client = if list.contains("admin") {
            &desk.agent
        } else {
            &desk.ana
        };
        for query in ["category=Hardware", "q=hardware"] {
            assert!(
                found(client, &format!("{list}?{query}")).await.is_empty(),
                "{list} {query}"
            );
        }
    }
    let nobody = desk.nobody();
    for (client, list) in [
        (&*desk.ana, "/api/customer/knowledge-base"),
        (&nobody, "/knowledge-base-articles"),
    ] {
        for query in ["category=Zebra%20devices", "q=zebra"] {
            let rows = client.get(&format!("{list}?{query}")).await.ok(200);
            assert_eq!(rows.str("/items/0/slug"), slug, "{list} {query}");
        }
        let rows = client
            .get(&format!("{list}?category=Hardware"))
            .await
            .ok(200);
        assert_eq!(rows.body["items"], json!([]));
    }
}

/// Deleting waits until nothing stands there; merging moves it all.
async fn one_in_use_is_merged_and_not_deleted(desk: &Desk) {
    let id = service(desk, "Laptop", "Hardware").await;
    service(desk, "Mail", "Software").await;
    let hardware = named(&desk.admin, "service", "Hardware").await;
    let software = named(&desk.admin, "service", "Software").await;
    let refused = desk.admin.delete(&path_of(&hardware), "*").await.ok(409);
    assert_eq!(refused.code(), "in_use");
    let taken = json!({"name": "SOFTWARE"});
    let taken = desk
        .admin
        .patch(&path_of(&hardware), "*", taken)
        .await
        .ok(409);
    assert_eq!(taken.code(), "name_taken");

    let merge = format!("{}/merge", path_of(&hardware));
    article(desk, "Elsewhere", "Software").await;
    let elsewhere = named(&desk.admin, "article", "Software").await;
    for into in [&hardware, &elsewhere] {
        let refused = desk
            .admin
            .post(&merge, json!({"into": into["id"]}))
            .await
            .ok(422);
        assert_eq!(
            refused.bad_fields(),
            [("/into".to_owned(), "unknown_reference".to_owned())]
        );
    }
    let merged = desk
        .admin
        .post(&merge, json!({"into": software["id"]}))
        .await
        .ok(200);
    assert_eq!(
        (merged.str("/name"), &merged.body["items"]),
        ("Software", &json!(2))
    );
    desk.admin.get(&path_of(&hardware)).await.ok(404);
    let read = desk
        .ana
        .get(&format!("/api/customer/services/{id}"))
        .await
        .ok(200);
    assert_eq!(read.str("/category"), "Software");

    let empty = json!({"kind": "service", "name": "Empty"});
    let empty = desk.admin.post(PATH, empty).await.ok(201).body;
    desk.admin.delete(&path_of(&empty), "\"1\"").await.ok(204);
    desk.admin.get(&path_of(&empty)).await.ok(404);
    // Agents read, customers do not even that.
    assert_eq!(
        desk.agent
            .delete(&path_of(&software), "*")
            .await
            .ok(403)
            .code(),
        "forbidden"
    );
    assert_eq!(
        desk.agent
            .post(&merge, json!({"into": software["id"]}))
            .await
            .ok(403)
            .code(),
        "forbidden"
    );
    desk.ana.get(PATH).await.ok(403);
}

/// Lists carry the categories in the desk's order, with pictures and counts.
async fn customers_see_names_pictures_and_order(desk: &Desk) {
    for (name, category) in [
        ("A", "Alpha"),
        ("B", "Beta"),
        ("C", "Gamma"),
        ("D", "Gamma"),
    ] {
        service(desk, &format!("Service {name}"), category).await;
    }
    let gamma = named(&desk.admin, "service", "Gamma").await;
    let change = json!({"place": 1, "icon": "rocket"});
    let moved = desk
        .admin
        .patch(&path_of(&gamma), "*", change)
        .await
        .ok(200);
    assert_eq!(
        (&moved.body["place"], &moved.body["version"]),
        (&json!(1), &json!(2))
    );
    let expected = json!([
        {"category": "Gamma", "icon": "rocket", "count": 2},
        {"category": "Alpha", "icon": "headset", "count": 1},
        {"category": "Beta", "icon": "headset", "count": 1},
    ]);
    for (client, path) in [
        (&desk.ana, "/api/customer/services?category=Beta"),
        (&desk.agent, "/api/admin/services?limit=1"),
    ] {
        let list = client.get(path).await.ok(200);
        assert_eq!(list.body["categories"], expected);
    }
    let places: Vec<Value> = categories(&desk.agent, "service")
        .await
        .iter()
        .map(|c| c["place"].clone())
        .collect();
    assert_eq!(places, [1, 2, 3]);
    // Beyond the end is the end.
    let change = json!({"place": 1000});
    let moved = desk
        .admin
        .patch(&path_of(&gamma), "*", change)
        .await
        .ok(200);
    assert_eq!(moved.body["place"], 3);
}

/// Two admins at once: the second is told what stands there now.
async fn an_old_version_changes_nothing(desk: &Desk) {
    let made = json!({"kind": "service", "name": "Hardware"});
    let category = desk.admin.post(PATH, made).await.ok(201).body;
    let path = path_of(&category);
    let change = json!({"name": "Devices"});
    desk.admin.patch(&path, "\"1\"", change).await.ok(200);
    let stale = async |answer: Answer| {
        let answer = answer.ok(412);
        assert_eq!(answer.str("/current/name"), "Devices");
    };
    stale(
        desk.admin
            .patch(&path, "\"1\"", json!({"name": "Mine"}))
            .await,
    )
    .await;
    stale(desk.admin.delete(&path, "\"1\"").await).await;
    let missing = desk.admin.request(reqwest::Method::DELETE, &path);
    assert_eq!(
        bsm_tests::send(missing).await.ok(428).code(),
        "if_match_required"
    );
}

/// What was written before there were categories gets them when the server starts.
async fn names_from_before_become_categories(desk: &Desk) {
    for (n, category) in ["Support", "Support", "SUPPORT", "Old"].iter().enumerate() {
        service(desk, &format!("Service {n}"), "General").await;
        let rename = format!("Service {n}");
        desk.db()
            .write(async |tx| {
                tx.q("update service_versions set category = $1 where name = $2")
                    .bind((*category).to_owned())
                    .bind(rename.clone())
                    .execute()
                    .await?;
                // As the migration does with what is there.
                tx.q(
                    "update customer_services set draft_category = $1, live_category = $1 where id in \
                      (select service_id from service_versions where name = $2)",
                )
                .bind((*category).to_owned())
                .bind(rename.clone())
                .execute()
                .await
            })
            .await
            .expect("written");
    }
    for _ in 0..2 {
        adopt(&desk.state.app).await.expect("adopted");
        let all = categories(&desk.agent, "service").await;
        let names: Vec<(&str, i64)> = all
            .iter()
            .filter_map(|c| Some((c["name"].as_str()?, c["items"].as_i64()?)))
            .collect();
        assert_eq!(names, [("General", 0), ("Old", 1), ("Support", 3)]);
    }
}

/// The event says which category, never its name; making one is staff's own affair.
async fn customers_hear_of_a_new_name_without_learning_it(desk: &Desk) {
    desk.all_events_have_positions().await;
    let mut customer = desk.ana.stream("/api/customer/events", None).await;
    let mut staff = desk.agent.stream("/api/admin/events", None).await;
    let made = json!({"kind": "service", "name": "Hardware"});
    let category = desk.admin.post(PATH, made).await.ok(201).body;
    let change = json!({"name": "Secret devices"});
    desk.admin
        .patch(&path_of(&category), "*", change)
        .await
        .ok(200);
    heard(&mut staff, "category.created", &category["id"]).await;
    let told = heard(&mut staff, "category.updated", &category["id"]).await;
    assert_eq!(told["changes"], json!({"name": {"from": null, "to": null}}));
    let told = heard(&mut customer, "category.updated", &category["id"]).await;
    assert_eq!(told["changes"], json!({}));
    assert!(!told.to_string().contains("devices"));
}

/// The next event of this kind; for a customer nothing of a category comes before it.
async fn heard(stream: &mut Stream, name: &str, category: &Value) -> Value {
    loop {
        let event = stream.next().await.expect("the stream goes on");
        if event.name.starts_with("category.") {
            assert_eq!(
                (&*event.name, &event.data["subject"]["id"]),
                (name, category)
            );
            return event.data;
        }
    }
}
