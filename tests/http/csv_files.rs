//! Lists as CSV files: the same rows as the JSON pages, whole or not at all.

use std::collections::BTreeSet;
use std::time::Duration;

use bsm_domain::actor::Portal;
use bsm_domain::ids::TicketId;
use bsm_persistence::DbError;
use bsm_tests::document::{Audience, Operation, operations};
use bsm_tests::{Answer, Client, Desk, seed};
use chrono::Utc;
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};

const TICKETS: &str = "/api/admin/tickets";

/// A call that asks for a file.
fn file(client: &Client, path: &str) -> RequestBuilder {
    let request = client.request(Method::GET, path);
    request.header("Accept", "text/csv")
}

/// The rows of a file, by the names of its columns.
fn rows(text: &str) -> Vec<Vec<(String, String)>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names = reader.headers().expect("a first line").clone();
    let records = reader.records().map(|r| r.expect("a record"));
    let named = |record: csv::StringRecord| {
        assert_eq!(record.len(), names.len());
        let cells = names.iter().zip(&record);
        cells.map(|(n, c)| (n.to_owned(), c.to_owned())).collect()
    };
    records.map(named).collect()
}

/// All rows of a list, page by page.
async fn pages(client: &Client, path: &str) -> Vec<Value> {
    let sign = if path.contains('?') { '&' } else { '?' };
    let mut items = Vec::new();
    let mut cursor = String::new();
    loop {
        let call = format!("{path}{sign}limit=100{cursor}");
        let page = client.get(&call).await.ok(200);
        assert!(page.header("vary").to_lowercase().contains("accept"));
        items.extend(page.body["items"].as_array().expect("items").clone());
        match page.body["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return items,
        }
    }
}

/// What a field of a JSON row is as a cell.
fn cell(row: &Value, name: &str) -> String {
    let value = row.pointer(&format!("/{}", name.replace('.', "/")));
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => {
            let begins = text.trim_start().chars().next();
            let risky = begins.is_some_and(|c| "=+-@＝＋－＠".contains(c))
                || text.starts_with(['\t', '\r', '\n']);
            let sign = if risky { "'" } else { "" };
            format!("{sign}{text}")
        }
        Some(Value::Array(values)) => {
            let words: Vec<_> = values.iter().filter_map(Value::as_str).collect();
            words.join(";")
        }
        Some(other) => other.to_string(),
    }
}

const ODD: [&str; 12] = [
    "=HYPERLINK(\"http://x\",\"y\")",
    "+49 30 1234",
    "-12",
    "@SUM(A1)",
    "\ttabbed",
    "  =1+1",
    "＝1+1",
    "two\nlines, a comma and \"marks\"",
    "\"",
    "',;",
    "Grüße aus 東京 🎈",
    "plain",
];

/// More rows than one reading takes, with texts that a file must not break on.
async fn a_full_desk(desk: &Desk) {
    let db = desk.db();
    for n in 0..130 {
        seed::customer(db, &format!("c{n}@many.example"), None).await;
    }
    db.write(async |tx| {
        for n in 0..230_u32 {
            let odd = ODD[n as usize % ODD.len()];
            let at = seed::at(i64::from(n / 3));
            let id = TicketId::generate();
            let mut ticket = seed::ticket(id, i64::from(n) + 900_000, desk.ben.id, at);
            odd.replace('\n', " ").clone_into(&mut ticket.subject);
            ticket.description = format!("{odd}\n\n- a list\r\n- of two");
            tx.insert_ticket(&ticket).await?;
            let words = bsm_domain::text::fold(&ticket.subject);
            tx.index_ticket(id, ticket.number, &words).await?;
        }
        Ok::<_, DbError>(())
    })
    .await
    .expect("written");
    for (score, comment) in [(1, "=1+1"), (4, "good,\n\"really\""), (5, "")] {
        let id = desk.ticket_in(&desk.ben, "resolved").await;
        let path = format!("/api/customer/tickets/{id}/rating");
        let reasons = if score == 1 {
            json!(["slow"])
        } else {
            json!([])
        };
        let rating = json!({"score": score, "comment": comment, "reasons": reasons});
        let _ = desk.ben.put(&path, rating).await.ok(200);
    }
}

/// Each list, under filters and in orders, reads the same as a file and as pages.
async fn a_file_has_the_rows_of_all_pages(desk: &Desk) {
    a_full_desk(desk).await;
    for (path, name, least) in [
        (TICKETS, "tickets", 233),
        ("/api/admin/tickets?sort=created_at", "tickets", 233),
        (
            "/api/admin/tickets?status=new,resolved&priority=high",
            "tickets",
            1,
        ),
        ("/api/admin/tickets?q=plain", "tickets", 10),
        ("/api/admin/tickets?q=%E2%80%A6", "tickets", 0),
        ("/api/admin/tickets?status=on_hold", "tickets", 0),
        ("/api/admin/feedback", "feedback", 3),
        ("/api/admin/feedback?score=1,4&seen=false", "feedback", 2),
        ("/api/admin/customer-insights", "customer-insights", 136),
        (
            "/api/admin/customer-insights?sort=-tickets.total",
            "customer-insights",
            136,
        ),
        (
            "/api/admin/customer-insights?from=2026-01-01T00:00:00Z",
            "customer-insights",
            136,
        ),
        (
            "/api/admin/customer-insights?q=many",
            "customer-insights",
            130,
        ),
        ("/api/admin/users", "users", 139),
        (
            "/api/admin/users?role=agent,admin&sort=created_at",
            "users",
            3,
        ),
        ("/api/admin/users?q=many&sort=-last_seen_at", "users", 130),
    ] {
        let wanted = pages(&desk.agent, path).await;
        assert!(wanted.len() >= least, "{path}: {}", wanted.len());
        let answer = bsm_tests::send(file(&desk.agent, path)).await.ok(200);
        let kind = "text/csv; charset=utf-8; header=present";
        assert_eq!(answer.header("content-type"), kind, "{path}");
        let today = Utc::now().format("%F");
        assert_eq!(
            answer.header("content-disposition"),
            format!("attachment; filename=\"{name}-{today}.csv\"")
        );
        assert!(answer.header("vary").contains("accept"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert!(answer.text.ends_with("\r\n"), "{path}");
        let first = answer.text.lines().next().expect("a first line");
        assert!(first.split(',').count() > 8, "{path}: {first}");
        let found = rows(&answer.text);
        assert_eq!(found.len(), wanted.len(), "{path}");
        for (found, wanted) in found.iter().zip(&wanted) {
            for (column, text) in found.iter().filter(|(c, _)| c != "as_of") {
                assert_eq!(*text, cell(wanted, column), "{path} {column}: {wanted}");
            }
        }
    }
}

/// A cache that keeps an answer knows what it depends on.
async fn a_file_is_compressed_for_who_takes_that(desk: &Desk) {
    let request = file(&desk.agent, TICKETS).header("Accept-Encoding", "gzip");
    let answer = request.send().await.expect("an answer");
    assert_eq!(answer.headers()["content-encoding"], "gzip");
    let varies = answer.headers().get_all("vary").into_iter();
    let varies = varies.flat_map(|v| v.to_str().expect("text").split(','));
    let varies: Vec<_> = varies.map(|v| v.trim().to_lowercase()).collect();
    for header in ["accept", "accept-encoding", "origin"] {
        assert!(varies.iter().any(|v| v == header), "{header}: {varies:?}");
    }
    let bytes = answer.bytes().await.expect("a body");
    assert_eq!(bytes[..2], [0x1f, 0x8b]);
}

/// The paths of all values of a schema.
fn leaves(of: &Operation, schema: &Value, path: &str, out: &mut BTreeSet<String>) {
    let schema = of.resolved(schema);
    let Some(fields) = schema["properties"].as_object() else {
        out.insert(path.to_owned());
        return;
    };
    for (name, field) in fields {
        let sign = if path.is_empty() { "" } else { "." };
        leaves(of, field, &format!("{path}{sign}{name}"), out);
    }
}

/// A field that is added to a list is added to its file.
async fn every_field_is_a_column(desk: &Desk) {
    let mut lists = 0;
    for operation in operations(Audience::Admin) {
        let content = &operation.value["responses"]["200"]["content"];
        if !content["text/csv"].is_object() {
            continue;
        }
        lists += 1;
        let page = operation.resolved(&content["application/json"]["schema"]);
        let mut fields = BTreeSet::new();
        leaves(
            &operation,
            &page["properties"]["items"]["items"],
            "",
            &mut fields,
        );
        // The side of a person is that of the column; where a search found its words is no fact.
        fields.retain(|f| !f.starts_with("highlights") && !f.ends_with(".role"));
        let answer = bsm_tests::send(file(&desk.agent, &operation.path))
            .await
            .ok(200);
        let first = answer.text.lines().next().expect("a first line");
        let columns: BTreeSet<_> = first.split(',').map(str::to_owned).collect();
        assert_eq!(columns, fields, "{}", operation.name());
    }
    assert_eq!(lists, 4);
}

/// What is asked for decides; who may not see the list gets no file of it either.
async fn a_file_is_for_who_asks_and_may(desk: &Desk) {
    let get = async |client: &Client, accept: &str| -> Answer {
        let request = client.request(Method::GET, TICKETS);
        bsm_tests::send(request.header("Accept", accept)).await
    };
    for accept in [
        "*/*",
        "application/json",
        "text/csv, */*",
        "text/csv;q=0",
        "image/png",
    ] {
        let answer = get(&desk.agent, accept).await.ok(200);
        assert_eq!(
            answer.header("content-type"),
            "application/json",
            "{accept}"
        );
    }
    for accept in ["text/csv", "text/csv, */*;q=0.1", "text/*"] {
        let answer = get(&desk.agent, accept).await.ok(200);
        assert!(
            answer.header("content-type").starts_with("text/csv"),
            "{accept}"
        );
    }
    let nobody = get(&desk.nobody(), "text/csv").await;
    assert_eq!((nobody.status, nobody.code()), (401, "unauthenticated"));
    let customer = get(&desk.ana, "text/csv").await;
    assert_eq!((customer.status, customer.code()), (403, "forbidden"));
    for query in ["limit=5", "cursor=AAAA", "sort=nonsense", "nonsense=1"] {
        let request = file(&desk.agent, &format!("{TICKETS}?{query}"));
        let answer = bsm_tests::send(request).await;
        assert_eq!(
            (answer.status, answer.code()),
            (400, "invalid_query"),
            "{query}"
        );
    }
    let old = file(&desk.agent, TICKETS).version(reqwest::Version::HTTP_10);
    let old = bsm_tests::send(old).await;
    assert_eq!((old.status, old.code()), (400, "invalid_header"));
}

/// So much that no buffer on the way holds it.
async fn a_large_desk(desk: &Desk) {
    let text = "0123456789 ".repeat(1_800);
    desk.db()
        .write(async |tx| {
            for n in 0..1_200_u32 {
                let at = seed::at(i64::from(n));
                let id = TicketId::generate();
                let mut ticket = seed::ticket(id, i64::from(n) + 900_000, desk.ben.id, at);
                ticket.description.clone_from(&text);
                tx.insert_ticket(&ticket).await?;
            }
            Ok::<_, DbError>(())
        })
        .await
        .expect("written");
}

/// A file whose first piece was taken.
async fn begun(client: &Client) -> (Response, usize) {
    let mut answer = file(client, TICKETS).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    let first = answer.chunk().await.expect("it comes").expect("a piece");
    (answer, first.len())
}

/// Takes the rest: how much came, and whether the end did.
async fn rest(mut answer: Response) -> (usize, bool) {
    let mut bytes = 0;
    loop {
        match answer.chunk().await {
            Ok(Some(piece)) => bytes += piece.len(),
            Ok(None) => return (bytes, true),
            Err(_) => return (bytes, false),
        }
    }
}

/// Whoever has two files on their way waits for one of them, or leaves it; a file that nobody
/// takes from holds no connection to the database.
async fn two_at_once_a_person(desk: &Desk) {
    a_large_desk(desk).await;
    let (first, _) = begun(&desk.agent).await;
    let (second, _) = begun(&desk.agent).await;
    let third = bsm_tests::send(file(&desk.agent, TICKETS)).await;
    assert_eq!((third.status, third.code()), (429, "rate_limited"));
    assert_eq!(third.header("retry-after"), "10");
    let _ = desk.agent.get(TICKETS).await.ok(200);
    let (other, taken) = begun(&desk.admin).await;

    tokio::time::sleep(Duration::from_millis(500)).await;
    let used = |p: &bsm_persistence::PoolState| p.open as usize - p.idle as usize;
    let pools = desk.state.app.for_long_reads().db.pools();
    let used: usize = pools.iter().filter(|p| p.name != "write").map(used).sum();
    // The delivery of events may be reading at this very moment.
    assert!(used <= 1, "{pools:?}");

    drop(first);
    let again = async {
        while file(&desk.agent, TICKETS)
            .send()
            .await
            .expect("an answer")
            .status()
            != 200
        {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let freed = tokio::time::timeout(Duration::from_secs(5), again).await;
    assert!(freed.is_ok(), "a file that was left is still counted");
    let (bytes, whole) = rest(other).await;
    assert!(whole, "a file that was taken slowly broke off");
    assert!(taken + bytes > 1_200 * 19_800, "{bytes}");
    assert!(rest(second).await.1);
}

/// A sign-in that ends, and a role that changes, end the files that are on their way: broken off,
/// so that none looks whole.
async fn a_file_ends_with_the_rights_of_its_reader(desk: &Desk) {
    a_large_desk(desk).await;
    let person = desk.sign_in(desk.agent.id, Portal::Admin).await;
    let (signed_out, _) = begun(&person).await;
    let (demoted, _) = begun(&desk.agent2).await;
    let (kept, _) = begun(&desk.agent).await;

    let path = format!("/api/auth/sessions/{}", person.session);
    let _ = person.remove(&path).await.ok(204);
    let path = format!("/api/admin/users/{}", desk.agent2.id);
    let _ = desk
        .admin
        .patch(&path, "*", json!({"role": "admin"}))
        .await
        .ok(200);
    for (answer, what) in [(signed_out, "signed out"), (demoted, "another role")] {
        let (bytes, whole) = rest(answer).await;
        assert!(!whole, "{what}: the file looks whole");
        assert!(bytes < 1_200 * 19_800, "{what}: {bytes}");
    }
    let (_, whole) = rest(kept).await;
    assert!(whole, "the file of a colleague broke off");
}

bsm_tests::served_on_both_engines! {
    a_file_has_the_rows_of_all_pages,
    a_file_is_compressed_for_who_takes_that,
    every_field_is_a_column,
    a_file_is_for_who_asks_and_may,
    two_at_once_a_person,
    a_file_ends_with_the_rights_of_its_reader,
}
