//! Whether the server answers. A connection whose server is gone may say nothing for minutes:
//! one that is asked all the time lets everybody else give up at once, and try again as soon as
//! the server is back.

use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, PgConnection};
use tokio::sync::watch;
use tokio::task::AbortHandle;

/// How often it is asked, and how long it may take: together less than the two seconds after which
/// a request is told that the database is away.
const EVERY: Duration = Duration::from_millis(400);
const PATIENCE: Duration = Duration::from_millis(1_000);

/// A handle; the asking ends with the last one.
#[derive(Clone)]
pub(super) struct Pulse {
    away: watch::Receiver<bool>,
    asking: Arc<Asking>,
}

struct Asking(AbortHandle);

impl Drop for Asking {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Pulse {
    pub(super) fn start(options: PgConnectOptions) -> Self {
        let away = watch::Sender::new(false);
        let receiver = away.subscribe();
        let task = tokio::spawn(ask(options, away));
        Self {
            away: receiver,
            asking: Arc::new(Asking(task.abort_handle())),
        }
    }

    /// Stops asking.
    pub(super) fn stop(&self) {
        self.asking.0.abort();
    }

    /// Returns when the server does not answer: at once, where it is known.
    pub(super) async fn lost(&self) {
        let mut away = self.away.clone();
        if away.wait_for(|away| *away).await.is_err() {
            // Nobody asks any more.
            std::future::pending::<()>().await;
        }
    }
}

async fn ask(options: PgConnectOptions, away: watch::Sender<bool>) {
    let mut connection = None;
    loop {
        let asked = answer(&options, connection.take());
        let answers = tokio::time::timeout(PATIENCE, asked).await.ok().flatten();
        let changed = away.send_if_modified(|away| {
            let before = std::mem::replace(away, answers.is_none());
            before != *away
        });
        match (changed, answers.is_none()) {
            (true, true) => tracing::error!("the database does not answer"),
            (true, false) => tracing::info!("the database answers again"),
            (false, _) => {}
        }
        connection = answers.flatten();
        tokio::time::sleep(EVERY).await;
    }
}

/// Asks once. `None` where the server does not answer; no connection, but an answer, where it has
/// no room for one more.
async fn answer(
    options: &PgConnectOptions,
    known: Option<PgConnection>,
) -> Option<Option<PgConnection>> {
    if let Some(mut known) = known
        && sqlx::query("select 1").execute(&mut known).await.is_ok()
    {
        return Some(Some(known));
    }
    // One that was cut says nothing about the server: another one tells.
    match options.connect().await {
        Ok(new) => Some(Some(new)),
        Err(sqlx::Error::Database(e)) if e.code().is_some_and(|c| c.starts_with("53")) => {
            Some(None)
        }
        Err(_) => None,
    }
}
