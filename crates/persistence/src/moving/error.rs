//! What keeps a move from being done.

use crate::{ConnectError, DbError, MigrateError};

/// Why an installation is not moved. Every text is for the operator.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// Servers run on the source.
    #[error(
        "servers or commands are connected to the source: stop all of them, and keep them stopped until the move is done"
    )]
    SourceServed,
    /// Servers run on the target.
    #[error("servers or commands are connected to the target: stop them")]
    TargetServed,
    /// Somebody writes to the source, so that it cannot be held.
    #[error("the source is being written to ({0}): stop whatever uses it")]
    Written(Box<MoveError>),
    /// Another move works on the target.
    #[error("another `bsm move` is working on the target")]
    Busy,
    /// The source was made by another version.
    #[error(
        "the source is not as this version of bsm knows it ({0}): bring it up to date first, by `bsm migrate` or a start of `bsm serve`"
    )]
    SourceSchema(String),
    /// The target is in use.
    #[error("the target is not empty: there are rows in {0}. Move into a new database")]
    NotEmpty(String),
    /// The target is somebody else's database.
    #[error(
        "the target is not empty, and not of BSM Platform: it has the table {0}. Move into a new database"
    )]
    Foreign(String),
    /// The target was made by another version.
    #[error(
        "the target was made by another version of bsm ({0}). Move into a new database, or empty this one"
    )]
    TargetSchema(String),
    /// The target belongs to another move.
    #[error(
        "the target holds a half-done move from another installation. Move into a new database, or empty this one"
    )]
    AnotherSource,
    /// The source is half an installation.
    #[error(
        "the source is itself the target of a move that was not finished: finish that move first"
    )]
    SourceHalf,
    /// A value is not of the kind that its column is for.
    #[error(
        "{column} of the row {row} of {table} in the source or the target cannot be moved: {error}"
    )]
    Unfit {
        /// Where.
        table: String,
        /// In which column.
        column: String,
        /// The row's key.
        row: String,
        /// What it is.
        error: DbError,
    },
    /// The target does not take a row.
    #[error("the target does not take the row {row} of {table}: {error}")]
    Refused {
        /// Where.
        table: String,
        /// Its key.
        row: String,
        /// Why.
        error: Box<MoveError>,
    },
    /// The schema has something that moves do not know.
    #[error("this version of bsm does not know how to move {0}")]
    Unknown(String),
    /// What an earlier run wrote down makes no sense.
    #[error("cannot read what an earlier run wrote down: {0}")]
    Unreadable(String),
    /// Source and target differ after everything was copied.
    #[error("the row {row} of {table} differs in source and target")]
    Differs {
        /// Where.
        table: String,
        /// Its key.
        row: String,
    },
    /// Rows name others that do not exist.
    #[error("rows of the source name others that are not there: see `bsm check`")]
    Orphans,
    /// Writing an export failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// A database does not open.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// The target's schema cannot be made.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
    /// A database does not do what it is asked.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<sqlx::Error> for MoveError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}
