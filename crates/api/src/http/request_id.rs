//! Each request has an id; it is in the answer's `X-Request-Id`, in every problem and in the log.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use uuid::Uuid;

/// The header that carries the id.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

tokio::task_local! {
    static CURRENT: Uuid;
}

/// The id of the request being answered by this task.
#[must_use]
pub fn current() -> Uuid {
    CURRENT.try_with(|id| *id).unwrap_or_else(|_| Uuid::nil())
}

/// Middleware: gives the request its id, and logs server errors once, with their cause.
///
/// # Errors
/// Those of the handlers, unchanged.
pub async fn middleware(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let id = Uuid::now_v7();
    let method = request.method().clone();
    let route = request.path().to_owned();
    let mut response = CURRENT.scope(id, next.call(request)).await?;
    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        response.headers_mut().insert(HEADER, value);
    }
    let status = response.status();
    if status.is_server_error() {
        let cause = response
            .response()
            .error()
            .map(ToString::to_string)
            .unwrap_or_default();
        tracing::error!(request_id = %id, %method, route, status = status.as_u16(), cause, "request failed");
    } else {
        tracing::debug!(request_id = %id, %method, route, status = status.as_u16(), "request");
    }
    Ok(response)
}
