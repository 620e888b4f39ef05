//! `bsm ready`: what a health check runs where there is no other program to ask with.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use clap::Args;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::{Outcome, out};

/// Longer than the server takes to find out that its database is away.
const PATIENCE: Duration = Duration::from_secs(3);

/// Which server.
#[derive(Args)]
pub(super) struct Arguments {
    /// The address and port that it listens on.
    #[arg(long, env = "BSM_BIND", default_value = "127.0.0.1:3000")]
    bind: SocketAddr,
}

pub(super) async fn run(arguments: &Arguments) -> Outcome {
    let address = reachable(arguments.bind);
    let asked = tokio::time::timeout(PATIENCE, ask(address)).await;
    let answer = asked
        .map_err(|_| format!("{address} does not answer"))?
        .map_err(|e| format!("{address}: {e}"))?;
    let status = answer.split(' ').nth(1);
    let body = answer.split("\r\n\r\n").nth(1).unwrap_or_default();
    if status == Some("200") {
        out::line("ready");
        Ok(())
    } else {
        Err(format!("not ready: {body}").into())
    }
}

async fn ask(address: SocketAddr) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    // The answer is short; whatever else listens there need not be read to its end.
    stream.take(16 * 1024).read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// Where a server that listens on all addresses is reached from its own machine.
fn reachable(bind: SocketAddr) -> SocketAddr {
    let ip = match bind.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, bind.port())
}
