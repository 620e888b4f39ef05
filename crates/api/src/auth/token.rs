//! Access tokens: JWTs that live ten minutes and name a session. What their bearer may do is read
//! from the database, not from them.

use bsm_domain::actor::Portal;
use bsm_domain::clock::Time;
use bsm_domain::ids::{SessionId, UserId};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

/// How long an access token lives, in seconds.
pub const LIFETIME_SECONDS: i64 = 600;
const ISSUER: &str = "bsm";

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: UserId,
    sid: SessionId,
    iat: i64,
    exp: i64,
}

/// What a sound token says.
#[derive(Debug, Clone, Copy)]
pub struct Bearer {
    /// The person.
    pub user: UserId,
    /// Their sign-in.
    pub session: SessionId,
    /// The portal it was issued for.
    pub portal: Portal,
    /// When it ends, in seconds since 1970.
    pub expires_at: i64,
}

/// Issues and checks access tokens.
#[derive(Clone)]
pub struct AccessTokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
}

impl AccessTokens {
    /// Tokens signed with this secret; replicas share it.
    #[must_use]
    pub fn new(secret: &[u8]) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_required_spec_claims(&["exp", "sub", "aud", "iss"]);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[Portal::Customer.as_str(), Portal::Admin.as_str()]);
        validation.validate_nbf = true;
        validation.leeway = 0;
        Self {
            encoding: EncodingKey::from_secret(secret),
            decoding: DecodingKey::from_secret(secret),
            validation,
        }
    }

    /// A token for a session, or `None` where the machine cannot sign.
    #[must_use]
    pub fn issue(
        &self,
        user: UserId,
        session: SessionId,
        portal: Portal,
        now: Time,
    ) -> Option<String> {
        let iat = now.timestamp();
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: portal.as_str().to_owned(),
            sub: user,
            sid: session,
            iat,
            exp: iat + LIFETIME_SECONDS,
        };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.encoding).ok()
    }

    /// What the token says, if it is one of ours and has not expired.
    #[must_use]
    pub fn check(&self, token: &str) -> Option<Bearer> {
        let claims = jsonwebtoken::decode::<Claims>(token, &self.decoding, &self.validation)
            .ok()?
            .claims;
        Some(Bearer {
            user: claims.sub,
            session: claims.sid,
            portal: claims.aud.parse().ok()?,
            expires_at: claims.exp,
        })
    }
}
