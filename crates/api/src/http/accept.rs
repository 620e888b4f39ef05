//! Which of two forms of a list a client wants: proactive negotiation (RFC 9110, section 12.5.1).

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::Version;
use actix_web::http::header::{Accept, Header as _, Quality};
use actix_web::{FromRequest, HttpRequest};

use super::problem::{Code, Problem};

/// The form of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A page, in JSON. Also where `Accept` asks for neither: what it asks for is a wish.
    Json,
    /// All of it, as a CSV file. Only where that is liked better than JSON.
    Csv,
}

impl FromRequest for Wanted {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let wanted = Accept::parse(request).map_or(Self::Json, |accept| wanted(&accept));
        // The end of an HTTP/1.0 answer is the end of the connection: nobody could tell a file
        // that breaks off from a whole one.
        ready(
            if wanted == Self::Csv && request.version() < Version::HTTP_11 {
                Err(Problem::new(
                    Code::InvalidHeader,
                    "Accept: a CSV file is sent over HTTP/1.1 and newer only.",
                ))
            } else {
                Ok(wanted)
            },
        )
    }
}

fn wanted(accept: &Accept) -> Wanted {
    let csv = quality(accept, "text", "csv");
    let json = quality(accept, "application", "json");
    if csv > json {
        Wanted::Csv
    } else {
        Wanted::Json
    }
}

/// How much a type is liked: what the most specific range that holds it says, the greatest of
/// several equally specific ones.
fn quality(accept: &Accept, kind: &str, subtype: &str) -> Quality {
    let fitting = accept.0.iter().filter_map(|range| {
        let specific = match (range.item.type_().as_str(), range.item.subtype().as_str()) {
            (k, s) if k == kind && s == subtype => 2,
            (k, "*") if k == kind => 1,
            ("*", "*") => 0,
            _ => return None,
        };
        Some((specific, range.quality))
    });
    fitting.max().map_or(Quality::ZERO, |(_, quality)| quality)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn csv_only_where_it_is_liked_better() {
        use Wanted::{Csv, Json};
        for (accept, expected) in [
            ("", Json),
            ("*/*", Json),
            ("application/json", Json),
            ("text/csv", Csv),
            ("TEXT/CSV", Csv),
            ("text/csv; charset=utf-8; header=present", Csv),
            ("text/csv, */*", Json),
            ("text/csv, */*;q=0.1", Csv),
            ("text/csv, application/json", Json),
            ("text/csv, application/json;q=0.9", Csv),
            ("text/csv;q=0.5, application/json;q=0.4", Csv),
            ("text/csv;q=0.4, application/json;q=0.5", Json),
            ("text/csv;q=0.001, application/json;q=0", Csv),
            ("text/csv;q=0", Json),
            ("text/csv;q=0, text/*", Json),
            ("text/*", Csv),
            ("text/*;q=0.9, application/*;q=0.8", Csv),
            ("text/*;q=0.9, application/*", Json),
            ("text/html, application/xhtml+xml, */*;q=0.8", Json),
            ("image/png", Json),
            ("application/problem+json, text/csv;q=0.2", Csv),
            ("text/csv;q=2", Json),
            ("text/csv;q=nonsense", Json),
            ("what is this", Json),
            (",,,text/csv,,", Csv),
        ] {
            let request = TestRequest::default().insert_header(("Accept", accept));
            let found = Accept::parse(&request.to_http_request());
            assert_eq!(found.map_or(Json, |a| wanted(&a)), expected, "{accept:?}");
        }
        let mut two = TestRequest::default();
        two = two.append_header(("Accept", "application/json;q=0.3"));
        two = two.append_header(("Accept", "text/csv;q=0.4"));
        let accept = Accept::parse(&two.to_http_request()).unwrap();
        assert_eq!(wanted(&accept), Csv);
    }
}
