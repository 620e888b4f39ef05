//! Delivery of the event log to listeners.
//!
//! A change writes its event in its own transaction. From there, on PostgreSQL, the
//! sequencer gives the committed event its position; the tailer, one a process, reads the
//! log behind its own position and fans it out; a [`Subscription`] joins what it missed to what is
//! live. Each stage is woken by the one before and polls beneath that, so a lost wake-up costs a
//! moment, never an event.

mod hub;
pub mod log;
mod logged;
mod notices;
mod sequencer;
mod subscription;
mod tailer;
mod trouble;

pub use hub::{EventHub, HubOptions};
pub use logged::Logged;
pub use subscription::{Start, Subscription};
