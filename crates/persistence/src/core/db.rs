//! The one place where transactions begin and commit.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use sqlx::{PgPool, Postgres, Sqlite, SqlitePool};
use tokio::sync::watch;

use super::EngineKind;
use super::error::{DbError, TxError};
use super::group::Writer;
use super::held;
use super::kept;
use super::own_pools::OwnPools;
use super::pool::Meter;
use super::pulse::Pulse;
use super::query::Plan;
use super::tx::{Inner, Tx};

/// How often a transaction that lost a race is run again.
const RETRIES: u32 = 3;

/// A database: a handle, cheap to clone.
#[derive(Clone)]
pub struct Db {
    pub(super) pools: Pools,
    pub(super) meters: Arc<Meters>,
    wake: Arc<watch::Sender<u64>>,
    /// Whether requests may keep a connection for their next read.
    keeps: bool,
}

/// What was waited for connections; on PostgreSQL, where there is one pool, `read` counts all.
#[derive(Default)]
pub(super) struct Meters {
    pub(super) read: Meter,
    pub(super) write: Meter,
}

#[derive(Clone)]
pub(super) enum Pools {
    /// Readers side by side, one writer: SQLite has no more, and `begin immediate` in a queue is
    /// faster and fairer than connections that wait for each other's locks.
    Sqlite {
        read: SqlitePool,
        /// For readers of very much, who keep little of it.
        long: SqlitePool,
        /// Those that threads have for themselves.
        own: OwnPools<Sqlite>,
        write: Writer,
    },
    Postgres {
        pool: PgPool,
        pulse: Pulse,
        /// Those that threads have for themselves.
        own: OwnPools<Postgres>,
    },
}

/// Tells that events were committed in this process. Carries no data: what was missed is read
/// from the log.
pub type Wakeups = watch::Receiver<u64>;

impl Db {
    pub(super) fn new(pools: Pools) -> Self {
        Self {
            pools,
            meters: Arc::default(),
            wake: Arc::new(watch::channel(0).0),
            keeps: true,
        }
    }

    /// The engine underneath.
    #[must_use]
    pub const fn engine(&self) -> EngineKind {
        match self.pools {
            Pools::Sqlite { .. } => EngineKind::Sqlite,
            Pools::Postgres { .. } => EngineKind::Postgres,
        }
    }

    /// The same database for whoever reads very much, page after page. On SQLite such readers have few
    /// connections of their own, which keep little of what was read: neither the others' share of the
    /// memory nor their turns are used up. What they wait is counted with the others.
    #[must_use]
    pub fn for_long_reads(&self) -> Self {
        let pools = match &self.pools {
            Pools::Sqlite {
                long, own, write, ..
            } => Pools::Sqlite {
                read: long.clone(),
                long: long.clone(),
                own: own.clone(),
                write: write.clone(),
            },
            Pools::Postgres { .. } => self.pools.clone(),
        };
        Self {
            pools,
            keeps: false,
            ..self.clone()
        }
    }

    /// The same database for the runtime of one thread, whose connections are then driven by that
    /// thread alone: handing each answer from one thread to another takes longer than many a
    /// statement. Called on that thread. What is waited for connections is counted with the others.
    #[must_use]
    pub fn for_this_thread(&self) -> Self {
        let pools = match &self.pools {
            Pools::Sqlite {
                long, own, write, ..
            } => Pools::Sqlite {
                read: own.open(),
                long: long.clone(),
                own: own.clone(),
                write: write.clone(),
            },
            Pools::Postgres { pulse, own, .. } => Pools::Postgres {
                pool: own.open(),
                pulse: pulse.clone(),
                own: own.clone(),
            },
        };
        Self {
            pools,
            ..self.clone()
        }
    }

    /// Runs `work` on a connection for reading. Each statement sees what was committed before it.
    ///
    /// # Errors
    /// What `work` returns, or that no connection could be had.
    pub async fn read<T, E: TxError>(
        &self,
        work: impl AsyncFnOnce(&mut Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        if let Some(hold) = held::current()
            && let Some(mut tx) = hold.take()
        {
            let done = self.alive(Box::pin(work(&mut tx))).await;
            hold.put(tx);
            return done;
        }
        let reading = async {
            let kept = kept::take().filter(|_| self.keeps);
            let mut tx = match kept {
                Some(tx) => tx,
                None => self.reader().await?,
            };
            let done = work(&mut tx).await;
            // One that failed may be broken: its pool finds out.
            if self.keeps && done.is_ok() {
                kept::put(tx);
            }
            done
        };
        self.alive(Box::pin(reading)).await
    }

    /// Runs `work` so that all its statements see the database as it was at one moment: for
    /// figures that are read in several steps and must add up. Nothing can be written.
    ///
    /// # Errors
    /// What `work` returns, or that no connection could be had.
    pub async fn read_at_once<T, E: TxError>(
        &self,
        work: impl AsyncFnOnce(&mut Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        let reading = async {
            drop(kept::take());
            let mut tx = self.snapshot().await?;
            let done = work(&mut tx).await;
            tx.roll_back().await?;
            done
        };
        self.alive(Box::pin(reading)).await
    }

    /// Runs `work` without running its statements: each is explained, finds nothing, and the plans
    /// are returned. For tests and for operators who wonder why a list is slow: they see the plan
    /// of the very statement that the product runs.
    ///
    /// # Errors
    /// What `work` returns, or that a statement cannot be explained.
    pub async fn explain<T, E: TxError>(
        &self,
        work: impl AsyncFnOnce(&mut Tx) -> Result<T, E>,
    ) -> Result<Vec<Plan>, E> {
        let mut tx = self.reader().await?;
        tx.plans = Some(Vec::new());
        work(&mut tx).await?;
        Ok(tx.plans.unwrap_or_default())
    }

    /// Runs `work` as one transaction and wakes listeners when it has committed. `work` may run
    /// more than once (after a serialization failure or a deadlock), so it must do nothing but
    /// work on the transaction: time, ids, hashes and the network come before.
    ///
    /// # Errors
    /// What `work` returns, or that the transaction could not begin or commit; nothing is kept
    /// then.
    pub async fn write<T, E: TxError>(
        &self,
        work: impl AsyncFn(&mut Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut attempt = 0;
        loop {
            match self.alive(Box::pin(self.attempt(&work))).await {
                Err(e) if attempt < RETRIES && e.as_db().is_some_and(DbError::is_retryable) => {
                    attempt += 1;
                    tokio::time::sleep(Duration::from_millis(5 << attempt)).await;
                }
                done => return done,
            }
        }
    }

    async fn attempt<T, E: TxError>(
        &self,
        work: &impl AsyncFn(&mut Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        let hold = held::current();
        if let Some(hold) = &hold
            && let Some(mut tx) = hold.take()
        {
            let done = tx.within(work).await;
            hold.put(tx);
            return done;
        }
        drop(kept::take());
        let mut tx = self.writer().await?;
        if let Some(hold) = &hold
            && let Err(e) = hold.begin(&mut tx).await
        {
            // What was lost meanwhile may have been the answer that kept it from beginning.
            tx.roll_back().await?;
            return Err(e.into());
        }
        let done = match work(&mut tx).await {
            Ok(done) => done,
            Err(e) => {
                // Dropping it would roll back too, but some time later: its locks would still
                // be held when the caller hears of the error.
                let broken = e.as_db().is_some_and(|e| e.is_full() || e.is_unavailable());
                return match tx.roll_back().await {
                    Err(lost) if !broken => Err(lost.into()),
                    _ => Err(e),
                };
            }
        };
        if let Some(hold) = &hold {
            hold.put(tx);
            return Ok(done);
        }
        let wake = tx.wake;
        tx.commit().await?;
        if wake {
            self.wake();
        }
        Ok(done)
    }

    /// A receiver that is told of commits with events in this process.
    #[must_use]
    pub fn wakeups(&self) -> Wakeups {
        self.wake.subscribe()
    }

    /// Wakes the listeners of this process, as after a commit.
    pub fn wake(&self) {
        self.wake.send_modify(|n| *n = n.wrapping_add(1));
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// Why it does not.
    pub async fn ping(&self) -> Result<(), DbError> {
        self.read(async |tx| tx.q("select 1").execute().await.map(drop))
            .await
    }

    /// Closes all connections, waiting for those in use.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite {
                read,
                long,
                own,
                write,
            } => {
                own.close().await;
                read.close().await;
                long.close().await;
                write.pool().close().await;
            }
            Pools::Postgres { pool, pulse, own } => {
                pulse.stop();
                own.close().await;
                pool.close().await;
            }
        }
    }

    /// Waits for what is done there as long as the database answers. It comes in a box: it is big, and
    /// every future around it would be as big, several times over, and be copied wherever it is passed on.
    pub(super) async fn alive<T, E: TxError>(
        &self,
        work: Pin<Box<impl Future<Output = Result<T, E>>>>,
    ) -> Result<T, E> {
        let Pools::Postgres { pulse, .. } = &self.pools else {
            return work.await;
        };
        tokio::select! {
            biased;
            () = pulse.lost() => {
                // Whoever waits for a connection, or is about to, gets none.
                self.meters.read.refuse();
                Err(DbError::away().into())
            }
            done = work => done,
        }
    }

    async fn reader(&self) -> Result<Tx, DbError> {
        let meter = &self.meters.read;
        Ok(Tx::new(match &self.pools {
            Pools::Sqlite { read, .. } => Inner::SqliteRead(meter.time(read.acquire()).await?),
            Pools::Postgres { pool, .. } => Inner::PostgresRead(meter.time(pool.acquire()).await?),
        }))
    }

    async fn snapshot(&self) -> Result<Tx, DbError> {
        Ok(Tx::new(match &self.pools {
            Pools::Sqlite { read, .. } => Inner::SqliteSnapshot(read.begin().await?),
            Pools::Postgres { pool, .. } => Inner::PostgresWrite(
                pool.begin_with("begin isolation level repeatable read, read only")
                    .await?,
            ),
        }))
    }

    async fn writer(&self) -> Result<Tx, DbError> {
        let Meters { read, write: queue } = &*self.meters;
        Ok(Tx::new(match &self.pools {
            Pools::Sqlite { write, .. } => Inner::SqliteWrite(queue.time(write.begin()).await?),
            Pools::Postgres { pool, .. } => Inner::PostgresWrite(read.time(pool.begin()).await?),
        }))
    }
}
