//! A transaction that is held open until the answer of its request is known, so that both are
//! committed together. What the request reads after it wrote, it reads in the same transaction.

use std::sync::{Arc, Mutex, PoisonError};

use super::db::Db;
use super::error::DbError;
use super::tx::Tx;
use crate::retries::Call;

tokio::task_local! {
    static HELD: Arc<Hold>;
}

/// The hold of the request that runs in this task, where it has one.
pub(super) fn current() -> Option<Arc<Hold>> {
    HELD.try_with(Arc::clone).ok()
}

/// Why a call was not begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotBegun {
    /// It was answered before.
    Answered,
    /// It is being done, for longer than one waits.
    Running,
}

pub(super) struct Hold {
    call: Call,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    tx: Option<Tx>,
    refused: Option<NotBegun>,
}

impl Hold {
    fn with<T>(&self, work: impl FnOnce(&mut State) -> T) -> T {
        work(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn take(&self) -> Option<Tx> {
        self.with(|state| state.tx.take())
    }

    pub(super) fn put(&self, tx: Tx) {
        self.with(|state| state.tx = Some(tx));
    }

    /// Begins the call in the first transaction of its request.
    pub(super) async fn begin(&self, tx: &mut Tx) -> Result<(), DbError> {
        let refused = match tx.begin_call(&self.call).await {
            Ok(true) => return Ok(()),
            Ok(false) => NotBegun::Answered,
            Err(e) if e.is_lock_timeout() => NotBegun::Running,
            Err(e) => return Err(e),
        };
        self.with(|state| state.refused = Some(refused));
        Err(DbError::not_begun())
    }
}

/// What became of a call.
pub enum Done {
    /// It wrote something, which waits for its answer.
    Wrote(Box<Held>),
    /// It wrote nothing.
    Nothing,
    /// It was not begun: its result means nothing.
    Not(NotBegun),
}

/// What a request wrote, not committed yet. Dropped, it is undone.
pub struct Held {
    db: Db,
    call: Call,
    tx: Tx,
}

impl Held {
    /// Commits it with its answer.
    ///
    /// # Errors
    /// [`DbError`]; nothing is kept then, or nobody knows: asking again with the same key tells.
    pub async fn commit(mut self, answer: &[u8]) -> Result<(), DbError> {
        let wake = self.tx.wake;
        let db = self.db.clone();
        let ending = async {
            self.tx.end_call(&self.call, answer).await?;
            self.tx.commit().await
        };
        db.alive(Box::pin(ending)).await?;
        if wake {
            db.wake();
        }
        Ok(())
    }

    /// Undoes it.
    ///
    /// # Errors
    /// [`DbError`] where what was seen meanwhile was lost: asking again may find something else.
    pub async fn undo(self) -> Result<(), DbError> {
        self.tx.roll_back().await
    }
}

impl Db {
    /// Runs a request so that it is done once: its first transaction begins the call, and what it
    /// writes is held until it is committed with the answer.
    pub async fn once<T>(&self, call: Call, request: impl Future<Output = T>) -> (T, Done) {
        let hold = Arc::new(Hold {
            call: call.clone(),
            state: Mutex::default(),
        });
        let result = HELD.scope(hold.clone(), request).await;
        let (tx, refused) = hold.with(|state| (state.tx.take(), state.refused));
        let done = match (tx, refused) {
            (_, Some(why)) => Done::Not(why),
            (Some(tx), None) => Done::Wrote(Box::new(Held {
                db: self.clone(),
                call,
                tx,
            })),
            (None, None) => Done::Nothing,
        };
        (result, done)
    }
}
