//! Group commit on SQLite: writes that come at the same time share one transaction, and so one
//! wait for the disk.
//!
//! Writers take turns at the one transaction, each in a savepoint of its own, so that one which
//! fails undoes its own work alone. Whoever is done queues up again, to commit: all that came
//! before that turn are then in the transaction, and whoever comes later opens the next one. So
//! nobody waits for company, and a busy moment makes its own groups. Nobody hears of a success,
//! or of a failure that others' work may have caused, before the outcome of the whole is known.

use std::sync::Arc;
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::{Sqlite, SqliteConnection, SqlitePool};
use tokio::runtime::Handle;
use tokio::sync::{Mutex, OwnedMutexGuard, watch};

use super::error::DbError;

/// How long a writer waits for its turn before it is answered with "unavailable".
const TURN: Duration = Duration::from_secs(10);

/// The one writer of an embedded file.
#[derive(Clone)]
pub(super) struct Writer {
    pool: SqlitePool,
    turn: Arc<Mutex<Option<Shared>>>,
}

/// The transaction that is open, and what became of it.
struct Shared {
    // Not sqlx's transaction: that cannot cope with one that SQLite has ended by itself.
    connection: PoolConnection<Sqlite>,
    outcome: watch::Sender<Option<Outcome>>,
    /// How many are done and wait for the commit. Each of them sees to it that one comes.
    done: usize,
    /// Whether somebody left without having ended their part.
    unfinished: bool,
}

#[derive(Clone)]
enum Outcome {
    Committed,
    Lost(Arc<sqlx::Error>),
    Unknown(Arc<sqlx::Error>),
}

impl Outcome {
    fn result(&self) -> Result<(), DbError> {
        match self {
            Self::Committed => Ok(()),
            Self::Lost(why) => Err(DbError::lost(why.clone())),
            Self::Unknown(why) => Err(DbError::unknown(why.clone())),
        }
    }
}

/// One writer's turn: its part of the transaction. Dropped, it is undone.
pub(super) struct Part {
    writer: Writer,
    turn: OwnedMutexGuard<Option<Shared>>,
    ended: bool,
}

impl Writer {
    pub(super) fn new(pool: SqlitePool) -> Self {
        Self {
            pool,
            turn: Arc::default(),
        }
    }

    pub(super) const fn pool(&self) -> &SqlitePool {
        &self.pool
    }

    /// Waits for a turn and begins a part of the transaction.
    pub(super) async fn begin(&self) -> Result<Part, sqlx::Error> {
        let turn = self.turn.clone().lock_owned();
        let mut turn = tokio::time::timeout(TURN, turn)
            .await
            .map_err(|_| sqlx::Error::PoolTimedOut)?;
        clean(&mut turn).await;
        if turn.is_none() {
            let shared = turn.insert(Shared {
                connection: self.pool.acquire().await?,
                outcome: watch::Sender::new(None),
                done: 0,
                unfinished: true,
            });
            if let Err(e) = run(&mut shared.connection, "begin immediate").await {
                if let Some(shared) = turn.take() {
                    shared.close();
                }
                return Err(e);
            }
        }
        if let Some(shared) = &mut *turn {
            // First: whoever leaves at the next line has left a part behind.
            shared.unfinished = true;
            if let Err(e) = run(&mut shared.connection, "savepoint own").await {
                lose(&mut turn, e);
                return Err(sqlx::Error::WorkerCrashed);
            }
        }
        Ok(Part {
            writer: self.clone(),
            turn,
            ended: false,
        })
    }

    /// Commits what is done, where nobody did it before.
    async fn commit(self) {
        let mut turn = self.turn.lock().await;
        clean(&mut turn).await;
        if turn.as_ref().is_none_or(|shared| shared.done == 0) {
            return;
        }
        let Some(mut shared) = turn.take() else {
            return;
        };
        let committed = run(&mut shared.connection, "commit").await;
        let outcome = match committed {
            Ok(()) => Outcome::Committed,
            // A full disk says so before anything counts.
            Err(e) if DbError::says_full(&e) => Outcome::Lost(Arc::new(e)),
            Err(e) => Outcome::Unknown(Arc::new(e)),
        };
        let committed = matches!(outcome, Outcome::Committed);
        shared.outcome.send_replace(Some(outcome));
        if !committed {
            shared.close();
        }
    }
}

impl Part {
    /// The connection of the transaction.
    pub(super) fn connection(&mut self) -> Result<&mut SqliteConnection, sqlx::Error> {
        match &mut *self.turn {
            Some(shared) => Ok(&mut shared.connection),
            None => Err(sqlx::Error::WorkerCrashed),
        }
    }

    /// Ends the part with success; returns when all is committed.
    pub(super) async fn commit(mut self) -> Result<(), DbError> {
        self.ended = true;
        let Some(shared) = &mut *self.turn else {
            return Err(sqlx::Error::WorkerCrashed.into());
        };
        let outcome = shared.outcome.subscribe();
        match run(&mut shared.connection, "release savepoint own").await {
            Ok(()) => {
                shared.unfinished = false;
                shared.done += 1;
            }
            Err(e) => lose(&mut self.turn, e),
        }
        // A task of its own: whoever hangs up now does not take the others' commit with them.
        tokio::spawn(self.writer.clone().commit());
        drop(self);
        settled(outcome).await
    }

    /// Ends the part without a trace; returns when it is known what became of the work of others
    /// that it may have seen.
    pub(super) async fn undo(mut self) -> Result<(), DbError> {
        self.ended = true;
        clean(&mut self.turn).await;
        let outcome = match &*self.turn {
            Some(shared) if shared.done > 0 => shared.outcome.subscribe(),
            _ => return Ok(()),
        };
        drop(self);
        settled(outcome).await
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // With others in it, their commit undoes this part; alone, somebody has to.
        if !self.ended
            && self.turn.as_ref().is_some_and(|shared| shared.done == 0)
            && let Ok(runtime) = Handle::try_current()
        {
            runtime.spawn(self.writer.clone().commit());
        }
    }
}

impl Shared {
    /// Ends the transaction with its connection: whatever state it is in, nothing of it stays.
    fn close(mut self) {
        self.connection.close_on_drop();
    }
}

/// Undoes what somebody left behind, and the transaction where nobody else has a part in it.
async fn clean(turn: &mut Option<Shared>) {
    let Some(shared) = turn.as_mut().filter(|shared| shared.unfinished) else {
        return;
    };
    if shared.done == 0 {
        let undone = run(&mut shared.connection, "rollback").await;
        if let Some(shared) = turn.take()
            && undone.is_err()
        {
            shared.close();
        }
        return;
    }
    let undone = async {
        run(&mut shared.connection, "rollback to savepoint own").await?;
        run(&mut shared.connection, "release savepoint own").await
    };
    match undone.await {
        Ok(()) => shared.unfinished = false,
        // A disk that is full and the like end all of a transaction.
        Err(e) => lose(turn, e),
    }
}

/// Gives the transaction up: nothing of it is kept.
fn lose(turn: &mut Option<Shared>, why: sqlx::Error) {
    let Some(shared) = turn.take() else { return };
    let lost = Outcome::Lost(Arc::new(why));
    shared.outcome.send_replace(Some(lost));
    shared.close();
}

async fn run(connection: &mut SqliteConnection, sql: &'static str) -> Result<(), sqlx::Error> {
    sqlx::query(sql).execute(connection).await.map(drop)
}

async fn settled(mut outcome: watch::Receiver<Option<Outcome>>) -> Result<(), DbError> {
    match outcome.wait_for(Option::is_some).await.as_deref() {
        Ok(Some(outcome)) => outcome.result(),
        // The process stops before it was committed.
        Ok(None) | Err(_) => Err(sqlx::Error::PoolClosed.into()),
    }
}
