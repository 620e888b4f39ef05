//! What a use case can answer instead of its result.

use bsm_domain::policy::Denied;
use bsm_domain::ticket::Refused;
use bsm_persistence::{DbError, TxError};

/// The answer of a use case.
pub type Result<T> = std::result::Result<T, Error>;

/// A field of the input that breaks a rule only the use case can check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// JSON pointer into the input, such as `/assignee_id`.
    pub pointer: String,
    /// One of the closed list of field codes.
    pub code: &'static str,
    /// What is wrong, for people.
    pub detail: String,
}

impl FieldError {
    /// A field that names something that does not exist or may not be named.
    #[must_use]
    pub fn unknown_reference(pointer: &str, detail: &str) -> Self {
        Self {
            pointer: pointer.to_owned(),
            code: "unknown_reference",
            detail: detail.to_owned(),
        }
    }
}

/// The state of things forbids it; the same request may succeed later or never.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// Another person has this address.
    #[error("this e-mail address is already in use")]
    EmailTaken,
    /// Another article has or had this slug.
    #[error("another article already uses this slug")]
    SlugTaken,
    /// Another organization, or another category of the kind, has this name.
    #[error("this name is already taken")]
    NameTaken,
    /// Somebody must stay who can let others in.
    #[error("this is the last active admin; make somebody else an admin first")]
    LastAdmin,
    /// Admins do not lock themselves out.
    #[error("you cannot take your own role or access away; another admin can")]
    OwnAccess,
    /// Something refers to it.
    #[error("it cannot be deleted: {0}")]
    InUse(&'static str),
    /// The state machine has no such transition.
    #[error("{0}")]
    InvalidTransition(String),
    /// A closed ticket takes no more messages.
    #[error("the ticket is closed; open a follow-up ticket instead")]
    TicketClosed,
    /// Only a resolution can be rated.
    #[error("the ticket is not resolved, so there is nothing to rate yet")]
    TicketNotResolved,
    /// The days in which a rating can be given or changed are over.
    #[error("the time to rate this resolution is over")]
    RatingWindowClosed,
    /// There are as many API keys in force as there may be.
    #[error("there are 100 keys in force already; revoke one that is not needed")]
    TooManyKeys,
    /// Publishing would change nothing, or what is there cannot go live.
    #[error("{0}")]
    NothingToPublish(&'static str),
    /// There are as many webhooks as there may be.
    #[error("there are 50 webhooks already; delete one first")]
    WebhookLimit,
    /// Nothing is sent to a webhook that is disabled.
    #[error("the webhook is disabled; enable it first")]
    WebhookDisabled,
}

/// Why a use case did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It does not exist, or the actor may not know that it does.
    #[error("not found")]
    NotFound,
    /// The actor may see it, but not do this.
    #[error("not allowed")]
    Forbidden,
    /// E-mail address and password do not belong together, or the person is not active.
    #[error("the e-mail address or the password is wrong")]
    InvalidCredentials,
    /// The sign-in has ended or never was.
    #[error("not signed in")]
    NotSignedIn,
    /// People may not register themselves here.
    #[error("registration is closed")]
    RegistrationClosed,
    /// A password link that is used up, too old or was never given.
    #[error("the link is no longer valid")]
    LinkInvalid,
    /// A position that the event log no longer, or not yet, reaches to.
    #[error("the event log does not reach to this position")]
    PositionExpired,
    /// It was changed since the version the caller knows; nothing was done.
    #[error("it was changed in the meantime")]
    Stale,
    /// The state of things forbids it.
    #[error(transparent)]
    Conflict(#[from] Conflict),
    /// Fields of the input break rules; all that were found.
    #[error("the input breaks a rule")]
    Invalid(Vec<FieldError>),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// Something that cannot fail did: no randomness, no thread for hashing.
    #[error("{0}")]
    Internal(&'static str),
}

impl TxError for Error {
    fn as_db(&self) -> Option<&DbError> {
        match self {
            Self::Db(e) => Some(e),
            _ => None,
        }
    }
}

impl From<Denied> for Error {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Hidden => Self::NotFound,
            Denied::Forbidden => Self::Forbidden,
        }
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Transition { .. } => Conflict::InvalidTransition(refused.to_string()).into(),
            Refused::Closed => Conflict::TicketClosed.into(),
        }
    }
}

/// What version the caller believes to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// Whatever it is: the caller insists.
    Any,
    /// One of these.
    Versions(Vec<i64>),
}

impl Expected {
    /// Compares with what is there.
    ///
    /// # Errors
    /// [`Error::Stale`] where it is another version.
    pub fn check(&self, version: i64) -> Result<()> {
        match self {
            Self::Any => Ok(()),
            Self::Versions(known) if known.contains(&version) => Ok(()),
            Self::Versions(_) => Err(Error::Stale),
        }
    }
}
