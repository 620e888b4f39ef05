//! From a URL to pools.

use std::num::NonZero;
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::db::{Db, Pools};
use super::group::Writer;
use super::own_pools::{CONNECTIONS, OwnPools, pool};
use super::pulse::Pulse;

/// How long a request waits for a connection before it is answered with "unavailable".
pub(super) const ACQUIRE: Duration = Duration::from_millis(1_500);
/// Connections of what no worker does: jobs, streams, webhooks.
const POOL: u32 = 8;
/// What all readers that answer requests may keep of the file, in KiB.
const READ_CACHE_KIB: usize = 512 * 1024;
/// Connections of those who read very much from SQLite; each has one for as long as a page takes.
const LONG: u32 = 2;

/// The database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The URL is neither of the two kinds.
    #[error("DATABASE_URL must begin with sqlite: or postgres:")]
    Scheme,
    /// The URL or the connection failed.
    #[error("cannot open the database: {0}")]
    Open(#[from] sqlx::Error),
}

impl Db {
    /// Opens the database that the URL names: `sqlite:path/to/file` (made when absent) or
    /// `postgres://user@host/name`. Runs no migration.
    ///
    /// # Errors
    /// [`ConnectError`] where the URL is of another kind or nothing answers there.
    pub async fn connect(url: &str) -> Result<Self, ConnectError> {
        if url.starts_with("sqlite:") {
            Self::open_sqlite(url).await
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Self::open_postgres(url).await
        } else {
            Err(ConnectError::Scheme)
        }
    }

    /// Opens the database that the URL names only to look at it. Of a file of SQLite nothing changes,
    /// not even the way in which it is written, and none is made.
    ///
    /// # Errors
    /// As [`Db::connect`]; also where there is no such file.
    pub async fn connect_to_look(url: &str) -> Result<Self, ConnectError> {
        if !url.starts_with("sqlite:") {
            return Self::connect(url).await;
        }
        let options = Self::sqlite_options(url)?
            .create_if_missing(false)
            .pragma("query_only", "on");
        let read = pool(POOL).connect_with(options.clone()).await?;
        let write = SqlitePoolOptions::new().connect_lazy_with(options.clone());
        Ok(Self::new(Pools::Sqlite {
            long: read.clone(),
            own: OwnPools::new(options),
            read,
            write: Writer::new(write),
        }))
    }

    fn sqlite_options(url: &str) -> Result<SqliteConnectOptions, ConnectError> {
        Ok(SqliteConnectOptions::from_str(url)?
            // In WAL, NORMAL loses acknowledged commits on a power cut; FULL does not.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .pragma("cache_size", "-65536")
            .pragma("mmap_size", "268435456")
            .pragma("temp_store", "memory"))
    }

    async fn open_sqlite(url: &str) -> Result<Self, ConnectError> {
        let options = Self::sqlite_options(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal);
        // The writer first: it makes the file and turns WAL on.
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .min_connections(1)
            .acquire_timeout(Duration::from_secs(10))
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.clone())
            .await?;
        let options = options.pragma("query_only", "on");
        let read = pool(POOL).connect_with(options.clone()).await?;
        // What is kept of the file does not grow with the machine.
        let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
        let each = READ_CACHE_KIB / (CONNECTIONS as usize * threads);
        let own = OwnPools::new(options.clone().pragma("cache_size", format!("-{each}")));
        // Made when they are needed. What is mapped counts as the process's own memory.
        let options = options
            .pragma("cache_size", "-4096")
            .pragma("mmap_size", "0");
        let long = SqlitePoolOptions::new()
            .max_connections(LONG)
            .acquire_timeout(Duration::from_secs(10))
            .connect_lazy_with(options);
        Ok(Self::new(Pools::Sqlite {
            read,
            long,
            own,
            write: Writer::new(write),
        }))
    }

    async fn open_postgres(url: &str) -> Result<Self, ConnectError> {
        let options = PgConnectOptions::from_str(url)?
            .application_name("bsm")
            .options([
                // A client that died in a transaction must not hold its locks for long.
                ("idle_in_transaction_session_timeout", "10s"),
                ("statement_timeout", "15s"),
                ("lock_timeout", "5s"),
                ("timezone", "UTC"),
                // What a request asks for is read before a compiler would be done with it; where it
                // looks dear, that took 30 ms at each call.
                ("jit", "off"),
                // Where a list is long it makes a table as big as all of that would need, for the 26
                // rows of a page.
                ("enable_memoize", "off"),
                // Numbering events takes a lock and must then see what its last holder wrote.
                ("default_transaction_isolation", "read committed"),
            ]);
        let pool = pool(POOL).connect_with(options.clone()).await?;
        let own = OwnPools::new(options.clone());
        let pulse = Pulse::start(options);
        Ok(Self::new(Pools::Postgres { pool, pulse, own }))
    }
}
