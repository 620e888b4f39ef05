//! Pools that threads have for themselves.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use super::connect::ACQUIRE;

/// Connections of one thread.
const CONNECTIONS: u32 = 4;

/// All that were opened: a handle, cheap to clone.
#[derive(Clone)]
pub(super) struct OwnPools(Arc<Opened>);

struct Opened {
    options: PgConnectOptions,
    pools: Mutex<Vec<PgPool>>,
}

impl OwnPools {
    pub(super) fn new(options: PgConnectOptions) -> Self {
        Self(Arc::new(Opened {
            options,
            pools: Mutex::default(),
        }))
    }

    /// A new pool, whose connections are made when they are needed.
    pub(super) fn open(&self) -> PgPool {
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(ACQUIRE)
            .connect_lazy_with(self.0.options.clone());
        self.all().push(pool.clone());
        pool
    }

    /// Those that are there.
    pub(super) fn list(&self) -> Vec<PgPool> {
        self.all().clone()
    }

    /// Closes them, waiting for connections in use.
    pub(super) async fn close(&self) {
        for pool in self.list() {
            pool.close().await;
        }
    }

    fn all(&self) -> MutexGuard<'_, Vec<PgPool>> {
        self.0.pools.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
