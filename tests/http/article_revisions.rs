//! Revisions of articles: what they keep, how they come back, and what readers see meanwhile.

use bsm_tests::{Answer, Client, Desk};
use serde_json::{Value, json};

const LIST: &str = "/api/admin/knowledge-base";
const FIELDS: [&str; 7] = [
    "title",
    "slug",
    "summary",
    "body",
    "category",
    "tags",
    "visibility",
];

/// Text that a careless hand would change: line ends, white space at every end, marks that combine,
/// characters beyond the first plane.
const BODY: &str = "  Leading blanks\r\n\tA tab, a lone \r and \n\n\n\
    e\u{301} is not \u{e9}, \u{1f9ea}\u{200d}\u{fe0f} neither. Trailing blanks   \n \n";

async fn written(desk: &Desk, body: Value) -> Answer {
    desk.agent.post(LIST, body).await.ok(201)
}

async fn changed(desk: &Desk, id: &str, body: Value) -> Answer {
    let path = format!("{LIST}/{id}");
    desk.agent.patch(&path, "*", body).await.ok(200)
}

async fn restored(desk: &Desk, id: &str, n: i64, body: Value) -> Answer {
    let path = format!("{LIST}/{id}/revisions/{n}/restore");
    desk.agent.post(&path, body).await
}

async fn revisions(desk: &Desk, id: &str) -> Vec<Value> {
    let path = format!("{LIST}/{id}/revisions?limit=100");
    let page = desk.agent2.get(&path).await.ok(200);
    page.body["items"].as_array().expect("a list").clone()
}

fn content(of: &Value) -> Vec<&Value> {
    FIELDS.iter().map(|field| &of[*field]).collect()
}

/// A restored revision is the old one, byte for byte in every field, under a new number.
async fn a_restored_revision_is_the_old_one_byte_for_byte(desk: &Desk) {
    let first = written(
        desk,
        json!({"title": "Zażółć gęślą", "slug": "before", "summary": "A \"quoted\" line",
            "body": BODY, "category": "Support", "tags": ["VPN", "remote work"], "visibility": "public"}),
    )
    .await;
    let id = first.str("/id").to_owned();
    assert_eq!(first.body["body"], BODY);
    changed(
        desk,
        &id,
        json!({"title": "Another", "slug": "after", "summary": "", "body": "x", "category": "Other",
            "tags": [], "visibility": "customers", "note": "  Everything anew  "}),
    )
    .await;
    let third = restored(desk, &id, 1, json!({"note": "Not yet"}))
        .await
        .ok(200);
    assert_eq!(content(&third.body), content(&first.body));
    assert_eq!(third.body["latest_revision"], 3);
    assert_eq!(third.header("etag"), "\"3\"");

    let known = revisions(desk, &id).await;
    let numbers: Vec<_> = known.iter().map(|r| r["n"].as_i64()).collect();
    assert_eq!(numbers, [Some(3), Some(2), Some(1)]);
    assert_eq!(content(&known[0]), content(&known[2]));
    assert_eq!(known[0]["note"], "Not yet");
    assert_eq!(known[0]["restored_from"], 1);
    assert_eq!(known[1]["note"], "Everything anew");
    assert_eq!(known[1]["restored_from"], Value::Null);
    assert_eq!(known[2]["note"], Value::Null);
    for revision in &known {
        assert_eq!(revision["author"]["id"], desk.agent.id.to_string());
        assert_eq!(revision["live"], false);
        assert!(revision["created_at"].is_string());
        let path = format!("{LIST}/{id}/revisions/{}", revision["n"]);
        assert_eq!(&desk.agent2.get(&path).await.ok(200).body, revision);
    }

    // The search of the desk finds what stands there now.
    let found = desk.agent.get(&format!("{LIST}?q=zazolc")).await.ok(200);
    assert_eq!(found.ids(), [id.as_str()]);
    // What stands there already is not saved again, whatever is noted.
    let same = restored(desk, &id, 1, json!({"note": "Again"}))
        .await
        .ok(200);
    assert_eq!(same.body["version"], 3);
    changed(desk, &id, json!({"note": "Nothing else"})).await;
    assert_eq!(revisions(desk, &id).await.len(), 3);
}

/// What readers get of an article and of the lists that show it, to the last byte.
async fn seen_by_readers(desk: &Desk, slug: &str) -> Vec<(u16, String, String)> {
    let nobody = desk.nobody();
    let calls: [(&Client, String); 6] = [
        (&nobody, format!("/knowledge-base-articles/{slug}")),
        (&nobody, "/knowledge-base-articles".to_owned()),
        (&nobody, "/knowledge-base-articles?q=visible".to_owned()),
        (&nobody, "/knowledge-base-articles?q=secret".to_owned()),
        (&desk.ana, format!("/api/customer/knowledge-base/{slug}")),
        (
            &desk.ana,
            "/api/customer/knowledge-base?q=secret".to_owned(),
        ),
    ];
    let mut seen = Vec::new();
    for (client, path) in calls {
        let answer = client.get(&path).await;
        let tag = answer.header("etag").to_owned();
        seen.push((answer.status, tag, answer.text));
    }
    seen
}

/// Readers get the same bytes and the same tags while a draft is written and brought back; only
/// publishing shows it.
async fn readers_see_nothing_of_drafts_and_restorations(desk: &Desk) {
    let body = json!({"title": "Visible words", "body": "As it is.", "visibility": "public"});
    let id = written(desk, body).await.str("/id").to_owned();
    let publish = format!("{LIST}/{id}/publish");
    desk.agent.post(&publish, json!({})).await.ok(200);
    let before = seen_by_readers(desk, "visible-words").await;
    assert_eq!(before[0].0, 200);

    changed(
        desk,
        &id,
        json!({"title": "Secret words", "slug": "secret-words", "body": "Secret.", "tags": ["secret"],
            "category": "Secret", "visibility": "customers"}),
    )
    .await;
    assert_eq!(seen_by_readers(desk, "visible-words").await, before);
    let hidden = desk.ana.get("/api/customer/knowledge-base/secret-words");
    assert_eq!(hidden.await.status, 404);
    restored(desk, &id, 1, json!({})).await.ok(200);
    changed(desk, &id, json!({"title": "Secret words again"})).await;
    restored(desk, &id, 2, json!({})).await.ok(200);
    assert_eq!(seen_by_readers(desk, "visible-words").await, before);
    let live: Vec<_> = revisions(desk, &id).await;
    let live: Vec<_> = live.iter().map(|r| r["live"] == true).collect();
    assert_eq!(live, [false, false, false, false, true]);

    desk.agent.post(&publish, json!({})).await.ok(200);
    assert_ne!(seen_by_readers(desk, "visible-words").await, before);
    let archive = format!("{LIST}/{id}/archive");
    desk.agent.post(&archive, json!({})).await.ok(200);
    assert!(
        revisions(desk, &id)
            .await
            .iter()
            .all(|r| r["live"] == false)
    );
}

/// A slug that somebody else took meanwhile is not taken back; all the rest can be.
async fn a_slug_taken_meanwhile_stays_with_its_article(desk: &Desk) {
    let body = json!({"title": "The old name", "slug": "wanted", "body": "One"});
    let id = written(desk, body).await.str("/id").to_owned();
    changed(desk, &id, json!({"slug": "other", "body": "Two"})).await;
    written(desk, json!({"title": "Takes it", "slug": "wanted"})).await;

    let refused = restored(desk, &id, 1, json!({})).await.ok(409);
    assert_eq!(refused.code(), "slug_taken");
    assert_eq!(revisions(desk, &id).await.len(), 2);
    let kept = restored(desk, &id, 1, json!({"keep_slug": true})).await;
    let kept = kept.ok(200);
    assert_eq!(kept.str("/slug"), "other");
    assert_eq!(kept.str("/body"), "One");
}

/// A restoration of an old version of the article changes nothing; without a body and a version it
/// is what it says.
async fn a_restoration_names_what_it_is_made_of(desk: &Desk) {
    let body = json!({"title": "Of two minds", "body": "One"});
    let id = written(desk, body).await.str("/id").to_owned();
    changed(desk, &id, json!({"body": "Two"})).await;
    let path = format!("{LIST}/{id}/revisions/1/restore");
    let stale = |tag: &'static str| {
        let request = desk.agent.request(reqwest::Method::POST, &path);
        bsm_tests::send(request.header("If-Match", tag))
    };
    let refused = stale("\"1\"").await.ok(412);
    assert_eq!(refused.body["current"]["body"], "Two");
    assert_eq!(revisions(desk, &id).await.len(), 2);
    stale("\"2\"").await.ok(200);
    for missing in ["0", "4", "-1", "x", "99999999999999999999"] {
        let path = format!("{LIST}/{id}/revisions/{missing}");
        assert_eq!(desk.agent.get(&path).await.status, 404, "{missing}");
        let path = format!("{path}/restore");
        assert_eq!(desk.agent.post(&path, json!({})).await.status, 404);
    }
    for (bad, at) in [
        (json!({"note": "two\nlines"}), "/note"),
        (json!({"note": "x".repeat(201)}), "/note"),
        (json!({"slug": "x"}), "/slug"),
        (json!({"keep_slug": 1}), "/keep_slug"),
    ] {
        let fields = restored(desk, &id, 1, bad).await.ok(422).bad_fields();
        assert_eq!(fields.len(), 1, "{fields:?}");
        assert_eq!(fields[0].0, at);
    }
    assert_eq!(revisions(desk, &id).await.len(), 3);
}

/// Pages go on where they ended while others save, and end early where revisions are long.
async fn pages_of_revisions_are_stable_and_bounded(desk: &Desk) {
    let id = written(desk, json!({"title": "Often saved", "body": "0"})).await;
    let id = id.str("/id").to_owned();
    for n in 1..25 {
        changed(desk, &id, json!({"body": n.to_string()})).await;
    }
    let read = async |limit: u32, save: bool| {
        let mut numbers = Vec::new();
        let mut cursor = String::new();
        loop {
            let path = format!("{LIST}/{id}/revisions?limit={limit}{cursor}");
            let page = desk.agent.get(&path).await.ok(200);
            assert!(
                page.text.len() < 8 * 1024 * 1024,
                "a page of {}",
                page.text.len()
            );
            for item in page.body["items"].as_array().expect("a list") {
                numbers.push(item["n"].as_i64().expect("a number"));
            }
            match page.body["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return numbers,
            }
            if save {
                changed(
                    desk,
                    &id,
                    json!({"summary": format!("At {}", numbers.len())}),
                )
                .await;
            }
        }
    };
    let all = (1..=25).rev().collect::<Vec<_>>();
    assert_eq!(read(7, true).await, all);
    assert_eq!(read(100, false).await, (1..=28).rev().collect::<Vec<_>>());
    for n in 0..12 {
        let long = format!("{n}{}", "\u{1f9ea}".repeat(99_000));
        changed(desk, &id, json!({"body": long})).await;
    }
    let path = format!("{LIST}/{id}/revisions?limit=100");
    let page = desk.agent.get(&path).await.ok(200);
    assert!(page.body["items"].as_array().expect("a list").len() < 12);
    assert_eq!(read(100, false).await, (1..=40).rev().collect::<Vec<_>>());
    written(desk, json!({"title": "Another article"})).await;
    let foreign = desk.agent.get(&format!("{LIST}?limit=1")).await.ok(200);
    let path = format!(
        "{LIST}/{id}/revisions?cursor={}",
        foreign.str("/next_cursor")
    );
    assert_eq!(desk.agent.get(&path).await.ok(400).code(), "invalid_cursor");
}

bsm_tests::served_on_both_engines! {
    a_restored_revision_is_the_old_one_byte_for_byte,
    readers_see_nothing_of_drafts_and_restorations,
    a_slug_taken_meanwhile_stays_with_its_article,
    a_restoration_names_what_it_is_made_of,
    pages_of_revisions_are_stable_and_bounded,
}
