//! People come from a file: line by line, each wholly or not at all, and the same file again
//! changes nothing.

mod decide;
mod file;
mod run;
mod survey;

use bsm_domain::actor::Actor;
use bsm_domain::ids::UserId;
use bsm_domain::people_file::Fault;
use bsm_domain::policy::{self, Capability};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::{App, Error, Result};

/// Largest file, in bytes: 20,000 lines of 400.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;

/// Most lines of a file beside the first.
pub const MAX_LINES: usize = 20_000;

/// Most files at the same time in this process: each is held whole while it is worked on.
static TURNS: Semaphore = Semaphore::const_new(2);

/// What happens, or would happen, because of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A person is added.
    Create,
    /// Fields of a person change.
    Update,
    /// The person is as the line says.
    Unchanged,
    /// The line is refused; nothing happens.
    Error,
}

/// One line and what becomes of it.
#[derive(Debug, Clone)]
pub struct LineReport {
    /// Where it stands in the file; the first line is 1.
    pub line: u64,
    /// The address as it stands there, cut to 254 characters.
    pub email: String,
    /// What becomes of it.
    pub outcome: Outcome,
    /// The fields that change.
    pub changes: Vec<&'static str>,
    /// Why it is refused.
    pub faults: Vec<Fault>,
    /// The person, where there is one.
    pub user: Option<UserId>,
}

/// What becomes of a file.
#[derive(Debug, Clone)]
pub struct Report {
    /// Every line but the first and empty ones, in their order.
    pub lines: Vec<LineReport>,
    /// Organizations that are added because lines name them.
    pub organizations: Vec<String>,
}

/// How a file is taken.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Only tell what would happen.
    pub dry_run: bool,
    /// Add organizations that lines name and that are not there; else such lines are refused.
    pub create_organizations: bool,
}

/// Waits for a turn. Whoever reads a file into memory takes one before.
///
/// # Errors
/// [`Error::Internal`]: never.
pub async fn turn() -> Result<SemaphorePermit<'static>> {
    TURNS
        .acquire()
        .await
        .map_err(|_| Error::Internal("imports have stopped"))
}

/// Takes a file of people, or tells what taking it would do. It is taken in transactions of a
/// hundred lines, so that others can write in between; each line is wholly in one of them. Whoever
/// breaks it off finds those done that were done, and gives the same file again for the rest.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] where it is no such file: then nothing is done.
pub async fn import(app: &App, actor: &Actor, bytes: &[u8], options: Options) -> Result<Report> {
    policy::require(actor, Capability::Manage)?;
    let lines = file::read(bytes)?;
    let mut survey = survey::survey(app, lines, options).await?;
    if !options.dry_run {
        run::run(app, actor, &mut survey).await?;
    }
    Ok(survey.into_report())
}
