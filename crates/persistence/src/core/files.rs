//! Copies of an embedded database: made beside a running server, and looked at before they take
//! its place.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _};

use super::EngineKind;
use super::error::DbError;
use super::migrate::known;

/// What every SQLite file begins with.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";
/// Most lines of trouble that one is told.
const MOST_LINES: usize = 5;

/// Why a file is no database to go on with. Every text is for the operator.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It is something else.
    #[error("it is not a SQLite database")]
    NotSqlite,
    /// It is somebody else's database.
    #[error("it is a SQLite database, but not one of BSM Platform")]
    NotOurs,
    /// It was written by a newer version of the product.
    #[error(
        "its schema ({0}) is newer than this version of bsm knows ({1}): use the version that wrote it, or a newer one"
    )]
    Newer(i64, i64),
    /// A migration broke off, or was another one.
    #[error("its schema is not one that this version of bsm made: migration {0} is not the same")]
    Altered(i64),
    /// It is the target of a move that was not finished.
    #[error("it is the target of a `bsm move` that was not finished: finish the move first")]
    HalfMoved,
    /// Its content is damaged.
    #[error("it is damaged: {}", .0.join("; "))]
    Damaged(Vec<String>),
    /// The database does not do what it is asked.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<sqlx::Error> for FileError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

/// What an operator wants to know of a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
#[allow(missing_docs, reason = "counts")]
pub struct FileContents {
    pub people: i64,
    pub tickets: i64,
    /// The position of the last event.
    pub position: i64,
}

/// The file that a URL names; `None` where it is not one of SQLite.
#[must_use]
pub fn sqlite_file(url: &str) -> Option<PathBuf> {
    let rest = url.strip_prefix("sqlite:")?;
    // The engine's own reading of it: `%` and what follows stand for a byte, `?` ends it.
    let options = SqliteConnectOptions::from_str(url);
    Some(options.map_or_else(|_| rest.into(), |o| o.get_filename().into()))
}

/// The URL of a file.
#[must_use]
pub fn sqlite_url(file: &Path) -> String {
    let path = file.display().to_string();
    let path = path.replace('%', "%25").replace('?', "%3F");
    format!("sqlite:{path}")
}

async fn open(file: &Path) -> Result<SqliteConnection, sqlx::Error> {
    SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(false)
        .busy_timeout(Duration::from_secs(10))
        .connect()
        .await
}

/// Writes the database as it is at this moment into the empty file `to`. Readers and writers go on
/// meanwhile. The copy is in no cache of the operating system's any more when this returns.
///
/// # Errors
/// [`FileError`]; what stands in `to` then is of no use.
pub async fn copy_sqlite(from: &Path, to: &Path) -> Result<(), FileError> {
    let mut connection = open(from).await?;
    refuse_half_moved(&mut connection).await?;
    let name = to
        .to_str()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "its name is not in UTF-8"))?;
    sqlx::query("vacuum into $1")
        .bind(name.to_owned())
        .execute(&mut connection)
        .await?;
    connection.close().await?;
    // SQLite does not sync what it vacuums into.
    File::open(to)?.sync_all()?;
    Ok(())
}

/// Looks at a copy that nobody else uses: whether it is ours, whole, and of a schema that this
/// version knows or can bring up to date.
///
/// # Errors
/// [`FileError`]
pub async fn verify_sqlite(file: &Path) -> Result<FileContents, FileError> {
    let mut head = [0; MAGIC.len()];
    let read = File::open(file)?.read_exact(&mut head);
    if read.is_err() || head != *MAGIC {
        return Err(FileError::NotSqlite);
    }
    let mut connection = open(file).await?;
    let verified = verify(&mut connection).await;
    connection.close().await?;
    verified.map_err(|error| match error {
        FileError::Db(e) if e.is_damage() => FileError::Damaged(vec![e.to_string()]),
        other => other,
    })
}

async fn verify(connection: &mut SqliteConnection) -> Result<FileContents, FileError> {
    let ours: i64 = sqlx::query_scalar(
        "select count(*) from sqlite_master \
         where name in ('_sqlx_migrations', 'installation', 'tickets', 'event_head')",
    )
    .fetch_one(&mut *connection)
    .await?;
    if ours < 4 {
        return Err(FileError::NotOurs);
    }
    refuse_half_moved(connection).await?;
    refuse_foreign_schema(connection).await?;
    let mut trouble: Vec<String> = sqlx::query_scalar("pragma integrity_check")
        .fetch_all(&mut *connection)
        .await?;
    trouble.retain(|line| line != "ok");
    if trouble.is_empty() {
        trouble = sqlx::query_scalar(
            "select 'a row of ' || \"table\" || ' names one of ' || parent || ' that is not there' \
             from pragma_foreign_key_check",
        )
        .fetch_all(&mut *connection)
        .await?;
    }
    trouble.truncate(MOST_LINES);
    if !trouble.is_empty() {
        return Err(FileError::Damaged(trouble));
    }
    Ok(sqlx::query_as(
        "select (select count(*) from users) as people, (select count(*) from tickets) as tickets, \
         (select position from event_head) as position",
    )
    .fetch_one(connection)
    .await?)
}

async fn refuse_half_moved(connection: &mut SqliteConnection) -> Result<(), FileError> {
    let mark: Option<i64> =
        sqlx::query_scalar("select 1 from sqlite_master where name = 'bsm_move'")
            .fetch_optional(connection)
            .await?;
    if mark.is_some() {
        return Err(FileError::HalfMoved);
    }
    Ok(())
}

async fn refuse_foreign_schema(connection: &mut SqliteConnection) -> Result<(), FileError> {
    let known = known(EngineKind::Sqlite);
    let newest = known.iter().map(|m| m.version).max().unwrap_or_default();
    let applied: Vec<(i64, bool, Vec<u8>)> = sqlx::query_as(
        "select version, success, checksum from _sqlx_migrations order by version desc",
    )
    .fetch_all(connection)
    .await?;
    for (version, success, checksum) in applied {
        match known.iter().find(|m| m.version == version) {
            Some(m) if success && *m.checksum == *checksum => {}
            None if version > newest => return Err(FileError::Newer(version, newest)),
            _ => return Err(FileError::Altered(version)),
        }
    }
    Ok(())
}

/// Brings what stands in `-wal` into the file itself, where nobody uses it.
///
/// # Errors
/// [`FileError`], also where somebody does use it.
pub async fn settle_sqlite(file: &Path) -> Result<(), FileError> {
    let mut connection = open(file).await?;
    let (busy, _, _): (i64, i64, i64) = sqlx::query_as("pragma wal_checkpoint(truncate)")
        .fetch_one(&mut connection)
        .await?;
    connection.close().await?;
    if busy != 0 {
        return Err(io::Error::new(io::ErrorKind::ResourceBusy, "another process uses it").into());
    }
    Ok(())
}
