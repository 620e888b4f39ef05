//! What every use case needs: the database, the clock, the settings of this installation.

use std::sync::Arc;

use bsm_domain::clock::{Clock, Time};
use bsm_persistence::Db;

/// What an operator decides, as far as use cases care.
#[derive(Clone)]
pub struct AppSettings {
    /// The address people open in their browser, without a slash at its end; links are built
    /// from it.
    pub public_url: String,
    /// The secret that refresh tokens are authenticated with; at least 32 bytes.
    pub secret: Arc<[u8]>,
    /// Whether this is a demo, whose passwords are public anyway: password links may be logged.
    pub demo: bool,
}

/// The application: cheap to clone, shared by all requests.
#[derive(Clone)]
pub struct App {
    /// Where everything is kept.
    pub db: Db,
    /// What operators decided.
    pub settings: AppSettings,
    clock: Arc<dyn Clock>,
}

impl App {
    /// Puts the parts together.
    #[must_use]
    pub fn new(db: Db, clock: Arc<dyn Clock>, settings: AppSettings) -> Self {
        Self {
            db,
            settings,
            clock,
        }
    }

    /// The same application with another clock; the demo data lives through 60 days in a second.
    #[must_use]
    pub fn with_clock(&self, clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            ..self.clone()
        }
    }

    /// The same application for whoever reads a whole list, page after page.
    #[must_use]
    pub fn for_long_reads(&self) -> Self {
        Self {
            db: self.db.for_long_reads(),
            ..self.clone()
        }
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Time {
        self.clock.now()
    }
}
