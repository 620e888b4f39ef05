//! Clients that stop reading: what is sent to them waits, but not for ever.

use std::net::TcpListener;
use std::time::Duration;

use bsm_api::server::{self, Options};
use bsm_tests::Desk;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

/// More than the buffers of both sides of a connection hold.
const ANSWERS: usize = 60;

/// How many bytes a client can read that asks for many answers and then sleeps.
async fn bytes_after(address: &str, pause: Duration) -> usize {
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    let request = |more: &str| {
        format!("GET /api/openapi/admin.json HTTP/1.1\r\nHost: {address}\r\n{more}\r\n")
    };
    let requests = request("").repeat(ANSWERS - 1) + &request("Connection: close\r\n");
    stream.write_all(requests.as_bytes()).await.expect("sent");
    sleep(pause).await;
    let mut piece = vec![0; 1 << 20];
    let mut read = 0;
    loop {
        let more = timeout(Duration::from_secs(20), stream.read(&mut piece)).await;
        match more.expect("neither sent nor closed") {
            Ok(0) | Err(_) => return read,
            Ok(more) => read += more,
        }
    }
}

async fn whoever_takes_nothing_is_closed(desk: &Desk) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address").to_string();
    let options = Options {
        workers: Some(1),
        drain: Duration::from_secs(1),
        stalled: Duration::from_secs(2),
        portals: false,
    };
    let server = server::listen(desk.state.clone(), listener, &options).expect("listening");
    tokio::spawn(server);
    // The first answer of all is waited for while the document is made, so that `connection: close`
    // of the last is said more than once: the next ones are alike.
    bytes_after(&address, Duration::ZERO).await;
    let all = bytes_after(&address, Duration::ZERO).await;
    assert!(all > ANSWERS * 100_000, "{all} bytes fit into any buffer");
    assert_eq!(bytes_after(&address, Duration::from_millis(500)).await, all);
    let slept = bytes_after(&address, Duration::from_secs(8)).await;
    assert!(
        slept < all / 2,
        "{slept} of {all} bytes were kept for a sleeper"
    );
}

bsm_tests::served_on_both_engines! {
    whoever_takes_nothing_is_closed,
}
