//! The parent commit beside this one: `make bench-short`. Nothing fails by it: a machine that does other
//! things besides moves more than most changes.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::growth::Lists;
use crate::ratios::operations::{MANY, OPERATIONS, Operation};
use crate::ratios::prepare::{Desk, prepare};
use crate::ratios::table::Spread;
use crate::server::Server;
use crate::sql::Engine;
use crate::volume::{self, Size};
use crate::{Options, ratios};

const TICKETS: i64 = 10_000;
const ROUNDS: usize = 5;
/// Of an operation of each of the two, in each round.
const OPERATION: Duration = Duration::from_millis(300);
/// Of a list: there are many.
const LIST: Duration = Duration::from_millis(50);
/// What moves further is reported.
const MOVED: f64 = 0.2;

/// Fills a database that has the demo desk: what the next commit's short form has its parent do.
///
/// # Panics
/// Where the database refuses.
#[tokio::main(worker_threads = 2)]
pub async fn load(url: &str, tickets: i64) {
    let (engine, size) = (Engine::of(url), Size::of(tickets));
    volume::fill(engine, url, size).await;
    prepare(engine, url, size).await;
}

/// Measures both, in turns, and tells what is faster or slower now.
///
/// # Panics
/// Where one of the two does not do what it is asked.
#[tokio::main(worker_threads = 2)]
pub async fn run(options: &Options) {
    let mut results = Vec::new();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let pair = Pair::start(options, engine).await;
        for (name, ratio) in pair.measure().await {
            if (ratio.median - 1.0).abs() > MOVED {
                let word = if ratio.median > 1.0 {
                    "faster"
                } else {
                    "slower"
                };
                println!("{}: {name}: {word}: {}", engine.name(), ratio.shown());
            }
            results.push(json!({
                "engine": engine.name(), "what": name, "ratio": ratio.median,
                "least": ratio.least, "greatest": ratio.greatest,
            }));
        }
    }
    let path = options.folder.join("bench-short.json");
    let all = json!({"tickets": TICKETS, "ratios": results});
    std::fs::write(&path, format!("{all:#}\n")).expect("written");
    println!(
        "{} ratios of operations a second, this commit to its parent; those that moved by more than \
         a fifth are above, all of them in {}",
        results.len(),
        path.display()
    );
}

/// One of the two commits, on a desk of its own.
struct Side {
    server: Server,
    desk: Arc<Desk>,
    lists: Lists,
}

impl Side {
    async fn start(bsm: &Path, folder: &Path, url: &str) -> Self {
        let server = Server::start(bsm, folder, url).await;
        let mut desk = Desk::of(Size::of(TICKETS));
        desk.sign_in(&server).await;
        Self {
            lists: Lists::of(&server).await,
            desk: Arc::new(desk),
            server,
        }
    }

    async fn operate(&self, operation: &'static Operation) -> f64 {
        let done = ratios::api(&self.server, &self.desk, operation, MANY, OPERATION);
        done.await.rate
    }

    async fn list(&self, at: usize) -> f64 {
        self.lists.rate(&self.server, at, LIST).await
    }
}

struct Pair {
    now: Side,
    parent: Side,
}

impl Pair {
    /// The parent makes its desk, as its schema is; a copy of it is migrated by this commit.
    async fn start(options: &Options, engine: Engine) -> Self {
        let needed = |name: &str| PathBuf::from(std::env::var_os(name).expect(name));
        let (bsm, bench) = (needed("BSM_BENCH_PARENT_BIN"), needed("BSM_BENCH_PARENT"));
        let [was, now] = ["parent", "now"].map(|side| {
            let folder = options
                .folder
                .join(format!("short-{side}-{}", engine.name()));
            let _ = std::fs::remove_dir_all(&folder);
            std::fs::create_dir_all(&folder).expect("a folder");
            folder
        });
        let url = crate::database(options, engine, TICKETS, &was).await;
        Server::start(&bsm, &was, &url).await.stop();
        let mut loader = Command::new(bench);
        let loaded = loader.args(["load", &url, &TICKETS.to_string()]).status();
        assert!(loaded.is_ok_and(|s| s.success()), "the parent's desk");
        let copy = copy(engine, &url, &was, &now).await;
        Self {
            now: Side::start(&options.bsm, &now, &copy).await,
            parent: Side::start(&bsm, &was, &url).await,
        }
    }

    async fn measure(&self) -> Vec<(String, Spread)> {
        let mut all = Vec::new();
        for operation in &OPERATIONS {
            let ratio = self.ratio(async |side| side.operate(operation).await);
            all.push((operation.what.to_owned(), ratio.await));
        }
        for (at, name) in self.now.lists.names().into_iter().enumerate() {
            let ratio = self.ratio(async |side| side.list(at).await);
            all.push((name, ratio.await));
        }
        all
    }

    /// How much more this commit does than its parent, who begins every other round.
    async fn ratio(&self, rate: impl AsyncFn(&Side) -> f64) -> Spread {
        let mut ratios = Vec::new();
        for round in 0..=ROUNDS {
            let (now, parent);
            if round % 2 == 0 {
                parent = rate(&self.parent).await;
                now = rate(&self.now).await;
            } else {
                now = rate(&self.now).await;
                parent = rate(&self.parent).await;
            }
            // The first round warms both up.
            if round > 0 {
                ratios.push(now / parent);
            }
        }
        Spread::of(ratios.into_iter())
    }
}

/// The URL of a copy of a database that nobody uses now.
async fn copy(engine: Engine, url: &str, from: &Path, to: &Path) -> String {
    if engine == Engine::Sqlite {
        for file in std::fs::read_dir(from).expect("a folder") {
            let file = file.expect("a file");
            if file.file_type().is_ok_and(|t| t.is_file()) {
                std::fs::copy(file.path(), to.join(file.file_name())).expect("copied");
            }
        }
        return format!("sqlite:{}", to.join("bench.sqlite").display());
    }
    let (server, name) = url.rsplit_once('/').expect("a URL");
    let new = format!("{name}_now");
    let mut c = PgConnection::connect(&format!("{server}/postgres")).await;
    for sql in [
        format!("drop database if exists {new}"),
        format!("create database {new} template {name}"),
    ] {
        let c = c.as_mut().expect("PostgreSQL");
        sqlx::query(AssertSqlSafe(sql))
            .execute(c)
            .await
            .expect("a copy");
    }
    format!("{server}/{new}")
}
