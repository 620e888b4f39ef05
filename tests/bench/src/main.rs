//! Measures the built server from outside: `make bench` (see `docs/benchmarks.md`).

mod growth;
mod load;
mod process;
mod server;
mod sql;
mod volume;

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::growth::Row;
use crate::server::Server;
use crate::sql::Engine;
use crate::volume::Size;

/// What is taken from the environment.
struct Options {
    bsm: PathBuf,
    folder: PathBuf,
    postgres: String,
    sizes: Vec<i64>,
    length: Duration,
}

impl Options {
    fn read() -> Self {
        let given = |name: &str| std::env::var(name).ok();
        let needed = |name: &str| given(name).unwrap_or_else(|| panic!("{name} is not set"));
        let sizes = given("BSM_BENCH_SIZES").unwrap_or_else(|| "10000,100000".to_owned());
        let millis = given("BSM_BENCH_MILLIS").map_or(700, |n| n.parse().expect("milliseconds"));
        Self {
            bsm: needed("BSM_BIN").into(),
            folder: needed("BSM_BENCH_DIR").into(),
            postgres: needed("BSM_BENCH_POSTGRES"),
            sizes: sizes
                .split(',')
                .map(|n| n.parse().expect("a number of tickets"))
                .collect(),
            length: Duration::from_millis(millis),
        }
    }
}

/// One database of one size, measured.
struct Desk {
    tickets: i64,
    loading: Duration,
    start: Duration,
    idle: u64,
    loaded: u64,
    rows: Vec<Row>,
}

#[tokio::main(worker_threads = 2)]
async fn main() {
    let options = Options::read();
    let process = processes(&options).await;
    // Only what a process costs: two minutes an engine.
    if std::env::args().nth(1).as_deref() == Some("process") {
        return write(&options, json!({"process": process}));
    }
    let mut results = Vec::new();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let mut desks = Vec::new();
        for tickets in &options.sizes {
            desks.push(measure(&options, engine, *tickets).await);
        }
        show(engine, &desks);
        results.push(json!({"engine": engine.name(), "desks": desks.iter().map(as_json).collect::<Vec<_>>()}));
    }
    write(&options, json!({"process": process, "growth": results}));
}

fn write(options: &Options, figures: serde_json::Value) {
    let path = options.folder.join("bench.json");
    std::fs::write(&path, format!("{figures:#}\n")).expect("written");
    println!("\n{}", path.display());
}

/// What a process costs on both engines.
async fn processes(options: &Options) -> serde_json::Value {
    let binary = std::fs::metadata(&options.bsm).expect("the binary").len();
    let mut measured = Vec::new();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let (folder, url) = empty(options, engine, 0).await;
        measured.push(process::measure(&options.bsm, &folder, engine, &url).await);
    }
    process::show(&measured, binary);
    process::as_json(&measured, binary)
}

/// An empty folder and an empty database in it, or beside it.
async fn empty(options: &Options, engine: Engine, tickets: i64) -> (PathBuf, String) {
    let folder = options.folder.join(format!("{}-{tickets}", engine.name()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    let url = database(options, engine, tickets, &folder).await;
    (folder, url)
}

async fn measure(options: &Options, engine: Engine, tickets: i64) -> Desk {
    let (folder, url) = empty(options, engine, tickets).await;
    // The demo desk first: its people sign in, its services are ordered.
    Server::start(&options.bsm, &folder, &url).await.stop();
    let loading = volume::fill(engine, &url, Size::of(tickets)).await;
    println!(
        "{}, {tickets} tickets: loaded in {:.1} s",
        engine.name(),
        loading.as_secs_f64()
    );
    let server = Server::start(&options.bsm, &folder, &url).await;
    let start = server.started_in;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let idle = server.memory();
    let rows = growth::measure(&server, options.length).await;
    let loaded = server.memory();
    server.stop();
    Desk {
        tickets,
        loading,
        start,
        idle,
        loaded,
        rows,
    }
}

/// An empty database, in the folder or on the server.
async fn database(options: &Options, engine: Engine, tickets: i64, folder: &Path) -> String {
    if engine == Engine::Sqlite {
        return format!("sqlite:{}", folder.join("bench.sqlite").display());
    }
    let name = format!("bsm_bench_{tickets}");
    let mut c = PgConnection::connect(&options.postgres)
        .await
        .expect("PostgreSQL");
    for sql in [
        format!("drop database if exists {name}"),
        format!("create database {name}"),
    ] {
        sqlx::query(AssertSqlSafe(sql))
            .execute(&mut c)
            .await
            .expect("a database");
    }
    let (server, _) = options.postgres.rsplit_once('/').expect("a URL");
    format!("{server}/{name}")
}

fn show(engine: Engine, desks: &[Desk]) {
    println!("\n| {}: 8 clients, median (p99) in ms |", engine.name());
    let head: Vec<_> = desks
        .iter()
        .map(|d| format!("{} tickets", d.tickets))
        .collect();
    println!("| what | {} | last / first |", head.join(" | "));
    println!("| --- |{}", " --- |".repeat(desks.len() + 1));
    for at in 0..desks[0].rows.len() {
        let cells: Vec<_> = desks
            .iter()
            .map(|d| format!("{} ({})", millis(d.rows[at].median), millis(d.rows[at].p99)))
            .collect();
        let (first, last) = (&desks[0].rows[at], &desks[desks.len() - 1].rows[at]);
        let ratio = last.median.as_secs_f64() / first.median.as_secs_f64();
        println!("| {} | {} | {ratio:.2} |", first.name, cells.join(" | "));
    }
    for desk in desks {
        println!(
            "| {} tickets: first answer after {} ms; {} idle, {} after all this; loaded in {:.1} s |",
            desk.tickets,
            millis(desk.start),
            mib(desk.idle),
            mib(desk.loaded),
            desk.loading.as_secs_f64()
        );
    }
}

fn as_json(desk: &Desk) -> serde_json::Value {
    let rows = desk.rows.iter().map(|r| {
        json!({"what": r.name, "median_us": micros(r.median), "p99_us": micros(r.p99), "rate": r.rate})
    });
    json!({
        "tickets": desk.tickets, "loading_ms": desk.loading.as_millis() as u64,
        "start_ms": desk.start.as_millis() as u64, "idle_bytes": desk.idle, "loaded_bytes": desk.loaded,
        "rows": rows.collect::<Vec<_>>(),
    })
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

fn millis(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1e3)
}

#[allow(clippy::cast_precision_loss, reason = "shown with one decimal")]
fn mib(bytes: u64) -> String {
    format!("{:.1} MiB", bytes as f64 / (1024.0 * 1024.0))
}
