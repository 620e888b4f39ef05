//! A database of its own for each test.

use std::ops::Deref;
use std::path::PathBuf;

use bsm_persistence::Db;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection};
use uuid::Uuid;

use crate::template;

/// The variable that names the PostgreSQL server of the tests.
const SERVER: &str = "TEST_DATABASE_URL";

/// An empty, migrated database that nobody else uses.
pub struct TestDb {
    db: Db,
    url: String,
    place: Place,
}

enum Place {
    Folder(PathBuf),
    Server { admin_url: String, name: String },
}

impl TestDb {
    /// A SQLite file in a temporary folder (never `:memory:`: that would give each connection a
    /// database of its own).
    ///
    /// # Panics
    /// Where the file cannot be made.
    pub async fn sqlite() -> Self {
        let folder = std::env::temp_dir().join(format!("bsm-test-{}", Uuid::now_v7().simple()));
        std::fs::create_dir_all(&folder).expect("a temporary folder");
        template::sqlite(&folder.join("bsm.sqlite")).await;
        let url = format!("sqlite:{}/bsm.sqlite", folder.display());
        Self::open(url, Place::Folder(folder)).await
    }

    /// A database on the server that `TEST_DATABASE_URL` names.
    ///
    /// # Panics
    /// Where there is no such server: these tests fail then, they are never skipped.
    pub async fn postgres() -> Self {
        let admin_url = std::env::var(SERVER).unwrap_or_else(|_| {
            panic!("{SERVER} must name a PostgreSQL server; `make test` starts one")
        });
        let name = format!("bsm_{}", Uuid::now_v7().simple());
        let mut admin = connect(&admin_url).await;
        let mut url = url::Url::parse(&admin_url).expect("a URL");
        template::postgres(&mut admin, &url, &name).await;
        admin.close().await.expect("closed");
        url.set_path(&name);
        Self::open(url.to_string(), Place::Server { admin_url, name }).await
    }

    async fn open(url: String, place: Place) -> Self {
        let db = Db::connect(&url).await.expect("the database opens");
        // Finds nothing left to do, and says so where the template were not what it should be.
        db.migrate().await.expect("the migrations run");
        Self { db, url, place }
    }

    /// The handle to it.
    #[must_use]
    pub fn handle(&self) -> &Db {
        &self.db
    }

    /// What `DATABASE_URL` would be for it.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Closes and removes it.
    ///
    /// # Panics
    /// Where it cannot be removed.
    pub async fn remove(self) {
        self.db.close().await;
        match self.place {
            Place::Folder(folder) => {
                std::fs::remove_dir_all(folder).expect("the folder goes");
            }
            Place::Server { admin_url, name } => {
                let mut admin = connect(&admin_url).await;
                sqlx::query(AssertSqlSafe(format!("drop database {name} with (force)")))
                    .execute(&mut admin)
                    .await
                    .expect("the database goes");
            }
        }
    }
}

impl Deref for TestDb {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.db
    }
}

async fn connect(url: &str) -> PgConnection {
    let options: sqlx::postgres::PgConnectOptions = url.parse().expect("a PostgreSQL URL");
    options
        .connect()
        .await
        .expect("the PostgreSQL server answers")
}
