//! Where people are signed in.

use bsm_domain::actor::{Actor, OrganizationRole, Portal, Role};
use bsm_domain::clock::Time;
use bsm_domain::ids::{OrganizationId, SessionId, UserId};
use sqlx::FromRow;

use crate::{DbError, Tx};

#[derive(FromRow)]
struct ActorRow {
    user_id: UserId,
    role: Role,
    organization_id: Option<OrganizationId>,
    organization_role: Option<OrganizationRole>,
    portal: Portal,
}

impl Tx {
    /// Who a session belongs to, with the rights they have now. `None` where the session has
    /// ended or expired, or the person is no longer active.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn actor(
        &mut self,
        session: SessionId,
        now: Time,
    ) -> Result<Option<(Actor, Portal)>, DbError> {
        let row = self
            .q(
                "select s.user_id, u.role, u.organization_id, u.organization_role, s.portal \
                 from sessions s join users u on u.id = s.user_id \
                 where s.id = $1 and s.ended_at is null and s.expires_at > $2 and u.active",
            )
            .bind(session)
            .bind(now)
            .optional::<ActorRow>()
            .await?;
        Ok(row.map(|row| {
            let actor = Actor {
                user_id: row.user_id,
                session_id: session,
                role: row.role,
                organization_id: row.organization_id,
                organization_role: row.organization_role,
            };
            (actor, row.portal)
        }))
    }
}
