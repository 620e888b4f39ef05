//! `bsm restore`

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use bsm_api::settings::StoreSettings;
use bsm_api::store::{database_url, embedded_file, folder_of, give_to_owner_of, lock};
use bsm_domain::clock::{Clock as _, SystemClock};
use bsm_persistence::{Db, settle_sqlite, sqlite_url, verify_sqlite};
use clap::Args;

use super::place::{Part, with_suffix};
use super::{Outcome, out};

/// What from, and where to.
#[derive(Args)]
pub(super) struct Arguments {
    /// A file that `bsm backup` wrote.
    file: PathBuf,
    /// Take the place of a database that is there. It is kept beside, named with the time.
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    store: StoreSettings,
}

pub(super) async fn run(arguments: &Arguments) -> Outcome {
    let Some(database) = embedded_file(&database_url(&arguments.store)) else {
        return Err("a PostgreSQL database is restored by its own tool: pg_restore --no-owner --dbname=\"$DATABASE_URL\" bsm.dump (see docs/operations.md)".into());
    };
    let file = &arguments.file;
    let refused = |e: &dyn std::fmt::Display| format!("{} cannot be restored: {e}", file.display());
    if !file.is_file() {
        return Err(refused(&"there is no such file").into());
    }
    for rest in ["-wal", "-journal"] {
        if fs::metadata(with_suffix(file, rest)).is_ok_and(|rest| rest.len() > 0) {
            let e = format!(
                "part of it stands in a {rest} file beside it, so it is a database in use, not a backup"
            );
            return Err(refused(&e).into());
        }
    }
    // Held to the end: no server starts meanwhile.
    let _lock = lock(&database)?;
    let replaces = database.symlink_metadata().is_ok();
    if replaces && !arguments.replace {
        return Err(format!(
            "{} exists. With --replace it is kept beside, and the backup takes its place",
            database.display()
        )
        .into());
    }
    // All is done to a copy: the backup stays as it is, and the database until the end.
    let part = Part::beside(&database).map_err(|e| refused(&e))?;
    part.fill(file).map_err(|e| refused(&e))?;
    let contents = verify_sqlite(part.path()).await.map_err(|e| refused(&e))?;
    bring_up_to_date(part.path()).await?;
    settle_sqlite(part.path()).await.map_err(|e| refused(&e))?;
    fs::File::open(part.path())?.sync_all()?;
    let like = if replaces {
        &database
    } else {
        folder_of(&database)
    };
    give_to_owner_of(like, part.path())?;
    let kept = if replaces {
        Some(set_aside(&database).await?)
    } else {
        set_aside_rests(&database, &name_with_time(&database))?;
        None
    };
    part.put_over(&database)?;
    out::line(&format!(
        "Restored {} into {}: {} people, {} tickets, events to position {}.",
        file.display(),
        database.display(),
        contents.people,
        contents.tickets,
        contents.position
    ));
    if let Some(kept) = kept {
        out::line(&format!("What was there is kept as {}.", kept.display()));
    }
    say_where_the_secret_is(&arguments.store);
    Ok(())
}

/// Makes the schema this version's, and begins an epoch of events: what happened since the backup is
/// lost, and whoever heard of it must not take up the log where they were.
async fn bring_up_to_date(part: &Path) -> Outcome {
    let db = Db::connect(&sqlite_url(part)).await?;
    let done: Outcome = async {
        db.migrate().await?;
        let now = SystemClock.now();
        db.write(async |tx| tx.begin_event_epoch(now).await).await?;
        Ok(())
    }
    .await;
    db.close().await;
    done
}

/// Keeps the database under another name, too; its own is free to be taken over.
async fn set_aside(database: &Path) -> io::Result<PathBuf> {
    let kept = name_with_time(database);
    // One that is damaged may not let itself be settled: its `-wal` goes with it then.
    if let Err(e) = settle_sqlite(database).await {
        out::error(&format!("{} is kept as it is: {e}", database.display()));
    }
    if fs::hard_link(database, &kept).is_err() {
        fs::rename(database, &kept)?;
    }
    set_aside_rests(database, &kept)?;
    Ok(kept)
}

/// A `-wal` of another database would be taken for the new one's.
fn set_aside_rests(database: &Path, kept: &Path) -> io::Result<()> {
    for suffix in ["-wal", "-shm"] {
        let rest = with_suffix(database, suffix);
        if rest.try_exists()? {
            fs::rename(rest, with_suffix(kept, suffix))?;
        }
    }
    Ok(())
}

fn name_with_time(database: &Path) -> PathBuf {
    let now = SystemClock.now().format(".replaced-%Y%m%dT%H%M%S%.6fZ");
    with_suffix(database, &now.to_string())
}

fn say_where_the_secret_is(store: &StoreSettings) {
    let secret = store.data_dir.join("secret");
    out::line(&if store.jwt_secret.is_some() {
        "Tokens are signed with BSM_JWT_SECRET: who was signed in then still is where it is the same as then.".to_owned()
    } else if secret.exists() {
        format!(
            "Tokens are signed with {}, which stays: who was signed in then still is where it is the same as then.",
            secret.display()
        )
    } else {
        format!(
            "There is no secret at {}: put the old installation's there before the first start, or a new one is made and everybody signs in again.",
            secret.display()
        )
    });
}
