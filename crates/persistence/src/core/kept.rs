//! A connection for reading that is kept from one use to the next while one request is answered:
//! who calls and what they ask for are then read on the same one. Nobody waits for another
//! connection while keeping one, so that requests cannot wait for each other.

use std::cell::RefCell;

use super::db::Db;
use super::tx::Tx;

tokio::task_local! {
    static KEPT: RefCell<Option<Tx>>;
}

/// Takes the one that this task keeps. Whoever waits for any connection does so first.
pub(super) fn take() -> Option<Tx> {
    KEPT.try_with(|kept| kept.take()).ok().flatten()
}

/// Keeps one for the next use; outside of such a request it goes back to its pool.
pub(super) fn put(reader: Tx) {
    let _ = KEPT.try_with(|kept| kept.replace(Some(reader)));
}

impl Db {
    /// Runs a request so that all it reads is read on one connection, which it has until it ends: not
    /// for requests that wait for anybody but the database.
    pub async fn on_one_reader<T>(&self, request: impl Future<Output = T>) -> T {
        KEPT.scope(RefCell::default(), request).await
    }
}
