//! The life of a sign-in: how it begins, how it ends.

use bsm_domain::actor::Portal;
use bsm_domain::clock::Time;
use bsm_domain::event::{Changes, Event, EventKind, SubjectKind};
use bsm_domain::ids::{EventId, SessionId, UserId};
use bsm_persistence::Tx;
use bsm_persistence::sessions::NewSession;
use bsm_persistence::users::UserRow;
use chrono::Duration;
use serde_json::{Map, json};

use super::refresh_token::RefreshToken;
use crate::audit::{self, Fact};
use crate::{App, Error, Result, Stamp};

/// Longest text kept of what a client says it is.
const USER_AGENT_MAX: usize = 200;

/// Where a sign-in comes from, for the person to recognize it later.
#[derive(Debug, Clone, Default)]
pub struct Client {
    /// The network address.
    pub address: String,
    /// What the client says it is; only the first 200 characters are kept.
    pub user_agent: String,
}

/// A person who has just shown who they are.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The person.
    pub user: UserRow,
    /// Their sign-in.
    pub session: SessionId,
    /// The portal it is for.
    pub portal: Portal,
    /// What the next access token is had with.
    pub refresh_token: String,
}

/// How long a session lives after its last renewal.
pub const SESSION_LIFETIME: Duration = Duration::days(30);

/// Why a session ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    SignedOut,
    EndedByOwner,
    SignedOutEverywhere,
    PasswordChanged,
    EndedByAdmin,
    TokenReused,
    PasswordSet,
    RoleChanged,
    Deactivated,
}

impl Ending {
    const fn as_str(self) -> &'static str {
        match self {
            Self::SignedOut => "signed_out",
            Self::EndedByOwner => "ended_by_owner",
            Self::SignedOutEverywhere => "signed_out_everywhere",
            Self::PasswordChanged => "password_changed",
            Self::EndedByAdmin => "ended_by_admin",
            Self::TokenReused => "token_reused",
            Self::PasswordSet => "password_set",
            Self::RoleChanged => "role_changed",
            Self::Deactivated => "deactivated",
        }
    }
}

/// The refresh token of this generation. A session begins with generation 1, of which none has
/// been presented: its `used_generation` is 0.
pub(super) fn token(app: &App, session: SessionId, generation: i64) -> Result<String> {
    RefreshToken {
        session,
        generation,
    }
    .write(&app.settings.secret)
    .ok_or(Error::Internal("a refresh token could not be written"))
}

/// Until when a session lives that is used now.
pub(super) fn expiry(at: Time) -> Time {
    at + SESSION_LIFETIME
}

/// Begins a session of a person whom the caller has locked.
pub(super) async fn begin(
    tx: &mut Tx,
    stamp: &Stamp,
    id: SessionId,
    user: &UserRow,
    client: &Client,
) -> Result<()> {
    let portal = Portal::of(user.role);
    tx.insert_session(&NewSession {
        id,
        user_id: user.id,
        portal,
        user_agent: client.user_agent.chars().take(USER_AGENT_MAX).collect(),
        address: client.address.clone(),
        created_at: stamp.at,
        expires_at: expiry(stamp.at),
    })
    .await?;
    tx.touch_user(user.id, stamp.at).await?;
    audit::write(
        tx,
        stamp,
        Fact {
            action: "session.started",
            subject_kind: SubjectKind::Session,
            subject_id: id.0,
            detail: Map::from_iter([("portal".into(), json!(portal))]),
        },
    )
    .await
}

/// Ends one session, unless it has ended before.
pub(crate) async fn end(
    tx: &mut Tx,
    stamp: &Stamp,
    session: SessionId,
    user: UserId,
    why: Ending,
) -> Result<()> {
    if tx.end_session(session, stamp.at).await? {
        tell(tx, stamp, session, user, why).await?;
    }
    Ok(())
}

/// Ends every session of a person.
pub(crate) async fn end_all(tx: &mut Tx, stamp: &Stamp, user: UserId, why: Ending) -> Result<()> {
    for session in tx.end_sessions_of(user, stamp.at).await? {
        tell(tx, stamp, session, user, why).await?;
    }
    Ok(())
}

/// Ends every session of a person but the one they go on with.
pub(crate) async fn end_others(
    tx: &mut Tx,
    stamp: &Stamp,
    user: UserId,
    kept: SessionId,
    why: Ending,
) -> Result<()> {
    for session in tx.end_sessions_but(user, kept, stamp.at).await? {
        tell(tx, stamp, session, user, why).await?;
    }
    Ok(())
}

/// Every replica closes the streams of a session whose end it reads of.
async fn tell(
    tx: &mut Tx,
    stamp: &Stamp,
    session: SessionId,
    user: UserId,
    why: Ending,
) -> Result<()> {
    tx.append_event(&Event {
        id: EventId::generate(),
        kind: EventKind::SessionEnded,
        occurred_at: stamp.at,
        actor: stamp.by,
        subject_kind: SubjectKind::Session,
        subject_id: session.0,
        subject_number: None,
        requester: Some(user),
        organization: None,
        changes: Changes::none(),
    })
    .await?;
    audit::write(
        tx,
        stamp,
        Fact {
            action: "session.ended",
            subject_kind: SubjectKind::Session,
            subject_id: session.0,
            detail: Map::from_iter([
                ("user_id".into(), json!(user)),
                ("reason".into(), json!(why.as_str())),
            ]),
        },
    )
    .await
}
