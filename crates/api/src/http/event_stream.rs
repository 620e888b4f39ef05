//! The life of one event stream: from `hello` to `bye`.
//!
//! There is no task behind a stream: it is the body of an answer, which the server asks for the
//! next piece whenever the connection takes one, and drops with the connection. A slow client
//! holds up nobody and costs no memory: its subscription falls behind and reads the log again.

use std::collections::VecDeque;
use std::time::Duration;

use actix_web::HttpResponse;
use bsm_application::events::{Logged, Start, Subscription};
use bsm_application::{App, Error as AppError};
use bsm_domain::actor::Portal;
use bsm_domain::event::{EventKind, SubjectKind};
use bytes::Bytes;
use futures_util::stream;
use serde::Serialize;
use serde_json::json;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at, sleep_until};

use super::problem::{Code, Problem};
use super::sse;
use crate::auth::caller::Caller;
use crate::dto::event;
use crate::metrics::OpenStream;
use crate::state::AppState;

/// How long a connection may take nothing; then its stream ends, and its client resumes.
const STALLED: Duration = Duration::from_secs(60);

/// How long a stream may go on at most: its client resumes.
const LONGEST: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// The fields of a person that decide nothing about what they may see: streams go on where no
/// other changed.
const HARMLESS: [&str; 4] = ["name", "language", "time_zone", "theme"];

/// Why a stream ends.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
enum Bye {
    /// The access token or the key is too old: refresh where that is possible, and resume.
    TokenExpired,
    /// The sign-in is over.
    SessionEnded,
    /// The API key is good no longer.
    KeyRevoked,
    /// The person's rights changed: resume with those they have now.
    RightsChanged,
    /// This server stops: resume at another, or later.
    Shutdown,
}

/// Answers with the stream of what this caller may see, after a position or after now.
///
/// # Errors
/// Where the caller lost the right to it just now, the database does not answer, or the server is
/// about to stop.
pub async fn open(
    state: &AppState,
    caller: &Caller,
    after: Option<i64>,
) -> Result<HttpResponse, Problem> {
    if state.draining.is_on() {
        let detail = "This server is about to stop: connect again.";
        return Err(Problem::new(Code::Unavailable, detail).retry_after(1));
    }
    let subscription = state
        .events
        .subscribe(after)
        .await
        .map_err(AppError::from)?;
    // Read after subscribing: what changes from here on comes as an event.
    let caller = caller.again(&state.app).await?;
    if Portal::of(caller.actor.role) != caller.portal {
        return Err(AppError::Forbidden.into());
    }
    let stream = EventStream::new(state, caller, subscription);
    Ok(sse::answer(stream::unfold(stream, |mut stream| async {
        let chunk = stream.next().await?;
        Some((Ok(chunk), stream))
    })))
}

struct EventStream {
    app: App,
    /// With the rights of the stream's start.
    caller: Caller,
    subscription: Subscription,
    /// What comes before the first event.
    opening: VecDeque<Bytes>,
    expiry: Instant,
    heartbeat: Interval,
    tick: Interval,
    /// When the connection took the last piece.
    taken: Instant,
    /// Set when only `bye` is left to say.
    leaving: Option<Bye>,
    ended: bool,
    _counted: OpenStream,
}

impl EventStream {
    fn new(state: &AppState, caller: Caller, subscription: Subscription) -> Self {
        let now = Instant::now();
        let ends = caller.expires_at.map(|at| at - state.app.now().timestamp());
        let left = ends.map_or(LONGEST, |left| {
            LONGEST.min(Duration::from_secs(u64::try_from(left).unwrap_or(0)))
        });
        let options = state.events.options();
        let mut opening = VecDeque::from_iter(place("hello", &subscription));
        if subscription.start() == Start::Reset {
            opening.extend(place("reset", &subscription));
        }
        Self {
            app: state.app.clone(),
            _counted: state.metrics.streams.open(caller.portal),
            caller,
            subscription,
            opening,
            expiry: now + left,
            heartbeat: every(now, options.heartbeat),
            tick: every(now, options.tick),
            taken: now,
            leaving: None,
            ended: false,
        }
    }

    /// The next piece of the body; `None` after its end.
    async fn next(&mut self) -> Option<Bytes> {
        if self.ended || self.taken.elapsed() > STALLED {
            return None;
        }
        let chunk = self.wait().await;
        self.taken = Instant::now();
        chunk
    }

    async fn wait(&mut self) -> Option<Bytes> {
        if let Some(chunk) = self.opening.pop_front() {
            return Some(chunk);
        }
        loop {
            if let Some(reason) = self.leaving {
                self.ended = true;
                return sse::event(None, "bye", &json!({"reason": reason}));
            }
            // Events last: however many come, and be they all for others, the clocks are heard.
            tokio::select! {
                biased;
                () = sleep_until(self.expiry) => self.leaving = Some(Bye::TokenExpired),
                _ = self.tick.tick() => {
                    // On the heap while it runs: a stream that waits is as small as its struct.
                    self.leaving = Box::pin(self.lost_rights()).await;
                    if self.leaving.is_none() {
                        return place("position", &self.subscription);
                    }
                }
                _ = self.heartbeat.tick() => return Some(sse::COMMENT),
                logged = self.subscription.next() => match logged {
                    None => self.leaving = Some(Bye::Shutdown),
                    Some(logged) => {
                        self.leaving = self.ended_by(&logged);
                        if let Some(chunk) = event::render(&self.caller.actor, &logged) {
                            return Some(chunk);
                        }
                    }
                },
            }
        }
    }

    /// Whether this event ends the stream. Rights are those of its start.
    fn ended_by(&self, logged: &Logged) -> Option<Bye> {
        let event = logged.event()?;
        let actor = &self.caller.actor;
        match (event.kind, event.subject_kind) {
            (EventKind::SessionEnded, SubjectKind::Session)
                if actor
                    .session_id()
                    .is_some_and(|id| id.0 == event.subject_id) =>
            {
                Some(Bye::SessionEnded)
            }
            (EventKind::ApiKeyRevoked, SubjectKind::ApiKey)
                if actor
                    .api_key()
                    .is_some_and(|key| key.id.0 == event.subject_id) =>
            {
                Some(Bye::KeyRevoked)
            }
            (EventKind::UserUpdated, SubjectKind::User)
                if event.subject_id == actor.user_id.0
                    && (event.changes.is_empty()
                        || !event
                            .changes
                            .0
                            .keys()
                            .all(|f| HARMLESS.contains(&f.as_str()))) =>
            {
                Some(Bye::RightsChanged)
            }
            _ => None,
        }
    }

    /// Asks the database, as a second look beside the events. Where it does not answer there is
    /// nothing to deliver either, and the token's expiry remains.
    async fn lost_rights(&self) -> Option<Bye> {
        match self.caller.again(&self.app).await {
            Ok(now) if now.actor == self.caller.actor => None,
            Ok(_) => Some(Bye::RightsChanged),
            Err(AppError::NotSignedIn) if self.caller.actor.api_key().is_some() => {
                Some(Bye::KeyRevoked)
            }
            Err(AppError::NotSignedIn) => Some(Bye::SessionEnded),
            Err(_) => None,
        }
    }
}

/// An event of the stream itself, which tells where it is.
fn place(name: &str, subscription: &Subscription) -> Option<Bytes> {
    let position = subscription.position();
    sse::event(
        Some(position),
        name,
        &json!({"position": position.to_string()}),
    )
}

fn every(now: Instant, period: Duration) -> Interval {
    let mut interval = interval_at(now + period, period);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}
