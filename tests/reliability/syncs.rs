//! Nothing is acknowledged that the disk does not have.

use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bsm_tests::bsm::{Folder, Running};
use bsm_tests::chance::Chance;

use crate::figures::tell;
use crate::site::Site;
use crate::sizes::seed;
use crate::writer::create;

/// One after the other: each of them needs a sync of its own.
const ALONE: usize = 200;
/// Of each of so many clients at once, who share commits.
const SHARED: usize = 100;
const CLIENTS: usize = 8;

/// Writes down when a process asked the disk; ends with its value.
struct Trace {
    strace: Child,
    folder: Folder,
}

/// Since 1970, as strace writes it.
type Seconds = f64;
/// From the request to its answer, or from the beginning of a sync to its end.
type Window = (Seconds, Seconds);

impl Drop for Trace {
    fn drop(&mut self) {
        let _ = self.strace.kill();
        let _ = self.strace.wait();
    }
}

impl Trace {
    /// Of all threads of a process.
    async fn of(process: &Running) -> Self {
        let folder = Folder::new();
        let strace = Command::new("strace")
            .args(["-f", "-ttt", "-T", "-y", "-e", "trace=fsync,fdatasync"])
            .arg("-o")
            .arg(folder.path().join("syncs"))
            .args(["-p", &process.id().to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("strace is installed");
        let threads = format!("/proc/{}/task", process.id());
        let untraced = || {
            let threads = std::fs::read_dir(&threads).expect("Linux").flatten();
            threads
                .map(|thread| std::fs::read_to_string(thread.path().join("status")))
                .any(|status| status.is_ok_and(|s| s.contains("TracerPid:\t0\n")))
        };
        while untraced() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Self { strace, folder }
    }

    /// The syncs of the log of the database that succeeded, after the process has ended.
    fn syncs_of(self, file: &str) -> Vec<Window> {
        let text = std::fs::read_to_string(self.folder.path().join("syncs"));
        let mut begun: BTreeMap<&str, bool> = BTreeMap::new();
        let text = text.expect("a trace");
        text.lines()
            .filter_map(|line| {
                // `1234 1699999999.123456 fdatasync(9</data/bsm.sqlite-wal>) = 0 <0.000123>`
                let (thread, rest) = line.split_once(' ')?;
                let (at, call) = rest.trim_start().split_once(' ')?;
                let at: Seconds = at.parse().ok()?;
                let of_file = call.contains(file);
                if call.contains("<unfinished") {
                    begun.insert(thread, of_file);
                    return None;
                }
                let took = call.contains("= 0 <").then(|| call.rsplit_once('<'))??;
                let took: Seconds = took.1.strip_suffix('>')?.parse().ok()?;
                // A call that those of other threads interrupted is shown where it ended.
                if call.contains("resumed>") {
                    begun.remove(thread)?.then_some((at - took, at))
                } else {
                    of_file.then_some((at, at + took))
                }
            })
            .collect()
    }
}

fn seconds() -> Seconds {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.expect("a clock").as_secs_f64()
}

async fn create_in_a_window(site: &Site, base: &str, client: usize, n: usize) -> Window {
    let who = site.customers[client % site.customers.len()];
    let (key, subject) = (format!("key {client} {n}"), format!("Wish {client} {n}"));
    let began = seconds();
    create(site, &[base.to_owned()], 0, (who, &key, &subject), &[]).await;
    (began, seconds())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs strace: make soak"]
async fn every_acknowledged_create_was_synced() {
    let site = Arc::new(Site::sqlite().await);
    let process = site.start();
    let trace = Trace::of(&process).await;
    let mut chance = Chance::new(seed());
    let mut windows = Vec::new();
    for n in 0..ALONE {
        let client = usize::try_from(chance.below(4)).expect("small");
        windows.push(create_in_a_window(&site, &process.base, client, n).await);
    }
    let clients: Vec<_> = (CLIENTS..2 * CLIENTS)
        .map(|client| {
            let (site, base) = (Arc::clone(&site), process.base.clone());
            tokio::spawn(async move {
                let mut windows = Vec::new();
                for n in 0..SHARED {
                    windows.push(create_in_a_window(&site, &base, client, n).await);
                }
                windows
            })
        })
        .collect();
    for client in clients {
        windows.extend(client.await.expect("a client that is served"));
    }
    assert!(process.stop().status.success());
    let syncs = trace.syncs_of("/bsm.sqlite-wal>");
    let unsynced = windows.iter().filter(|(began, answered)| {
        !syncs
            .iter()
            .any(|(from, to)| from >= began && to <= answered)
    });
    assert_eq!(unsynced.count(), 0, "acknowledged without a sync to disk");
    tell(
        "syncs to disk (SQLite)",
        &format!(
            "{} acknowledged creates, {ALONE} alone and {} by {CLIENTS} clients at once, {} syncs of the log, at least one inside the time of each",
            windows.len(),
            CLIENTS * SHARED,
            syncs.len()
        ),
    );
}
