//! What can go wrong below a repository function.

use std::sync::Arc;

/// An error of the database. Its text is for the log, never for the outside.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct DbError(Kind);

#[derive(Debug, thiserror::Error)]
enum Kind {
    #[error(transparent)]
    Engine(sqlx::Error),
    /// Nothing of it is kept, through no fault of its own.
    #[error("a shared transaction was lost: {0}")]
    Lost(Arc<sqlx::Error>),
    #[error("it is not known whether this was committed: {0}")]
    Unknown(Arc<sqlx::Error>),
    /// See [`super::held`].
    #[error("the call was not begun")]
    NotBegun,
    #[error("the database does not answer")]
    Away,
}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        Self(Kind::Engine(error))
    }
}

impl DbError {
    pub(super) const fn lost(why: Arc<sqlx::Error>) -> Self {
        Self(Kind::Lost(why))
    }

    pub(super) const fn unknown(why: Arc<sqlx::Error>) -> Self {
        Self(Kind::Unknown(why))
    }

    pub(super) const fn not_begun() -> Self {
        Self(Kind::NotBegun)
    }

    pub(super) const fn away() -> Self {
        Self(Kind::Away)
    }

    /// What a commit says that failed. Where the server said no, nothing is kept; where it said
    /// nothing, or that it stops, nobody knows.
    pub(super) fn of_commit(error: sqlx::Error) -> Self {
        let refused = code(&error).is_some_and(|c| !c.starts_with("08") && !c.starts_with("57P"));
        if refused {
            error.into()
        } else {
            Self::unknown(Arc::new(error))
        }
    }

    fn engine(&self) -> Option<&sqlx::Error> {
        match &self.0 {
            Kind::Engine(e) => Some(e),
            Kind::Lost(e) | Kind::Unknown(e) => Some(e),
            Kind::NotBegun | Kind::Away => None,
        }
    }

    fn code(&self) -> Option<std::borrow::Cow<'_, str>> {
        self.engine().and_then(code)
    }

    /// Whether running the same transaction again may succeed: a serialization failure or a
    /// deadlock (SQLSTATE class 40), or a transaction that was lost with others'.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match &self.0 {
            Kind::Engine(e) => matches!(code(e).as_deref(), Some("40001" | "40P01")),
            Kind::Lost(_) => !self.is_full(),
            Kind::Unknown(_) | Kind::NotBegun | Kind::Away => false,
        }
    }

    /// Whether a commit was sent, and nobody knows what became of it.
    #[must_use]
    pub const fn is_unknown(&self) -> bool {
        matches!(self.0, Kind::Unknown(_))
    }

    /// Whether the file itself is broken: `SQLITE_CORRUPT` and its kinds, `SQLITE_NOTADB`.
    #[must_use]
    pub fn is_damage(&self) -> bool {
        let code = self.code().and_then(|c| c.parse::<u32>().ok());
        code.is_some_and(|c| matches!(c & 0xff, 11 | 26))
    }

    /// Whether a lock was waited for in vain (SQLSTATE `55P03`).
    #[must_use]
    pub fn is_lock_timeout(&self) -> bool {
        self.code().as_deref() == Some("55P03")
    }

    /// Whether a unique constraint refused the row.
    #[must_use]
    pub fn is_unique_violation(&self) -> bool {
        matches!(self.engine(), Some(sqlx::Error::Database(e)) if e.is_unique_violation())
    }

    /// Whether a foreign key refused the row: something it names does not exist.
    #[must_use]
    pub fn is_foreign_key_violation(&self) -> bool {
        matches!(self.engine(), Some(sqlx::Error::Database(e)) if e.is_foreign_key_violation())
    }

    /// Whether there is no room left on the disk; nothing of it is kept.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.engine().is_some_and(Self::says_full)
    }

    /// `SQLITE_FULL`; `SQLITE_IOERR_WRITE`, which is said of a quota and of a limit of files; and
    /// `SQLITE_IOERR_SHMSIZE`, where the index of the log finds no room. On PostgreSQL `53100`.
    pub(super) fn says_full(error: &sqlx::Error) -> bool {
        let full = ["13", "778", "4874", "53100"];
        code(error).is_some_and(|c| full.contains(&c.as_ref()))
    }

    /// Whether the database cannot be reached or is too busy; asking later may help.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        match &self.0 {
            Kind::Away | Kind::Unknown(_) | Kind::Lost(_) => true,
            Kind::NotBegun => false,
            Kind::Engine(e) => match e {
                sqlx::Error::Io(_)
                | sqlx::Error::Tls(_)
                | sqlx::Error::PoolTimedOut
                | sqlx::Error::PoolClosed
                | sqlx::Error::WorkerCrashed => true,
                sqlx::Error::Database(e) => e.code().is_some_and(|c| is_passing(&c)),
                _ => false,
            },
        }
    }
}

/// What does not last. PostgreSQL: 57P0x, the server stops; 57014, it took too long; 08, the
/// connection; 53, out of resources; 55P03 and 40, others were in the way; 25P03, the transaction
/// lay idle. SQLite, in the lowest byte: 5, busy; 10, the disk; 14, the file cannot be opened.
fn is_passing(code: &str) -> bool {
    match code.len() {
        5 => {
            ["57P", "08", "53", "40"]
                .iter()
                .any(|c| code.starts_with(c))
                || ["57014", "55P03", "25P03"].contains(&code)
        }
        _ => code
            .parse()
            .is_ok_and(|n: u32| [5, 10, 14].contains(&(n & 0xff))),
    }
}

fn code(error: &sqlx::Error) -> Option<std::borrow::Cow<'_, str>> {
    match error {
        sqlx::Error::Database(e) => e.code(),
        _ => None,
    }
}

/// The error of a use case, as far as the transaction needs to look into it.
pub trait TxError: From<DbError> {
    /// The database error inside, if that is what it is.
    fn as_db(&self) -> Option<&DbError>;
}

impl TxError for DbError {
    fn as_db(&self) -> Option<&DbError> {
        Some(self)
    }
}
