//! A PostgreSQL server of a test's own, which it may stop, freeze and kill.

use std::path::PathBuf;
use std::process::Command;

use bsm_tests::bsm::{Folder, signal};

/// Goes with its value, whatever state it is in.
pub struct Cluster {
    state: PathBuf,
    folder: PathBuf,
    pub url: String,
    _place: Folder,
}

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../scripts/postgres.sh");

impl Cluster {
    pub fn start() -> Self {
        let place = Folder::new();
        let state = place.path().join("postgres");
        let out = script("start", &state);
        assert!(out.status.success(), "{}", bsm_tests::bsm::printed(&out));
        let folder = std::fs::read_to_string(&state).expect("a folder");
        Self {
            folder: PathBuf::from(folder.trim()),
            url: String::from_utf8_lossy(&out.stdout).trim().to_owned(),
            state,
            _place: place,
        }
    }

    /// `pg_ctl stop` in this mode: `fast` or `immediate`.
    pub fn stop(&self, mode: &str) {
        self.control(&["stop", "-m", mode]);
    }

    /// Starts it again, at the same port.
    pub fn start_again(&self) {
        let port = self
            .url
            .rsplit(':')
            .next()
            .and_then(|rest| rest.split('/').next());
        let log = self.folder.join("server.log").display().to_string();
        let options = format!("-p {}", port.expect("a port"));
        self.control(&["start", "-l", &log, "-o", &options]);
    }

    /// Gives a folder to the user that the server runs as.
    pub fn hand_over(&self, folder: &std::path::Path) {
        if is_root() {
            let given = Command::new("chown").arg("postgres").arg(folder).status();
            assert!(given.expect("chown runs").success());
        }
    }

    fn control(&self, args: &[&str]) {
        let programs = std::fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL of Debian");
        let newest = programs
            .flatten()
            .map(|p| p.path().join("bin/pg_ctl"))
            .max();
        let program = newest.expect("a PostgreSQL");
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        let status = command
            .args(["-s", "-w", "-t", "30", "-D"])
            .arg(self.folder.join("data"))
            .args(args)
            .current_dir("/")
            .stdin(std::process::Stdio::null())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .status()
            .expect("pg_ctl runs");
        assert!(status.success(), "pg_ctl {args:?}");
    }

    /// Sends a signal to the server and to each of its processes.
    pub fn signal_all(&self, name: &str) {
        for process in self.processes() {
            signal(process, name);
        }
    }

    fn processes(&self) -> Vec<u32> {
        let pid = std::fs::read_to_string(self.folder.join("data/postmaster.pid"));
        let pid = pid
            .expect("it runs")
            .lines()
            .next()
            .and_then(|l| l.parse::<u32>().ok());
        let pid = pid.expect("a process");
        let path = format!("/proc/{pid}/task/{pid}/children");
        let children = std::fs::read_to_string(path).unwrap_or_default();
        let children = children.split_whitespace().filter_map(|c| c.parse().ok());
        std::iter::once(pid).chain(children).collect()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Nobody who is frozen ends.
        if let Ok(pid) = std::fs::read_to_string(self.folder.join("data/postmaster.pid"))
            && let Some(pid) = pid.lines().next()
        {
            let _ = Command::new("kill").args(["-CONT", pid]).status();
        }
        let _ = script("stop", &self.state);
    }
}

fn script(act: &str, state: &std::path::Path) -> std::process::Output {
    Command::new(SCRIPT)
        .arg(act)
        .arg(state)
        .output()
        .expect("the script runs")
}

pub fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("id runs");
    id.stdout == b"0\n"
}
