//! Rows and SQL, written once for SQLite and PostgreSQL. Each noun has a file with its rows and
//! its part of `impl Tx`, one statement a method; `differences.rs` holds what the engines do not
//! share.

mod core;

pub use core::{ConnectError, Db, DbError, EngineKind, MigrateError, Query, Row, Tx, TxError, Val, Wakeups};
