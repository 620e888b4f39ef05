//! A disk without room: what is there can be read, nothing breaks, and it goes on by itself.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use bsm_tests::bsm::{Folder, alone, bsm, free_port};
use bsm_tests::chance::Chance;
use bsm_tests::{Answer, try_send};
use reqwest::Method;
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};

use crate::cluster::Cluster;
use crate::figures::tell;
use crate::site::Site;
use crate::writer::TICKETS;

/// Room there is where it ends: more than an empty desk has.
const ROOM: u64 = 8 * 1024 * 1024;

/// Words that no engine can make smaller by much.
fn text(n: usize) -> String {
    let mut chance = Chance::new(n as u64);
    let words = (0..1_500).map(|_| format!("{:x}", chance.below(1 << 48)));
    words.collect::<Vec<_>>().join(" ")
}

async fn write(site: &Site, base: &str, n: usize) -> Answer {
    let path = format!("{base}{TICKETS}");
    let request = site.client(site.customers[0]).request(Method::POST, &path);
    let body = json!({"subject": format!("Wish {n}"), "description": text(n)});
    try_send(request.json(&body)).await.expect("an answer")
}

/// Writes until there is no room, looks whether all can be read, makes room, writes again.
async fn fills_up(site: &Site, base: &str, make_room: impl FnOnce()) -> usize {
    let mut made = Vec::new();
    let refused = loop {
        let answer = write(site, base, made.len()).await;
        if answer.status != 201 {
            break answer;
        }
        made.push(answer.str("/id").to_owned());
        assert!(made.len() < 20_000, "the disk is never full");
    };
    let is_full = |answer: &Answer| {
        assert_eq!(
            (answer.status, answer.code()),
            (507, "storage_full"),
            "{}",
            answer.text
        );
    };
    is_full(&refused);
    is_full(&write(site, base, made.len()).await);
    let customer = site.client(site.customers[0]);
    for id in made.iter().rev().take(20).chain(made.first()) {
        let path = format!("{base}{TICKETS}/{id}");
        let read = try_send(customer.request(Method::GET, &path)).await;
        let _ = read.expect("an answer").ok(200);
    }
    let ready = customer.request(Method::GET, &format!("{base}/healthz"));
    let _ = try_send(ready).await.expect("it lives").ok(200);
    make_room();
    let began = Instant::now();
    loop {
        let answer = write(site, base, made.len()).await;
        if answer.status == 201 {
            made.push(answer.str("/id").to_owned());
            break;
        }
        assert!(matches!(answer.status, 503 | 507), "{}", answer.text);
        assert!(
            began.elapsed() < Duration::from_secs(5),
            "still full: {}",
            answer.text
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    made.len()
}

async fn is_whole(database: &Path, tickets: usize) {
    let url = format!("sqlite:{}", database.display());
    let mut one = SqliteConnection::connect(&url).await.expect("it opens");
    let (said,): (String,) = sqlx::query_as("pragma integrity_check")
        .fetch_one(&mut one)
        .await
        .expect("checked");
    assert_eq!(said, "ok");
    let (count,): (i64,) = sqlx::query_as("select count(*) from tickets")
        .fetch_one(&mut one)
        .await
        .expect("a count");
    assert_eq!(
        count,
        i64::try_from(tickets).expect("small"),
        "acknowledged and kept differ"
    );
}

/// Works wherever tests run: the kernel lets the process write no file beyond a size.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_without_room_goes_on_reading() {
    let site = Site::sqlite().await;
    let mut limited = Command::new("sh");
    // The signal that comes with the limit is ignored, so that a write fails as on a full disk.
    limited
        .args([
            "-c",
            "trap '' XFSZ; exec prlimit --fsize=\"$0\":unlimited \"$@\"",
        ])
        .arg(ROOM.to_string())
        .arg(bsm(&site.data).get_program());
    let limited = alone(limited, site.data.path());
    let mut process = site.launch(limited, free_port());
    process.wait_until_ready(Duration::from_secs(60));
    let id = process.id().to_string();
    let tickets = fills_up(&site, &process.base, || {
        let freed = Command::new("prlimit")
            .args(["--pid", &id, "--fsize=unlimited:unlimited"])
            .status();
        assert!(freed.expect("prlimit runs").success());
    })
    .await;
    assert!(process.stop().status.success());
    is_whole(&site.data.path().join("bsm.sqlite"), tickets).await;
}

/// A file system in memory, mounted over a folder and gone with its value.
struct Small(std::path::PathBuf);

impl Small {
    fn mount(path: &Path, bytes: u64) -> Self {
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={bytes}"), "tmpfs"])
            .arg(path)
            .output()
            .expect("mount runs");
        assert!(
            mounted.status.success(),
            "a small disk must be mounted for this, which takes root and CAP_SYS_ADMIN: {}",
            bsm_tests::bsm::printed(&mounted)
        );
        Self(path.to_owned())
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// A disk that is really full, by a file of somebody else's, which then goes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "mounts a small disk as root: make soak"]
async fn a_small_disk_fills_up_and_is_freed() {
    let mut site = Site::sqlite().await;
    let disk = Small::mount(site.data.path(), 4 * ROOM);
    // The mount hides what was made before.
    site.fill_again().await;
    let ballast = site.data.path().join("ballast");
    std::fs::write(&ballast, vec![0; usize::try_from(2 * ROOM).expect("small")]).expect("written");
    let process = site.start();
    let tickets = fills_up(&site, &process.base, || {
        std::fs::remove_file(&ballast).expect("removed");
    })
    .await;
    assert!(process.stop().status.success());
    is_whole(&site.data.path().join("bsm.sqlite"), tickets).await;
    tell(
        "a full disk (SQLite on a small tmpfs)",
        &format!(
            "{tickets} tickets acknowledged and kept, 507 while it was full, reads went on, `integrity_check` ok, writes again without a restart"
        ),
    );
    drop(disk);
}

/// The same with PostgreSQL's tables on a small disk.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "mounts a small disk as root: make soak"]
async fn a_small_disk_of_postgresql_fills_up_and_is_freed() {
    // Until the server is gone, which goes first.
    let folder = Folder::new();
    let disk = Small::mount(folder.path(), 8 * ROOM);
    let cluster = Cluster::start();
    let ballast = folder.path().join("ballast");
    std::fs::write(&ballast, vec![0; usize::try_from(4 * ROOM).expect("small")]).expect("written");
    let tables = folder.path().join("tables");
    std::fs::create_dir(&tables).expect("a folder");
    cluster.hand_over(&tables);
    let mut one = PgConnection::connect(&cluster.url)
        .await
        .expect("it answers");
    for order in [
        format!("create tablespace small location '{}'", tables.display()),
        "alter database postgres set default_tablespace = small".to_owned(),
    ] {
        sqlx::query(AssertSqlSafe(order))
            .execute(&mut one)
            .await
            .expect("its tables are on the small disk");
    }
    let site = Site::at(&cluster.url).await;
    let process = site.start();
    let tickets = fills_up(&site, &process.base, || {
        std::fs::remove_file(&ballast).expect("removed");
    })
    .await;
    let (kept,): (i64,) = sqlx::query_as("select count(*) from tickets")
        .fetch_one(&mut one)
        .await
        .expect("a count");
    assert_eq!(
        kept,
        i64::try_from(tickets).expect("small"),
        "acknowledged and kept differ"
    );
    assert!(process.stop().status.success());
    tell(
        "a full disk (PostgreSQL's tables on a small tmpfs)",
        &format!(
            "{tickets} tickets acknowledged and kept, 507 while it was full, reads went on, writes again without a restart"
        ),
    );
    drop((cluster, disk));
}
