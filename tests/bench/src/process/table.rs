//! The figures of a process beside their targets, as Markdown.

use super::{CROWDS, Process};
use crate::millis;

pub(super) fn show(measured: &[Process], binary: u64) {
    let heads: Vec<_> = measured.iter().map(|p| p.engine.name()).collect();
    println!(
        "\n| what a process costs | target | {} |",
        heads.join(" | ")
    );
    println!("| --- | --- |{}", " --- |".repeat(heads.len()));
    let row = |what: &str, target: &str, cell: &dyn Fn(&Process) -> String| {
        let cells: Vec<_> = measured.iter().map(cell).collect();
        println!("| {what} | {target} | {} |", cells.join(" | "));
    };
    // That of `dist`, which is installed, has a target; this one keeps its symbols.
    row("binary, the release", "", &|_| mb(binary));
    row("start to first answer", "500 ms", &|p| {
        format!("{} ms", millis(p.cost.start()))
    });
    row("memory, idle", "40 MB", &|p| mb(p.cost.memory.idle));
    row("memory after sixty sign-ins", "", &|p| {
        mb(p.cost.memory.signed_in)
    });
    row("memory thirty seconds later", "", &|p| {
        mb(p.cost.memory.later)
    });
    for (at, listeners) in CROWDS.iter().enumerate() {
        row(
            &format!("memory a stream, {listeners} open"),
            "15 kB",
            &|p| format!("{} bytes", p.crowds[at].bytes),
        );
        row(
            &format!("one event to {listeners}: median (p99, last)"),
            if *listeners == 5_000 {
                "p99 300 ms"
            } else {
                ""
            },
            &|p| {
                let [median, p99, last] = [50, 99, 100].map(|n| millis(p.crowds[at].percentile(n)));
                format!("{median} ({p99}, {last}) ms")
            },
        );
    }
}

/// Megabytes as the targets count them: a million bytes.
#[allow(clippy::cast_precision_loss, reason = "shown with one decimal")]
fn mb(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
