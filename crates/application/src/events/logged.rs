//! An event on its way to many listeners.

use std::sync::{Arc, OnceLock};

use bsm_domain::event::Event;
use bsm_persistence::events::EventRow;
use bytes::Bytes;

/// A row of the log, shared by all listeners of a process.
#[derive(Debug)]
pub struct Logged {
    row: EventRow,
    for_staff: OnceLock<Option<Bytes>>,
}

impl Logged {
    pub(super) fn new(row: EventRow) -> Arc<Self> {
        Arc::new(Self {
            row,
            for_staff: OnceLock::new(),
        })
    }

    /// Its place in the order.
    #[must_use]
    pub const fn position(&self) -> i64 {
        self.row.position
    }

    /// What happened; `None` where only a newer version of the product knows.
    #[must_use]
    pub const fn event(&self) -> Option<&Event> {
        self.row.event.as_ref()
    }

    /// What staff get to read of it, which is the same for all of them: made by whoever asks
    /// first, then kept as long as the event is on its way. `None` where they get nothing.
    pub fn for_staff(&self, render: impl FnOnce(&Event) -> Option<Bytes>) -> Option<Bytes> {
        self.for_staff
            .get_or_init(|| self.event().and_then(render))
            .clone()
    }
}
