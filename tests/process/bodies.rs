//! Bodies that stop coming.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use bsm_tests::bsm::{Folder, Running};

/// Sends the head of a request and a part of its body, then nothing. Returns what came back until
/// the connection was closed, and how long that took.
fn begin(base: &str, head: &str) -> (String, Duration) {
    let address = base.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).expect("it listens");
    let wait = Some(Duration::from_secs(25));
    stream.set_read_timeout(wait).expect("a timeout");
    let began = Instant::now();
    let request = format!(
        "{head} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: 200\r\n\r\n{{"
    );
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Ok(_) => {}
        Err(e) if e.kind() == ErrorKind::ConnectionReset => {}
        Err(e) => panic!("{head}: not closed after {:?}: {e}", began.elapsed()),
    }
    (
        String::from_utf8_lossy(&answer).into_owned(),
        began.elapsed(),
    )
}

#[tokio::test]
async fn a_body_that_stalls_is_answered_and_closed() {
    let data = Folder::new();
    let server = Running::start(&data, &[]);
    let base = &server.base;
    let ended = std::thread::scope(|threads| {
        [
            // Somebody waits for the body; nobody does; there is no such thing.
            ("POST /api/auth/login", "408"),
            ("POST /api/customer/tickets", "401"),
            ("GET /healthz", "200"),
            ("POST /api/no/such/thing", "404"),
        ]
        .map(|(head, status)| (head, status, threads.spawn(move || begin(base, head))))
        .map(|(head, status, thread)| (head, status, thread.join().expect("no panic")))
    });
    for (head, status, (answer, took)) in ended {
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{head}: {answer}"
        );
        assert!(took < Duration::from_secs(20), "{head}: {took:?}");
    }
    assert!(server.try_sign_in("ana@acme.example", "wrong").await.status == 401);
}
