//! How customers fare, told over HTTP.

use std::collections::BTreeMap;

use bsm_domain::ids::UserId;
use bsm_tests::seed::{self};
use bsm_tests::{Client, Desk};
use serde_json::{Value, json};

async fn row_of(client: &Client, customer: UserId) -> Value {
    let path = format!("/api/admin/customer-insights/{customer}");
    client.get(&path).await.ok(200).body
}

/// A row says what the contract says, and each count is that of the list it stands for.
async fn a_row_tells_what_its_lists_count(desk: &Desk) {
    let service = seed::service(desk.db(), "Anything").await;
    for status in [
        "new",
        "open",
        "pending",
        "on_hold",
        "resolved",
        "closed",
        "withdrawn",
    ] {
        desk.ticket_in(&desk.ana, status).await;
        desk.ticket_in(&desk.ben, status).await;
    }
    let order = format!("/api/customer/services/{service}/requests");
    let ordered = desk.ana.post(&order, json!({"form": {}})).await.ok(201);
    desk.staff_message(ordered.str("/id"), "public", "On its way.")
        .await;
    desk.set_status(ordered.str("/id"), "resolved").await;
    let rating = format!("/api/customer/tickets/{}/rating", ordered.str("/id"));
    desk.ana.put(&rating, json!({"score": 4})).await.ok(200);

    let row = row_of(&desk.agent, desk.ana.id).await;
    assert_eq!(row["customer"]["email"], "ana@acme.example");
    assert_eq!(row["customer"]["organization"]["name"], "Acme");
    assert_eq!(row["rating"], json!({"average": 4.0, "count": 1}));
    assert_eq!(row["services_requested"], 1);
    assert_eq!(row["services"][0]["service"]["name"], "Anything");
    assert_eq!(row["services"][0]["requests"], 1);
    assert!(row["first_response_seconds"]["median"].is_i64());
    assert!(row["resolution_seconds"]["p90"].is_i64());
    assert!(row["last_activity_at"].is_string() && row["as_of"].is_string());

    let ana = desk.ana.id;
    let mut lists = BTreeMap::from([
        ("/tickets/total", format!("tickets/counts?requester={ana}")),
        (
            "/services_requested",
            format!("tickets/counts?requester={ana}&ordered=true"),
        ),
    ]);
    let statuses = ["new", "open", "pending", "on_hold", "resolved", "closed"];
    let pointers = statuses.map(|s| format!("/tickets/{s}"));
    for (status, pointer) in statuses.iter().zip(&pointers) {
        lists.insert(
            pointer,
            format!("tickets/counts?requester={ana}&status={status}"),
        );
    }
    for (pointer, list) in lists {
        let counts = desk.agent.get(&format!("/api/admin/{list}")).await.ok(200);
        assert_eq!(
            row.pointer(pointer),
            Some(&counts.body["total"]),
            "{pointer}"
        );
    }
    let ratings = desk
        .agent
        .get(&format!("/api/admin/feedback?customer={ana}"))
        .await
        .ok(200);
    assert_eq!(ratings.body["items"].as_array().map(Vec::len), Some(1));

    // A customer without tickets has a row with zeros.
    let dora = row_of(&desk.agent, desk.dora.id).await;
    assert_eq!(dora["tickets"]["total"], 0);
    assert_eq!(dora["rating"], json!({"average": null, "count": 0}));
    for nothing in [
        "first_response_seconds",
        "resolution_seconds",
        "last_activity_at",
    ] {
        assert_eq!(dora[nothing], Value::Null, "{nothing}");
    }

    // A time has the tickets opened in it.
    let all = format!("/api/admin/tickets?requester={ana}&sort=created_at&limit=100");
    let tickets = desk.agent.get(&all).await.ok(200);
    let middle = tickets.body["items"][3]["created_at"]
        .as_str()
        .expect("a time")
        .to_owned();
    for (query, count) in [(format!("from={middle}"), 5), (format!("to={middle}"), 3)] {
        let path = format!("/api/admin/customer-insights/{ana}?{query}");
        let row = desk.agent.get(&path).await.ok(200);
        assert_eq!(row.body["tickets"]["total"], count, "{query}");
        let list = desk
            .agent
            .get(&format!("/api/admin/customer-insights?{query}&q=ana"))
            .await;
        let list = list.ok(200);
        assert_eq!(
            list.body["items"][0]["tickets"], row.body["tickets"],
            "{query}"
        );
    }
}

/// Every figure orders the list; search and organization narrow it; what is wrong is told.
async fn the_list_is_ordered_searched_and_narrowed(desk: &Desk) {
    for (n, who) in [&desk.ana, &desk.ana, &desk.ben, &desk.carla]
        .iter()
        .enumerate()
    {
        let id = desk.ticket_of(who, &format!("Ticket {n}")).await;
        if n < 2 {
            desk.staff_message(&id, "public", "Words.").await;
        }
    }
    let list = "/api/admin/customer-insights";
    let names = async |query: &str| -> Vec<String> {
        let mut names = Vec::new();
        let mut cursor = String::new();
        loop {
            let path = format!("{list}?limit=2{query}{cursor}");
            let page = desk.agent.get(&path).await.ok(200);
            for item in page.body["items"].as_array().expect("items") {
                let name = item["customer"]["email"].as_str().expect("an address");
                names.push(name.split('@').next().unwrap_or_default().to_owned());
            }
            match page.body["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return names,
            }
        }
    };
    assert_eq!(
        names("").await[0],
        "carla",
        "who was active last comes first"
    );
    assert_eq!(names("&sort=-tickets.total").await[0], "ana");
    assert_eq!(names("&sort=tickets.total").await[5], "ana");
    let by_response = names("&sort=first_response_seconds.median").await;
    assert_eq!(
        by_response[5], "ana",
        "who was never answered has a place before"
    );
    assert_eq!(
        names("&sort=created_at").await,
        ["ana", "ben", "fay", "carla", "dora", "emil"]
    );
    assert_eq!(names("&q=carl").await, ["carla"]);
    assert_eq!(names("&q=globex").await, ["carla"]);
    let acme = format!("&organization={}&sort=-tickets.total", desk.acme);
    assert_eq!(names(&acme).await, ["ana", "ben", "fay"]);
    assert!(names("&q=%2D").await.is_empty(), "no word finds nobody");

    let page = desk.agent.get(&format!("{list}?limit=1")).await.ok(200);
    let cursor = page.str("/next_cursor").to_owned();
    let now = "2026-01-01T00:00:00Z";
    for (query, code) in [
        ("sort=tickets".to_owned(), "invalid_query"),
        ("sort=--tickets.total".to_owned(), "invalid_query"),
        (format!("from={now}&to={now}"), "invalid_query"),
        (format!("from={now}&sort=-tickets.total"), "invalid_query"),
        (
            format!("cursor={cursor}&sort=last_activity_at"),
            "invalid_cursor",
        ),
        (
            format!("cursor={cursor}&sort=-tickets.total"),
            "invalid_cursor",
        ),
        (format!("cursor={cursor}x"), "invalid_cursor"),
    ] {
        let answer = desk.agent.get(&format!("{list}?{query}")).await;
        assert_eq!((answer.status, answer.code()), (400, code), "{query}");
    }
    // Those that are no customers have no row; nor has what cannot be an id.
    for id in [
        desk.agent.id.to_string(),
        "TKT-1".into(),
        UserId::generate().to_string(),
    ] {
        for path in [format!("{list}/{id}"), format!("{list}/{id}/activity")] {
            assert_eq!(desk.agent.get(&path).await.status, 404, "{path}");
        }
    }
}

/// What happened around a customer is told newest first, without notes.
async fn activity_is_told_newest_first(desk: &Desk) {
    let id = desk.ticket_of(&desk.ana, "A broken lamp").await;
    desk.staff_message(&id, "internal", "Secret words.").await;
    desk.staff_message(&id, "public", "Words.").await;
    desk.set_status(&id, "resolved").await;
    let rating = format!("/api/customer/tickets/{id}/rating");
    desk.ana.put(&rating, json!({"score": 5})).await.ok(200);
    desk.ticket_of(&desk.ben, "Another's").await;
    let path = format!("/api/admin/customer-insights/{}/activity", desk.ana.id);
    let answer = desk.agent.get(&path).await.ok(200);
    let told: Vec<_> = answer.body["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|item| {
            assert_eq!(item["ticket"]["subject"], "A broken lamp");
            (
                item["type"].as_str().unwrap_or_default(),
                item["actor"]["role"].as_str(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("ticket.rated", Some("customer")),
            ("ticket.resolved", Some("staff")),
            ("ticket.updated", Some("staff")),
            ("ticket.message_added", Some("staff")),
            ("ticket.created", Some("customer")),
        ]
    );
    assert!(!answer.text.contains("note_added"));
}

bsm_tests::served_on_both_engines! {
    a_row_tells_what_its_lists_count,
    the_list_is_ordered_searched_and_narrowed,
    activity_is_told_newest_first,
}
