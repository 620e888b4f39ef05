//! Nothing is acknowledged that the disk does not have.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bsm_tests::bsm::Folder;
use bsm_tests::chance::Chance;

use crate::figures::tell;
use crate::site::Site;
use crate::sizes::seed;
use crate::writer::create;

const CREATES: usize = 300;

/// Writes down when a process asked the disk; ends with its value.
struct Trace(Child);

impl Drop for Trace {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn seconds() -> f64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.expect("a clock").as_secs_f64()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs strace: make soak"]
async fn every_acknowledged_create_was_synced() {
    let site = Site::sqlite().await;
    let process = site.start();
    let out = Folder::new();
    let file = out.path().join("syncs");
    let trace = Command::new("strace")
        .args([
            "-f",
            "-ttt",
            "-T",
            "-e",
            "trace=fsync,fdatasync,sync_file_range,msync",
            "-o",
        ])
        .arg(&file)
        .args(["-p", &process.id().to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("strace is installed");
    let trace = Trace(trace);
    let mut chance = Chance::new(seed());
    let bases = [process.base.clone()];
    let status = format!("/proc/{}/status", process.id());
    while std::fs::read_to_string(&status)
        .expect("Linux")
        .contains("TracerPid:\t0\n")
    {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let mut windows = Vec::new();
    for n in 0..CREATES {
        let who = site.customers[usize::try_from(chance.below(4)).expect("small")];
        let (key, subject) = (format!("key {n}"), format!("Wish {n}"));
        let began = seconds();
        create(&site, &bases, 0, (who, &key, &subject), &[]).await;
        windows.push((began, seconds()));
    }
    assert!(process.stop().status.success());
    drop(trace);
    let text = std::fs::read_to_string(&file).expect("a trace");
    // `1234 1699999999.123456 fdatasync(9) = 0 <0.000123>`: it began then and took so long.
    let syncs: Vec<(f64, f64)> = text
        .lines()
        .filter(|l| l.contains("= 0 <"))
        .filter_map(|l| {
            let at: f64 = l.split_whitespace().nth(1)?.parse().ok()?;
            let took: f64 = l.rsplit_once('<')?.1.strip_suffix('>')?.parse().ok()?;
            // A call that others interrupted is shown where it ended.
            Some(if l.contains("resumed") {
                (at - took, at)
            } else {
                (at, at + took)
            })
        })
        .collect();
    let unsynced = windows.iter().filter(|(began, answered)| {
        !syncs
            .iter()
            .any(|(from, to)| from >= began && to <= answered)
    });
    assert_eq!(unsynced.count(), 0, "acknowledged without a sync to disk");
    tell(
        "syncs to disk (SQLite)",
        &format!(
            "{CREATES} acknowledged creates, {} syncs, at least one inside the time of each",
            syncs.len()
        ),
    );
}
