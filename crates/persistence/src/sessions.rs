//! Where people are signed in.

use bsm_domain::actor::{Actor, OrganizationRole, Portal, Role, Through};
use bsm_domain::clock::Time;
use bsm_domain::email::EmailAddress;
use bsm_domain::ids::{OrganizationId, SessionId, UserId};
use sqlx::FromRow;

use crate::page::{Direction, Key, Page, Window, push_window};
use crate::{DbError, Tx};

/// A sign-in.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns of `sessions`")]
pub struct SessionRow {
    pub id: SessionId,
    pub user_id: UserId,
    pub portal: Portal,
    /// The highest generation of refresh token that was presented; 0 before the first.
    pub used_generation: i64,
    pub user_agent: String,
    pub address: String,
    pub created_at: Time,
    pub last_used_at: Time,
    pub expires_at: Time,
    pub ended_at: Option<Time>,
}

/// A sign-in about to be written.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "columns of `sessions`")]
pub struct NewSession {
    pub id: SessionId,
    pub user_id: UserId,
    pub portal: Portal,
    pub user_agent: String,
    pub address: String,
    pub created_at: Time,
    pub expires_at: Time,
}

const SELECT: &str = "select id, user_id, portal, used_generation, user_agent, address, \
    created_at, last_used_at, expires_at, ended_at from sessions";

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
                through: Through::Session(session),
                role: row.role,
                organization_id: row.organization_id,
                organization_role: row.organization_role,
            };
            (actor, row.portal)
        }))
    }

    /// Writes a new session, of which no refresh token has been presented yet.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn insert_session(&mut self, session: &NewSession) -> Result<(), DbError> {
        self.q(
            "insert into sessions (id, user_id, portal, used_generation, user_agent, address, \
             created_at, last_used_at, expires_at) values ($1, $2, $3, 0, $4, $5, $6, $6, $7)",
        )
        .bind(session.id)
        .bind(session.user_id)
        .bind(session.portal)
        .bind(session.user_agent.clone())
        .bind(session.address.clone())
        .bind(session.created_at)
        .bind(session.expires_at)
        .execute()
        .await
        .map(drop)
    }

    /// A session by its id, ended ones too.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn session(&mut self, id: SessionId) -> Result<Option<SessionRow>, DbError> {
        let mut query = self.q(SELECT);
        query.push(" where id = ").push_bind(id);
        query.optional().await
    }

    /// As [`Tx::session`], and keeps other writers away until the transaction ends.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn lock_session(&mut self, id: SessionId) -> Result<Option<SessionRow>, DbError> {
        let mut query = self.q(SELECT);
        query.push(" where id = ").push_bind(id);
        query.for_update().optional().await
    }

    /// From where whoever has this address signed in with a password, the latest 50.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn sign_in_addresses(
        &mut self,
        email: &EmailAddress,
    ) -> Result<Vec<String>, DbError> {
        let rows: Vec<(String,)> = self
            .q("select s.address from sessions s \
                 where s.user_id = (select u.id from users u where u.email = $1) \
                 order by s.created_at desc limit 50")
            .bind(email.as_str().to_owned())
            .all()
            .await?;
        Ok(rows.into_iter().map(|(address,)| address).collect())
    }

    /// A page of the sessions of a person that have neither ended nor expired, newest first.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn live_sessions(
        &mut self,
        user: UserId,
        now: Time,
        window: &Window,
    ) -> Result<Page<SessionRow>, DbError> {
        let mut query = self.q(SELECT);
        query.push(" where user_id = ").push_bind(user);
        query
            .push(" and ended_at is null and expires_at > ")
            .push_bind(now);
        push_window(
            &mut query,
            window,
            "(created_at, id)",
            Direction::Falling,
            " order by created_at desc, id desc",
        );
        let rows: Vec<SessionRow> = query.all().await?;
        Ok(Page::cut(rows, window.limit, |row| Key {
            at: row.created_at,
            id: row.id.0,
        }))
    }

    /// Notes that a refresh token of this generation was presented, and how long the session
    /// lives from here.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn rotate_session(
        &mut self,
        id: SessionId,
        used_generation: i64,
        at: Time,
        expires_at: Time,
    ) -> Result<(), DbError> {
        self.q(
            "update sessions set used_generation = $2, last_used_at = $3, expires_at = $4 \
             where id = $1",
        )
        .bind(id)
        .bind(used_generation)
        .bind(at)
        .bind(expires_at)
        .execute()
        .await
        .map(drop)
    }

    /// Ends a session; false where it has ended before or never was.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn end_session(&mut self, id: SessionId, at: Time) -> Result<bool, DbError> {
        let touched = self
            .q("update sessions set ended_at = $2 where id = $1 and ended_at is null")
            .bind(id)
            .bind(at)
            .execute()
            .await?;
        Ok(touched > 0)
    }

    /// Ends every session of a person that has not ended or expired, and tells which.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn end_sessions_of(
        &mut self,
        user: UserId,
        at: Time,
    ) -> Result<Vec<SessionId>, DbError> {
        let rows: Vec<(SessionId,)> = self
            .q("update sessions set ended_at = $2 \
                 where user_id = $1 and ended_at is null and expires_at > $2 returning id")
            .bind(user)
            .bind(at)
            .all()
            .await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    /// As [`Tx::end_sessions_of`], but for the one they go on with.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn end_sessions_but(
        &mut self,
        user: UserId,
        kept: SessionId,
        at: Time,
    ) -> Result<Vec<SessionId>, DbError> {
        let rows: Vec<(SessionId,)> = self
            .q(
                "update sessions set ended_at = $2 where user_id = $1 and id <> $3 \
                 and ended_at is null and expires_at > $2 returning id",
            )
            .bind(user)
            .bind(at)
            .bind(kept)
            .all()
            .await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }
}
