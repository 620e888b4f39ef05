//! Runs the binary in a folder of its own.

use std::io::Read as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use bsm_tests::{Answer, Client};
use serde_json::json;

/// A temporary folder that goes with its value.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        let path = std::env::temp_dir().join(format!("bsm-process-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

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
pub fn bsm(data: &Folder) -> Command {
    let built = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/debug/bsm");
    let path = std::env::var("BSM_BIN").unwrap_or_else(|_| built.to_owned());
    assert!(
        Path::new(&path).exists(),
        "{path} is missing: cargo build -p bsm-api"
    );
    let mut command = Command::new(path);
    for (name, _) in std::env::vars() {
        if name.starts_with("BSM_") || name == "DATABASE_URL" {
            command.env_remove(name);
        }
    }
    command
        .env("BSM_DATA_DIR", data.path())
        .env("BSM_LIMITS", "off")
        .stdin(Stdio::null());
    command
}

/// A server that runs until it is stopped, or killed with its value.
pub struct Running {
    child: Child,
    pub base: String,
}

impl Running {
    /// Starts `bsm serve` and waits until it is ready.
    pub fn start(data: &Folder, settings: &[(&str, &str)]) -> Self {
        let port = free_port();
        let mut command = bsm(data);
        command
            .arg("serve")
            .env("BSM_BIND", format!("127.0.0.1:{port}"))
            .envs(settings.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut running = Self {
            child: command.spawn().expect("it starts"),
            base: format!("http://127.0.0.1:{port}"),
        };
        running.wait_until_ready(port);
        running
    }

    fn wait_until_ready(&mut self, port: u16) {
        let end = Instant::now() + Duration::from_secs(60);
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() || !self.is_ready() {
            if let Some(status) = self.child.try_wait().expect("a state") {
                let mut text = String::new();
                let _ = self
                    .child
                    .stderr
                    .take()
                    .map(|mut e| e.read_to_string(&mut text));
                panic!("it ended with {status}: {text}");
            }
            assert!(Instant::now() < end, "it does not become ready");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn is_ready(&self) -> bool {
        // A plain request by hand: the tests' client is asynchronous.
        use std::io::Write as _;
        let address = self.base.trim_start_matches("http://");
        let Ok(mut stream) = std::net::TcpStream::connect(address) else {
            return false;
        };
        let request =
            format!("GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        let mut answer = String::new();
        stream.write_all(request.as_bytes()).is_ok()
            && stream.read_to_string(&mut answer).is_ok()
            && answer.starts_with("HTTP/1.1 200")
    }

    /// The most memory it ever held, in bytes, as Linux counts it.
    pub fn peak_memory(&self) -> u64 {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(path).expect("Linux");
        let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
        let peak = peak.and_then(|l| l.trim().strip_suffix(" kB"));
        peak.and_then(|kb| kb.parse::<u64>().ok()).expect("a size") * 1024
    }

    /// Asks it to stop as an operator does, and returns what it printed.
    pub fn stop(mut self) -> Output {
        let id = self.child.id().to_string();
        let asked = Command::new("kill")
            .args(["-TERM", &id])
            .status()
            .expect("kill runs");
        assert!(asked.success());
        let end = Instant::now() + Duration::from_secs(15);
        while self.child.try_wait().expect("a state").is_none() {
            assert!(Instant::now() < end, "it does not stop");
            std::thread::sleep(Duration::from_millis(20));
        }
        let mut output = Output {
            status: self.child.wait().expect("ended"),
            stdout: Vec::new(),
            stderr: Vec::new(),
        };
        let _ = self
            .child
            .stdout
            .take()
            .map(|mut o| o.read_to_end(&mut output.stdout));
        let _ = self
            .child
            .stderr
            .take()
            .map(|mut e| e.read_to_end(&mut output.stderr));
        output
    }

    /// A caller who is not signed in.
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

/// What a command printed on both channels.
pub fn printed(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("an address").port()
}
