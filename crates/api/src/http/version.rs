//! Versions: `ETag` out, `If-Match` in (RFC 9110, sections 8.8.3 and 13.1.1).

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use bsm_application::Expected;
use serde::Serialize;

use super::problem::{Code, Problem};

/// The `If-Match` that every change needs: a version, a list of them, or `*`.
pub struct IfMatch(pub Expected);

impl FromRequest for IfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request.headers()).and_then(|found| {
            found.map(Self).ok_or_else(|| {
                Problem::new(
                    Code::IfMatchRequired,
                    "Send If-Match with the ETag of what you read, or * to insist.",
                )
            })
        }))
    }
}

/// An `If-Match` that may be left out.
pub struct OptionalIfMatch(pub Expected);

impl FromRequest for OptionalIfMatch {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request.headers()).map(|found| Self(found.unwrap_or(Expected::Any))))
    }
}

fn read(headers: &HeaderMap) -> Result<Option<Expected>, Problem> {
    let mut versions = Vec::new();
    let mut any = false;
    let mut given = false;
    for value in headers.get_all(header::IF_MATCH) {
        given = true;
        let text = value.to_str().map_err(|_| malformed())?;
        for tag in tags(text).map(str::trim) {
            if tag == "*" {
                any = true;
                continue;
            }
            // Weak tags never match strongly, which If-Match asks for.
            let weak = tag.starts_with("W/");
            let opaque = tag.strip_prefix("W/").unwrap_or(tag);
            let opaque = opaque.strip_prefix('"').and_then(|t| t.strip_suffix('"'));
            let opaque = opaque.filter(|t| t.bytes().all(in_tag));
            let opaque = opaque.ok_or_else(malformed)?;
            if let (false, Ok(version)) = (weak, opaque.parse()) {
                versions.push(version);
            }
        }
    }
    Ok(match (given, any) {
        (false, _) => None,
        (true, true) => Some(Expected::Any),
        (true, false) => Some(Expected::Versions(versions)),
    })
}

/// The parts of a list, which commas part outside of quotes only.
fn tags(list: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    list.split(move |c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    })
}

/// What may stand between the quotes of a tag (`etagc` of RFC 9110).
fn in_tag(byte: u8) -> bool {
    byte == 0x21 || (0x23..=0x7e).contains(&byte) || byte >= 0x80
}

fn malformed() -> Problem {
    Problem::new(
        Code::InvalidHeader,
        "If-Match must be an ETag such as \"5\", or *.",
    )
}

/// An answer with the version of what it shows.
pub fn versioned<T: Serialize>(status: StatusCode, version: i64, body: &T) -> HttpResponse {
    HttpResponse::build(status)
        .insert_header((header::ETAG, format!("\"{version}\"")))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(body)
}

/// An answer with a version that was just made, and where it stands.
pub fn created<T: Serialize>(version: i64, location: &str, body: &T) -> HttpResponse {
    let mut response = versioned(StatusCode::CREATED, version, body);
    if let Ok(value) = header::HeaderValue::from_str(location) {
        response.headers_mut().insert(header::LOCATION, value);
    }
    response
}
