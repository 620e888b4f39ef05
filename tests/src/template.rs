//! Databases that are migrated once and copied for each test: on a busy machine the migrations
//! take seconds, a copy a fraction of one.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use bsm_persistence::Db;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

/// Anything of our own: whoever makes the template holds this lock of the server.
const MAKING: i64 = 0x0062_736d_7465_7374;

/// Writes a migrated SQLite file to `path`.
///
/// # Panics
/// Where a file cannot be made.
pub(crate) async fn sqlite(path: &Path) {
    let template = std::env::temp_dir().join(format!("{}.sqlite", name()));
    if !template.exists() {
        // Each test is a process of its own: several may make it at once, each moves a whole file
        // into place.
        let folder = std::env::temp_dir().join(format!("bsm-making-{}", Uuid::now_v7().simple()));
        std::fs::create_dir_all(&folder).expect("a temporary folder");
        let made = folder.join("bsm.sqlite");
        migrate(&format!("sqlite:{}", made.display())).await;
        std::fs::rename(&made, &template).expect("the template is put in place");
        std::fs::remove_dir_all(&folder).expect("the folder goes");
    }
    std::fs::copy(&template, path).expect("a copy of the template");
}

/// Makes the migrated database `name` on the server of `admin`, whose URL with that name is `url`.
///
/// # Panics
/// Where the server does not let it.
pub(crate) async fn postgres(admin: &mut PgConnection, url: &url::Url, new: &str) {
    let template = name();
    if !exists(admin, &template).await {
        sqlx::query("select pg_advisory_lock($1)")
            .bind(MAKING)
            .execute(&mut *admin)
            .await
            .expect("the lock");
        if !exists(admin, &template).await {
            // Under another name until it is whole: a test that was cut off leaves no half of it.
            let making = format!("bsm_making_{}", Uuid::now_v7().simple());
            run(admin, format!("create database {making}")).await;
            let mut own = url.clone();
            own.set_path(&making);
            migrate(own.as_str()).await;
            run(
                admin,
                format!("alter database {making} rename to {template}"),
            )
            .await;
        }
        sqlx::query("select pg_advisory_unlock($1)")
            .bind(MAKING)
            .execute(&mut *admin)
            .await
            .expect("the lock goes");
    }
    run(admin, format!("create database {new} template {template}")).await;
}

async fn exists(admin: &mut PgConnection, database: &str) -> bool {
    sqlx::query_scalar("select exists (select 1 from pg_database where datname = $1)")
        .bind(database)
        .fetch_one(admin)
        .await
        .expect("the server's databases")
}

async fn run(admin: &mut PgConnection, statement: String) {
    sqlx::query(AssertSqlSafe(statement.clone()))
        .execute(admin)
        .await
        .unwrap_or_else(|error| panic!("{statement}: {error}"));
}

async fn migrate(url: &str) {
    let db = Db::connect(url).await.expect("the database opens");
    db.migrate().await.expect("the migrations run");
    db.close().await;
}

/// Says what the migrations are, so that no template outlives a change of them.
fn name() -> String {
    let mut files = Vec::new();
    collect(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations"),
        &mut files,
    );
    files.sort();
    let mut hash = DefaultHasher::new();
    for file in files {
        file.hash(&mut hash);
        std::fs::read(&file).expect("a migration").hash(&mut hash);
    }
    format!("bsm_template_{:016x}", hash.finish())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the migrations") {
        let path = entry.expect("a migration").path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}
