//! Whether a person reads, or a program that only fetches.

use actix_web::HttpRequest;
use actix_web::http::header::USER_AGENT;

/// What programs that are no browsers call themselves, and what robots among browsers add.
const ROBOTS: [&str; 24] = [
    "bot",
    "crawl",
    "spider",
    "slurp",
    "archiver",
    "preview",
    "facebookexternalhit",
    "embedly",
    "headless",
    "lighthouse",
    "pagespeed",
    "monitor",
    "uptime",
    "pingdom",
    "scan",
    "curl/",
    "wget/",
    "python",
    "go-http-client",
    "java/",
    "okhttp",
    "libwww",
    "node-fetch",
    "axios/",
];

/// The headers by which browsers say that they only fetch ahead of a click.
const AHEAD: [&str; 4] = ["sec-purpose", "purpose", "x-purpose", "x-moz"];

/// Whether the request is that of a person who reads what it answers: not of a robot, and not of a
/// browser that fetches ahead.
#[must_use]
pub fn is_read(request: &HttpRequest) -> bool {
    let header = |name: &str| {
        let value = request.headers().get(name)?.to_str().ok()?;
        Some(value.to_ascii_lowercase())
    };
    let ahead = AHEAD.iter().filter_map(|name| header(name));
    if ahead.into_iter().any(|value| value.contains("pre")) {
        return false;
    }
    header(USER_AGENT.as_str())
        .is_some_and(|program| !ROBOTS.iter().any(|robot| program.contains(robot)))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    fn read(headers: &[(&'static str, &'static str)]) -> bool {
        let mut request = TestRequest::get();
        for header in headers {
            request = request.insert_header(*header);
        }
        is_read(&request.to_http_request())
    }

    #[test]
    fn people_read_and_robots_do_not() {
        assert!(read(&[("user-agent", BROWSER)]));
        for robot in [
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "Mozilla/5.0 (X11; Linux) HeadlessChrome/149.0 Safari/537.36",
            "Mozilla/5.0 (compatible; Yahoo! Slurp)",
            "curl/8.5.0",
            "python-requests/2.32",
            "Slackbot-LinkExpanding 1.0",
            "",
        ] {
            assert!(
                !read(&[("user-agent", robot)]) || robot.is_empty(),
                "{robot}"
            );
        }
        assert!(!read(&[]));
    }

    #[test]
    fn what_is_fetched_ahead_is_not_read() {
        for header in [
            ("sec-purpose", "prefetch;prerender"),
            ("purpose", "prefetch"),
            ("x-moz", "prefetch"),
            ("x-purpose", "preview"),
        ] {
            assert!(!read(&[("user-agent", BROWSER), header]), "{header:?}");
        }
    }
}
