//! Backing up beside a running server, and restoring.

use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bsm_tests::Client;
use serde_json::json;
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};

use bsm_tests::bsm::{Folder, Running, bsm, printed};

pub const PASSWORD: &str = "a long enough password";

fn run(data: &Folder, arguments: &[&str]) -> Output {
    bsm(data).args(arguments).output().expect("it runs")
}

pub fn done(data: &Folder, arguments: &[&str]) -> String {
    let output = run(data, arguments);
    let text = printed(&output);
    assert!(output.status.success(), "{arguments:?}: {text}");
    text
}

pub fn refused(data: &Folder, arguments: &[&str]) -> String {
    let output = run(data, arguments);
    let text = printed(&output);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {text}");
    text
}

pub fn at(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

pub async fn customer(server: &Running) -> Client {
    let body = json!({"email": "ana@acme.example", "name": "Ana", "password": PASSWORD});
    let _ = server
        .nobody()
        .post("/api/auth/register", body)
        .await
        .ok(201);
    server.sign_in("ana@acme.example", PASSWORD).await
}

pub async fn ask(client: &Client, subject: &str) -> String {
    let wish = json!({"subject": subject, "description": "Please."});
    let ticket = client.post("/api/customer/tickets", wish).await.ok(201);
    ticket.str("/number").to_owned()
}

/// A folder with a backup of a desk of one ticket, and the number of that ticket.
pub async fn backed_up() -> (Folder, PathBuf, String) {
    let data = Folder::new();
    let server = Running::start(&data, &[]);
    let number = ask(&customer(&server).await, "Before").await;
    let file = data.path().join("desk.backup");
    done(&data, &["backup", at(&file)]);
    server.stop();
    (data, file, number)
}

pub async fn sql(file: &Path, statement: &str) {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .foreign_keys(false);
    let mut connection = options.connect().await.expect("it opens");
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned()))
        .execute(&mut connection)
        .await
        .expect("it runs");
    connection.close().await.expect("closed");
}

pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|e| {
            e.expect("an entry")
                .file_name()
                .into_string()
                .expect("UTF-8")
        })
        .collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_under_load_has_all_that_was_acknowledged_before_it_began() {
    let data = Folder::new();
    let server = Running::start(&data, &[]);
    let client = customer(&server).await;
    let stop = Arc::new(AtomicBool::new(false));
    let (tell, told) = std::sync::mpsc::channel();
    let writers: Vec<_> = (0..8)
        .map(|n| {
            let (client, stop, tell) = (client.clone(), stop.clone(), tell.clone());
            tokio::spawn(async move {
                let mut i = 0;
                while !stop.load(Ordering::Relaxed) {
                    i += 1;
                    tell.send(ask(&client, &format!("Wish {i} of {n}")).await)
                        .expect("heard");
                }
            })
        })
        .collect();
    let mut acknowledged = Vec::new();
    while acknowledged.len() < 100 {
        acknowledged.extend(told.try_iter());
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    let file = data.path().join("desk.backup");
    done(&data, &["backup", at(&file)]);
    let meanwhile = told.try_iter().count();
    stop.store(true, Ordering::Relaxed);
    for writer in writers {
        writer.await.expect("no writer failed");
    }
    assert!(meanwhile > 0, "nobody wrote while the backup was made");
    server.stop();

    let other = Folder::new();
    let said = done(&other, &["restore", at(&file)]);
    assert!(said.contains("There is no secret at"), "{said}");
    done(&other, &["check"]);
    let server = Running::start(&other, &[]);
    let client = server.sign_in("ana@acme.example", PASSWORD).await;
    for number in acknowledged {
        let path = format!("/api/customer/tickets/{number}");
        let _ = client.get(&path).await.ok(200);
    }
}

#[tokio::test]
async fn a_backup_is_its_owners_alone_and_overwrites_nothing() {
    use std::os::unix::fs::PermissionsExt as _;
    let (data, file, _) = backed_up().await;
    let mode = std::fs::metadata(&file).expect("made").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let before = std::fs::read(&file).expect("read");
    let text = refused(&data, &["backup", at(&file)]);
    assert!(text.contains("overwrites nothing"), "{text}");
    assert_eq!(std::fs::read(&file).expect("read"), before);
    let nowhere = data.path().join("no/such/folder/desk.backup");
    refused(&data, &["backup", at(&nowhere)]);
    let names = names(data.path());
    assert!(!names.iter().any(|n| n.contains(".part")), "{names:?}");
    // The file is plain SQLite: no secret is in it.
    let secret = std::fs::read(data.path().join("secret")).expect("a secret");
    assert!(!before.windows(secret.len()).any(|w| w == secret));
}

#[test]
fn postgres_is_left_to_its_own_tools() {
    let data = Folder::new();
    let url = ["--database-url", "postgres://bsm@127.0.0.1:1/bsm"];
    let text = refused(&data, &[&["backup", "x"][..], &url].concat());
    assert!(text.contains("pg_dump"), "{text}");
    let text = refused(&data, &[&["restore", "x"][..], &url].concat());
    assert!(text.contains("pg_restore"), "{text}");
    let text = refused(&data, &["backup", at(&data.path().join("x"))]);
    assert!(text.contains("there is no database"), "{text}");
    assert!(names(data.path()).is_empty());
}

#[tokio::test]
async fn a_restore_brings_back_what_was_and_keeps_what_is() {
    let (data, file, before) = backed_up().await;
    let server = Running::start(&data, &[]);
    let client = server.sign_in("ana@acme.example", PASSWORD).await;
    let after = ask(&client, "After").await;

    let text = refused(&data, &["restore", at(&file), "--replace"]);
    assert!(text.contains("another bsm process is using"), "{text}");
    // Killed, so that what is newest stands in the -wal.
    drop(server);
    let text = refused(&data, &["restore", at(&file)]);
    assert!(text.contains("--replace"), "{text}");
    let said = done(&data, &["restore", at(&file), "--replace"]);
    assert!(said.contains("1 tickets"), "{said}");
    for rest in ["bsm.sqlite-wal", "bsm.sqlite-shm"] {
        assert!(!data.path().join(rest).exists(), "{rest} is stale");
    }

    let server = Running::start(&data, &[]);
    // The secret stayed: who was signed in before the backup still is.
    let client = server.sign_in("ana@acme.example", PASSWORD).await;
    let path = |number: &str| format!("/api/customer/tickets/{number}");
    let _ = client.get(&path(&before)).await.ok(200);
    let _ = client.get(&path(&after)).await.ok(404);
    server.stop();

    let names = names(data.path());
    let kept = names.iter().find(|n| n.contains(".replaced-"));
    let kept = data.path().join(kept.expect("the old one is kept"));
    done(&data, &["restore", at(&kept), "--replace"]);
    let server = Running::start(&data, &[]);
    let client = server.sign_in("ana@acme.example", PASSWORD).await;
    let _ = client.get(&path(&after)).await.ok(200);
}

#[tokio::test]
async fn what_is_no_sound_backup_is_refused_and_nothing_is_touched() {
    let (data, file, number) = backed_up().await;
    let bad = data.path().join("bad");
    let again = |reason: &str| {
        let text = refused(&data, &["restore", at(&bad), "--replace"]);
        assert!(text.contains(reason), "{reason} is not in {text}");
        std::fs::remove_file(&bad).expect("removed");
    };
    std::fs::write(&bad, "not a database at all").expect("written");
    again("not a SQLite database");

    sql_new(&bad, "create table notes (text text)").await;
    again("not one of BSM Platform");

    let whole = std::fs::read(&file).expect("read");
    std::fs::write(&bad, &whole[..whole.len() / 2]).expect("written");
    again("it is damaged");
    let mut flipped = whole.clone();
    // The second half of each page but the first: what stands there is content.
    for page in flipped.chunks_mut(4096).skip(1) {
        page[2048..].fill(0x5a);
    }
    std::fs::write(&bad, &flipped).expect("written");
    again("it is damaged");

    std::fs::write(&bad, &whole).expect("written");
    sql(&bad, "delete from users").await;
    again("names one of users that is not there");

    std::fs::write(&bad, &whole).expect("written");
    let newer = "insert into _sqlx_migrations values (999999, 'x', '2026-01-01', true, x'00', 0)";
    sql(&bad, newer).await;
    again("is newer than this version");

    std::fs::write(&bad, &whole).expect("written");
    sql(
        &bad,
        "update _sqlx_migrations set checksum = x'00' where version = 3",
    )
    .await;
    again("migration 3 is not the same");

    std::fs::write(&bad, &whole).expect("written");
    std::fs::write(data.path().join("bad-wal"), "something").expect("written");
    again("a database in use");
    std::fs::remove_file(data.path().join("bad-wal")).expect("removed");

    let names = names(data.path());
    let litter = |n: &&String| n.contains(".part") || n.contains(".replaced");
    assert_eq!(names.iter().find(litter), None);
    let server = Running::start(&data, &[]);
    let client = server.sign_in("ana@acme.example", PASSWORD).await;
    let path = format!("/api/customer/tickets/{number}");
    let _ = client.get(&path).await.ok(200);
}

#[tokio::test]
async fn an_older_schema_is_brought_up_to_date() {
    let data = Folder::new();
    let file = data.path().join("old.backup");
    std::fs::write(&file, "").expect("made");
    // A database of a version before retries were kept.
    let mut old = Vec::new();
    for folder in ["../migrations", "../migrations/sqlite"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let all = Migrator::new(folder).await.expect("migrations");
        old.extend(all.iter().filter(|m| m.version < 25).cloned());
    }
    let options = SqliteConnectOptions::new().filename(&file);
    let mut connection = options.connect().await.expect("it opens");
    let old = Migrator::with_migrations(old);
    old.run(&mut connection).await.expect("they run");
    connection.close().await.expect("closed");
    let other = Folder::new();
    done(&other, &["restore", at(&file)]);
    let again = other.path().join("again.backup");
    done(&other, &["backup", at(&again)]);
    done(&other, &["check"]);
}

async fn sql_new(file: &Path, statement: &str) {
    std::fs::write(file, "").expect("made");
    sql(file, statement).await;
}
