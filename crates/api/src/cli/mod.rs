//! The command line.

mod backup;
mod check;
mod moving;
mod openapi;
mod out;
mod place;
mod ready;
mod restore;
mod serve;
mod user;

use std::process::ExitCode;

use bsm_api::settings::{ServeSettings, StoreSettings};
use bsm_api::store::{Purpose, Store};
use clap::{Parser, Subcommand};

/// BSM Platform: a service desk with a customer portal and an admin portal.
///
/// `bsm serve` starts it on an embedded database in ./data. Every option can be given as the
/// environment variable named beside it.
#[derive(Parser)]
#[command(name = "bsm", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API and both portals until stopped (Ctrl-C or SIGTERM).
    Serve(Box<ServeSettings>),
    /// Bring the database's schema up to date and exit. `serve` does this by itself.
    Migrate(StoreSettings),
    /// Back up the embedded database into a file, also while a server runs.
    ///
    /// The file is the database as it is at one moment, written under another name, looked through
    /// and only then put in its place; nothing is overwritten, and only its owner can read it. All
    /// that was acknowledged before the backup began is in it. The secret that tokens are signed
    /// with is not. PostgreSQL is backed up by pg_dump.
    Backup(Box<backup::Arguments>),
    /// Put a backup in the place of the embedded database. No server may run on it.
    ///
    /// A copy of the file is looked through (is it a database of this product, is it whole, is its
    /// schema known) and brought up to date before it takes its place at once. A database that is
    /// there stays, unless --replace is given; then it is kept beside. The secret in the data
    /// folder stays as it is. PostgreSQL is restored by pg_restore.
    Restore(Box<restore::Arguments>),
    /// Look whether the database is whole and all holds that must; also while servers run.
    ///
    /// One line a rule: `ok`, or `WRONG` with the first rows that break it. Everything is read as it
    /// was at one moment, nothing is written. Exit code 1 where anything is wrong.
    Check(Box<check::Arguments>),
    /// Move a whole installation from SQLite to PostgreSQL, or back.
    ///
    /// Ids, times, versions, sign-ins, ticket numbers and positions of events stay. Stop all servers
    /// first: the source is only read, and held so that nobody writes to it. The target must be
    /// empty; it cannot be served until the move is done. Every row is compared in the end. A move
    /// that was cut off goes on with the same command. Serve the target with the secret of the
    /// source.
    Move(Box<moving::Arguments>),
    /// Ask a server that runs on this machine whether it is ready; exit code 1 when it is not.
    Ready(ready::Arguments),
    /// Write the OpenAPI documents, customer.json and admin.json, into a folder.
    Openapi(openapi::Arguments),
    /// Add people and hand out password links.
    #[command(subcommand)]
    User(user::Command),
}

/// What a command ends with: anything that can tell the operator what is wrong.
type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Runs the command that was given.
pub async fn run() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Serve(settings) => serve::run(*settings).await,
        Command::Migrate(settings) => migrate(settings).await,
        Command::Backup(arguments) => backup::run(&arguments).await,
        Command::Restore(arguments) => restore::run(&arguments).await,
        Command::Check(arguments) => check::run(&arguments).await,
        Command::Move(arguments) => moving::run(&arguments).await,
        Command::Ready(arguments) => ready::run(&arguments).await,
        Command::Openapi(arguments) => openapi::run(&arguments),
        Command::User(command) => user::run(command).await,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            out::error(&format!("bsm: {e}"));
            ExitCode::FAILURE
        }
    }
}

async fn migrate(settings: StoreSettings) -> Outcome {
    let store = Store::open(&settings, Purpose::Command).await?;
    store.db.close().await;
    out::line("The schema is up to date.");
    Ok(())
}
