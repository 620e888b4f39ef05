//! The start of a process and its memory.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use crate::server::Server;

/// One of each portal.
const PEOPLE: [&str; 2] = ["ana@acme.example", "agent@demo.example"];
/// How often the process is started.
const STARTS: usize = 5;
/// After this long without a request it is idle.
pub const QUIET: Duration = Duration::from_secs(10);
/// Sign-ins are what takes most memory at once: 19 MiB each while the password is checked.
const SIGN_INS: usize = 60;
const AT_ONCE: usize = 12;
/// After this long the memory of the sign-ins should be back.
const LONG_QUIET: Duration = Duration::from_secs(30);

/// What a process takes.
pub struct Cost {
    /// From each start to its first answer, shortest first.
    pub starts: Vec<Duration>,
    /// Its resident memory.
    pub memory: Memory,
}

impl Cost {
    /// The start in the middle.
    pub fn start(&self) -> Duration {
        self.starts[self.starts.len() / 2]
    }
}

/// Resident memory, in bytes.
pub struct Memory {
    /// After a sign-in in each portal and ten quiet seconds.
    pub idle: u64,
    /// Right after sixty sign-ins, twelve at a time.
    pub signed_in: u64,
    /// Thirty quiet seconds later.
    pub later: u64,
}

impl Memory {
    pub(super) fn as_json(&self) -> Value {
        json!({"idle": self.idle, "after_sign_ins": self.signed_in, "later": self.later})
    }
}

/// Starts the process several times, and looks at the memory of the last.
///
/// # Panics
/// Where it does not start, or refuses a sign-in.
pub async fn measure(bsm: &Path, folder: &Path, url: &str) -> Cost {
    let mut starts = Vec::new();
    while starts.len() < STARTS - 1 {
        let server = Server::start(bsm, folder, url).await;
        starts.push(server.started_in);
        server.stop();
    }
    let server = Server::start(bsm, folder, url).await;
    starts.push(server.started_in);
    starts.sort_unstable();
    let memory = memory(&server).await;
    server.stop();
    Cost { starts, memory }
}

async fn memory(server: &Server) -> Memory {
    for person in PEOPLE {
        server.sign_in(person).await;
    }
    tokio::time::sleep(QUIET).await;
    let idle = server.memory();
    let clients = (0..AT_ONCE).map(|_| async {
        for _ in 0..SIGN_INS / AT_ONCE {
            server.sign_in(PEOPLE[0]).await;
        }
    });
    futures_util::future::join_all(clients).await;
    let signed_in = server.memory();
    tokio::time::sleep(LONG_QUIET).await;
    Memory {
        idle,
        signed_in,
        later: server.memory(),
    }
}
