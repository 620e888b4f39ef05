//! A list of very many rows as a file: whole, and in little memory.

use std::io::Write as _;
use std::time::Instant;

use bsm_persistence::{Db, DbError, EngineKind};
use bsm_tests::bsm::Running;
use bsm_tests::{Client, TestDb, seed};
use reqwest::Method;
use serde_json::json;
use sqlx::types::Json;

use crate::figures::tell;
use crate::site::Site;
use crate::sizes::sizes;

const MIB: u64 = 1024 * 1024;
/// By how much the process may grow over an idle one.
const GROWTH: u64 = 50 * MIB;
/// Tickets of one statement, all opened at one moment.
const AT_ONCE: i64 = 1_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_of_many_rows_takes_little_memory_on_sqlite() {
    let site = Site::sqlite().await;
    let rows = sizes().exported;
    fill(&site, rows).await;
    let server = site.start();
    export(&site, &server, "SQLite", rows).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_of_many_rows_takes_little_memory_on_postgres() {
    let database = TestDb::postgres().await;
    let site = Site::at(database.url()).await;
    let rows = sizes().exported;
    fill(&site, rows).await;
    let server = site.start();
    export(&site, &server, "PostgreSQL", rows).await;
    server.stop();
    database.remove().await;
}

async fn export(site: &Site, server: &Running, engine: &str, rows: i64) {
    let client = site.client(site.agent).at(&server.base);
    let _ = client.get("/api/admin/tickets?limit=100").await.ok(200);
    let idle = server.resident_memory();
    let path = site.data.path().join("tickets.csv");
    let began = Instant::now();
    let bytes = save(&client, &path).await;
    let took = began.elapsed();
    let grown = server.peak_memory().saturating_sub(idle);
    check(&path, rows);
    tell(
        &format!("tickets as CSV ({engine})"),
        &format!(
            "{rows} rows, {} MiB in {:.1} s; the process grew by {:.1} MiB over {:.1} MiB idle",
            bytes / MIB,
            took.as_secs_f64(),
            mib(grown),
            mib(idle)
        ),
    );
    assert!(grown < GROWTH, "it grew by {} MiB", grown / MIB);
}

#[allow(clippy::cast_precision_loss, reason = "shown with one decimal")]
fn mib(bytes: u64) -> f64 {
    bytes as f64 / MIB as f64
}

/// Writes the file to the disk as it comes.
async fn save(client: &Client, path: &std::path::Path) -> u64 {
    let list = "/api/admin/tickets?sort=-created_at";
    let request = client.request(Method::GET, list);
    let answer = request.header("Accept", "text/csv").send().await;
    let mut answer = answer.expect("an answer");
    assert_eq!(answer.status(), 200);
    let mut file = std::fs::File::create(path).expect("a file");
    let mut bytes = 0;
    while let Some(piece) = answer.chunk().await.expect("a whole file") {
        file.write_all(&piece).expect("written");
        bytes += piece.len() as u64;
    }
    bytes
}

/// Every ticket stands in it once, newest first, as it was written.
fn check(path: &std::path::Path, rows: i64) {
    let mut reader = csv::Reader::from_path(path).expect("a file");
    let header = reader.headers().expect("a first line").clone();
    let column = |name: &str| header.iter().position(|h| h == name).expect("a column");
    let [number, subject, description, created_at] =
        ["number", "subject", "description", "created_at"].map(column);
    let mut seen = vec![false; usize::try_from(rows).expect("a count")];
    let mut last = String::from("9999");
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).expect("a record") {
        let n: i64 = record[number]
            .trim_start_matches("TKT-")
            .parse()
            .expect("a number");
        let place = usize::try_from(n - 1).expect("a number");
        assert!(!std::mem::replace(&mut seen[place], true), "{n} twice");
        assert_eq!(record[subject], format!("'=1+{n}"));
        assert_eq!(record[description], text(n));
        assert!(record[created_at] <= *last, "{n} is out of order");
        record[created_at].clone_into(&mut last);
    }
    assert!(seen.iter().all(|seen| *seen), "some are missing");
}

fn text(n: i64) -> String {
    format!("It is \"dark\", {n}\n{}", "and so on ".repeat(30))
}

/// So many tickets, numbered from 1.
async fn fill(site: &Site, rows: i64) {
    let db: Db = site.db().await;
    let id = match db.engine() {
        EngineKind::Sqlite => "randomblob(16)",
        EngineKind::Postgres => "gen_random_uuid()",
    };
    for first in (1..=rows).step_by(usize::try_from(AT_ONCE).expect("a step")) {
        let last = rows.min(first + AT_ONCE - 1);
        db.write(async |tx| {
            let mut insert = tx.q(
                "insert into tickets (id, number, subject, description, status, priority, category, \
                 requester_id, answers, resolutions, created_at, updated_at, version, \
                 customer_updated_at, customer_version) with recursive s (n) as (select \
                 cast($1 as bigint) union all select n + 1 from s where n < $2) select ",
            );
            insert.push(id);
            insert.push(
                ", n, '=1+' || n, 'It is \"dark\", ' || n || $3, 'closed', 'normal', \
                 'question', $4, $5, 0, $6, $6, 1, $6, 1 from s",
            );
            let text = format!("\n{}", "and so on ".repeat(30));
            insert
                .bind(first)
                .bind(last)
                .bind(text)
                .bind(site.customers[0].id)
                .bind(Json(json!([])))
                .bind(seed::at(first))
                .execute()
                .await
        })
        .await
        .map_err(|e: DbError| e)
        .expect("filled");
    }
    db.write(async |tx| tx.q("analyze").execute().await)
        .await
        .map_err(|e: DbError| e)
        .expect("analyzed");
    db.close().await;
}
