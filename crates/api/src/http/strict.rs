//! Requests that are refused whatever they lead to: with more than one `Host`, or with a body in a
//! content coding.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, ResponseError as _};

use super::problem::{Code, Problem};

/// Middleware: refuses such requests before anything of them is read.
///
/// # Errors
/// Those of the handlers, unchanged.
pub async fn middleware(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    match check(&request) {
        Ok(()) => Ok(next.call(request).await?.map_into_left_body()),
        Err(problem) => {
            let mut response = problem.error_response();
            if problem.code() == Code::UnsupportedMediaType {
                // RFC 9110, section 12.5.3: what would have been taken.
                let value = HeaderValue::from_static("identity");
                response
                    .headers_mut()
                    .insert(header::ACCEPT_ENCODING, value);
            }
            Ok(request.into_response(response).map_into_right_body())
        }
    }
}

fn check(request: &ServiceRequest) -> Result<(), Problem> {
    let headers = request.headers();
    // RFC 9112, section 3.2. One that is missing has been refused by the parser.
    if headers.get_all(header::HOST).count() > 1 {
        let detail = "Host: may be sent only once.";
        return Err(Problem::new(Code::InvalidHeader, detail));
    }
    let reads = !matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    // A few bytes of a coding unfold to gigabytes at once, before any bound on bodies is asked.
    if reads && is_coded(headers) {
        return Err(Problem::new(
            Code::UnsupportedMediaType,
            "Send the body as it is, without a Content-Encoding.",
        ));
    }
    Ok(())
}

fn is_coded(headers: &HeaderMap) -> bool {
    let mut values = headers.get_all(header::CONTENT_ENCODING);
    values.any(|value| match value.to_str() {
        Ok(text) => text
            .split(',')
            .map(str::trim)
            .any(|coding| !coding.is_empty() && !coding.eq_ignore_ascii_case("identity")),
        Err(_) => true,
    })
}
