//! What the operating system knows of this process, under the names that Prometheus gives them.

use std::fs;

/// What can be read on Linux; elsewhere all of it is missing.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Process {
    pub(super) resident_bytes: Option<u64>,
    pub(super) cpu_seconds: Option<f64>,
    pub(super) open_files: Option<u64>,
    pub(super) max_files: Option<u64>,
}

impl Process {
    pub(super) fn now() -> Self {
        let read = |name: &str| fs::read_to_string(format!("/proc/self/{name}")).ok();
        Self {
            resident_bytes: read("status").as_deref().and_then(resident_bytes),
            cpu_seconds: read("stat").as_deref().and_then(cpu_seconds),
            // One of them is the folder that is read here.
            open_files: fs::read_dir("/proc/self/fd")
                .ok()
                .and_then(|files| u64::try_from(files.count()).ok())
                .map(|count| count.saturating_sub(1)),
            max_files: read("limits").as_deref().and_then(max_files),
        }
    }
}

fn resident_bytes(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

/// User and system time, in hundredths of a second on every machine that Linux runs on today.
#[allow(clippy::cast_precision_loss, reason = "a sum of seconds")]
fn cpu_seconds(stat: &str) -> Option<f64> {
    // The name in parentheses may hold spaces.
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some((user + system) as f64 / 100.0)
}

fn max_files(limits: &str) -> Option<u64> {
    let line = limits
        .lines()
        .find_map(|l| l.strip_prefix("Max open files"))?;
    // "unlimited" is no number, and no figure.
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_linux_writes() {
        let status = "Name:\tbsm\nVmPeak:\t  900 kB\nVmRSS:\t   13312 kB\n";
        assert_eq!(resident_bytes(status), Some(13_631_488));
        let stat = "7 (bsm (x) y) S 1 7 7 0 -1 4194560 100 0 0 0 150 25 0 0 20 0 9 0 1 2 3";
        assert_eq!(cpu_seconds(stat), Some(1.75));
        let limits =
            "Limit    Soft Limit  Hard Limit  Units\nMax open files   1024   4096   files\n";
        assert_eq!(max_files(limits), Some(1024));
        assert_eq!(max_files("Max open files unlimited unlimited files"), None);
        assert_eq!(
            (resident_bytes(""), cpu_seconds(""), max_files("")),
            (None, None, None)
        );
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn finds_all_of_it_on_linux() {
        let process = Process::now();
        assert!(process.resident_bytes.is_some_and(|b| b > 1_000_000));
        assert!(process.cpu_seconds.is_some());
        assert!(process.open_files.is_some_and(|n| n >= 3));
    }
}
