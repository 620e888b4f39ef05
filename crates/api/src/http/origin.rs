//! From which pages a browser may use its cookies here.

use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::http::header::{HOST, ORIGIN};
use url::{Host, Url};

use super::problem::{Code, Problem};

/// The origins of the portals: that of the public address, those an operator adds, and the one
/// that a request itself was sent to.
#[derive(Debug, Clone)]
pub struct Origins {
    scheme: Arc<str>,
    allowed: Arc<[String]>,
}

/// Not the address of a web page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an address such as https://desk.example.com")]
pub struct NotAnOrigin(String);

impl Origins {
    /// The origin of the public address, and others, each `https://host[:port]` or the same with
    /// `http`.
    ///
    /// # Errors
    /// [`NotAnOrigin`] for the first that cannot be read.
    pub fn new<'a>(
        public_url: &str,
        others: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, NotAnOrigin> {
        let own = parse(public_url)?;
        let mut allowed = vec![own.origin().ascii_serialization()];
        for other in others {
            allowed.push(parse(other)?.origin().ascii_serialization());
        }
        Ok(Self {
            scheme: own.scheme().into(),
            allowed: allowed.into(),
        })
    }

    /// The origins that are known beforehand.
    #[must_use]
    pub fn known(&self) -> &[String] {
        &self.allowed
    }

    /// Whether a page of this origin may call a server that its request found under this host.
    #[must_use]
    pub fn allows(&self, origin: &str, host: Option<&str>) -> bool {
        if self.allowed.iter().any(|known| known == origin) {
            return true;
        }
        let own = host.and_then(|host| Url::parse(&format!("{}://{host}", self.scheme)).ok());
        own.is_some_and(|own| own.origin().ascii_serialization() == origin)
    }

    /// Refuses a request that a page of another origin sent. Programs send no `Origin`.
    ///
    /// # Errors
    /// `origin_not_allowed`
    pub fn check(&self, request: &HttpRequest) -> Result<(), Problem> {
        let host = request.headers().get(HOST).and_then(|h| h.to_str().ok());
        let allowed = request.headers().get_all(ORIGIN).all(|origin| {
            origin
                .to_str()
                .is_ok_and(|origin| self.allows(origin, host))
        });
        if allowed {
            Ok(())
        } else {
            Err(Problem::new(
                Code::OriginNotAllowed,
                "Pages of this origin may not do this here.",
            ))
        }
    }
}

fn parse(address: &str) -> Result<Url, NotAnOrigin> {
    Url::parse(address)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .ok_or_else(|| NotAnOrigin(address.to_owned()))
}

/// Whether a public address is plain HTTP on this very machine: the one place where browsers take
/// no `Secure` cookies and no line can be listened to.
#[must_use]
pub fn is_plain_loopback(public_url: &str) -> bool {
    let Ok(url) = Url::parse(public_url) else {
        return false;
    };
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() == "http" && loopback
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn allows_the_public_address_the_added_ones_and_its_own_host() {
        let origins = Origins::new(
            "https://desk.example.com/",
            ["https://help.example.com:8443"],
        )
        .unwrap();
        for good in ["https://desk.example.com", "https://help.example.com:8443"] {
            assert!(origins.allows(good, None), "{good}");
        }
        for bad in [
            "http://desk.example.com",
            "https://desk.example.com:444",
            "https://help.example.com",
            "https://desk.example.com.evil.example",
            "https://evil.example",
            "null",
            "",
        ] {
            assert!(!origins.allows(bad, Some("api.example.com")), "{bad}");
        }
        assert!(origins.allows("https://api.example.com", Some("api.example.com")));
        assert!(origins.allows("https://api.example.com", Some("api.example.com:443")));
        assert!(!origins.allows("http://api.example.com", Some("api.example.com")));
        assert!(!origins.allows("null", Some("/")));
        assert!(Origins::new("desk.example.com", []).is_err());
        assert!(Origins::new("https://desk.example.com", ["*"]).is_err());
    }

    #[test]
    fn only_plain_http_on_this_machine_goes_without_secure() {
        for plain in [
            "http://localhost:3000",
            "http://desk.bsm.localhost:3000",
            "http://127.0.0.1",
            "http://127.8.9.10:80",
            "http://[::1]:3000",
        ] {
            assert!(is_plain_loopback(plain), "{plain}");
        }
        for secure in [
            "https://localhost:3000",
            "http://desk.example.com",
            "http://notlocalhost",
            "http://localhost.example.com",
            "http://10.0.0.1",
            "",
        ] {
            assert!(!is_plain_loopback(secure), "{secure}");
        }
    }
}
