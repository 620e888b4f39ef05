//! The core that lets SQL be written once: two engines, one typed binder, one transaction.

mod connect;
mod db;
mod error;
mod explain;
mod files;
mod group;
mod held;
mod kept;
mod listen;
mod migrate;
mod own_pools;
mod pool;
mod pulse;
mod query;
mod tx;

pub use connect::ConnectError;
pub use db::{Db, Wakeups};
pub use error::{DbError, TxError};
pub use files::{
    FileContents, FileError, copy_sqlite, settle_sqlite, sqlite_file, sqlite_url, verify_sqlite,
};
pub use held::{Done, Held, NotBegun};
pub(crate) use listen::CHANNEL;
pub use listen::Notices;
pub use migrate::MigrateError;
pub(crate) use migrate::known;
pub use pool::PoolState;
pub use query::{Plan, Query, Row, Val};
pub use tx::Tx;

/// The database underneath.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EngineKind {
    /// Embedded: one file, one process.
    Sqlite,
    /// A server, shared by any number of replicas.
    Postgres,
}
