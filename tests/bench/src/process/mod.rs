//! What a process costs: its start, its memory, and its listeners.

mod cost;
mod listener;
mod streams;
mod table;

use std::path::Path;

use serde_json::{Value, json};

use crate::server::Server;
use crate::sql::Engine;

pub use self::cost::QUIET;

use self::cost::Cost;
use self::streams::Crowd;

/// How many listen at once.
const CROWDS: [usize; 2] = [1_000, 5_000];

/// What was measured on one engine, with the demo desk.
pub struct Process {
    engine: Engine,
    cost: Cost,
    crowds: Vec<Crowd>,
}

/// Measures on an empty database, whose files are in `folder`: about two minutes.
///
/// # Panics
/// Where the server does not do what it should, or this process may not open enough files.
pub async fn measure(bsm: &Path, folder: &Path, engine: Engine, url: &str) -> Process {
    // The demo desk first: its people sign in.
    Server::start(bsm, folder, url).await.stop();
    let cost = cost::measure(bsm, folder, url).await;
    let mut crowds = Vec::new();
    for listeners in CROWDS {
        let server = Server::start(bsm, folder, url).await;
        crowds.push(streams::measure(&server, listeners).await);
        server.stop();
    }
    Process {
        engine,
        cost,
        crowds,
    }
}

/// Prints both engines beside the targets.
pub fn show(measured: &[Process], binary: u64) {
    table::show(measured, binary);
}

/// The same in full.
pub fn as_json(measured: &[Process], binary: u64) -> Value {
    let engines = measured.iter().map(|process| {
        json!({
            "engine": process.engine.name(),
            "start_us": process.cost.starts.iter().map(std::time::Duration::as_micros).collect::<Vec<_>>(),
            "memory_bytes": process.cost.memory.as_json(),
            "streams": process.crowds.iter().map(Crowd::as_json).collect::<Vec<_>>(),
        })
    });
    json!({"binary_bytes": binary, "engines": engines.collect::<Vec<_>>()})
}
