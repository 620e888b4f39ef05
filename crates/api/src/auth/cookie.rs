//! The cookies that carry refresh tokens: one a portal, so that both live in one browser.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use bsm_application::auth::SESSION_LIFETIME;
use bsm_domain::actor::Portal;

use crate::http::origin::is_plain_loopback;

/// How cookies are written here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefreshCookies {
    secure: bool,
}

impl RefreshCookies {
    /// Cookies for portals under this address: `Secure` unless it is plain HTTP on a loopback
    /// host.
    #[must_use]
    pub fn for_public_url(public_url: &str) -> Self {
        Self {
            secure: !is_plain_loopback(public_url),
        }
    }

    /// The cookie that keeps a token as long as its session can live.
    #[must_use]
    pub fn keep(self, portal: Portal, token: String) -> Cookie<'static> {
        self.cookie(
            portal,
            token,
            Duration::seconds(SESSION_LIFETIME.num_seconds()),
        )
    }

    /// The cookie that makes a browser forget its token.
    #[must_use]
    pub fn forget(self, portal: Portal) -> Cookie<'static> {
        self.cookie(portal, String::new(), Duration::ZERO)
    }

    fn cookie(self, portal: Portal, value: String, max_age: Duration) -> Cookie<'static> {
        Cookie::build(name(portal), value)
            .path("/api/auth")
            .http_only(true)
            .same_site(SameSite::Strict)
            .secure(self.secure)
            .max_age(max_age)
            .finish()
    }
}

/// The token that a request brings for a portal.
#[must_use]
pub fn token_of(request: &HttpRequest, portal: Portal) -> Option<String> {
    let cookie = request.cookie(name(portal))?;
    Some(cookie.value().to_owned())
}

const fn name(portal: Portal) -> &'static str {
    match portal {
        Portal::Customer => "bsm_refresh_customer",
        Portal::Admin => "bsm_refresh_admin",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn are_written_as_promised() {
        let cookies = RefreshCookies::for_public_url("https://desk.example.com");
        assert_eq!(
            cookies.keep(Portal::Admin, "abc".into()).to_string(),
            "bsm_refresh_admin=abc; HttpOnly; SameSite=Strict; Secure; Path=/api/auth; \
             Max-Age=2592000"
        );
        assert_eq!(
            cookies.forget(Portal::Customer).to_string(),
            "bsm_refresh_customer=; HttpOnly; SameSite=Strict; Secure; Path=/api/auth; Max-Age=0"
        );
        let plain = RefreshCookies::for_public_url("http://localhost:3000");
        assert!(
            !plain
                .keep(Portal::Admin, "abc".into())
                .to_string()
                .contains("Secure")
        );
    }
}
