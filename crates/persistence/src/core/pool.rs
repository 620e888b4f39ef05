//! How the pools of connections are doing, for operators.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use sqlx::{Database, Pool};

use super::db::{Db, Pools};
use super::error::DbError;
use super::own_pools::OwnPools;

/// A pool at one moment, and what it did since the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolState {
    /// `read` and `write` on SQLite, `all` on PostgreSQL.
    pub name: &'static str,
    /// Connections that are open.
    pub open: u32,
    /// Those of them that nobody uses.
    pub idle: u32,
    /// How many there may be.
    pub max: u32,
    /// How often a connection was had.
    pub acquired: u64,
    /// How often none was to be had in time, or at all.
    pub failed: u64,
    /// How long was waited for connections, all waits together.
    pub waited: Duration,
}

/// Counts what requests go through to get a connection.
#[derive(Debug, Default)]
pub(super) struct Meter {
    acquired: AtomicU64,
    failed: AtomicU64,
    waited_micros: AtomicU64,
}

impl Meter {
    pub(super) async fn time<T>(
        &self,
        wait: impl Future<Output = Result<T, sqlx::Error>>,
    ) -> Result<T, DbError> {
        let began = Instant::now();
        let got = wait.await;
        let micros = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.waited_micros.fetch_add(micros, Relaxed);
        let count = if got.is_ok() {
            &self.acquired
        } else {
            &self.failed
        };
        count.fetch_add(1, Relaxed);
        Ok(got?)
    }

    /// Counts one who gets no connection without having asked the pool.
    pub(super) fn refuse(&self) {
        self.failed.fetch_add(1, Relaxed);
    }

    /// A pool that all share, and those that threads have for themselves, together.
    fn states<DB: Database>(
        &self,
        name: &'static str,
        shared: &Pool<DB>,
        own: &OwnPools<DB>,
    ) -> PoolState {
        let mut all = self.state(name, shared);
        for pool in own.list() {
            let one = self.state(name, &pool);
            all.open += one.open;
            all.idle += one.idle;
            all.max += one.max;
        }
        all
    }

    fn state(&self, name: &'static str, pool: &Pool<impl Database>) -> PoolState {
        PoolState {
            name,
            open: pool.size(),
            idle: u32::try_from(pool.num_idle()).unwrap_or(u32::MAX),
            max: pool.options().get_max_connections(),
            acquired: self.acquired.load(Relaxed),
            failed: self.failed.load(Relaxed),
            waited: Duration::from_micros(self.waited_micros.load(Relaxed)),
        }
    }
}

impl Db {
    /// How the pools are doing right now.
    #[must_use]
    pub fn pools(&self) -> Vec<PoolState> {
        match &self.pools {
            Pools::Sqlite {
                read, own, write, ..
            } => vec![
                self.meters.read.states("read", read, own),
                self.meters.write.state("write", write.pool()),
            ],
            Pools::Postgres { pool, own, .. } => vec![self.meters.read.states("all", pool, own)],
        }
    }
}
