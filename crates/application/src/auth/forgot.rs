//! Somebody forgot their password.

use bsm_domain::actor::Via;
use bsm_domain::email::EmailAddress;
use bsm_domain::event::{Changes, EventKind, SubjectKind};
use bsm_domain::ids::PasswordRequestId;
use serde_json::Map;

use super::password_link::password_link_by_operator;
use crate::audit::{self, Fact};
use crate::users::event;
use crate::{App, Error, Result, Stamp};

/// Notes that somebody asks for a new password, for admins to hand them a link; where nobody who
/// is active has the address, nothing happens. The caller must not let its own answer, nor the
/// time it takes, depend on this one's. In demo mode the link is made at once, and logged.
///
/// # Errors
/// [`Error::Db`]
pub async fn forgot(app: &App, email: &EmailAddress) -> Result<()> {
    // Whoever asks has not shown who they are: nobody did it.
    let stamp = Stamp {
        at: app.now(),
        by: None,
        via: Via::Portal,
        key: None,
    };
    let id = PasswordRequestId::generate();
    let known = app.db.read(async |tx| tx.credentials(email).await).await?;
    let Some(user) = known.filter(|k| k.active) else {
        return Ok(());
    };
    if app.settings.demo {
        let link = password_link_by_operator(app, email).await?;
        tracing::info!(url = link.url, "demo: a new password was asked for");
    }
    app.db
        .write(async |tx| {
            tx.lock_user(user.id).await?;
            if !tx.put_password_request(id, user.id, stamp.at).await? {
                return Ok(());
            }
            let kind = EventKind::PasswordRequested;
            tx.append_event(&event(&stamp, user.id, kind, Changes::none()))
                .await?;
            audit::write(
                tx,
                &stamp,
                Fact {
                    action: "password.requested",
                    subject_kind: SubjectKind::User,
                    subject_id: user.id.0,
                    detail: Map::new(),
                },
            )
            .await?;
            Ok::<_, Error>(())
        })
        .await
}
