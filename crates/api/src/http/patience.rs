//! Bodies that stop coming: a connection that waits for the rest of one is not kept for ever.

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::ConnectionType;
use actix_web::middleware::Next;
use actix_web::web::Bytes;
use actix_web::{Error, HttpMessage as _};
use futures_util::{FutureExt as _, Stream, StreamExt as _};
use tokio::time::{Instant, Sleep, sleep_until};

/// How long nothing of a body may come.
const PAUSE: Duration = Duration::from_secs(10);
/// How long all of a body may take: a MiB at the speed of a bad telephone line.
const WHOLE: Duration = Duration::from_secs(120);

/// Middleware: reads bodies with patience, but not without end, and closes connections on which
/// more of a body would come that nobody reads.
///
/// # Errors
/// Those of the handlers, unchanged.
pub async fn middleware(
    mut request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let read = Rc::new(Cell::new(true));
    let payload = request.take_payload();
    if matches!(payload, Payload::None) {
        return next.call(request).await;
    }
    read.set(false);
    let now = Instant::now();
    let patient = Patient {
        payload,
        pause: Box::pin(sleep_until(now + PAUSE)),
        end: now + WHOLE,
        read: read.clone(),
    };
    request.set_payload(Payload::Stream {
        payload: Box::pin(patient),
    });
    let mut response = next.call(request).await?;
    if !read.get() {
        let head = response.response_mut().head_mut();
        head.set_connection_type(ConnectionType::Close);
    }
    Ok(response)
}

struct Patient {
    payload: Payload,
    /// Ends when the next piece is overdue.
    pause: Pin<Box<Sleep>>,
    /// When all must be there.
    end: Instant,
    /// Set when the body came to its end.
    read: Rc<Cell<bool>>,
}

impl Stream for Patient {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.payload.poll_next_unpin(context) {
            Poll::Ready(Some(Ok(piece))) => {
                let next = (Instant::now() + PAUSE).min(self.end);
                self.pause.as_mut().reset(next);
                Poll::Ready(Some(Ok(piece)))
            }
            Poll::Ready(None) => {
                self.read.set(true);
                Poll::Ready(None)
            }
            Poll::Ready(error) => Poll::Ready(error),
            Poll::Pending => self.pause.poll_unpin(context).map(|()| {
                let overdue = std::io::ErrorKind::TimedOut;
                Some(Err(PayloadError::Io(overdue.into())))
            }),
        }
    }
}
