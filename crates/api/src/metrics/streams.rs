//! Counts the event streams that are open.

use bsm_domain::actor::Portal;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Audience {
    audience: &'static str,
}

impl Audience {
    const fn of(portal: Portal) -> Self {
        let audience = match portal {
            Portal::Customer => "customer",
            Portal::Admin => "admin",
        };
        Self { audience }
    }
}

/// Open streams by audience.
#[derive(Clone)]
pub struct Streams(Family<Audience, Gauge>);

impl Streams {
    pub(super) fn new(registry: &mut Registry) -> Self {
        let open: Family<Audience, Gauge> = Family::default();
        for portal in [Portal::Customer, Portal::Admin] {
            // There from the start, so that a figure of none is a zero.
            open.get_or_create(&Audience::of(portal)).set(0);
        }
        registry.register(
            "bsm_event_streams",
            "Event streams that are open",
            open.clone(),
        );
        Self(open)
    }

    /// Counts a stream as open until the value is dropped.
    #[must_use]
    pub fn open(&self, portal: Portal) -> OpenStream {
        let gauge = self.0.get_or_create(&Audience::of(portal)).clone();
        gauge.inc();
        OpenStream(gauge)
    }
}

/// A stream that is counted.
pub struct OpenStream(Gauge);

impl Drop for OpenStream {
    fn drop(&mut self) {
        self.0.dec();
    }
}
