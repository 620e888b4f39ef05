//! `bsm move`

use std::time::{Duration, Instant};

use bsm_api::settings::Secret;
use bsm_api::store::{embedded_file, lock, make_file};
use bsm_application::moving::index_everything;
use bsm_persistence::moving::{Move, Step};
use clap::Args;

use super::{Outcome, out};

/// How often one is told within a table.
const PACE: Duration = Duration::from_millis(500);

/// Where from, and where to.
#[derive(Args)]
pub(super) struct Arguments {
    /// The database that holds the installation: `sqlite:path/to/file` or
    /// `postgres://user:password@host/name`. It is only read.
    #[arg(long, env = "BSM_MOVE_FROM", hide_env_values = true)]
    from: Secret,
    /// The database it moves into, which must be empty. A SQLite file is made.
    #[arg(long, env = "BSM_MOVE_TO", hide_env_values = true)]
    to: Secret,
}

pub(super) async fn run(arguments: &Arguments) -> Outcome {
    let (from, to) = (arguments.from.expose(), arguments.to.expose());
    for (url, flag) in [(from, "--from"), (to, "--to")] {
        if !["sqlite:", "postgres:", "postgresql:"]
            .iter()
            .any(|scheme| url.starts_with(scheme))
        {
            return Err(format!("{flag} must begin with sqlite: or postgres:").into());
        }
    }
    if from == to {
        return Err("--from and --to are the same database".into());
    }
    // Held to the end: no server starts on either file meanwhile.
    let mut locks = Vec::new();
    if let Some(file) = embedded_file(from) {
        if !file.try_exists()? {
            return Err(format!("there is no database at {}", file.display()).into());
        }
        locks.push(lock(&file)?);
    }
    if let Some(file) = embedded_file(to) {
        locks.push(lock(&file)?);
        make_file(&file)?;
    }
    let mut run = Move::begin(from, to).await?;
    if run.resumed {
        out::error("Going on where an earlier run stopped.");
    }
    let mut pace = Pace::default();
    run.copy(&mut |step| pace.tell(step)).await?;
    // Only then: what differs is copied once more, and the search must know it.
    run.verify(&mut |step| pace.tell(step)).await?;
    index_everything(run.target(), &mut |done| {
        pace.tell(Step {
            verb: "put into the search",
            table: "tickets",
            done: i64::try_from(done).unwrap_or(i64::MAX),
            of: 0,
        });
    })
    .await?;
    run.finish().await?;
    drop(locks);
    out::line(
        "Moved: every row was compared. The source is as it was; keep it until you are sure.",
    );
    out::line(
        "Serve the target with the secret of the source, and everybody stays signed in: BSM_JWT_SECRET, or the file `secret` of its data folder, whose text is what BSM_JWT_SECRET takes.",
    );
    Ok(())
}

/// Tells how far it is: where a table begins and ends, and now and then between.
#[derive(Default)]
struct Pace {
    last: Option<Instant>,
    of: String,
}

impl Pace {
    fn tell(&mut self, step: Step<'_>) {
        let new = self.of != step.table || step.done == step.of;
        if !new && self.last.is_some_and(|last| last.elapsed() < PACE) {
            return;
        }
        self.last = Some(Instant::now());
        step.table.clone_into(&mut self.of);
        let of = match step.of {
            0 => String::new(),
            of => format!(" of {of}"),
        };
        let Step {
            verb, table, done, ..
        } = step;
        out::error(&format!("{table}: {done}{of} {verb}"));
    }
}
