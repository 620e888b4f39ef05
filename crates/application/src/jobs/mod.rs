//! Work in the background that nobody asks for. Every replica offers to do it; for each job a
//! lease in the database lets one of them. A replica that stops lets go at once; one that is
//! killed is followed by another when its lease is over.

mod auto_close;
mod fold_ticket_counts;
mod forget_calls;
mod forget_deliveries;
mod forget_events;
mod runner;

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bsm_domain::clock::Time;
use tokio::sync::watch;

pub use auto_close::AutoClose;
pub use fold_ticket_counts::FoldTicketCounts;
pub use forget_calls::ForgetCalls;
pub use forget_deliveries::ForgetDeliveries;
pub use forget_events::ForgetEvents;
pub use runner::{Runner, Turn};

use crate::{App, Result};

/// What one go at a job did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Batch {
    /// How many things were dealt with.
    pub items: u64,
    /// Whether there may be more to do at once.
    pub more: bool,
}

/// A future of a job.
pub type Work<'a> = Pin<Box<dyn Future<Output = Result<Batch>> + 'a>>;

/// A kind of work.
pub trait Job: Send + Sync + 'static {
    /// Its name: in the database, in logs and in metrics.
    fn name(&self) -> &'static str;

    /// Does a part of it, in much less time than a lease. A job may be cut off at any moment, and
    /// be begun by another replica: what it does must be right then, too.
    fn batch<'a>(&'a self, app: &'a App) -> Work<'a>;
}

/// How jobs are run. A killed replica is followed within the sum of both.
#[derive(Debug, Clone, Copy)]
pub struct JobOptions {
    /// How often each replica looks whether there is work.
    pub poll: Duration,
    /// How long a replica holds a job without renewing that.
    pub lease: Duration,
}

impl Default for JobOptions {
    fn default() -> Self {
        Self {
            poll: Duration::from_secs(15),
            lease: Duration::from_secs(40),
        }
    }
}

/// How a job is doing in this process since it started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobStatus {
    /// Its name.
    pub name: &'static str,
    /// Whether this replica did it when it looked last.
    pub holding: bool,
    /// When it last came to its end here without a failure.
    pub last_success: Option<Time>,
    /// How often it failed here.
    pub failures: u64,
    /// How many things it dealt with here.
    pub items: u64,
}

/// The jobs of this process: a handle, cheap to clone.
#[derive(Clone)]
pub struct Jobs {
    runners: Arc<[Runner]>,
    poll: Duration,
    stop: Arc<watch::Sender<bool>>,
}

impl Jobs {
    /// All jobs of the product. They do nothing until [`Jobs::run`].
    #[must_use]
    pub fn new(app: &App, options: JobOptions) -> Self {
        let all: [Arc<dyn Job>; 5] = [
            Arc::new(AutoClose),
            Arc::new(FoldTicketCounts),
            Arc::new(ForgetCalls),
            Arc::new(ForgetDeliveries),
            Arc::new(ForgetEvents),
        ];
        Self {
            runners: all
                .into_iter()
                .map(|job| Runner::new(app.clone(), job, options.lease))
                .collect(),
            poll: options.poll,
            stop: Arc::new(watch::Sender::new(false)),
        }
    }

    /// Does them, one after the other, until they are stopped; then lets them go.
    pub async fn run(&self) {
        let mut stop = self.stop.subscribe();
        while !*stop.borrow() {
            for runner in self.runners.iter() {
                runner.try_turn(&stop).await;
            }
            // An error says that nobody is left who could stop them: then it is over, too.
            let _ = tokio::time::timeout(self.poll, stop.wait_for(|stopped| *stopped)).await;
        }
        for runner in self.runners.iter() {
            runner.let_go().await;
        }
    }

    /// Ends them: what is under way is brought to the end of its batch.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// How they are doing here, for metrics.
    #[must_use]
    pub fn status(&self) -> Vec<JobStatus> {
        self.runners.iter().map(Runner::status).collect()
    }
}
