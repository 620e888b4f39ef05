//! Headers that every answer carries.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;

/// What a page of ours may do: load its own scripts, styles, fonts and pictures, call the API.
/// No inline script or style element, no frame, no other site.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Swagger UI sets styles of its own from its scripts.
const DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; \
    style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// An answer of the API is never a page.
const DATA_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// Middleware: the security headers, by what the path leads to.
///
/// # Errors
/// Those of the handlers, unchanged.
pub async fn middleware(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let path = request.path();
    let policy = if path.starts_with("/api/docs") {
        DOCS_POLICY
    } else if path.starts_with("/customer") || path.starts_with("/admin") {
        PAGE_POLICY
    } else {
        DATA_POLICY
    };
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    // A handler may have set a policy of its own, stricter still.
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        let value = HeaderValue::from_static(policy);
        headers.insert(header::CONTENT_SECURITY_POLICY, value);
    }
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    if !response.headers().contains_key(header::CACHE_CONTROL) {
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(response)
}
