//! When keys were last used, beside the requests: none waits for it, and none fails with it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use bsm_domain::clock::Time;
use bsm_domain::ids::ApiKeyId;
use chrono::Duration;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{self, Receiver, Sender};

use crate::App;

/// How exact `last_used_at` is.
const EVERY: Duration = Duration::minutes(1);
/// Uses that wait to be written; more are lost, and the next minute's is written.
const WAITING: usize = 256;
/// So many keys are remembered at most.
const REMEMBERED: usize = 1_000;

/// Takes uses and writes them down soon; cheap to clone.
#[derive(Clone)]
pub struct KeyUses {
    waiting: Sender<(ApiKeyId, Time)>,
    noted: Arc<Mutex<HashMap<ApiKeyId, Time>>>,
}

impl KeyUses {
    /// Starts to write, on a thread of its own that works on this runtime and ends when no handle
    /// is left. Where there can be no thread nothing is written.
    #[must_use]
    pub fn start(app: App) -> Self {
        let (waiting, uses) = mpsc::channel(WAITING);
        let runtime = Handle::current();
        // As for the views of articles: a transaction cannot move between threads, as tasks must.
        let thread = std::thread::Builder::new()
            .name("key-uses".to_owned())
            .spawn(move || runtime.block_on(write_all(app, uses)));
        if let Err(error) = thread {
            tracing::warn!(%error, "the use of API keys is not written down");
        }
        Self {
            waiting,
            noted: Arc::default(),
        }
    }

    /// A key was used; `known` is what the database says of its last use.
    pub(super) fn note(&self, id: ApiKeyId, at: Time, known: Option<Time>) {
        let recent = |last: &Time| at - *last < EVERY;
        if known.as_ref().is_some_and(recent) {
            return;
        }
        let mut noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        if noted.get(&id).is_some_and(recent) {
            return;
        }
        if noted.len() >= REMEMBERED {
            noted.clear();
        }
        if self.waiting.try_send((id, at)).is_ok() {
            noted.insert(id, at);
        }
    }
}

async fn write_all(app: App, mut uses: Receiver<(ApiKeyId, Time)>) {
    while let Some((id, at)) = uses.recv().await {
        let before = at - EVERY;
        let written = app
            .db
            .write(async |tx| tx.touch_api_key(id, at, before).await)
            .await;
        if let Err(error) = written {
            tracing::warn!(%error, "the use of an API key is not written down");
        }
    }
}
