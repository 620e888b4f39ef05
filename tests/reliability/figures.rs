//! What was measured, for `docs/reliability.md`.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::time::Duration;

/// Says a figure; `make soak` gathers them in the file that `BSM_FIGURES` names.
pub fn tell(what: &str, figure: &str) {
    println!("{what}: {figure}");
    if let Some(path) = std::env::var_os("BSM_FIGURES") {
        let file = OpenOptions::new().append(true).create(true).open(path);
        writeln!(file.expect("a file"), "| {what} | {figure} |").expect("written");
    }
}

/// The value that `percent` of them do not exceed, by nearest rank.
pub fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or_default()
}

pub fn millis(duration: Duration) -> String {
    format!("{} ms", duration.as_millis())
}
