//! A connection that repository functions work on: inside a transaction or for reading.

use sqlx::pool::PoolConnection;
use sqlx::{Postgres, Sqlite, Transaction};

use super::EngineKind;
use super::error::{DbError, TxError};
use super::group::Part;
use super::query::{Conn, Plan, Query};

/// What repository functions are methods of (`impl Tx` in each noun's file).
pub struct Tx {
    inner: Inner,
    /// Whether an event was written: listeners are woken after the commit.
    pub(crate) wake: bool,
    /// Set where statements are not run but explained: their plans so far.
    pub(super) plans: Option<Vec<Plan>>,
}

pub(super) enum Inner {
    SqliteRead(PoolConnection<Sqlite>),
    /// Of one moment, for reading alone.
    SqliteSnapshot(Transaction<'static, Sqlite>),
    SqliteWrite(Part),
    PostgresRead(PoolConnection<Postgres>),
    PostgresWrite(Transaction<'static, Postgres>),
}

impl Tx {
    pub(super) const fn new(inner: Inner) -> Self {
        Self {
            inner,
            wake: false,
            plans: None,
        }
    }

    /// Begins a statement. `sql` is lower-case SQL that both engines understand, values as `$1`….
    pub fn q(&mut self, sql: &'static str) -> Query<'_> {
        let conn = match &mut self.inner {
            Inner::SqliteRead(c) => Conn::Sqlite(c),
            Inner::SqliteSnapshot(t) => Conn::Sqlite(t),
            Inner::SqliteWrite(part) => part.connection().map_or(Conn::Gone, Conn::Sqlite),
            Inner::PostgresRead(c) => Conn::Postgres(c),
            Inner::PostgresWrite(t) => Conn::Postgres(t),
        };
        Query::new(conn, self.plans.as_mut(), sql)
    }

    /// Begins a statement that the engines spell differently. For the files of differences only.
    pub(crate) fn q_either(&mut self, sqlite: &'static str, postgres: &'static str) -> Query<'_> {
        match self.engine() {
            EngineKind::Sqlite => self.q(sqlite),
            EngineKind::Postgres => self.q(postgres),
        }
    }

    /// Whether statements are explained instead of run, so that none finds anything.
    pub(crate) const fn explains(&self) -> bool {
        self.plans.is_some()
    }

    /// The engine underneath.
    #[must_use]
    pub const fn engine(&self) -> EngineKind {
        match self.inner {
            Inner::SqliteRead(_) | Inner::SqliteSnapshot(_) | Inner::SqliteWrite(_) => {
                EngineKind::Sqlite
            }
            Inner::PostgresRead(_) | Inner::PostgresWrite(_) => EngineKind::Postgres,
        }
    }

    /// Runs `work` so that nothing of it stays where it fails, and all else that was written does.
    pub(super) async fn within<T, E: TxError>(
        &mut self,
        work: &impl AsyncFn(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        self.q("savepoint part").execute().await?;
        let wake = self.wake;
        let done = work(self).await;
        if done.is_err() {
            self.wake = wake;
            self.q("rollback to savepoint part").execute().await?;
        }
        self.q("release savepoint part").execute().await?;
        done
    }

    pub(super) async fn commit(self) -> Result<(), DbError> {
        match self.inner {
            Inner::SqliteWrite(part) => part.commit().await,
            Inner::PostgresWrite(t) => t.commit().await.map_err(DbError::of_commit),
            Inner::SqliteRead(_) | Inner::SqliteSnapshot(_) | Inner::PostgresRead(_) => Ok(()),
        }
    }

    /// Undoes the transaction. Where that fails the connection is broken and the server has
    /// undone it.
    ///
    /// # Errors
    /// [`DbError`] where it saw work of others that was lost: then nobody knows what it would
    /// have found without.
    pub(super) async fn roll_back(self) -> Result<(), DbError> {
        let undone = match self.inner {
            Inner::SqliteWrite(part) => return part.undo().await,
            Inner::SqliteSnapshot(t) => t.rollback().await,
            Inner::PostgresWrite(t) => t.rollback().await,
            Inner::SqliteRead(_) | Inner::PostgresRead(_) => Ok(()),
        };
        if let Err(e) = undone {
            tracing::debug!(error = %e, "a rollback failed");
        }
        Ok(())
    }
}
