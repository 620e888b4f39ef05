//! The demo data, and what demo mode refuses.

use bsm_tests::Client;
use bsm_tests::bsm::{Folder, Running, bsm, printed};
use serde_json::Value;

const DEMO: [(&str, &str); 1] = [("BSM_DEMO", "true")];

async fn items(client: &Client, path: &str) -> Vec<Value> {
    let mut all = Vec::new();
    let mut cursor = String::new();
    loop {
        let sign = if path.contains('?') { '&' } else { '?' };
        let page = client
            .get(&format!("{path}{sign}limit=100{cursor}"))
            .await
            .ok(200);
        all.extend(
            page.body["items"]
                .as_array()
                .expect("items")
                .iter()
                .cloned(),
        );
        match page.body["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}

fn with<'a>(items: &'a [Value], field: &str, value: &str) -> Vec<&'a Value> {
    items.iter().filter(|i| i[field] == value).collect()
}

#[tokio::test]
async fn the_demo_is_what_it_promises_and_goes_on_after_a_restart() {
    let data = Folder::new();
    let server = Running::start(&data, &DEMO);
    let admin = server.sign_in("admin@demo.example", "demo-password").await;

    let users = items(&admin, "/api/admin/users").await;
    assert_eq!(users.len(), 9);
    for email in [
        "admin@demo.example",
        "agent@demo.example",
        "agent2@demo.example",
        "ana@acme.example",
        "ben@acme.example",
        "carla@globex.example",
    ] {
        let _ = server.try_sign_in(email, "demo-password").await.ok(200);
    }
    let ana = with(&users, "email", "ana@acme.example")[0];
    assert_eq!(ana["organization"]["name"], "Acme");
    assert_eq!(ana["organization_role"], "manager");
    let alone = with(&users, "role", "customer")
        .into_iter()
        .filter(|u| u["organization"].is_null());
    assert_eq!(alone.count(), 1);

    let tickets = items(&admin, "/api/admin/tickets").await;
    assert!(tickets.len() >= 24, "{}", tickets.len());
    for status in ["new", "open", "pending", "on_hold", "resolved", "closed"] {
        assert!(
            !with(&tickets, "status", status).is_empty(),
            "no ticket is {status}"
        );
    }
    assert!(items(&admin, "/api/admin/feedback").await.len() >= 10);

    let services = items(&admin, "/api/admin/services").await;
    let counts = ["active", "draft", "retired"].map(|s| with(&services, "status", s).len());
    assert_eq!(counts, [16, 1, 1]);
    let articles = items(&admin, "/api/admin/knowledge-base").await;
    let published = with(&articles, "status", "published");
    assert!(published.len() >= 25, "{}", published.len());
    assert!(published.iter().any(|a| a["visibility"] == "customers"));
    assert!(!with(&articles, "status", "draft").is_empty());
    let read = |a: &&&Value| a["views_30_days"].as_i64().is_some_and(|views| views > 0);
    let read = published.iter().filter(read).count();
    assert!(read >= 20, "{read} articles were read");
    let missed = items(&admin, "/api/admin/empty-searches").await;
    assert!(missed.len() >= 3, "{missed:?}");
    for (list, wanted) in [
        (&services, ["Professional", "Support", "Consulting"]),
        (&articles, ["Support", "Getting Started", "Security"]),
    ] {
        for category in wanted {
            assert!(
                !with(list, "category", category).is_empty(),
                "nothing in {category}"
            );
        }
    }
    let stopped = server.stop();
    assert!(stopped.status.success());
    assert!(printed(&stopped).contains("admin@demo.example"));

    let server = Running::start(&data, &DEMO);
    let admin = server.sign_in("admin@demo.example", "demo-password").await;
    assert_eq!(
        items(&admin, "/api/admin/tickets").await.len(),
        tickets.len()
    );
}

#[tokio::test]
async fn the_demo_leaves_a_foreign_database_alone() {
    let data = Folder::new();
    let made = bsm(&data)
        .args([
            "user",
            "create",
            "--email",
            "real@desk.example",
            "--name",
            "Real",
            "--role",
            "admin",
        ])
        .output()
        .expect("it runs");
    assert!(made.status.success(), "{}", printed(&made));
    let demo = bsm(&data)
        .arg("serve")
        .envs(DEMO)
        .env("BSM_BIND", "127.0.0.1:0")
        .output()
        .expect("it runs");
    assert!(!demo.status.success());
    assert!(
        printed(&demo).contains("not the demo's"),
        "{}",
        printed(&demo)
    );

    let server = Running::start(&data, &[]);
    let refused = server
        .try_sign_in("admin@demo.example", "demo-password")
        .await;
    assert_eq!(refused.status, 401, "{}", refused.text);
}
