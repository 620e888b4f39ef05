//! One listener's way through the log: what it missed, then what is live, without a seam.

use std::collections::VecDeque;
use std::sync::Arc;

use bsm_persistence::DbError;
use bsm_persistence::events::EventLog;
use tokio::sync::broadcast::{self, error::RecvError};
use tokio::sync::watch;

use super::hub::{EventHub, until};
use super::logged::Logged;
use super::trouble::Trouble;

/// Where a subscription begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// At the present end of the log, as asked.
    Now,
    /// Right after the position that was given.
    Resumed,
    /// At the present end, because the log no longer or not yet reaches to the position given, or
    /// was put back to an earlier state since: the listener has to load everything again.
    Reset,
}

/// Gets every event after its start exactly once, in order, however far it falls behind. Holds at
/// most one page of the log; while it is not asked, it holds nothing up.
pub struct Subscription {
    hub: EventHub,
    live: broadcast::Receiver<Arc<Logged>>,
    /// Read from the log, not handed out yet.
    read: VecDeque<Arc<Logged>>,
    /// Whether the log has to be read before the live events go on.
    behind: bool,
    position: i64,
    start: Start,
    stop: watch::Receiver<bool>,
    trouble: Trouble,
}

impl EventHub {
    /// Listens to what comes after a position, or after now.
    ///
    /// # Errors
    /// [`DbError`] where the ends of the log cannot be read.
    pub async fn subscribe(&self, after: Option<i64>) -> Result<Subscription, DbError> {
        // First, so that whatever is fanned out while the log is read is not missed.
        let live = self.0.live.subscribe();
        let log = self.0.db.read(async |tx| tx.event_log().await).await?;
        let head = log.head;
        let (position, start) = match after {
            None => (head, Start::Now),
            Some(after) if reaches(&log, after) => (after, Start::Resumed),
            Some(_) => (head, Start::Reset),
        };
        Ok(Subscription {
            stop: self.0.stop.subscribe(),
            hub: self.clone(),
            live,
            read: VecDeque::new(),
            // What comes after the head was not there when it was read: it will come live.
            behind: position < head,
            position,
            start,
            trouble: Trouble::new("reading the event log for a listener"),
        })
    }
}

/// Whether all events after a position are still there, and it is one of this epoch.
pub(super) fn reaches(log: &EventLog, after: i64) -> bool {
    (log.epoch..=log.head).contains(&after)
        && (after == log.head || log.oldest.is_some_and(|o| o <= after + 1))
}

impl Subscription {
    /// Where it began.
    #[must_use]
    pub const fn start(&self) -> Start {
        self.start
    }

    /// The position of the last event handed out, or where it began.
    #[must_use]
    pub const fn position(&self) -> i64 {
        self.position
    }

    /// The next event; waits for it. `None` when the hub has stopped. Nothing is lost when the
    /// caller stops waiting; errors of the database delay it.
    pub async fn next(&mut self) -> Option<Arc<Logged>> {
        let mut stop = self.stop.clone();
        tokio::select! {
            biased;
            () = until(&mut stop) => None,
            logged = self.advance() => Some(logged),
        }
    }

    async fn advance(&mut self) -> Arc<Logged> {
        loop {
            if let Some(logged) = self.read.pop_front() {
                self.position = logged.position();
                return logged;
            }
            if self.behind {
                // On the heap while it runs: thousands wait and read nothing.
                Box::pin(self.read_log()).await;
                continue;
            }
            match self.live.recv().await {
                Ok(logged) if logged.position() <= self.position => {}
                Ok(logged) if logged.position() == self.position + 1 => {
                    self.position = logged.position();
                    return logged;
                }
                // Positions have no gaps, so something was passed over: the log has it.
                Ok(_) | Err(RecvError::Lagged(_)) => self.behind = true,
                // The hub holds the sender, and this holds the hub.
                Err(RecvError::Closed) => std::future::pending().await,
            }
        }
    }

    /// Reads a page. A page that is not full reaches the end of the log; whatever was not there
    /// yet has not been fanned out yet either, so it will come live.
    async fn read_log(&mut self) {
        let (after, limit) = (self.position, self.hub.options().page);
        let page = self
            .hub
            .0
            .db
            .read(async |tx| tx.events_after(after, limit).await)
            .await;
        match page {
            Ok(rows) => {
                self.trouble.over();
                self.behind = rows.len() == limit as usize;
                self.read.extend(rows.into_iter().map(Logged::new));
            }
            Err(error) => tokio::time::sleep(self.trouble.failed(&error)).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::EventLog;

    fn reaches(oldest: Option<i64>, head: i64, after: i64) -> bool {
        let epoch = 0;
        let log = EventLog {
            head,
            epoch,
            oldest,
        };
        super::reaches(&log, after)
    }

    #[test]
    fn nobody_resumes_from_before_an_epoch() {
        // Put back to its third event, and served since.
        let log = EventLog {
            head: 1_002,
            epoch: 1_000,
            oldest: Some(1),
        };
        let good = |after| super::reaches(&log, after);
        assert!(!good(2) && !good(3) && !good(7) && !good(999));
        assert!(good(1_000) && good(1_001) && good(1_002) && !good(1_003));
    }

    #[test]
    fn a_position_is_good_while_all_after_it_is_kept() {
        // An untouched log.
        assert!(reaches(None, 0, 0));
        assert!(!reaches(None, 0, 1));
        assert!(!reaches(Some(1), 5, -1));
        // All kept.
        assert!(reaches(Some(1), 5, 0));
        assert!(reaches(Some(1), 5, 5));
        assert!(!reaches(Some(1), 5, 6));
        // The first three purged: the fourth is the oldest.
        assert!(!reaches(Some(4), 5, 2));
        assert!(reaches(Some(4), 5, 3));
        // All purged.
        assert!(!reaches(None, 5, 4));
        assert!(reaches(None, 5, 5));
    }
}
