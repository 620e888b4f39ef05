//! Server-Sent Events on the wire: the form of one event, the answer that carries a stream, and
//! where a client wants to go on.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::{self, ContentEncoding, HeaderName};
use actix_web::{Error, FromRequest, HttpRequest, HttpResponse};
use bytes::Bytes;
use futures_util::Stream;
use serde::Serialize;

use super::problem::{Code, Problem};

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");
/// What tells nginx to pass an answer on as it comes.
pub(super) const X_ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// A comment: keeps whatever is on the way from closing a quiet connection.
pub const COMMENT: Bytes = Bytes::from_static(b":\n\n");

/// One event. `data` is written as JSON, which never holds a line break, so it is one line.
/// `None` where it cannot be written.
#[must_use]
pub fn event(id: Option<i64>, name: &str, data: &impl Serialize) -> Option<Bytes> {
    let data = serde_json::to_string(data).ok()?;
    let id = id.map(|id| format!("id: {id}\n")).unwrap_or_default();
    Some(Bytes::from(format!("{id}event: {name}\ndata: {data}\n\n")))
}

/// The answer that carries a stream: kept by nobody, buffered and compressed by nothing.
pub fn answer(stream: impl Stream<Item = Result<Bytes, Error>> + 'static) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((X_ACCEL_BUFFERING, "no"))
        .insert_header(ContentEncoding::Identity)
        .streaming(stream)
}

/// The position after which a client wants to go on: the last `id:` it read.
pub struct LastEventId(pub Option<i64>);

impl FromRequest for LastEventId {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let mut values = request.headers().get_all(LAST_EVENT_ID);
        ready(match (values.next(), values.next()) {
            (None, _) => Ok(Self(None)),
            (Some(value), None) => value
                .to_str()
                .ok()
                .and_then(position)
                .map(|position| Self(Some(position)))
                .ok_or_else(malformed),
            (Some(_), Some(_)) => Err(malformed()),
        })
    }
}

/// Reads a position as it is written: digits, no sign, no leading zeros.
pub(crate) fn position(text: &str) -> Option<i64> {
    text.parse()
        .ok()
        .filter(|n: &i64| *n >= 0 && n.to_string() == text)
}

fn malformed() -> Problem {
    Problem::new(
        Code::InvalidHeader,
        "Last-Event-ID must be the id of an event of this stream.",
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_line_break_in_data_does_not_break_the_event() {
        let chunk = event(Some(7), "hello", &json!({"a": "x\r\ny\u{2028}z"})).unwrap();
        let text = std::str::from_utf8(&chunk).unwrap();
        assert_eq!(
            text,
            "id: 7\nevent: hello\ndata: {\"a\":\"x\\r\\ny\u{2028}z\"}\n\n"
        );
    }

    #[test]
    fn a_position_is_read_as_it_is_written_only() {
        assert_eq!(position("0"), Some(0));
        assert_eq!(position("9223372036854775807"), Some(i64::MAX));
        for odd in [
            "",
            " ",
            "-1",
            "+1",
            "01",
            "1.0",
            "1 ",
            "١",
            "9223372036854775808",
        ] {
            assert_eq!(position(odd), None, "{odd:?}");
        }
    }
}
