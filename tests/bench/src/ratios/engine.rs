//! The bare engines: pgbench for PostgreSQL, a loop for SQLite.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sqlx::ConnectOptions as _;
use tokio::process::Command;
use tokio::sync::Mutex;
use uuid::Uuid;

use super::operations::{On, Operation};
use super::pick;
use super::prepare::CLIENTS;
use super::script::{self, Script, Value};
use super::serve::{PLANS, constants, sqlite, texts};
use super::words::filled;
use crate::load::Measured;
use crate::sql::Engine;

/// What all its runs need.
pub struct Bare<'a> {
    /// Where the database is.
    pub url: &'a str,
    /// For scripts.
    pub folder: &'a Path,
    /// One of staff.
    pub agent: Uuid,
    /// The first ticket of the customers by turns.
    pub first: i64,
    /// The first ticket that it is about, and how many there are.
    pub numbers: (i64, i64),
}

impl Bare<'_> {
    /// Runs the statements with so many clients for so long; how often in a second.
    ///
    /// # Panics
    /// Where the engine refuses.
    pub async fn rate(
        &self,
        operation: &'static Operation,
        clients: usize,
        length: Duration,
    ) -> f64 {
        match Engine::of(self.url) {
            Engine::Sqlite => self.sqlite(operation, clients, length).await.rate(),
            Engine::Postgres => self.pgbench(operation, clients, length).await,
        }
    }

    /// Readers have a connection each. Writers share one: waiting for each other's locks they would
    /// be slower.
    async fn sqlite(
        &self,
        operation: &'static Operation,
        clients: usize,
        length: Duration,
    ) -> Measured {
        let script = Arc::new(Script::parse(&filled(Engine::Sqlite, operation.sql)));
        let constants = constants(Engine::Sqlite, self.agent);
        let (numbers, first) = (self.numbers, self.first);
        let connections = if operation.writes { 1 } else { clients };
        let mut opened = Vec::new();
        for _ in 0..connections {
            let connection = sqlite(self.url).connect().await.expect("a database");
            opened.push(Arc::new(Mutex::new(connection)));
        }
        let began = Instant::now();
        let tasks: Vec<_> = (0..clients)
            .map(|client| {
                let connection = Arc::clone(&opened[client % connections]);
                let (script, constants) = (Arc::clone(&script), constants.clone());
                tokio::spawn(async move {
                    let mut times = Vec::new();
                    while times.is_empty() || began.elapsed() < length {
                        let number = pick(client, times.len() as u64, numbers);
                        let mut values = constants.clone();
                        values.set("number", Value::Int(number));
                        values.set(
                            "client",
                            Value::Int(operation.on.customer(client, number, first)),
                        );
                        let asked = Instant::now();
                        let mut c = connection.lock().await;
                        let done = script::run_sqlite(&mut c, &script, values, None).await;
                        done.unwrap_or_else(|e| panic!("{script:?}: {e}"));
                        drop(c);
                        times.push(asked.elapsed());
                    }
                    times
                })
            })
            .collect();
        let mut times = Vec::new();
        for task in tasks {
            times.extend(task.await.expect("a client"));
        }
        Measured::of(times, began.elapsed())
    }

    /// The rate without the first third of three times the time: each new connection of PostgreSQL reads
    /// the catalog first.
    async fn pgbench(&self, operation: &Operation, clients: usize, length: Duration) -> f64 {
        let (first, count) = self.numbers;
        let customer = match operation.on {
            On::Any => ":client_id".to_owned(),
            On::Open | On::Resolved => format!("(:number - {})", self.first),
        };
        let script = format!(
            "\\set number random({first}, {})\n\\set client {customer} % {CLIENTS}\n{}",
            first + count - 1,
            filled(Engine::Postgres, operation.sql)
        );
        let file = self.folder.join(format!("{}.pgbench", operation.name));
        std::fs::write(&file, script).expect("written");
        let seconds = length.as_secs().max(1);
        let mut command = Command::new(program());
        command
            .args(["--no-vacuum", "--protocol=prepared", "--file"])
            .arg(&file)
            .args(["--client", &clients.to_string()])
            .args(["--jobs", &clients.min(2).to_string()])
            .args(["--time", &(3 * seconds).to_string()])
            .args(["--progress", &seconds.to_string()])
            .args(["--define", &format!("agent={}", self.agent)]);
        let plans = PLANS.map(|(name, value)| format!("-c {name}={value}"));
        command.env("PGOPTIONS", plans.join(" "));
        for (name, value) in texts(Engine::Postgres) {
            command.args(["--define", &format!("{name}={value}")]);
        }
        let done = command.arg(self.url).stdin(Stdio::null()).output().await;
        let done = done.expect("pgbench runs");
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{}: {said}", operation.name);
        let lines = said.lines().filter(|l| l.starts_with("progress: "));
        let rates = lines.filter_map(|l| l.split(", ").nth(1)?.strip_suffix(" tps")?.parse().ok());
        let rates: Vec<f64> = rates.skip(1).collect();
        #[allow(clippy::cast_precision_loss, reason = "there are two")]
        let mean = rates.iter().sum::<f64>() / rates.len() as f64;
        // Slower than once in that time, or no word of it: what it says of all of the time.
        if mean > 0.0 {
            return mean;
        }
        let all = String::from_utf8_lossy(&done.stdout);
        let all = all
            .lines()
            .find_map(|l| l.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
        all.unwrap_or_else(|| panic!("{}: {said}", operation.name))
    }
}

/// The newest pgbench of this machine: Debian keeps it out of PATH.
fn program() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    let found = versions.filter_map(|v| Some(v.ok()?.path().join("bin/pgbench")));
    let found = found.filter(|p| p.exists()).max_by_key(|path| {
        let version = path.iter().nth(4).and_then(|v| v.to_str());
        version.and_then(|v| v.parse::<u32>().ok())
    });
    found.unwrap_or_else(|| "pgbench".into())
}
