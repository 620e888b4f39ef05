//! A person who is signed in changes their password.

use bsm_domain::actor::Actor;
use bsm_domain::event::SubjectKind;
use bsm_domain::password::Password;
use serde_json::Map;

use super::password;
use super::session::{self, Ending};
use crate::audit::{self, Fact};
use crate::{App, Error, FieldError, Result, Stamp};

/// Sets another password. All other sign-ins end, this one goes on; links that were handed out
/// are used up.
///
/// # Errors
/// [`Error::Invalid`] where the old password is not the old password.
pub async fn password_change(app: &App, actor: &Actor, old: Password, new: Password) -> Result<()> {
    let known = app
        .db
        .read(async |tx| tx.password_hash(actor.user_id).await)
        .await?;
    if !password::verify(old, known.clone()).await? {
        return Err(wrong());
    }
    let hash = password::hash(new).await?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            tx.lock_user(actor.user_id).await?;
            // Hashing takes its time: somebody else may have set one since.
            if tx.password_hash(actor.user_id).await? != known {
                return Err(wrong());
            }
            tx.set_password(actor.user_id, &hash, stamp.at).await?;
            tx.replace_password_links(actor.user_id, stamp.at).await?;
            let user = actor.user_id;
            let kept = actor.session_id().ok_or(Error::Forbidden)?;
            session::end_others(tx, &stamp, user, kept, Ending::PasswordChanged).await?;
            audit::write(
                tx,
                &stamp,
                Fact {
                    action: "password.changed",
                    subject_kind: SubjectKind::User,
                    subject_id: user.0,
                    detail: Map::new(),
                },
            )
            .await
        })
        .await
}

fn wrong() -> Error {
    Error::Invalid(vec![FieldError {
        pointer: "/current_password".to_owned(),
        code: "wrong_password",
        detail: "is not the present password".to_owned(),
    }])
}
