//! HTTP/1.1 over one kept connection: so little that the clients cost less than what they measure.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Most that a head may have.
const HEAD: usize = 16 * 1024;

/// A connection to a server, for one request at a time.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What came back.
pub struct Answer<'a> {
    /// The status.
    pub status: u16,
    /// All of the body.
    pub body: &'a [u8],
}

impl Connection {
    /// Connects to `host:port`.
    ///
    /// # Panics
    /// Where nobody listens there.
    pub async fn open(address: &str) -> Self {
        let stream = TcpStream::connect(address).await.expect("a connection");
        stream.set_nodelay(true).expect("no delay");
        Self {
            stream,
            buffer: Vec::with_capacity(HEAD),
        }
    }

    /// Sends a request as [`request`] makes it and reads its answer.
    ///
    /// # Panics
    /// Where the connection ends, or the answer has no length.
    pub async fn ask(&mut self, request: &[u8]) -> Answer<'_> {
        self.stream.write_all(request).await.expect("sent");
        self.buffer.clear();
        let end = loop {
            self.more().await;
            if let Some(at) = find(&self.buffer, b"\r\n\r\n") {
                break at + 4;
            }
            assert!(self.buffer.len() < HEAD, "a head of more than {HEAD} bytes");
        };
        let (status, length) = head(&self.buffer[..end]);
        while self.buffer.len() < end + length {
            self.more().await;
        }
        Answer {
            status,
            body: &self.buffer[end..end + length],
        }
    }

    async fn more(&mut self) {
        let read = self.stream.read_buf(&mut self.buffer).await.expect("read");
        assert!(read > 0, "the server hangs up");
    }
}

/// The bytes of a request; `headers` are whole lines, each with its end.
pub fn request(method: &str, path: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    let kind = if body.is_empty() {
        String::new()
    } else {
        format!("Content-Type: application/json\r\nContent-Length: {length}\r\n")
    };
    format!("{method} {path} HTTP/1.1\r\nHost: bench\r\n{headers}{kind}\r\n{body}").into_bytes()
}

/// The line that says who asks.
pub fn bearer(token: &str) -> String {
    format!("Authorization: Bearer {token}\r\n")
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|w| w == part)
}

/// Status and length of the body.
fn head(bytes: &[u8]) -> (u16, usize) {
    let text = std::str::from_utf8(bytes).expect("a head in ASCII");
    let status = text.get(9..12).and_then(|s| s.parse().ok());
    let length = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let named = name.eq_ignore_ascii_case("content-length");
        named.then(|| value.trim().parse().ok())?
    });
    (status.expect("a status"), length.expect("a length"))
}
