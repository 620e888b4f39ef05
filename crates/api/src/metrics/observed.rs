//! What is looked up when somebody asks: the database, the event log, the process.

use std::fmt;
use std::time::Duration;

use bsm_application::jobs::JobStatus;
use bsm_application::webhooks::Counts;
use bsm_domain::clock::Time;
use bsm_persistence::{DbError, PoolState};
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric, MetricEncoder};
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::metrics::{MetricType, TypedMetric as _};

use super::process::Process;
use crate::state::AppState;

/// How long the database may take: monitoring must hear of a database that is away.
const PATIENCE: Duration = Duration::from_secs(2);

/// One look.
#[derive(Debug)]
pub(super) struct Observed {
    started: Time,
    pools: Vec<PoolState>,
    /// `None` where the database does not answer.
    log: Option<Log>,
    delivered: i64,
    jobs: Vec<JobStatus>,
    webhooks: Counts,
    process: Process,
}

#[derive(Debug)]
struct Log {
    head: i64,
    /// How long the oldest event has been waiting for its position; nothing waits at zero.
    unnumbered: Duration,
    /// The position that every reader inside the product has passed.
    read: Option<i64>,
    /// How long the oldest delivery of a webhook has been waiting; nothing waits at zero.
    undelivered: Duration,
}

impl Observed {
    pub(super) async fn now(state: &AppState, started: Time) -> Self {
        let db = &state.app.db;
        let read = db.read(async |tx| {
            let head = tx.event_head().await?;
            let oldest = tx.oldest_unnumbered_event().await?;
            let waiting = tx.oldest_waiting_delivery().await?;
            let read = tx.slowest_event_reader().await?;
            Ok::<_, DbError>((head, oldest, read, waiting))
        });
        let log = tokio::time::timeout(PATIENCE, read).await;
        let now = state.app.now();
        // Another replica's clock may be ahead of this one.
        let since = |at: Option<Time>| {
            at.and_then(|at| (now - at).to_std().ok())
                .unwrap_or_default()
        };
        let log = log
            .ok()
            .and_then(Result::ok)
            .map(|(head, oldest, read, waiting)| Log {
                head,
                read,
                unnumbered: since(oldest),
                undelivered: since(waiting),
            });
        Self {
            started,
            pools: db.pools(),
            log,
            // After the head: what was delivered meanwhile is no lag.
            delivered: state.events.delivered(),
            jobs: state.jobs.status(),
            webhooks: state.webhooks.counts(),
            process: Process::now(),
        }
    }
}

impl Collector for Observed {
    fn encode(&self, encoder: DescriptorEncoder) -> fmt::Result {
        let mut out = Out(encoder);
        self.database(&mut out)?;
        self.events(&mut out)?;
        self.jobs(&mut out)?;
        self.webhooks(&mut out)?;
        self.process(&mut out)
    }
}

impl Observed {
    fn database(&self, out: &mut Out) -> fmt::Result {
        out.gauge(
            "bsm_database_up",
            "Whether the database answered within two seconds (1) or not (0)",
            i64::from(self.log.is_some()),
        )?;
        let mut family = out.family(
            "bsm_database_connections",
            "Connections that are open, by whether they are used",
            ConstGauge::<i64>::TYPE,
        )?;
        for pool in &self.pools {
            let used = pool.open.saturating_sub(pool.idle);
            for (state, count) in [("used", used), ("idle", pool.open - used)] {
                let labels = [("pool", pool.name), ("state", state)];
                ConstGauge::new(i64::from(count)).encode(family.encode_family(&labels)?)?;
            }
        }
        let mut family = out.family(
            "bsm_database_connections_max",
            "How many connections there may be",
            ConstGauge::<i64>::TYPE,
        )?;
        for pool in &self.pools {
            let max = ConstGauge::new(i64::from(pool.max));
            max.encode(family.encode_family(&[("pool", pool.name)])?)?;
        }
        self.counter(
            out,
            "bsm_database_acquires",
            "How often a connection was had",
            |pool| ConstCounter::new(pool.acquired),
        )?;
        self.counter(
            out,
            "bsm_database_acquire_failures",
            "How often none was had, in time or at all",
            |pool| ConstCounter::new(pool.failed),
        )?;
        self.counter(
            out,
            "bsm_database_acquire_seconds",
            "Time spent waiting for connections; for writes, with the beginning of the transaction",
            |pool| ConstCounter::new(pool.waited.as_secs_f64()),
        )
    }

    /// A counter of each pool.
    fn counter<M: EncodeMetric>(
        &self,
        out: &mut Out,
        name: &str,
        help: &str,
        metric: impl Fn(&PoolState) -> M,
    ) -> fmt::Result {
        let mut family = out.family(name, help, MetricType::Counter)?;
        for pool in &self.pools {
            metric(pool).encode(family.encode_family(&[("pool", pool.name)])?)?;
        }
        Ok(())
    }

    fn events(&self, out: &mut Out) -> fmt::Result {
        out.gauge(
            "bsm_event_delivered_position",
            "The position of the last event that this process handed to its listeners",
            self.delivered,
        )?;
        let Some(log) = &self.log else {
            return Ok(());
        };
        out.gauge(
            "bsm_event_log_position",
            "The position of the last event of the log",
            log.head,
        )?;
        out.gauge(
            "bsm_event_delivery_lag",
            "Events of the log that this process has not handed to its listeners yet",
            (log.head - self.delivered).max(0),
        )?;
        let slowest = log
            .read
            .map_or(self.delivered, |read| read.min(self.delivered));
        out.gauge(
            "bsm_event_slowest_reader_lag",
            "Events of the log that the slowest reader has not passed yet: the delivery of this process, or a reader that keeps its place in the database",
            (log.head - slowest).max(0),
        )?;
        out.gauge(
            "bsm_event_unnumbered_seconds",
            "How long the oldest event without a position has been waiting for it; 0 when none is",
            log.unnumbered.as_secs_f64(),
        )
    }

    fn jobs(&self, out: &mut Out) -> fmt::Result {
        let mut family = out.family(
            "bsm_job_held",
            "Whether this process does the job (1) or leaves it to another replica (0)",
            MetricType::Gauge,
        )?;
        for job in &self.jobs {
            let held = ConstGauge::new(i64::from(job.holding));
            held.encode(family.encode_family(&[("name", job.name)])?)?;
        }
        let mut family = out.family(
            "bsm_job_last_success_timestamp_seconds",
            "When this process last did all there was to do, in seconds since 1970; 0 before that",
            MetricType::Gauge,
        )?;
        for job in &self.jobs {
            let when = ConstGauge::new(job.last_success.map_or(0, |at| at.timestamp()));
            when.encode(family.encode_family(&[("name", job.name)])?)?;
        }
        let mut family = out.family(
            "bsm_job_failures",
            "How often the job failed in this process",
            MetricType::Counter,
        )?;
        for job in &self.jobs {
            let failures = ConstCounter::new(job.failures);
            failures.encode(family.encode_family(&[("name", job.name)])?)?;
        }
        let mut family = out.family(
            "bsm_job_items",
            "How many things the job dealt with in this process",
            MetricType::Counter,
        )?;
        for job in &self.jobs {
            let items = ConstCounter::new(job.items);
            items.encode(family.encode_family(&[("name", job.name)])?)?;
        }
        Ok(())
    }

    fn webhooks(&self, out: &mut Out) -> fmt::Result {
        let mut family = out.family(
            "bsm_webhook_attempts",
            "Attempts of this process to deliver to webhooks, by what came of them: delivered, to be tried again, given up",
            MetricType::Counter,
        )?;
        for (outcome, count) in [
            ("delivered", self.webhooks.delivered),
            ("retried", self.webhooks.retried),
            ("failed", self.webhooks.failed),
        ] {
            let count = ConstCounter::new(count);
            count.encode(family.encode_family(&[("outcome", outcome)])?)?;
        }
        let Some(log) = &self.log else {
            return Ok(());
        };
        out.gauge(
            "bsm_webhook_oldest_waiting_seconds",
            "How long the delivery waits that waits longest, among webhooks that are not disabled; 0 when none does",
            log.undelivered.as_secs_f64(),
        )
    }

    fn process(&self, out: &mut Out) -> fmt::Result {
        #[allow(clippy::cast_precision_loss, reason = "seconds with their fraction")]
        let started = self.started.timestamp_micros() as f64 / 1e6;
        out.gauge(
            "process_start_time_seconds",
            "When this process started, in seconds since 1970",
            started,
        )?;
        let process = &self.process;
        if let Some(bytes) = process.resident_bytes {
            out.gauge("process_resident_memory_bytes", "Resident memory", bytes)?;
        }
        if let Some(seconds) = process.cpu_seconds {
            let counter = ConstCounter::new(seconds);
            let family = out.family(
                "process_cpu_seconds",
                "User and system time",
                MetricType::Counter,
            )?;
            counter.encode(family)?;
        }
        if let Some(count) = process.open_files {
            out.gauge("process_open_fds", "Open file descriptors", count)?;
        }
        if let Some(count) = process.max_files {
            out.gauge(
                "process_max_fds",
                "How many file descriptors may be open",
                count,
            )?;
        }
        Ok(())
    }
}

/// Where metrics are written.
struct Out<'a>(DescriptorEncoder<'a>);

impl Out<'_> {
    fn family<'s>(
        &'s mut self,
        name: &'s str,
        help: &'s str,
        kind: MetricType,
    ) -> Result<MetricEncoder<'s>, fmt::Error> {
        self.0.encode_descriptor(name, help, None, kind)
    }

    fn gauge<N>(&mut self, name: &str, help: &str, value: N) -> fmt::Result
    where
        ConstGauge<N>: EncodeMetric,
    {
        let family = self.family(name, help, MetricType::Gauge)?;
        ConstGauge::new(value).encode(family)
    }
}
