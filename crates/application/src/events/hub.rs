//! The one delivery of events of a process.

use std::sync::Arc;
use std::time::Duration;

use bsm_persistence::{Db, DbError, EngineKind};
use tokio::sync::{broadcast, watch};
use tokio::task::JoinHandle;

use super::logged::Logged;
use super::{notices, sequencer, tailer};

/// How events are delivered.
#[derive(Debug, Clone, Copy)]
pub struct HubOptions {
    /// How often the log is looked at without a wake-up.
    pub poll: Duration,
    /// How many events a listener may fall behind before it reads the log again.
    pub backlog: usize,
    /// How many events are read from the log at once.
    pub page: u32,
    /// How often a stream sends a comment, so that nothing on its way closes it.
    pub heartbeat: Duration,
    /// How often a stream tells its position and looks at its listener's rights.
    pub tick: Duration,
}

impl Default for HubOptions {
    fn default() -> Self {
        Self {
            poll: Duration::from_secs(1),
            backlog: 1024,
            page: 200,
            heartbeat: Duration::from_secs(15),
            tick: Duration::from_secs(60),
        }
    }
}

/// Delivers events: a handle, cheap to clone. Delivery ends with [`EventHub::stop`], and when the
/// last handle and the last subscription are gone.
#[derive(Clone)]
pub struct EventHub(pub(super) Arc<Shared>);

pub(super) struct Shared {
    pub(super) db: Db,
    pub(super) options: HubOptions,
    pub(super) live: broadcast::Sender<Arc<Logged>>,
    pub(super) stop: watch::Sender<bool>,
    /// The position of the last event that was fanned out.
    delivered: Arc<watch::Sender<i64>>,
}

impl EventHub {
    /// Starts delivery. The handle that comes with the hub ends once the hub has stopped.
    ///
    /// # Errors
    /// [`DbError`] where the log cannot be read.
    pub async fn start(db: Db, options: HubOptions) -> Result<(Self, JoinHandle<()>), DbError> {
        let from = db.read(async |tx| tx.event_head().await).await?;
        let live = broadcast::Sender::new(options.backlog);
        let stop = watch::Sender::new(false);
        // On PostgreSQL an event can be read once it is numbered, on SQLite once it is committed.
        let numbered = watch::Sender::new(());
        let readable = match db.engine() {
            EngineKind::Sqlite => tailer::Readable::Committed(db.wakeups()),
            EngineKind::Postgres => tailer::Readable::Numbered(numbered.subscribe()),
        };
        let delivered = Arc::new(watch::Sender::new(from));
        let tail = tailer::run(
            db.clone(),
            options,
            delivered.clone(),
            live.clone(),
            readable,
        );
        let background = {
            let (db, mut stopped) = (db.clone(), stop.subscribe());
            async move {
                let work = async {
                    match db.engine() {
                        EngineKind::Sqlite => tail.await,
                        EngineKind::Postgres => {
                            tokio::join!(
                                tail,
                                sequencer::run(&db, options.poll, &numbered),
                                notices::run(&db, &numbered),
                            );
                        }
                    }
                };
                // Nothing is lost by stopping anywhere: all that counts is in the database.
                tokio::select! {
                    () = work => {}
                    () = until(&mut stopped) => {}
                }
            }
        };
        let hub = Self(Arc::new(Shared {
            db,
            options,
            live,
            stop,
            delivered,
        }));
        Ok((hub, tokio::spawn(background)))
    }

    /// Ends delivery: all subscriptions end.
    pub fn stop(&self) {
        self.0.stop.send_replace(true);
    }

    /// How many subscriptions there are.
    #[must_use]
    pub fn listeners(&self) -> usize {
        self.0.live.receiver_count()
    }

    /// The position of the last event that this process has read and handed on to its listeners.
    #[must_use]
    pub fn delivered(&self) -> i64 {
        *self.0.delivered.borrow()
    }

    /// Tells whenever [`Self::delivered`] has moved: there is something new in the log.
    #[must_use]
    pub fn moved(&self) -> watch::Receiver<i64> {
        self.0.delivered.subscribe()
    }

    /// How this hub delivers.
    #[must_use]
    pub fn options(&self) -> &HubOptions {
        &self.0.options
    }
}

/// Returns when the value is true, or nobody is left who could make it so.
pub(super) async fn until(stop: &mut watch::Receiver<bool>) {
    // An error says that the sender is gone.
    let _ = stop.wait_for(|stopped| *stopped).await;
}
