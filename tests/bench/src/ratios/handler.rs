//! The bare handler as a process of its own, so that its time is counted apart from the clients'.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tokio::net::TcpStream;
use uuid::Uuid;

/// One that runs until its value goes.
pub struct BareHandler {
    child: Child,
    /// Where it is served, `host:port`.
    pub address: String,
}

impl BareHandler {
    /// Starts this program once more, as [`super::serve`] on a free port.
    ///
    /// # Panics
    /// Where it does not listen within ten seconds.
    pub async fn start(url: &str, agent: Uuid) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr());
        let address = port.expect("a free port").to_string();
        let program = std::env::current_exe().expect("this program");
        let child = Command::new(program)
            .args(["bare-handler", url, &address, &agent.to_string()])
            .stdin(Stdio::null())
            .spawn()
            .expect("the bare handler starts");
        let began = Instant::now();
        let handler = Self { child, address };
        while TcpStream::connect(&handler.address).await.is_err() {
            let waited = began.elapsed();
            assert!(waited < Duration::from_secs(10), "it does not listen");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        handler
    }

    /// The number of its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for BareHandler {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
