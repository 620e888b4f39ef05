//! Measures the built server from outside: `make bench` (see `docs/benchmarks.md`).

mod cpu;
mod growth;
mod http;
mod load;
mod process;
mod ratios;
mod server;
mod short;
mod sql;
mod volume;

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::growth::{Kind, Row};
use crate::ratios::{Effort, Ratios};
use crate::server::Server;
use crate::sql::Engine;
use crate::volume::Size;

// As the product: the bare handler is to differ in nothing but what it does not do.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// What is taken from the environment.
struct Options {
    bsm: PathBuf,
    folder: PathBuf,
    postgres: String,
    engines: Vec<Engine>,
    sizes: Vec<i64>,
    length: Duration,
    ratio_tickets: i64,
    effort: Effort,
}

impl Options {
    fn read() -> Self {
        let given = |name: &str| std::env::var(name).ok();
        let needed = |name: &str| given(name).unwrap_or_else(|| panic!("{name} is not set"));
        let sizes = given("BSM_BENCH_SIZES").unwrap_or_else(|| "10000,100000".to_owned());
        let millis = given("BSM_BENCH_MILLIS").map_or(700, |n| n.parse().expect("milliseconds"));
        let engines = given("BSM_BENCH_ENGINES").unwrap_or_else(|| "SQLite,PostgreSQL".to_owned());
        let number = |name: &str, otherwise: u32| {
            given(name).map_or(otherwise, |n| n.parse().expect("a number"))
        };
        Self {
            bsm: needed("BSM_BIN").into(),
            folder: needed("BSM_BENCH_DIR").into(),
            postgres: needed("BSM_BENCH_POSTGRES"),
            engines: [Engine::Sqlite, Engine::Postgres]
                .into_iter()
                .filter(|engine| engines.split(',').any(|name| name == engine.name()))
                .collect(),
            ratio_tickets: number("BSM_BENCH_RATIO_TICKETS", 100_000).into(),
            effort: Effort {
                length: Duration::from_secs(number("BSM_BENCH_RATIO_SECONDS", 1).into()),
                rounds: number("BSM_BENCH_RATIO_ROUNDS", 5) as usize,
            },
            sizes: sizes
                .split(',')
                .filter(|n| !n.is_empty())
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

fn main() {
    let given: Vec<String> = std::env::args().skip(1).collect();
    match given.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["bare-handler", url, address, agent] => {
            ratios::serve(url, address, agent.parse().expect("an id"));
        }
        ["load", url, tickets] => short::load(url, tickets.parse().expect("a number of tickets")),
        ["short"] => short::run(&Options::read()),
        [] => everything(None),
        [part @ ("process" | "growth" | "ratios")] => everything(Some(part)),
        _ => panic!("{given:?} is nothing that can be measured"),
    }
}

/// All, or only the part that is named: `process`, `growth` or `ratios`.
#[tokio::main(worker_threads = 2)]
async fn everything(part: Option<&str>) {
    let options = Options::read();
    let asked = |name| part.is_none_or(|part| part == name);
    let mut figures = serde_json::Map::new();
    if asked("process") {
        figures.insert("process".to_owned(), processes(&options).await);
    }
    if asked("growth") {
        figures.insert("growth".to_owned(), growths(&options).await);
    }
    if asked("ratios") && options.ratio_tickets > 0 {
        figures.insert("ratios".to_owned(), comparisons(&options).await);
    }
    let path = options.folder.join("bench.json");
    let figures = serde_json::Value::Object(figures);
    std::fs::write(&path, format!("{figures:#}\n")).expect("written");
    println!("\n{}", path.display());
}

/// Desks of all sizes on both engines.
async fn growths(options: &Options) -> serde_json::Value {
    let mut results = Vec::new();
    for engine in options.engines.clone() {
        let mut desks = Vec::new();
        for tickets in &options.sizes {
            desks.push(measure(options, engine, *tickets).await);
        }
        if !desks.is_empty() {
            show(engine, &desks);
        }
        let desks: Vec<_> = desks.iter().map(as_json).collect();
        results.push(json!({"engine": engine.name(), "desks": desks}));
    }
    results.into()
}

/// The API beside the bare engine on both.
async fn comparisons(options: &Options) -> serde_json::Value {
    let mut ratios = Vec::new();
    for engine in options.engines.clone() {
        let measured = compare(options, engine).await;
        ratios::table::show(&measured);
        ratios.push(ratios::table::as_json(&measured));
    }
    ratios.into()
}

/// What a process costs on both engines.
async fn processes(options: &Options) -> serde_json::Value {
    let binary = std::fs::metadata(&options.bsm).expect("the binary").len();
    let mut measured = Vec::new();
    for engine in options.engines.clone() {
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

/// A folder and a database with so many tickets; how long it took to load them.
async fn filled(options: &Options, engine: Engine, tickets: i64) -> (PathBuf, String, Duration) {
    let (folder, url) = empty(options, engine, tickets).await;
    // The demo desk first: its people sign in, its services are ordered.
    Server::start(&options.bsm, &folder, &url).await.stop();
    let loading = volume::fill(engine, &url, Size::of(tickets)).await;
    println!(
        "{}, {tickets} tickets: loaded in {:.1} s",
        engine.name(),
        loading.as_secs_f64()
    );
    (folder, url, loading)
}

/// The API beside a bare handler and the bare engine.
async fn compare(options: &Options, engine: Engine) -> Ratios {
    let size = Size::of(options.ratio_tickets);
    let (folder, url, _) = filled(options, engine, size.tickets).await;
    ratios::prepare::prepare(engine, &url, size).await;
    let server = Server::start(&options.bsm, &folder, &url).await;
    let measured = ratios::measure(&server, &url, &folder, size, options.effort).await;
    server.stop();
    measured
}

async fn measure(options: &Options, engine: Engine, tickets: i64) -> Desk {
    let (folder, url, loading) = filled(options, engine, tickets).await;
    let server = Server::start(&options.bsm, &folder, &url).await;
    let start = server.started_in;
    tokio::time::sleep(process::QUIET).await;
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
    println!("| what | {} | ratio | target |", head.join(" | "));
    println!("| --- |{}", " --- |".repeat(desks.len() + 2));
    for at in 0..desks[0].rows.len() {
        let cells: Vec<_> = desks.iter().map(|d| cell(&d.rows[at])).collect();
        let (first, last) = (&desks[0], &desks[desks.len() - 1]);
        let row = &last.rows[at];
        let base = match row.kind {
            Kind::Deep => &last.rows[at - 1],
            _ => &first.rows[at],
        };
        let (ratio, words) = growth::verdict(base, row);
        let ratio = ratio.map_or("-".to_owned(), |ratio| ratio.to_string());
        println!(
            "| {} | {} | {ratio} | {words} |",
            row.name,
            cells.join(" | ")
        );
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

fn cell(row: &Row) -> String {
    match (row.median, row.p99) {
        (Some(median), Some(p99)) => format!("{} ({})", millis(median), millis(p99)),
        _ => "-".to_owned(),
    }
}

fn as_json(desk: &Desk) -> serde_json::Value {
    let rows = desk.rows.iter().map(|r| {
        json!({"what": r.name, "median_us": r.median.map(micros), "p99_us": r.p99.map(micros),
            "medians_us": r.medians.iter().copied().map(micros).collect::<Vec<_>>(), "rate": r.rate})
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
