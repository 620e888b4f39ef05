//! A link with which a person sets their password.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bsm_domain::actor::{Actor, Portal};
use bsm_domain::clock::Time;
use bsm_domain::email::EmailAddress;
use bsm_domain::event::SubjectKind;
use bsm_domain::ids::{PasswordLinkId, UserId};
use bsm_domain::policy::{self, Capability};
use bsm_persistence::Tx;
use bsm_persistence::password_links::NewPasswordLink;
use chrono::Duration;
use serde_json::Map;
use sha2::{Digest as _, Sha256};

use super::password_requests;
use crate::audit::{self, Fact};
use crate::{App, Error, Result, Stamp};

/// How long a link is good for.
const LIFETIME: Duration = Duration::minutes(60);

/// A link to hand to a person. It is the only copy: what is kept is the hash of its token.
#[derive(Clone)]
pub struct PasswordLink {
    /// The page it opens. Its token is behind `#`, which browsers send to no server.
    pub url: String,
    /// Until when it is good.
    pub expires_at: Time,
}

/// An admin makes a link for a person; older ones are good no longer. For somebody who is not
/// active it works only once they are again. Whoever asked for it has been heard.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]
pub async fn password_link(app: &App, actor: &Actor, user: UserId) -> Result<PasswordLink> {
    policy::require(actor, Capability::Manage)?;
    make(app, Stamp::of(app, actor), async |_| Ok(Some(user))).await
}

/// An operator makes a link at the command line.
///
/// # Errors
/// [`Error::NotFound`] where nobody has this address.
pub async fn password_link_by_operator(app: &App, email: &EmailAddress) -> Result<PasswordLink> {
    make(app, Stamp::system(app), async |tx| {
        Ok(tx.credentials(email).await?.map(|user| user.id))
    })
    .await
}

async fn make(
    app: &App,
    stamp: Stamp,
    find: impl AsyncFn(&mut Tx) -> Result<Option<UserId>>,
) -> Result<PasswordLink> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|_| Error::Internal("no randomness"))?;
    let token = URL_SAFE_NO_PAD.encode(bytes);
    let id = PasswordLinkId::generate();
    let expires_at = stamp.at + LIFETIME;
    let user = app
        .db
        .write(async |tx| {
            let user = find(tx).await?.ok_or(Error::NotFound)?;
            tx.lock_user(user).await?;
            let user = tx.user(user).await?.ok_or(Error::NotFound)?;
            tx.replace_password_links(user.id, stamp.at).await?;
            password_requests::close(tx, &stamp, user.id).await?;
            tx.insert_password_link(&NewPasswordLink {
                id,
                user_id: user.id,
                token_hash: hash(&token),
                created_by: stamp.by,
                created_at: stamp.at,
                expires_at,
            })
            .await?;
            audit::write(
                tx,
                &stamp,
                Fact {
                    action: "password_link.created",
                    subject_kind: SubjectKind::User,
                    subject_id: user.id.0,
                    detail: Map::new(),
                },
            )
            .await?;
            Ok::<_, Error>(user)
        })
        .await?;
    let portal = Portal::of(user.role);
    Ok(PasswordLink {
        url: format!(
            "{}/{portal}/set-password#token={token}",
            app.settings.public_url
        ),
        expires_at,
    })
}

/// What is kept of a token: its SHA-256 in hexadecimal. A token has 256 random bits, so that a
/// plain hash cannot be searched.
pub(super) fn hash(token: &str) -> String {
    Sha256::digest(token)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
