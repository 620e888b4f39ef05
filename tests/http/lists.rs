//! Lists of tickets against a slow reference, and pages while others write.

use std::collections::BTreeSet;

use bsm_tests::document::{Audience, operations};
use bsm_tests::{Client, Desk, send};
use reqwest::Method;
use serde_json::{Value, json};

/// All items of a list, page by page.
async fn all(client: &Client, path: &str, limit: usize) -> Vec<Value> {
    let sign = if path.contains('?') { '&' } else { '?' };
    let mut items = Vec::new();
    let mut cursor = String::new();
    loop {
        let call = format!("{path}{sign}limit={limit}{cursor}");
        let page = client.get(&call).await.ok(200);
        let found = page.body["items"].as_array().expect("items").clone();
        assert!(found.len() <= limit, "{call}");
        items.extend(found);
        match page.body["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return items,
        }
    }
}

fn ids(items: &[Value]) -> Vec<String> {
    let id = |i: &Value| i["id"].as_str().expect("an id").to_owned();
    items.iter().map(id).collect()
}

/// A search for nothing, or for what is no word, is no mistake: wherever one can search.
async fn a_search_without_a_word_is_answered(desk: &Desk) {
    let mut asked = 0;
    for (audience, client) in [
        (Audience::Customer, &desk.ana),
        (Audience::Admin, &desk.admin),
    ] {
        for operation in operations(audience) {
            let searches = operation.value["parameters"]
                .as_array()
                .into_iter()
                .flatten();
            let mut searches = searches.filter(|p| p["in"] == "query" && p["name"] == "q");
            if operation.method != "GET"
                || operation.path.contains('{')
                || searches.next().is_none()
            {
                continue;
            }
            for q in ["", "%20", "!%3F", "%22%22"] {
                let path = format!("{}?q={q}", operation.path);
                let answer = client.get(&path).await.ok(200);
                let found = answer.body["items"].as_array().map_or(0, Vec::len);
                assert_eq!(found, 0, "{path}");
                asked += 1;
            }
        }
    }
    assert!(asked > 20, "{asked}");
    let counts = desk.admin.get("/api/admin/tickets/counts?q=").await.ok(200);
    assert_eq!(counts.body["total"], 0);
}

/// `counts` is no ticket and `import` nobody: they have their own methods, not those of one.
async fn a_fixed_path_has_methods_of_its_own(desk: &Desk) {
    for (method, path, allowed) in [
        (Method::PATCH, "/api/admin/tickets/counts", "GET"),
        (Method::DELETE, "/api/admin/tickets/counts", "GET"),
        (Method::GET, "/api/admin/users/import", "POST"),
        (Method::PATCH, "/api/admin/users/import", "POST"),
    ] {
        let request = desk.admin.request(method.clone(), path);
        let answer = send(request).await;
        assert_eq!(answer.status, 405, "{method} {path}: {}", answer.text);
        assert_eq!(answer.headers["allow"], allowed, "{method} {path}");
    }
}

/// Tickets that differ in all that can be filtered by.
async fn a_mixed_desk(desk: &Desk) {
    let people = [&desk.ana, &desk.ben, &desk.carla, &desk.dora];
    let states = ["new", "open", "pending", "on_hold", "resolved", "closed"];
    for n in 0..24_usize {
        let id = desk.ticket_in(people[n % 4], states[n % 6]).await;
        let mut patch = json!({
            "priority": (["low", "normal", "high", "urgent"][n / 2 % 4]),
            "category": (["customer_request", "incident", "question"][n % 3]),
            "subject": format!("Thing {n} {}", ["printer", "laptop"][n % 2]),
        });
        if n % 6 != 0 {
            let assignees = [Value::Null, json!(desk.agent.id), json!(desk.agent2.id)];
            patch["assignee_id"] = assignees[n / 3 % 3].clone();
        }
        desk.change_ticket(&id, patch).await;
    }
}

/// A query, and whether a ticket passes it.
type Filter = (String, Box<dyn Fn(&Value) -> bool + Send + Sync>);

fn filters(desk: &Desk, tickets: &[Value]) -> Vec<Filter> {
    let one_of = |field: &'static str, values: &'static [&'static str]| -> Filter {
        let passes = move |t: &Value| values.iter().any(|v| t[field] == *v);
        (format!("{field}={}", values.join(",")), Box::new(passes))
    };
    let assignee = |text: &str, ids: Vec<Value>| -> Filter {
        let passes = move |t: &Value| ids.contains(&t["assignee"]["id"]);
        (format!("assignee={text}"), Box::new(passes))
    };
    let (ben, acme) = (desk.ben.id.to_string(), desk.acme.to_string());
    let (agent, agent2) = (desk.agent.id.to_string(), desk.agent2.id.to_string());
    let middle = tickets[tickets.len() / 2]["created_at"]
        .as_str()
        .expect("a time")
        .to_owned();
    let (from, to) = (middle.clone(), middle.clone());
    vec![
        one_of("status", &["open"]),
        one_of("status", &["new", "on_hold", "closed"]),
        one_of("priority", &["high", "urgent"]),
        one_of("category", &["incident"]),
        assignee("me", vec![json!(agent)]),
        assignee("none", vec![Value::Null]),
        assignee(&format!("none,{agent2}"), vec![Value::Null, json!(agent2)]),
        (
            format!("requester={ben}"),
            Box::new(move |t| t["requester"]["id"] == ben),
        ),
        (
            format!("organization={acme}"),
            Box::new(move |t| t["organization"]["id"] == acme),
        ),
        (
            format!("created_from={middle}"),
            Box::new(move |t| t["created_at"].as_str() >= Some(&from)),
        ),
        (
            format!("created_to={middle}"),
            Box::new(move |t| t["created_at"].as_str() < Some(&to)),
        ),
        (
            "q=print".into(),
            Box::new(|t| t["subject"].as_str().is_some_and(|s| s.contains("printer"))),
        ),
    ]
}

/// Each filter alone and each pair of them finds what the reference finds, counted alike.
async fn filters_find_what_they_say(desk: &Desk) {
    a_mixed_desk(desk).await;
    let tickets = all(&desk.agent, "/api/admin/tickets?sort=-created_at", 100).await;
    assert_eq!(tickets.len(), 24);
    let filters = filters(desk, &tickets);
    for (n, (first, passes)) in filters.iter().enumerate() {
        for (second, too) in &filters[n..] {
            let name = |f: &str| f.split('=').next().unwrap_or_default().to_owned();
            if first != second && name(first) == name(second) {
                continue;
            }
            let query = if first == second {
                first.clone()
            } else {
                format!("{first}&{second}")
            };
            let wanted: Vec<_> = tickets
                .iter()
                .filter(|t| passes(t) && too(t))
                .cloned()
                .collect();
            let path = format!("/api/admin/tickets?{query}&sort=-created_at");
            assert_eq!(
                ids(&all(&desk.agent, &path, 7).await),
                ids(&wanted),
                "{query}"
            );
            let counts = desk
                .agent
                .get(&format!("/api/admin/tickets/counts?{query}"))
                .await
                .ok(200);
            assert_eq!(counts.body["total"], wanted.len(), "{query}");
            for status in ["new", "open", "pending", "on_hold", "resolved", "closed"] {
                let count = wanted.iter().filter(|t| t["status"] == status).count();
                assert_eq!(counts.body["by_status"][status], count, "{query} {status}");
            }
            for priority in ["low", "normal", "high", "urgent"] {
                let count = wanted.iter().filter(|t| t["priority"] == priority).count();
                assert_eq!(
                    counts.body["by_priority"][priority], count,
                    "{query} {priority}"
                );
            }
            for row in counts.body["by_assignee"].as_array().expect("rows") {
                let same = |t: &&Value| t["assignee"]["id"] == row["assignee"]["id"];
                assert_eq!(row["count"], wanted.iter().filter(same).count(), "{query}");
            }
        }
    }
}

/// A customer's filters speak of what the customer sees.
async fn customers_filter_what_they_see(desk: &Desk) {
    a_mixed_desk(desk).await;
    let own = all(&desk.ben, "/api/customer/tickets?sort=-created_at", 100).await;
    assert_eq!(own.len(), 6);
    for status in ["new", "open", "pending", "resolved", "closed"] {
        let wanted: Vec<_> = own
            .iter()
            .filter(|t| t["status"] == status)
            .cloned()
            .collect();
        let path = format!("/api/customer/tickets?status={status}&sort=-created_at");
        assert_eq!(
            ids(&all(&desk.ben, &path, 2).await),
            ids(&wanted),
            "{status}"
        );
    }
    // Only the manager's list reaches over to colleagues.
    let company = "/api/customer/tickets?scope=organization&sort=created_at";
    assert_eq!(all(&desk.ana, company, 5).await.len(), 12);
    assert_eq!(all(&desk.ben, company, 5).await.len(), 6);
    assert_eq!(all(&desk.dora, company, 5).await.len(), 6);
    assert_eq!(all(&desk.emil, company, 5).await.len(), 0);
}

/// In every order, whatever is inserted between two pages: what was there at first is read once,
/// none of it twice, none of it never.
async fn pages_are_stable_under_inserts(desk: &Desk) {
    for n in 0..7 {
        desk.ticket_of(&desk.ben, &format!("Before {n}")).await;
    }
    for sort in ["-created_at", "created_at", "-updated_at", "updated_at"] {
        for (client, list) in [
            (&desk.agent, "/api/admin/tickets"),
            (&desk.ben, "/api/customer/tickets"),
            (&desk.ana, "/api/customer/tickets?scope=organization"),
        ] {
            let sign = if list.contains('?') { '&' } else { '?' };
            let path = format!("{list}{sign}sort={sort}");
            let before = ids(&all(client, &path, 100).await);
            let mut seen = Vec::new();
            let mut cursor = String::new();
            while seen.len() < 200 {
                let page = client.get(&format!("{path}&limit=3{cursor}")).await.ok(200);
                seen.extend(page.ids());
                let Some(next) = page.body["next_cursor"].as_str() else {
                    break;
                };
                cursor = format!("&cursor={next}");
                if seen.len() < before.len() {
                    desk.ticket_of(&desk.ben, "Between two pages").await;
                }
            }
            let unique: BTreeSet<_> = seen.iter().collect();
            assert_eq!(unique.len(), seen.len(), "{path}: something is read twice");
            let kept: Vec<_> = seen
                .iter()
                .filter(|id| before.contains(id))
                .cloned()
                .collect();
            assert_eq!(kept, before, "{path}: something is skipped or out of order");
        }
    }
}

bsm_tests::served_on_both_engines! {
    filters_find_what_they_say,
    customers_filter_what_they_see,
    pages_are_stable_under_inserts,
    a_search_without_a_word_is_answered,
    a_fixed_path_has_methods_of_its_own,
}
