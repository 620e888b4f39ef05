//! What readers leave behind: votes with their reasons, views, searches that found nothing.

use std::time::Duration;

use bsm_tests::{Answer, Client, Desk};
use reqwest::Method;
use serde_json::{Value, json};

const LIST: &str = "/api/admin/knowledge-base";
const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

async fn published(desk: &Desk, title: &str, visibility: &str) -> (String, String) {
    let body = json!({"title": title, "body": "Some text.", "visibility": visibility});
    let made = desk.agent.post(LIST, body).await.ok(201);
    let id = made.str("/id").to_owned();
    let publish = format!("{LIST}/{id}/publish");
    desk.agent.post(&publish, json!({})).await.ok(200);
    (id, made.str("/slug").to_owned())
}

async fn vote(client: &Client, slug: &str, body: Value) -> Answer {
    let path = format!("/api/customer/knowledge-base/{slug}/vote");
    client.post(&path, body).await
}

async fn article(desk: &Desk, id: &str) -> Value {
    desk.agent.get(&format!("{LIST}/{id}")).await.ok(200).body
}

/// Each customer counts once, with the reasons last given; staff read how many gave which, on the
/// article and in the list, and find the least helpful first.
async fn reasons_are_counted_once_a_customer(desk: &Desk) {
    let (bad, bad_slug) = published(desk, "Does not help", "customers").await;
    let (good, good_slug) = published(desk, "Helps", "customers").await;
    let (quiet, _) = published(desk, "Nobody voted", "customers").await;
    let before = article(desk, &bad).await;

    let unclear = json!({"helpful": false, "reasons": ["unclear", "outdated", "unclear"]});
    let given = vote(&desk.ana, &bad_slug, unclear).await.ok(200);
    assert_eq!(given.body["reasons"], json!(["outdated", "unclear"]));
    let changed = json!({"helpful": false, "reasons": ["outdated"]});
    vote(&desk.ana, &bad_slug, changed.clone()).await.ok(200);
    vote(&desk.ben, &bad_slug, changed).await.ok(200);
    vote(&desk.carla, &bad_slug, json!({"helpful": false}))
        .await
        .ok(200);
    vote(
        &desk.ana,
        &good_slug,
        json!({"helpful": false, "reasons": ["unclear"]}),
    )
    .await
    .ok(200);
    vote(
        &desk.ana,
        &good_slug,
        json!({"helpful": true, "reasons": ["unclear"]}),
    )
    .await
    .ok(200);

    let shown = desk
        .ana
        .get(&format!("/api/customer/knowledge-base/{bad_slug}"))
        .await;
    assert_eq!(shown.body["my_vote"], false);
    assert_eq!(shown.body["my_reasons"], json!(["outdated"]));
    let after = article(desk, &bad).await;
    let votes =
        json!({"helpful": 0, "not_helpful": 3, "reasons": [{"reason": "outdated", "count": 2}]});
    assert_eq!(after["votes"], votes);
    for same in ["version", "updated_at", "title"] {
        assert_eq!(after[same], before[same], "a vote moves no {same}");
    }
    let none = json!({"helpful": 1, "not_helpful": 0, "reasons": []});
    assert_eq!(article(desk, &good).await["votes"], none);

    let worst = desk
        .agent
        .get(&format!("{LIST}?sort=-unhelpfulness"))
        .await
        .ok(200);
    assert_eq!(worst.body["items"][0]["id"], bad);
    assert_eq!(worst.body["items"][0]["votes"], votes);
    let mut paged = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("{LIST}?sort=-unhelpfulness&limit=1{cursor}");
        let page = desk.agent.get(&path).await.ok(200);
        paged.extend(page.ids());
        match page.body["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(paged, [bad, quiet, good]);
    // A cursor belongs to its order; a search has an order of its own.
    let other = desk.agent.get(&format!("{LIST}?limit=1")).await.ok(200);
    let path = format!(
        "{LIST}?sort=-unhelpfulness&cursor={}",
        other.str("/next_cursor")
    );
    assert_eq!(desk.agent.get(&path).await.code(), "invalid_cursor");
    let path = format!("{LIST}?sort=-unhelpfulness&q=helps");
    assert_eq!(desk.agent.get(&path).await.code(), "invalid_query");
    let unknown = json!({"helpful": false, "reasons": ["boring"]});
    vote(&desk.ana, &bad_slug, unknown).await.ok(422);
}

async fn read(client: &Client, method: Method, path: &str, headers: &[(&str, &str)]) -> u16 {
    let mut request = client.request(method, path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.expect("an answer").status().as_u16()
}

/// Waits until an article has been counted so often, and that it stays so.
async fn views_become(desk: &Desk, id: &str, wanted: i64) {
    for _ in 0..100 {
        if article(desk, id).await["views_30_days"] == wanted {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    tokio::time::sleep(Duration::from_millis(800)).await;
    assert_eq!(article(desk, id).await["views_30_days"], wanted);
}

/// People count once, whether signed in or not; robots, staff and what is fetched ahead never. What
/// readers get does not change with it, and nothing tells who they were.
async fn people_count_once_and_robots_never(desk: &Desk) {
    let (id, slug) = published(desk, "Read by some", "public").await;
    let mine = format!("/api/customer/knowledge-base/{slug}");
    let open = format!("/knowledge-base-articles/{slug}");
    let browser = ("user-agent", BROWSER);
    let nobody = desk.nobody();
    let first = desk.nobody().get(&open).await.text;

    for _ in 0..3 {
        assert_eq!(read(&desk.ana, Method::GET, &mine, &[browser]).await, 200);
        assert_eq!(read(&desk.ben, Method::GET, &mine, &[browser]).await, 200);
        assert_eq!(read(&nobody, Method::GET, &open, &[browser]).await, 200);
    }
    for headers in [
        &[("user-agent", "Googlebot/2.1")][..],
        &[("user-agent", "curl/8.5.0")],
        &[],
        &[
            ("user-agent", "Mozilla/5.0 (another)"),
            ("sec-purpose", "prefetch"),
        ],
    ] {
        read(&nobody, Method::GET, &open, headers).await;
        read(&desk.carla, Method::GET, &mine, headers).await;
    }
    read(&desk.carla, Method::HEAD, &mine, &[browser]).await;
    read(
        &nobody,
        Method::HEAD,
        &open,
        &[("user-agent", "Mozilla/5.0 (head)")],
    )
    .await;
    assert_eq!(read(&desk.agent, Method::GET, &mine, &[browser]).await, 403);
    let agents = ("user-agent", "Mozilla/5.0 (of an agent)");
    assert_eq!(read(&desk.agent, Method::GET, &open, &[agents]).await, 200);
    desk.agent.get(&format!("{LIST}/{id}")).await.ok(200);
    views_become(desk, &id, 3).await;

    let list = desk.agent.get(LIST).await.ok(200);
    assert_eq!(list.body["items"][0]["views_30_days"], 3);
    assert_eq!(desk.nobody().get(&open).await.text, first);
    let marks: Vec<(String,)> = desk
        .db()
        .read(async |tx| tx.q("select mark from article_readers").all().await)
        .await
        .expect("marks");
    assert_eq!(marks.len(), 3);
    for (mark,) in marks {
        assert!(
            !mark.contains(&desk.ana.id.to_string()) && mark.len() == 22,
            "{mark}"
        );
    }
}

/// Reading goes on when counting does not.
async fn an_article_is_read_where_nobody_can_count(desk: &Desk) {
    let (id, slug) = published(desk, "Cannot be counted", "public").await;
    let drop =
        async |tx: &mut bsm_persistence::Tx| tx.q("drop table article_readers").execute().await;
    desk.db().write(drop).await.expect("dropped");
    let path = format!("/api/customer/knowledge-base/{slug}");
    for _ in 0..2 {
        assert_eq!(
            read(&desk.ana, Method::GET, &path, &[("user-agent", BROWSER)]).await,
            200
        );
        tokio::time::sleep(Duration::from_millis(700)).await;
    }
    assert_eq!(article(desk, &id).await["views_30_days"], 0);
}

async fn report(client: &Client, q: &str) -> Answer {
    client
        .post("/api/customer/empty-searches", json!({"q": q}))
        .await
}

async fn missing(desk: &Desk, query: &str) -> Vec<(String, i64)> {
    let path = format!("/api/admin/empty-searches{query}");
    let page = desk.agent.get(&path).await.ok(200);
    let items = page.body["items"].as_array().expect("a list").clone();
    items
        .iter()
        .map(|i| {
            let words = i["words"].as_str().expect("words").to_owned();
            (words, i["searches"].as_i64().expect("a number"))
        })
        .collect()
}

/// Only what really finds nothing is kept, folded and counted, without who searched; authors set it
/// aside and take it up again.
async fn searches_without_an_answer_are_kept_for_authors(desk: &Desk) {
    published(desk, "Password reset", "customers").await;
    for (client, q) in [
        (&desk.ana, "Guest WiFi"),
        (&desk.ben, "guest wifi?"),
        (&desk.ana, "parking"),
        // Found, found with its typo mended, too short.
        (&desk.ana, "password"),
        (&desk.ana, "pasword"),
        (&desk.ana, "zz"),
    ] {
        report(client, q).await.ok(204);
    }
    // Searching alone is no report, whoever does it.
    desk.ana
        .get("/api/customer/knowledge-base?q=nobodywrote")
        .await
        .ok(200);
    report(&desk.agent, "by staff").await.ok(403);
    report(&desk.nobody(), "by nobody").await.ok(401);
    let wanted = [("guest wifi".to_owned(), 2), ("parking".to_owned(), 1)];
    assert_eq!(missing(desk, "").await, wanted);
    assert_eq!(missing(desk, "?sort=-last_at").await[0].0, "parking");

    let page = desk
        .agent
        .get("/api/admin/empty-searches?limit=1")
        .await
        .ok(200);
    let row = &page.body["items"][0];
    let text = row.to_string();
    for private in [
        desk.ana.id.to_string(),
        desk.ben.id.to_string(),
        "acme".to_owned(),
    ] {
        assert!(!text.contains(&private), "{text}");
    }
    let id = row["id"].as_str().expect("an id");
    let path = format!(
        "/api/admin/empty-searches?limit=1&cursor={}",
        page.str("/next_cursor")
    );
    assert_eq!(
        desk.agent.get(&path).await.ok(200).body["items"][0]["words"],
        "parking"
    );

    let dismiss = format!("/api/admin/empty-searches/{id}/dismiss");
    desk.agent.post(&dismiss, json!({})).await.ok(204);
    report(&desk.carla, "guest wifi").await.ok(204);
    assert_eq!(missing(desk, "").await, [("parking".to_owned(), 1)]);
    assert_eq!(
        missing(desk, "?dismissed=true").await,
        [("guest wifi".to_owned(), 3)]
    );
    let take_up = format!("/api/admin/empty-searches/{id}/take-up");
    desk.agent.post(&take_up, json!({})).await.ok(204);
    assert_eq!(missing(desk, "").await.len(), 2);
    for bad in ["", "   ", &"x".repeat(201), "a\u{0}b"] {
        report(&desk.ana, bad).await.ok(422);
    }
    report(&desk.ana, &"ß".repeat(200)).await.ok(204);
}

bsm_tests::served_on_both_engines! {
    reasons_are_counted_once_a_customer,
    people_count_once_and_robots_never,
    an_article_is_read_where_nobody_can_count,
    searches_without_an_answer_are_kept_for_authors,
}
