//! The command line.

mod openapi;
mod out;
mod ready;
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
    Store::open(&settings, Purpose::Command).await?;
    out::line("The schema is up to date.");
    Ok(())
}
