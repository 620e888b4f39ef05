//! Server-Sent Events.

use std::pin::Pin;
use std::time::Duration;

use eventsource_stream::{Event, EventStreamError, Eventsource};
use futures::stream::{Stream, StreamExt};
use serde_json::Value;

/// The server writes a comment every 15 s; a connection silent for longer is dead.
const SILENCE: Duration = Duration::from_secs(40);
const WAIT_LEAST: Duration = Duration::from_millis(500);
const WAIT_MOST: Duration = Duration::from_secs(30);

/// One message of the stream.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The place in the log after this message: keep it, and go on there. Empty where there is none.
    pub id: String,
    /// `hello`, `reset`, `position`, `bye`, or the kind of an event such as `ticket.created`.
    pub kind: String,
    /// What it says; of an event: `{id, type, occurred_at, actor, subject, changes}`.
    pub data: Value,
}

/// Why nothing can be heard, now or later.
#[derive(Debug, thiserror::Error)]
pub enum NotHeard {
    /// The server refused it with this status and problem: another token, or another place, is needed.
    #[error("{status}: {problem}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The problem as it was sent; null where it was none.
        problem: Value,
    },
}

type Events = Pin<Box<dyn Stream<Item = Result<Event, EventStreamError<reqwest::Error>>> + Send>>;

/// Listens to a stream, and goes on where it was after each end of the connection.
pub struct Listener {
    http: reqwest::Client,
    url: String,
    position: Option<String>,
    open: Option<Events>,
    failures: u32,
}

impl Listener {
    /// Listens at `…/api/admin/events` or `…/api/customer/events` from now on, or after a message.
    /// `http` sends the token, as that of [`crate::authorized`] does.
    #[must_use]
    pub fn new(http: reqwest::Client, url: impl Into<String>, after: Option<String>) -> Self {
        Self {
            http,
            url: url.into(),
            position: after,
            open: None,
            failures: 0,
        }
    }

    /// The next message, however long it takes.
    ///
    /// # Errors
    /// [`NotHeard`] where waiting does not help. The next call tries again.
    pub async fn next(&mut self) -> Result<Message, NotHeard> {
        loop {
            if self.open.is_none() {
                self.connect().await?;
            }
            let Some(events) = &mut self.open else {
                self.failures += 1;
                self.pause().await;
                continue;
            };
            match tokio::time::timeout(SILENCE, events.next()).await {
                Ok(Some(Ok(event))) => {
                    self.failures = 0;
                    if !event.id.is_empty() {
                        self.position = Some(event.id.clone());
                    }
                    let data =
                        serde_json::from_str(&event.data).unwrap_or(Value::String(event.data));
                    return Ok(Message {
                        id: event.id,
                        kind: event.event,
                        data,
                    });
                }
                _ => {
                    self.open = None;
                    self.pause().await;
                }
            }
        }
    }

    /// Opens the stream; leaves it shut where a later try may find it open.
    async fn connect(&mut self) -> Result<(), NotHeard> {
        let mut request = self
            .http
            .get(&self.url)
            .header("Accept", "text/event-stream");
        if let Some(position) = &self.position {
            request = request.header("Last-Event-ID", position);
        }
        let Ok(answer) = request.send().await else {
            return Ok(());
        };
        let status = answer.status();
        if status.is_success() {
            self.open = Some(Box::pin(answer.bytes_stream().eventsource()));
        } else if status.is_client_error() && status != 408 && status != 429 {
            let problem = answer.json().await.unwrap_or_default();
            return Err(NotHeard::Refused {
                status: status.as_u16(),
                problem,
            });
        }
        Ok(())
    }

    async fn pause(&self) {
        let most = WAIT_MOST.min(WAIT_LEAST * 2_u32.saturating_pow(self.failures.min(10)));
        tokio::time::sleep(most).await;
    }
}
