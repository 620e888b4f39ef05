//! Brings the schema up to date.

use sqlx::migrate::Migrator;
use sqlx::{ConnectOptions as _, Connection as _};

use super::EngineKind;
use super::db::{Db, Pools};
use super::error::DbError;

static BOTH: Migrator = sqlx::migrate!("../../migrations");
static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

/// The schema could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A migration failed, or is not the one that was run here under its number.
    #[error("cannot migrate the database: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// The schema is of a version that this one cannot work with.
    #[error(
        "a newer version of bsm changed this database: its schema needs one that knows migration {floor}, this one knows {known}"
    )]
    TooNew {
        /// The migration that must be known.
        floor: i64,
        /// The newest that is.
        known: i64,
    },
    /// The database does not answer.
    #[error("cannot migrate the database: {0}")]
    Db(#[from] DbError),
}

impl From<sqlx::Error> for MigrateError {
    fn from(error: sqlx::Error) -> Self {
        Self::Migrate(sqlx::migrate::MigrateError::Execute(error))
    }
}

impl Db {
    /// Runs the migrations that this database has not seen, in order of their versions: those for
    /// both engines and those for this one. On PostgreSQL a lock lets one replica at a time do it.
    ///
    /// During an upgrade replicas of the version before go on, and start, on the newer schema:
    /// migrations that this binary does not know are left alone, unless one of them said that it
    /// must be known.
    ///
    /// # Errors
    /// [`MigrateError`], also where a newer version changed the database so that this one cannot
    /// work with it.
    pub async fn migrate(&self) -> Result<(), MigrateError> {
        match &self.pools {
            Pools::Sqlite { write, .. } => known(EngineKind::Sqlite).run(write.pool()).await?,
            Pools::Postgres { pool, .. } => {
                // A connection of its own: a migration may take longer than any request, and a
                // replica waits as long as another one migrates.
                let patient = [("lock_timeout", "0"), ("statement_timeout", "0")];
                let options = (*pool.connect_options()).clone().options(patient);
                let mut connection = options.connect().await?;
                known(EngineKind::Postgres).run(&mut connection).await?;
                connection.close().await?;
            }
        }
        let floor = self.read(async |tx| tx.schema_floor().await).await?;
        let known = newest();
        if floor > known {
            return Err(MigrateError::TooNew { floor, known });
        }
        Ok(())
    }
}

/// All migrations of an engine.
pub(crate) fn known(engine: EngineKind) -> Migrator {
    let own = match engine {
        EngineKind::Sqlite => &SQLITE,
        EngineKind::Postgres => &POSTGRES,
    };
    let mut all = Migrator::with_migrations(BOTH.iter().chain(own.iter()).cloned().collect());
    all.set_ignore_missing(true);
    all
}

/// The newest migration of either engine: both have the same versions of the product.
fn newest() -> i64 {
    let all = BOTH.iter().chain(SQLITE.iter()).chain(POSTGRES.iter());
    all.map(|migration| migration.version)
        .max()
        .unwrap_or_default()
}
