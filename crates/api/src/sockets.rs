//! What a server asks of its operating system: enough files for its streams, and an end to
//! connections whose other side takes nothing.

use std::any::Any;
use std::time::Duration;

use actix_web::dev::Extensions;
#[cfg(target_os = "linux")]
use actix_web::rt::net::TcpStream;
#[cfg(target_os = "linux")]
use socket2::SockRef;

/// Below so many open files a busy desk runs out of connections: each stream holds one.
const FEW: u64 = 4096;

/// Raises the number of files that this process may open to the most it may ask for: the usual
/// 1,024 are a thousand open streams.
pub fn raise_file_limit() {
    match rlimit::increase_nofile_limit(u64::MAX) {
        Ok(files) if files < FEW => tracing::warn!(
            files,
            "few files may be open at once, and each stream needs one (ulimit -Hn, LimitNOFILE)"
        ),
        Ok(_) => {}
        // Where it is forbidden, it stays what it was.
        Err(error) => tracing::debug!(%error, "the number of open files stays as it is"),
    }
}

/// For each new connection: it is closed when its other side takes nothing for so long, though
/// something is to be sent. Without this a client that sleeps keeps its stream, or the rest of a
/// long answer, for ever.
pub fn closes_stalled(after: Duration) -> impl Fn(&dyn Any, &mut Extensions) + Clone {
    move |connection, _| {
        #[cfg(target_os = "linux")]
        if let Some(stream) = connection.downcast_ref::<TcpStream>()
            && let Err(error) = SockRef::from(stream).set_tcp_user_timeout(Some(after))
        {
            tracing::debug!(%error, "a connection without a limit to how long it may stall");
        }
        #[cfg(not(target_os = "linux"))]
        let _ = (connection, after);
    }
}
