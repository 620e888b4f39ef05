//! Sends webhooks. Connections go to the addresses that the gate let through, and nowhere else:
//! names are resolved by it, for each connection anew, and no connection is kept.

use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::http::header;
use bsm_application::webhooks::{Gate, Outgoing, Post, Posted, Refusal, Reply, Trouble};
use bsm_domain::webhook::AttemptError;
use bytes::Bytes;
use chrono::DateTime;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::{HeaderMap, Request, Response};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::Name;
use hyper_util::rt::TokioExecutor;
use tokio::time::{Instant, timeout_at};
use tower_service::Service;

/// How much of an answer's body is kept for people; what comes after it is not read.
const KEPT_BYTES: usize = 4 * 1024;
/// Most bytes of an answer's head.
const HEAD_BYTES: usize = 64 * 1024;

/// How this server calls itself.
const USER_AGENT: &str = concat!("BSM-Platform/", env!("CARGO_PKG_VERSION"), " (webhooks)");

/// A client for receivers of webhooks; cheap to clone.
#[derive(Clone)]
pub struct HttpPost {
    gate: Gate,
    client: Client<HttpsConnector<HttpConnector<Checked>>, Full<Bytes>>,
}

impl HttpPost {
    /// One that connects where the gate lets it. Settings of proxies in the environment mean
    /// nothing to it, and redirects are answers.
    #[must_use]
    pub fn new(gate: Gate) -> Self {
        let mut connector = HttpConnector::new_with_resolver(Checked(gate.clone()));
        connector.enforce_http(false);
        let connector = HttpsConnectorBuilder::new()
            .with_webpki_roots()
            .https_or_http()
            .enable_http1()
            .wrap_connector(connector);
        let client = Client::builder(TokioExecutor::new())
            .pool_max_idle_per_host(0)
            .http1_max_buf_size(HEAD_BYTES)
            .build(connector);
        Self { gate, client }
    }
}

impl Post for HttpPost {
    fn post(&self, request: Outgoing) -> Posted {
        let this = self.clone();
        Box::pin(async move {
            let deadline = Instant::now() + request.timeout;
            // An address that stands in the URL itself asks no resolver.
            let url = this.gate.parse(&request.url).map_err(refused)?;
            let mut builder = Request::post(url.as_str())
                .header(header::CONTENT_TYPE.as_str(), "application/json")
                .header(header::USER_AGENT.as_str(), USER_AGENT);
            for (name, value) in &request.headers {
                builder = builder.header(*name, value);
            }
            let sent = builder
                .body(Full::new(Bytes::from(request.body)))
                .map_err(|e| trouble(AttemptError::NoConnection, e.to_string()))?;
            match timeout_at(deadline, this.client.request(sent)).await {
                Err(_) => Err(late(request.timeout)),
                Ok(Err(error)) => Err(told(&error)),
                Ok(Ok(response)) => Ok(read(response, deadline).await),
            }
        })
    }
}

/// The status counts. What is left of the time goes to the beginning of the body.
async fn read(response: Response<Incoming>, deadline: Instant) -> Reply {
    let status = response.status().as_u16();
    let retry_after = retry_after(status, response.headers());
    let mut body = response.into_body();
    let mut kept: Vec<u8> = Vec::new();
    while kept.len() < KEPT_BYTES {
        let Ok(Some(Ok(frame))) = timeout_at(deadline, body.frame()).await else {
            break;
        };
        if let Some(data) = frame.data_ref() {
            kept.extend(data.iter().take(KEPT_BYTES - kept.len()));
        }
    }
    Reply {
        status,
        retry_after,
        body: printable(&kept),
    }
}

/// Bytes of somebody else's as text that can be kept and shown.
fn printable(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes)
        .chars()
        .map(|c| match c {
            '\n' | '\t' => c,
            '\r' => ' ',
            c if c.is_control() => char::REPLACEMENT_CHARACTER,
            c => c,
        })
        .collect()
}

/// The pause that a 429 or 503 asks for: seconds, or a moment, which is counted from the receiver's
/// own clock (RFC 9110, section 10.2.3).
fn retry_after(status: u16, headers: &HeaderMap) -> Option<Duration> {
    if !matches!(status, 429 | 503) {
        return None;
    }
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    let wish = text("retry-after")?.trim();
    if let Ok(seconds) = wish.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let moment = DateTime::parse_from_rfc2822(wish).ok()?;
    let now = DateTime::parse_from_rfc2822(text("date")?).ok()?;
    (moment - now).to_std().ok()
}

/// Resolves names by way of the gate.
#[derive(Clone)]
struct Checked(Gate);

impl Service<Name> for Checked {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = Refusal;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Refusal>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Refusal>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let gate = self.0.clone();
        Box::pin(async move {
            let found = gate.addresses(name.as_str()).await?;
            // The port is that of the URL.
            let found: Vec<_> = found.into_iter().map(|ip| SocketAddr::new(ip, 0)).collect();
            Ok(found.into_iter())
        })
    }
}

fn trouble(error: AttemptError, detail: impl Into<String>) -> Trouble {
    Trouble {
        error,
        detail: detail.into(),
    }
}

fn refused(refusal: Refusal) -> Trouble {
    let (error, detail) = match refusal {
        Refusal::Unknown => (
            AttemptError::UnknownHost,
            "The name of the host leads nowhere.".to_owned(),
        ),
        refusal => (
            AttemptError::ForbiddenAddress,
            format!("Nothing was sent: the address {refusal}."),
        ),
    };
    trouble(error, detail)
}

fn late(timeout: Duration) -> Trouble {
    let detail = format!("No answer within {} seconds.", timeout.as_secs_f64());
    trouble(AttemptError::Timeout, detail)
}

/// What a failure to get an answer was, by what lies beneath it.
fn told(error: &hyper_util::client::legacy::Error) -> Trouble {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(here) = cause {
        if let Some(refusal) = here.downcast_ref::<Refusal>() {
            return refused(*refusal);
        }
        if let Some(tls) = here.downcast_ref::<rustls::Error>() {
            let detail = format!("The connection is not trusted: {tls}.");
            return trouble(AttemptError::Tls, detail);
        }
        if let Some(http) = here.downcast_ref::<hyper::Error>()
            && http.is_parse()
        {
            let detail = "What came back is not HTTP.";
            return trouble(AttemptError::NotHttp, detail);
        }
        cause = match here
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref)
        {
            // An error inside of one of these is not its source, but that of it.
            Some(inner) => Some(inner),
            None => here.source(),
        };
    }
    let detail = if error.is_connect() {
        "No connection to the receiver."
    } else {
        "The connection was cut before an answer came."
    };
    trouble(AttemptError::NoConnection, detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_is_seconds_or_a_moment_of_the_receivers_clock() {
        let wish = |status, after: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert("retry-after", after.parse().unwrap());
            headers.insert("date", "Mon, 30 Nov 2026 10:00:00 GMT".parse().unwrap());
            retry_after(status, &headers).map(|wish| wish.as_secs())
        };
        assert_eq!(wish(503, "120"), Some(120));
        assert_eq!(wish(429, "Mon, 30 Nov 2026 10:01:30 GMT"), Some(90));
        assert_eq!(wish(500, "120"), None);
        for nonsense in ["-1", "soon", "", "Mon, 30 Nov 2026 09:00:00 GMT"] {
            assert_eq!(wish(503, nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn whatever_comes_back_can_be_kept() {
        assert_eq!(
            printable(b"ok\n\x00\x1b[31m\xff"),
            "ok\n\u{fffd}\u{fffd}[31m\u{fffd}"
        );
    }
}
