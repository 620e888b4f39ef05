//! Brings the schema up to date.

use sqlx::migrate::Migrator;
use sqlx::{ConnectOptions as _, Connection as _};

use super::db::{Db, Pools};

static BOTH: Migrator = sqlx::migrate!("../../migrations");
static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

/// The schema could not be brought up to date.
#[derive(Debug, thiserror::Error)]
#[error("cannot migrate the database: {0}")]
pub struct MigrateError(#[from] sqlx::migrate::MigrateError);

impl From<sqlx::Error> for MigrateError {
    fn from(error: sqlx::Error) -> Self {
        Self(sqlx::migrate::MigrateError::Execute(error))
    }
}

impl Db {
    /// Runs the migrations that this database has not seen, in order of their versions: those for
    /// both engines and those for this one. On PostgreSQL a lock lets one replica at a time do it.
    ///
    /// # Errors
    /// [`MigrateError`], also where the database was changed by a newer version of the product.
    pub async fn migrate(&self) -> Result<(), MigrateError> {
        match &self.pools {
            Pools::Sqlite { write, .. } => merged(&SQLITE).run(write).await?,
            Pools::Postgres(pool) => {
                // A connection of its own: a migration may take longer than any request, and a
                // replica waits as long as another one migrates.
                let patient = [("lock_timeout", "0"), ("statement_timeout", "0")];
                let options = (*pool.connect_options()).clone().options(patient);
                let mut connection = options.connect().await?;
                merged(&POSTGRES).run(&mut connection).await?;
                connection.close().await?;
            }
        }
        Ok(())
    }
}

fn merged(own: &Migrator) -> Migrator {
    Migrator::with_migrations(BOTH.iter().chain(own.iter()).cloned().collect())
}
