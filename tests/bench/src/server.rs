//! The built server, started and looked at from outside.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// One that runs until its value goes.
pub struct Server {
    child: Child,
    /// Where it is served.
    pub base: String,
    /// From its start to its first answer.
    pub started_in: Duration,
}

impl Server {
    /// Starts `bsm serve` on a database; its files are in `folder`. With demo data, if it is empty.
    ///
    /// # Panics
    /// Where it does not answer within two minutes.
    pub async fn start(bsm: &Path, folder: &Path, url: &str) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr());
        let bind = port.expect("a free port").to_string();
        let began = Instant::now();
        let child = Command::new(bsm)
            .arg("serve")
            .env_clear()
            .env("DATABASE_URL", url)
            .env("BSM_DATA_DIR", folder)
            .env("BSM_BIND", &bind)
            .env("BSM_METRICS_BIND", "127.0.0.1:0")
            .env("BSM_DEMO", "true")
            .env(
                "BSM_JWT_SECRET",
                "a secret for nothing but measuring, of 32 bytes and more",
            )
            .env("BSM_LIMITS", "off")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let base = format!("http://{bind}");
        let client = reqwest::Client::new();
        loop {
            let answer = client.get(format!("{base}/readyz")).send().await;
            if answer.is_ok_and(|a| a.status() == 200) {
                break;
            }
            assert!(
                began.elapsed() < Duration::from_secs(120),
                "it does not start"
            );
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Self {
            child,
            base,
            started_in: began.elapsed(),
        }
    }

    /// Where it is served, without the scheme.
    pub fn address(&self) -> &str {
        self.base.trim_start_matches("http://")
    }

    /// The number of its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Resident memory, in bytes.
    ///
    /// # Panics
    /// Where the process is gone.
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.expect("a process");
        let line = status.lines().find(|l| l.starts_with("VmRSS:"));
        let number = line.and_then(|l| l.split_whitespace().nth(1)?.parse::<u64>().ok());
        number.expect("its memory") * 1024
    }

    /// Signs somebody of the demo desk in; the token.
    ///
    /// # Panics
    /// Where that is refused.
    pub async fn sign_in(&self, email: &str) -> String {
        let body = serde_json::json!({"email": email, "password": "demo-password"});
        let request = reqwest::Client::new().post(format!("{}/api/auth/login", self.base));
        let request = request
            .header("Content-Type", "application/json")
            .body(body.to_string());
        let answer = request
            .send()
            .await
            .expect("an answer")
            .text()
            .await
            .expect("a body");
        let answer: serde_json::Value = serde_json::from_str(&answer).expect("JSON");
        answer["access_token"]
            .as_str()
            .unwrap_or_else(|| panic!("{email}: {answer}"))
            .to_owned()
    }

    /// Ends it as an operator would.
    pub fn stop(mut self) {
        let _ = Command::new("kill")
            .arg(self.child.id().to_string())
            .status();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
