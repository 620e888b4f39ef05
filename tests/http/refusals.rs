//! What is wrong with a path, a query or a header, and what customers may not set.

use bsm_tests::document::{Audience, Operation, all_operations, operations};
use bsm_tests::{Client, Desk, Samples};
use reqwest::Method;
use serde_json::{Value, json};

use crate::bodies::{caller, request};

/// Reads with query parameters, each with its path and somebody who may call it.
fn lists(desk: &Desk, samples: &Samples) -> Vec<(Operation, String, Client)> {
    all_operations()
        .into_iter()
        .filter(|o| o.method == "GET" && !o.query_names().is_empty())
        .map(|o| {
            let (path, client) = (samples.path(&o), caller(desk, &o));
            (o, path, client)
        })
        .collect()
}

/// A value that a parameter takes.
fn good(name: &str, samples: &Samples) -> String {
    match name {
        "status" => "open".into(),
        "priority" => "high".into(),
        "rated" | "active" | "waiting" | "reopened" | "ordered" => "true".into(),
        "scope" => "mine".into(),
        "sort" => "-created_at".into(),
        "role" => "agent".into(),
        "score" => "1".into(),
        "limit" => "5".into(),
        "time_zone" => "Europe/Berlin".into(),
        "days" => "14".into(),
        "assignee" => "none".into(),
        "service" => samples.service.clone(),
        "requester" | "customer" => samples.user.clone(),
        "organization" => samples.organization.clone(),
        "created_from" | "created_to" | "answered_from" | "answered_to" | "resolved_from"
        | "resolved_to" | "from" | "to" => "2026-01-01T00:00:00Z".into(),
        _ => "incident".into(),
    }
}

/// Values that a parameter does not take.
fn bad(name: &str) -> Vec<String> {
    let words: &[&str] = match name {
        "limit" => &[
            "0",
            "101",
            "abc",
            "-1",
            "",
            "1.5",
            "99999999999999999999",
            "+5x",
        ],
        "q" | "tag" => &["%00", "a%1bb", "%ff", "%c3%28"],
        "cursor" => &["", "x", "AAAA", "%00", "%F0%9F%92%A9", "!!!!"],
        "category" => &["%00", "%ff"],
        "created_from" | "created_to" | "answered_from" | "answered_to" | "resolved_from"
        | "resolved_to" | "from" | "to" => &[
            "",
            "yesterday",
            "2026-13-01T00:00:00Z",
            "2026-01-01",
            // What no engine can compare with, and what a year less is beyond all calendars.
            "-262143-01-01T00:00:00Z",
            "-5000-01-01T00:00:00Z",
            "%2B10001-01-01T00:00:00Z",
            "%2B262142-12-31T23:59:59Z",
        ],
        "status" | "priority" | "role" | "score" => &["", "nonsense", ",", "open,,", "1,x", "OPEN"],
        _ => &["", "nonsense", "%00"],
    };
    let mut bad: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
    if name == "q" {
        bad.push("a".repeat(201));
    }
    if name == "cursor" {
        bad.push("A".repeat(5_000));
    }
    bad
}

async fn parameters_are_checked(desk: &Desk) {
    let samples = Samples::of(desk).await;
    for (operation, path, client) in lists(desk, &samples) {
        for query in [
            "nonsense=1",
            "Limit=5",
            "limit[]=5",
            "=",
            "limit=5&nonsense",
        ] {
            let answer = client.get(&format!("{path}?{query}")).await;
            assert_eq!(
                (answer.status, answer.code()),
                (400, "invalid_query"),
                "{path}?{query}"
            );
        }
        for name in operation.query_names() {
            for value in bad(name) {
                let call = format!("{path}?{name}={value}");
                let answer = client.get(&call).await;
                assert_eq!(answer.status, 400, "{call}: {}", answer.text);
                let code = if name == "cursor" {
                    "invalid_cursor"
                } else {
                    "invalid_query"
                };
                let told = answer.code() == code || answer.code() == "invalid_query";
                assert!(told, "{call}: {}", answer.text);
            }
            let value = good(name, &samples);
            let twice = format!("{path}?{name}={value}&{name}={value}");
            let answer = client.get(&twice).await;
            assert_eq!(
                (answer.status, answer.code()),
                (400, "invalid_query"),
                "{twice}"
            );
        }
    }
}

/// Years that no ticket can be of are taken, and found to be before or after all.
async fn times_before_and_after_all_are_taken(desk: &Desk) {
    desk.ticket_of(&desk.ana, "The only one").await;
    for (query, wanted) in [
        ("created_from=0000-01-01T00:00:00%2B23:59", 1),
        ("created_from=0501-12-07T10:01:26Z", 1),
        ("created_from=9999-12-31T23:59:59.999999Z", 0),
        ("created_from=9999-12-31T23:59:59-23:59", 0),
        ("created_to=0000-01-01T00:00:00%2B23:59", 0),
        ("created_to=1969-12-31T23:59:59Z", 0),
        ("created_to=9999-12-31T23:59:59Z", 1),
        ("created_to=9999-12-31T23:59:59-23:59", 1),
    ] {
        let path = "/api/admin/tickets";
        let counts = desk.agent.get(&format!("{path}/counts?{query}")).await;
        assert_eq!(counts.ok(200).body["total"], json!(wanted), "{query}");
        for sort in ["", "&sort=created_at"] {
            let list = desk.agent.get(&format!("{path}?{query}{sort}")).await;
            let found = list.ok(200).body["items"].as_array().map(Vec::len);
            assert_eq!(found, Some(wanted), "{query}{sort}");
        }
    }
}

/// The orders that a list is documented to have, at most four, as its address asks for them.
fn orders(operation: &Operation) -> Vec<String> {
    let parameters = operation.parameters("query");
    let Some(sort) = parameters.iter().find(|p| p["name"] == "sort") else {
        return vec![String::new()];
    };
    let schema = operation.resolved(&sort["schema"]);
    let values = schema["enum"].as_array().expect("the orders of a list");
    let values = values.iter().filter_map(Value::as_str);
    values
        .take(4)
        .map(|value| format!("&sort={value}"))
        .collect()
}

/// A cursor is good for the list and the order that made it.
async fn cursors_are_good_for_their_own_list(desk: &Desk) {
    let samples = Samples::of(desk).await;
    for n in 0..3 {
        let id = desk.ticket_of(&desk.ana, &format!("Ticket {n}")).await;
        desk.staff_message(&id, "public", "One").await;
    }
    for _ in 0..2 {
        desk.staff_message(&samples.ticket, "public", "Words").await;
        Samples::of(desk).await;
    }
    let mut cursors = Vec::new();
    for (operation, path, client) in lists(desk, &samples) {
        if !operation.query_names().contains(&"cursor") {
            continue;
        }
        for sort in orders(&operation) {
            let answer = client.get(&format!("{path}?limit=1{sort}")).await.ok(200);
            let Some(cursor) = answer.body["next_cursor"].as_str().map(str::to_owned) else {
                continue;
            };
            let whole = format!("{path}?limit=1{sort}&cursor={cursor}");
            client.get(&whole).await.ok(200);
            for broken in [
                &cursor[1..],
                &cursor[..cursor.len() - 1],
                &format!("{cursor}A"),
                &format!("{cursor}="),
            ] {
                let call = format!("{path}?limit=1{sort}&cursor={broken}");
                let answer = client.get(&call).await;
                assert_eq!(
                    (answer.status, answer.code()),
                    (400, "invalid_cursor"),
                    "{call}"
                );
            }
            cursors.push((format!("{path}?limit=1{sort}"), client.clone(), cursor));
        }
    }
    assert!(
        cursors.len() > 10,
        "only {} lists have a second page",
        cursors.len()
    );
    for (path, client, own) in &cursors {
        for (other, _, cursor) in cursors.iter().filter(|c| c.2 != *own) {
            let answer = client.get(&format!("{path}&cursor={cursor}")).await;
            assert_eq!(
                (answer.status, answer.code()),
                (400, "invalid_cursor"),
                "{path} with the cursor of {other}"
            );
        }
    }
}

/// Paths that lead nowhere, and methods that a path does not have.
async fn paths_and_methods_are_told_apart(desk: &Desk) {
    let samples = Samples::of(desk).await;
    let nowhere = [
        "/nonsense",
        "/api",
        "/api/",
        "/api/nonsense",
        "/api/customer",
        "/api/customer/nonsense",
        "/api/customer/tickets/x/nonsense",
        "/api/admin/nonsense/../tickets/x/y",
        "/api/admin/tickets/",
        "/knowledge-base-articles/a/b",
    ];
    for path in nowhere {
        for client in [
            desk.nobody(),
            desk.ana.client.clone(),
            desk.admin.client.clone(),
        ] {
            for method in [Method::GET, Method::POST, Method::DELETE] {
                let answer = bsm_tests::send(client.request(method.clone(), path)).await;
                assert_eq!(
                    (answer.status, answer.code()),
                    (404, "not_found"),
                    "{method} {path}"
                );
            }
        }
    }
    for operation in all_operations() {
        let path = samples.path(&operation);
        let methods: Vec<String> = all_operations()
            .iter()
            .filter(|o| o.path == operation.path)
            .map(|o| o.method.to_string())
            .collect();
        for method in [
            Method::GET,
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
        ] {
            // `counts` could be a ticket's id as well, `import` a person's.
            let an_id = ["/counts", "/import"].iter().any(|end| path.ends_with(end));
            if methods.contains(&method.to_string()) || an_id {
                continue;
            }
            let client = caller(desk, &operation);
            let answer = bsm_tests::send(client.request(method.clone(), &path)).await;
            assert_eq!(
                (answer.status, answer.code()),
                (405, "method_not_allowed"),
                "{method} {path}"
            );
            let mut allowed: Vec<&str> = answer.header("allow").split(", ").collect();
            allowed.sort_unstable();
            let mut wanted: Vec<&str> = methods.iter().map(String::as_str).collect();
            wanted.sort_unstable();
            assert_eq!(allowed, wanted, "{method} {path}");
        }
    }
    for operation in operations(Audience::Admin)
        .iter()
        .filter(|o| o.path.contains('{'))
    {
        for id in [
            "nonsense",
            "00000000-0000-7000-8000-000000000000",
            "%00",
            "TKT-99999",
            "{id}",
        ] {
            let mut request = request(desk, operation, &samples.path_with(operation, id));
            if let Some(body) = samples.body(operation) {
                request = request.json(&body);
            }
            let answer = bsm_tests::send(request).await;
            assert_eq!(
                (answer.status, answer.code()),
                (404, "not_found"),
                "{} {id}",
                operation.name()
            );
        }
    }
}

/// Changes name the version that they are made of.
async fn changes_name_their_version(desk: &Desk) {
    let samples = Samples::of(desk).await;
    let mut seen = 0;
    for operation in operations(Audience::Admin) {
        if operation.id == "ticket_draft.put" {
            // Where nothing is kept, 0 is no old version; and the same texts again are no change.
            let other = json!({"visibility": "internal", "reply": "Hello", "note": "Ask Ben."});
            let path = samples.path(&operation);
            let _ = desk.admin.put(&path, other).await.ok(200);
        }
        let required = operation
            .parameters("header")
            .iter()
            .any(|p| p["name"] == "If-Match" && p["required"] == true);
        if !operation.takes_header("If-Match") {
            continue;
        }
        seen += 1;
        let name = operation.name();
        let path = samples.path(&operation);
        let shown = path
            .trim_end_matches("/publish")
            .trim_end_matches("/retire")
            .trim_end_matches("/archive")
            .trim_end_matches("/merge")
            .trim_end_matches("/rotate-secret")
            .trim_end_matches("/enable")
            .trim_end_matches("/disable")
            .trim_end_matches("/logo")
            .trim_end_matches("/revisions/1/restore");
        let now = async || desk.admin.get(shown).await.ok(200);
        let before = now().await;
        let call = async |tags: &[&str]| {
            let mut request = desk.admin.request(operation.method.clone(), &path);
            for tag in tags {
                request = request.header("If-Match", *tag);
            }
            if let Some(body) = samples.body(&operation) {
                request = request.json(&body);
            }
            bsm_tests::send(request).await
        };
        if required {
            let answer = call(&[]).await;
            assert_eq!(
                (answer.status, answer.code()),
                (428, "if_match_required"),
                "{name}"
            );
        }
        for malformed in [
            "5",
            "\"5",
            "5\"",
            "abc",
            "",
            "W/5",
            "\"1\" \"2\"",
            "\"1\",,",
        ] {
            let answer = call(&[malformed]).await;
            assert_eq!(
                (answer.status, answer.code()),
                (400, "invalid_header"),
                "{name} {malformed:?}"
            );
        }
        let current = before.header("etag").to_owned();
        let weak = format!("W/{current}");
        for old in [
            "\"0\"",
            "\"999999\"",
            "\"5,6\"",
            "\"text\"",
            "\"\"",
            "\"0\", \"-1\"",
            weak.as_str(),
        ] {
            let answer = call(&[old]).await;
            assert_eq!(
                (answer.status, answer.code()),
                (412, "version_mismatch"),
                "{name} {old}"
            );
            assert_eq!(answer.body["current"], before.body, "{name} {old}");
        }
        let after = now().await;
        assert_eq!(
            after.body, before.body,
            "{name} refused, and yet something changed"
        );
        assert_eq!(after.header("etag"), current, "{name}");
        if operation.method == "PATCH" {
            let list = format!("\"0\", {current}");
            let changed = call(&[&list]).await.ok(200);
            assert_ne!(changed.header("etag"), current, "{name}");
            assert_eq!(now().await.header("etag"), changed.header("etag"), "{name}");
            assert_eq!(
                call(&[&current]).await.status,
                412,
                "{name}: the old version again"
            );
            call(&["\"0\"", changed.header("etag")]).await.ok(200);
            call(&["*"]).await.ok(200);
        }
    }
    assert!(seen >= 6, "only {seen} operations take If-Match");
}

/// What a customer adds to a body to gain something is refused, each by its name, and nothing
/// changes.
async fn nobody_sets_what_is_not_theirs(desk: &Desk) {
    let samples = Samples::of(desk).await;
    let mine = |audience: Audience| audience == Audience::Customer;
    let coveted = [
        "id",
        "status",
        "assignee",
        "assignee_id",
        "requester",
        "requester_id",
        "organization",
        "organization_id",
        "organization_role",
        "role",
        "number",
        "active",
        "created_at",
        "updated_at",
        "resolved_at",
        "version",
        "visibility",
        "author_id",
        "customer_id",
        "service",
        "service_id",
        "resolutions",
        "rating",
        "password_hash",
        "is_admin",
        "__proto__",
        "constructor",
        "permissions",
    ];
    let state = async || {
        let ticket = desk
            .agent
            .get(&format!("/api/admin/tickets/{}", samples.ticket))
            .await
            .ok(200);
        let mut people = desk
            .admin
            .get("/api/admin/users?limit=100&sort=created_at")
            .await
            .ok(200)
            .body;
        for person in people["items"].as_array_mut().into_iter().flatten() {
            person["last_seen_at"] = Value::Null;
        }
        let counts = [
            desk.count("select count(*) from tickets").await,
            desk.count("select count(*) from users").await,
            desk.count("select count(*) from ticket_messages").await,
            desk.count("select count(*) from ratings").await,
            desk.count("select count(*) from article_votes").await,
            desk.count("select count(*) from sessions").await,
            desk.count("select count(*) from events").await,
        ];
        (ticket.body, people, counts)
    };
    let before = state().await;
    let mut tried = 0;
    for operation in all_operations()
        .into_iter()
        .filter(|o| mine(o.audience) && o.method != "GET")
    {
        let schema = operation.body().unwrap_or(json!({}));
        let path = samples.path(&operation);
        let own = |name: &str| schema["properties"][name].is_object();
        let foreign: Vec<&str> = coveted.into_iter().filter(|name| !own(name)).collect();
        let whole = samples.body(&operation).unwrap_or(json!({}));
        let mut all = whole.clone();
        for name in &foreign {
            let mut body = whole.clone();
            body[*name] = json!("admin");
            all[*name] = json!(1);
            let answer = bsm_tests::send(request(desk, &operation, &path).json(&body)).await;
            let wanted = [(format!("/{name}"), "unknown_field".to_owned())];
            assert_eq!(
                (answer.status, answer.bad_fields()),
                (422, wanted.to_vec()),
                "{} {name}",
                operation.name()
            );
            tried += 1;
        }
        let answer = bsm_tests::send(request(desk, &operation, &path).json(&all)).await;
        assert_eq!(
            (answer.status, answer.bad_fields().len()),
            (422, foreign.len()),
            "{}",
            operation.name()
        );
    }
    assert!(tried > 200, "only {tried}");
    assert_eq!(state().await, before, "refused, and yet something changed");
}

bsm_tests::served_on_both_engines! {
    parameters_are_checked,
    times_before_and_after_all_are_taken,
    cursors_are_good_for_their_own_list,
    paths_and_methods_are_told_apart,
    changes_name_their_version,
    nobody_sets_what_is_not_theirs,
}
