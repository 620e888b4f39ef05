//! Runs the binary in a folder of its own.

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::{Answer, Client};

/// A temporary folder that goes with its value.
pub struct Folder(PathBuf);

impl Folder {
    /// An empty one.
    ///
    /// # Panics
    /// Where it cannot be made.
    #[must_use]
    #[allow(
        clippy::new_without_default,
        reason = "making one does something, a default would not say so"
    )]
    pub fn new() -> Self {
        let path = std::env::temp_dir().join(format!("bsm-process-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A command of the binary on this data folder, with nothing of the caller's own settings.
///
/// # Panics
/// Where it was not built.
#[must_use]
pub fn bsm(data: &Folder) -> Command {
    let built = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/debug/bsm");
    let path = std::env::var("BSM_BIN").unwrap_or_else(|_| built.to_owned());
    assert!(
        Path::new(&path).exists(),
        "{path} is missing: cargo build -p bsm-api"
    );
    alone(Command::new(path), data.path())
}

/// A command that sees nothing of the caller's own settings and works in this data folder.
#[must_use]
pub fn alone(mut command: Command, data: &Path) -> Command {
    for (name, _) in std::env::vars() {
        // The mark by which `make test` finds what a suite left running stays.
        if name != "BSM_TEST_RUN" && name.starts_with("BSM_") || name == "DATABASE_URL" {
            command.env_remove(name);
        }
    }
    command
        .env("BSM_DATA_DIR", data)
        .env("BSM_LIMITS", "off")
        .stdin(Stdio::null());
    command
}

/// A server that runs until it is stopped, or killed with its value.
pub struct Running {
    child: Child,
    /// Where it is served.
    pub base: String,
    /// What it prints, in files: a pipe that nobody reads would fill and hold it up.
    printed: Folder,
}

impl Running {
    /// Starts `bsm serve` and waits until it is ready.
    ///
    /// # Panics
    /// Where it ends, or is not ready within a minute.
    #[must_use]
    pub fn start(data: &Folder, settings: &[(&str, &str)]) -> Self {
        let mut running = Self::launch(bsm(data), free_port(), settings);
        running.wait_until_ready(Duration::from_secs(60));
        running
    }

    /// Starts `serve` of a command at this port, and does not wait.
    ///
    /// # Panics
    /// Where it cannot be started.
    #[must_use]
    pub fn launch(mut command: Command, port: u16, settings: &[(&str, &str)]) -> Self {
        let printed = Folder::new();
        let file = |name: &str| File::create(printed.path().join(name)).expect("a file");
        command
            .arg("serve")
            .env("BSM_BIND", format!("127.0.0.1:{port}"))
            .envs(settings.iter().copied())
            .stdout(file("stdout"))
            .stderr(file("stderr"));
        Self {
            child: command.spawn().expect("it starts"),
            base: format!("http://127.0.0.1:{port}"),
            printed,
        }
    }

    /// Waits until it is ready, and says how long that took.
    ///
    /// # Panics
    /// Where it ends, or is not ready in time.
    pub fn wait_until_ready(&mut self, within: Duration) -> Duration {
        let began = Instant::now();
        while !self.is_ready() {
            if let Some(status) = self.child.try_wait().expect("a state") {
                panic!("it ended with {status}: {}", self.said());
            }
            assert!(
                began.elapsed() < within,
                "it is not ready within {within:?}: {}",
                self.said()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
        began.elapsed()
    }

    fn is_ready(&self) -> bool {
        // A plain request by hand: the tests' client is asynchronous.
        use std::io::{Read as _, Write as _};
        let address = self.base.trim_start_matches("http://");
        let Ok(mut stream) = std::net::TcpStream::connect(address) else {
            return false;
        };
        let request =
            format!("GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        let mut answer = String::new();
        stream
            .set_read_timeout(Some(Duration::from_secs(3)))
            .is_ok()
            && stream.write_all(request.as_bytes()).is_ok()
            && stream.read_to_string(&mut answer).is_ok()
            && answer.starts_with("HTTP/1.1 200")
    }

    /// Its process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The most memory it ever held, in bytes, as Linux counts it.
    ///
    /// # Panics
    /// Where this is not Linux.
    #[must_use]
    pub fn peak_memory(&self) -> u64 {
        self.memory("VmHWM:")
    }

    /// The memory it holds now, in bytes.
    ///
    /// # Panics
    /// Where this is not Linux.
    #[must_use]
    pub fn resident_memory(&self) -> u64 {
        self.memory("VmRSS:")
    }

    fn memory(&self, line: &str) -> u64 {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(path).expect("Linux");
        let size = status.lines().find_map(|l| l.strip_prefix(line));
        let size = size.and_then(|l| l.trim().strip_suffix(" kB"));
        size.and_then(|kb| kb.parse::<u64>().ok()).expect("a size") * 1024
    }

    /// Sends a signal such as `TERM`.
    ///
    /// # Panics
    /// Where it cannot be sent.
    pub fn signal(&self, name: &str) {
        signal(self.child.id(), name);
    }

    /// Ends it as a power cut does.
    ///
    /// # Panics
    /// Where it had ended before.
    pub fn kill(mut self) {
        let ended = self.child.try_wait().expect("a state");
        assert!(ended.is_none(), "it ended by itself: {}", self.said());
        self.child.kill().expect("killed");
        self.child.wait().expect("ended");
    }

    /// Waits for its end.
    ///
    /// # Panics
    /// Where it does not end in time.
    pub fn ended_within(&mut self, patience: Duration) -> ExitStatus {
        let end = Instant::now() + patience;
        loop {
            if let Some(status) = self.child.try_wait().expect("a state") {
                return status;
            }
            assert!(Instant::now() < end, "it does not stop: {}", self.said());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Asks it to stop as an operator does, and returns what it printed.
    ///
    /// # Panics
    /// Where it does not end within 15 seconds.
    #[allow(
        clippy::must_use_candidate,
        reason = "it stops, whoever reads its words"
    )]
    pub fn stop(mut self) -> Output {
        self.signal("TERM");
        let status = self.ended_within(Duration::from_secs(15));
        let file = |name: &str| std::fs::read(self.printed.path().join(name)).unwrap_or_default();
        Output {
            status,
            stdout: file("stdout"),
            stderr: file("stderr"),
        }
    }

    /// What it logged so far.
    #[must_use]
    pub fn said(&self) -> String {
        std::fs::read_to_string(self.printed.path().join("stderr")).unwrap_or_default()
    }

    /// A caller who is not signed in.
    #[must_use]
    pub fn nobody(&self) -> Client {
        Client::new(&self.base, None)
    }

    /// Tries to sign in.
    pub async fn try_sign_in(&self, email: &str, password: &str) -> Answer {
        self.nobody()
            .post(
                "/api/auth/login",
                json!({"email": email, "password": password}),
            )
            .await
    }

    /// Signs in.
    ///
    /// # Panics
    /// Where that is refused.
    pub async fn sign_in(&self, email: &str, password: &str) -> Client {
        let answer = self.try_sign_in(email, password).await.ok(200);
        Client::new(&self.base, Some(answer.str("/access_token").to_owned()))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends a process a signal such as `TERM`.
///
/// # Panics
/// Where it cannot be sent.
pub fn signal(process: u32, name: &str) {
    let sent = Command::new("kill")
        .args([format!("-{name}"), process.to_string()])
        .status()
        .expect("kill runs");
    assert!(sent.success(), "no {name} for {process}");
}

/// What a command printed on both channels.
#[must_use]
pub fn printed(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

/// A port that nobody listens on.
///
/// # Panics
/// Where there is none.
#[must_use]
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}
