//! Pools that threads have for themselves.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sqlx::pool::PoolOptions;
use sqlx::{Connection, Database, Pool};

use super::connect::ACQUIRE;

/// Connections of one thread: two to four a core measured best.
pub(super) const CONNECTIONS: u32 = 4;
/// A connection that rested for less was good a moment ago, and is not asked again.
const RESTED: Duration = Duration::from_millis(5);

type Options<DB> = <<DB as Database>::Connection as Connection>::Options;

/// All that were opened: a handle, cheap to clone.
pub(super) struct OwnPools<DB: Database>(Arc<Opened<DB>>);

struct Opened<DB: Database> {
    options: Options<DB>,
    pools: Mutex<Vec<Pool<DB>>>,
}

impl<DB: Database> Clone for OwnPools<DB> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<DB: Database> OwnPools<DB> {
    pub(super) fn new(options: Options<DB>) -> Self {
        Self(Arc::new(Opened {
            options,
            pools: Mutex::default(),
        }))
    }

    /// A new pool, whose connections are made when they are needed.
    pub(super) fn open(&self) -> Pool<DB> {
        let pool = pool(CONNECTIONS).connect_lazy_with(self.0.options.clone());
        self.all().push(pool.clone());
        pool
    }

    /// Those that are there.
    pub(super) fn list(&self) -> Vec<Pool<DB>> {
        self.all().clone()
    }

    /// Closes them, waiting for connections in use.
    pub(super) async fn close(&self) {
        for pool in self.list() {
            pool.close().await;
        }
    }

    fn all(&self) -> MutexGuard<'_, Vec<Pool<DB>>> {
        self.0.pools.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How a pool for requests is kept. To ask a connection whether it is still good takes as long as
/// many a statement: those in steady use, which are asked when they are given back, are not asked
/// again when they are taken.
pub(super) fn pool<DB: Database>(connections: u32) -> PoolOptions<DB> {
    PoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE)
        .test_before_acquire(false)
        .before_acquire(|connection: &mut DB::Connection, state| {
            Box::pin(async move {
                // Where it does not answer another one is made.
                Ok(state.idle_for < RESTED || connection.ping().await.is_ok())
            })
        })
}
