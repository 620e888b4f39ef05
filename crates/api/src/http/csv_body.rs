//! A body that is a CSV file: larger than JSON may be, and read only once its turn has come.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest, web};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt as _;

use super::body::{is_overdue, stalled};
use super::problem::{Code, Problem};

/// A file that has not been read yet.
pub struct CsvBody(web::Payload);

impl FromRequest for CsvBody {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_csv = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .and_then(|v| v.split(';').next())
            .is_some_and(|v| v.trim().eq_ignore_ascii_case("text/csv"));
        if !is_csv {
            return ready(Err(Problem::new(
                Code::UnsupportedMediaType,
                "Send the file as text/csv.",
            )));
        }
        ready(
            web::Payload::from_request(request, payload)
                .into_inner()
                .map(Self)
                .map_err(Problem::internal),
        )
    }
}

impl CsvBody {
    /// Reads the file; what is beyond `max` bytes is never held.
    ///
    /// # Errors
    /// `body_too_large`; `body_stalled`; `malformed_json`, the code of a body that cannot be read.
    pub async fn read(mut self, max: usize) -> Result<Bytes, Problem> {
        let mut bytes = BytesMut::new();
        let broken = || Problem::new(Code::MalformedJson, "The file could not be read.");
        loop {
            let Some(piece) = self.0.next().await else {
                return Ok(bytes.freeze());
            };
            let piece = piece.map_err(|e| match is_overdue(&e) {
                true => stalled(),
                false => broken().because(e),
            })?;
            if bytes.len() + piece.len() > max {
                let mib = max / (1024 * 1024);
                return Err(Problem::new(
                    Code::BodyTooLarge,
                    format!("A file may have at most {mib} MiB."),
                ));
            }
            bytes.extend_from_slice(&piece);
        }
    }
}
