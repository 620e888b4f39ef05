//! Bytes over a socket, and what comes back. No HTTP library sends what is no HTTP.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

/// How long an answer may take: longer than the server waits for the rest of a head or a body.
const HANG: Duration = Duration::from_secs(20);

/// What is sent.
pub enum Sent {
    /// These bytes; then the other side's turn.
    Bytes(Vec<u8>),
    /// These bytes, and the end of the sending.
    Cut(Vec<u8>),
    /// These bytes, then a piece so many times.
    Many(Vec<u8>, Vec<u8>, usize),
}

/// An answer as far as it matters here.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub kind: String,
    pub body: Vec<u8>,
}

/// What came back.
pub struct Heard {
    pub answers: Vec<Answer>,
    pub timed_out: bool,
}

impl std::fmt::Debug for Heard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for answer in &self.answers {
            let body =
                String::from_utf8_lossy(&answer.body[..answer.body.len().min(160)]).into_owned();
            write!(f, "{} {} {body:?} ", answer.status, answer.kind)?;
        }
        Ok(())
    }
}

/// Sends it on a connection of its own and listens until that is closed, or an answer is whole.
pub fn send(base: &str, sent: &Sent) -> Heard {
    let address = base.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).expect("it listens");
    let _ = stream.set_nodelay(true);
    stream.set_read_timeout(Some(HANG)).expect("a timeout");
    stream.set_write_timeout(Some(HANG)).expect("a timeout");
    let mut writer = stream.try_clone().expect("a second handle");
    std::thread::scope(|threads| {
        // A server that refuses early stops reading: what fails to be sent is no failure.
        threads.spawn(move || match sent {
            Sent::Bytes(bytes) => drop(writer.write_all(bytes)),
            Sent::Cut(bytes) => {
                let _ = writer.write_all(bytes);
                let _ = writer.shutdown(Shutdown::Write);
            }
            Sent::Many(head, piece, times) => {
                let _ = writer.write_all(head);
                for _ in 0..*times {
                    if writer.write_all(piece).is_err() {
                        break;
                    }
                }
            }
        });
        let heard = listen(&mut stream);
        let _ = stream.shutdown(Shutdown::Both);
        heard
    })
}

fn listen(stream: &mut TcpStream) -> Heard {
    let began = Instant::now();
    let mut bytes = Vec::new();
    let mut buffer = [0; 16 * 1024];
    loop {
        let (answers, open) = answers(&bytes);
        if !answers.is_empty() && !open && answers.last().is_some_and(|a| a.status >= 400) {
            return Heard {
                answers,
                timed_out: false,
            };
        }
        match stream.read(&mut buffer) {
            Ok(count) if count > 0 && began.elapsed() < HANG => {
                bytes.extend_from_slice(&buffer[..count]);
            }
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            end => {
                let timed_out = match &end {
                    Ok(count) => *count > 0,
                    Err(e) => matches!(
                        e.kind(),
                        std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut
                    ),
                };
                // Whoever was answered well and kept waits in vain: that is no hang.
                let timed_out = timed_out && answers.is_empty();
                return Heard { answers, timed_out };
            }
        }
    }
}

/// The answers in these bytes, and whether the last one goes on.
fn answers(mut bytes: &[u8]) -> (Vec<Answer>, bool) {
    let mut found = Vec::new();
    while let Some(end) = bytes.windows(4).position(|w| w == b"\r\n\r\n") {
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        bytes = &bytes[end + 4..];
        let field = |name: &str| {
            head.lines().skip(1).find_map(|line| {
                let (n, value) = line.split_once(':')?;
                n.eq_ignore_ascii_case(name)
                    .then(|| value.trim().to_owned())
            })
        };
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok());
        let length = field("content-length").and_then(|l| l.parse().ok());
        // Only the first, good answers are ever in pieces, and nobody looks at their bodies.
        let length: usize = length.unwrap_or(0);
        let whole = bytes.len() >= length;
        let body = bytes[..length.min(bytes.len())].to_vec();
        bytes = &bytes[body.len()..];
        found.push(Answer {
            status: status.unwrap_or(0),
            kind: field("content-type").unwrap_or_default(),
            body,
        });
        if !whole {
            return (found, true);
        }
    }
    (found, !bytes.is_empty())
}
