//! What can go wrong below a repository function.

/// An error of the database. Its text is for the log, never for the outside.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct DbError(#[from] sqlx::Error);

impl DbError {
    /// Whether running the same transaction again may succeed: a serialization failure or a
    /// deadlock (SQLSTATE class 40).
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match &self.0 {
            sqlx::Error::Database(e) => {
                matches!(e.code().as_deref(), Some("40001" | "40P01"))
            }
            _ => false,
        }
    }

    /// What ends a transaction whose call was answered before; see [`super::held`].
    pub(super) const fn not_begun() -> Self {
        Self(sqlx::Error::RowNotFound)
    }

    /// Whether a lock was waited for in vain (SQLSTATE `55P03`).
    #[must_use]
    pub fn is_lock_timeout(&self) -> bool {
        matches!(&self.0, sqlx::Error::Database(e) if e.code().as_deref() == Some("55P03"))
    }

    /// Whether a unique constraint refused the row.
    #[must_use]
    pub fn is_unique_violation(&self) -> bool {
        matches!(&self.0, sqlx::Error::Database(e) if e.is_unique_violation())
    }

    /// Whether a foreign key refused the row: something it names does not exist.
    #[must_use]
    pub fn is_foreign_key_violation(&self) -> bool {
        matches!(&self.0, sqlx::Error::Database(e) if e.is_foreign_key_violation())
    }

    /// Whether the database cannot be reached or is too busy; asking later may help.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        match &self.0 {
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => true,
            // 57P0x: the server shuts down; 53xxx: out of resources; 5: SQLITE_BUSY.
            sqlx::Error::Database(e) => e.code().is_some_and(|c| {
                c.starts_with("57P") || c.starts_with("53") || c.starts_with("08") || c == "5"
            }),
            _ => false,
        }
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
