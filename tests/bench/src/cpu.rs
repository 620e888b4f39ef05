//! What a process takes of the processors.

use std::time::Duration;

/// The kernel counts in hundredths of a second, whatever it is built for.
const TICK: Duration = Duration::from_millis(10);

/// The time that a process has had of all processors so far, in the program and in the kernel.
///
/// # Panics
/// Where the process is gone.
pub fn time(pid: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).expect("a process");
    // The name may have spaces; it ends with the last parenthesis.
    let (_, fields) = stat.rsplit_once(") ").expect("the fields of a process");
    let ticks = |n: usize| fields.split(' ').nth(n)?.parse::<u32>().ok();
    let (user, system) = (ticks(11), ticks(12));
    TICK * (user.expect("user time") + system.expect("system time"))
}
