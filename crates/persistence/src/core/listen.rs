//! Word from other replicas that events can be read. Carries no data, and may get lost: readers
//! poll beneath it.

use std::time::Duration;

use sqlx::postgres::{PgListener, PgPoolOptions};

use super::db::{Db, Pools};
use super::error::DbError;

/// The channel of `notify`; channels are a database's own.
pub(crate) const CHANNEL: &str = "bsm_events";

/// A connection of its own that waits for word. Make another one after an error.
pub struct Notices(PgListener);

impl Db {
    /// Opens a connection that waits for word from other replicas. `None` on SQLite, where one
    /// process is all there is.
    ///
    /// # Errors
    /// [`DbError`] where no connection can be made.
    pub async fn listen(&self) -> Result<Option<Notices>, DbError> {
        let Pools::Postgres { pool, .. } = &self.pools else {
            return Ok(None);
        };
        // Not one of the pool's: those are for requests.
        let own = PgPoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(5))
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_lazy_with((*pool.connect_options()).clone());
        let mut listener = PgListener::connect_with(&own).await?;
        listener.listen(CHANNEL).await?;
        Ok(Some(Notices(listener)))
    }
}

impl Notices {
    /// Returns when there may be something new: at word from a replica, and when the connection
    /// was lost and made again, for what was said meanwhile is lost.
    ///
    /// # Errors
    /// [`DbError`] where the connection is lost for good.
    pub async fn next(&mut self) -> Result<(), DbError> {
        self.0.try_recv().await?;
        Ok(())
    }
}
