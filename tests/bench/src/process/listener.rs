//! One listener of the event stream: a bare connection, so that five thousand of them cost little
//! beside what is measured.

use std::time::Instant;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::sync::mpsc::UnboundedSender;

/// The first word of the server on a stream.
const HELLO: &str = "event: hello";
/// What a new ticket is told as.
const CREATED: &str = "event: ticket.created";
/// Long enough for an event: more would be the memory of the machine that is measured.
const BUFFER: usize = 1024;

/// An open stream.
pub struct Listener(BufReader<TcpStream>);

impl Listener {
    /// Opens the stream of staff and waits for its first words.
    ///
    /// # Panics
    /// Where the server refuses it.
    pub async fn open(address: &str, token: &str) -> Self {
        let mut connection = TcpStream::connect(address).await.expect("a connection");
        let request = format!(
            "GET /api/admin/events HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\r\n"
        );
        let sent = connection.write_all(request.as_bytes()).await;
        sent.expect("the request is sent");
        let mut this = Self(BufReader::with_capacity(BUFFER, connection));
        assert!(this.wait_for(HELLO).await, "a stream that says hello");
        this
    }

    /// Tells when each new ticket arrives, until the stream ends.
    pub async fn tell(mut self, arrived: UnboundedSender<Instant>) {
        while self.wait_for(CREATED).await && arrived.send(Instant::now()).is_ok() {}
    }

    /// Whether this line came; not, where the stream ended.
    async fn wait_for(&mut self, wanted: &str) -> bool {
        let mut line = String::new();
        loop {
            line.clear();
            match self.0.read_line(&mut line).await {
                Ok(1..) if line.trim_end() == wanted => return true,
                Ok(1..) => {}
                _ => return false,
            }
        }
    }
}
