//! `bsm backup`

use std::path::PathBuf;

use bsm_api::settings::StoreSettings;
use bsm_api::store::{database_url, embedded_file};
use bsm_persistence::{copy_sqlite, verify_sqlite};
use clap::Args;

use super::place::Part;
use super::{Outcome, out};

/// What of, and where to.
#[derive(Args)]
pub(super) struct Arguments {
    /// The file to write. It must not exist.
    file: PathBuf,
    #[command(flatten)]
    store: StoreSettings,
}

pub(super) async fn run(arguments: &Arguments) -> Outcome {
    let Some(database) = embedded_file(&database_url(&arguments.store)) else {
        return Err("a PostgreSQL database is backed up by its own tool: pg_dump --format=custom --file=bsm.dump \"$DATABASE_URL\" (see docs/operations.md)".into());
    };
    if !database.try_exists()? {
        return Err(format!("there is no database at {}", database.display()).into());
    }
    let file = &arguments.file;
    let taken = || format!("{} exists: a backup overwrites nothing", file.display());
    if file.symlink_metadata().is_ok() {
        return Err(taken().into());
    }
    let failed = |e: &dyn std::fmt::Display| format!("cannot back up to {}: {e}", file.display());
    let part = Part::beside(file).map_err(|e| failed(&e))?;
    copy_sqlite(&database, part.path())
        .await
        .map_err(|e| format!("cannot back up {}: {e}", database.display()))?;
    let contents = verify_sqlite(part.path())
        .await
        .map_err(|e| format!("the copy of {} is of no use: {e}", database.display()))?;
    let size = part.path().metadata()?.len();
    part.put_new(file).map_err(|e| match e.kind() {
        std::io::ErrorKind::AlreadyExists => taken(),
        _ => failed(&e),
    })?;
    out::line(&format!(
        "Backed up to {}: {} people, {} tickets, events to position {}, {size} bytes; looked through and found whole.",
        file.display(),
        contents.people,
        contents.tickets,
        contents.position
    ));
    out::line(
        "It holds the whole database: texts, names, password hashes. Not in it: settings, and the secret that tokens are signed with (the file `secret`, or BSM_JWT_SECRET). Keep that apart from it, as safe.",
    );
    Ok(())
}
