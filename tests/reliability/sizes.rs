//! How much of it: the short form of `make test`, or with `BSM_SOAK=1` the long one of `make soak`.

use std::time::Duration;

/// The sizes of one form.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    /// How often a process is killed.
    pub kills: u64,
    /// How many events fifty listeners hear.
    pub events: usize,
    /// How long a database is away.
    pub away: Duration,
    /// Streams that are open when a process is asked to stop.
    pub open_streams: usize,
    /// Streams that idle, and for how long.
    pub idle_streams: usize,
    /// See `idle_streams`.
    pub idle: Duration,
    /// Rows of a list that is had as a file.
    pub exported: i64,
    /// How long two versions run together.
    pub together: Duration,
}

const SHORT: Sizes = Sizes {
    kills: 5,
    events: 500,
    away: Duration::from_secs(4),
    open_streams: 1000,
    idle_streams: 500,
    idle: Duration::from_secs(3),
    exported: 50_000,
    together: Duration::from_secs(5),
};

const LONG: Sizes = Sizes {
    kills: 100,
    events: 10_000,
    away: Duration::from_secs(30),
    open_streams: 1000,
    idle_streams: 5000,
    idle: Duration::from_secs(120),
    exported: 1_000_000,
    together: Duration::from_secs(60),
};

/// Whether this is the long form.
pub fn soak() -> bool {
    std::env::var_os("BSM_SOAK").is_some_and(|v| v == "1")
}

pub fn sizes() -> Sizes {
    if soak() { LONG } else { SHORT }
}

/// What chance begins with: `BSM_SEED`, or the clock. Printed, so that a red run can be had again.
pub fn seed() -> u64 {
    let given = std::env::var("BSM_SEED").ok();
    let seed = given.map_or_else(
        || std::time::UNIX_EPOCH.elapsed().expect("a clock").as_secs(),
        |text| text.parse().expect("BSM_SEED is a number"),
    );
    println!("BSM_SEED={seed}");
    seed
}
