//! A receiver of webhooks that behaves as a test wants.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// How a receiver answers.
#[derive(Debug, Clone)]
pub enum Manner {
    /// With this status and body.
    Answer(u16, String),
    /// With this status, headers and no body.
    Head(u16, String),
    /// With 200 after a while.
    Slow(Duration),
    /// With 200 and a body of so many bytes.
    Big(usize),
    /// With 200 and a body without an end, a byte now and then.
    Endless,
    /// Not at all: the connection is cut.
    Cut,
    /// With what is no HTTP.
    Nonsense,
}

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Got {
    /// When.
    pub at: Instant,
    /// Its headers, their names in lower case.
    pub headers: HashMap<String, String>,
    /// Its body.
    pub body: String,
}

impl Got {
    /// A header's value; empty where it is missing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// Where it is none.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).expect("JSON")
    }
}

struct Shared {
    manner: Mutex<Manner>,
    got: Mutex<Vec<Got>>,
    connections: Mutex<usize>,
    written: Mutex<usize>,
}

/// Listens until its value goes.
pub struct Receiver {
    shared: Arc<Shared>,
    address: SocketAddr,
    task: JoinHandle<()>,
}

fn lock<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Receiver {
    /// One that answers like this.
    ///
    /// # Panics
    /// Where there is no port for it.
    pub async fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let shared = Arc::new(Shared {
            manner: Mutex::new(manner),
            got: Mutex::default(),
            connections: Mutex::default(),
            written: Mutex::default(),
        });
        let at_work = shared.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                *lock(&at_work.connections) += 1;
                let shared = at_work.clone();
                tokio::spawn(async move {
                    // Whoever goes away in the middle is seen by what was kept.
                    let _ = serve(&shared, stream).await;
                });
            }
        });
        Self {
            shared,
            address,
            task,
        }
    }

    /// One that takes everything.
    pub async fn willing() -> Self {
        Self::start(Manner::Answer(200, "taken".into())).await
    }

    /// Where it listens, as a URL.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/hook", self.address)
    }

    /// Its port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Answers like this from now on.
    pub fn behave(&self, manner: Manner) {
        *lock(&self.shared.manner) = manner;
    }

    /// What came so far.
    #[must_use]
    pub fn got(&self) -> Vec<Got> {
        lock(&self.shared.got).clone()
    }

    /// How many connections were made, whatever came over them.
    #[must_use]
    pub fn connections(&self) -> usize {
        *lock(&self.shared.connections)
    }

    /// How many bytes of bodies could be written.
    #[must_use]
    pub fn written(&self) -> usize {
        *lock(&self.shared.written)
    }

    /// Waits until so many requests came.
    ///
    /// # Panics
    /// Where they do not come in time.
    pub async fn has(&self, count: usize, within: Duration) -> Vec<Got> {
        let began = Instant::now();
        loop {
            let got = self.got();
            if got.len() >= count {
                return got;
            }
            assert!(
                began.elapsed() < within,
                "{} of {count} came within {within:?}",
                got.len()
            );
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(shared: &Shared, mut stream: TcpStream) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    let head_end = loop {
        let mut part = [0; 4096];
        let n = stream.read(&mut part).await?;
        if n == 0 {
            return Ok(());
        }
        bytes.extend_from_slice(&part[..n]);
        if let Some(at) = bytes.windows(4).position(|w| w == b"\r\n\r\n") {
            break at + 4;
        }
    };
    let head = String::from_utf8_lossy(&bytes[..head_end]).into_owned();
    let headers: HashMap<String, String> = head
        .lines()
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length = headers.get("content-length").and_then(|n| n.parse().ok());
    let mut body = bytes[head_end..].to_vec();
    while body.len() < length.unwrap_or(0) {
        let mut part = [0; 4096];
        let n = stream.read(&mut part).await?;
        if n == 0 {
            break;
        }
        body.extend_from_slice(&part[..n]);
    }
    lock(&shared.got).push(Got {
        at: Instant::now(),
        headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    });
    let manner = lock(&shared.manner).clone();
    answer(shared, &mut stream, manner).await?;
    stream.shutdown().await
}

async fn answer(shared: &Shared, stream: &mut TcpStream, manner: Manner) -> std::io::Result<()> {
    let plain = |status: u16, head: &str, body: &str| {
        let length = body.len();
        format!(
            "HTTP/1.1 {status} X\r\nContent-Length: {length}\r\n{head}Connection: close\r\n\r\n{body}"
        )
    };
    match manner {
        Manner::Answer(status, body) => stream.write_all(plain(status, "", &body).as_bytes()).await,
        Manner::Head(status, head) => stream.write_all(plain(status, &head, "").as_bytes()).await,
        Manner::Slow(pause) => {
            tokio::time::sleep(pause).await;
            stream.write_all(plain(200, "", "late").as_bytes()).await
        }
        Manner::Big(size) => {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {size}\r\n\r\n");
            stream.write_all(head.as_bytes()).await?;
            let part = [b'x'; 16 * 1024];
            for _ in 0..size.div_ceil(part.len()) {
                stream.write_all(&part).await?;
                *lock(&shared.written) += part.len();
            }
            Ok(())
        }
        Manner::Endless => {
            let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
            stream.write_all(head.as_bytes()).await?;
            loop {
                stream.write_all(b"1\r\nx\r\n").await?;
                *lock(&shared.written) += 1;
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
        Manner::Cut => Ok(()),
        Manner::Nonsense => stream.write_all(b"SSH-2.0-OpenSSH_9.2\r\n").await,
    }
}
