//! What must hold whatever the files and folders of backups and restores are like, and whatever
//! was heard before.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown, symlink};
use std::path::Path;
use std::process::Command;

use bsm_tests::bsm::{Folder, Running, bsm, printed};
use bsm_tests::{Client, TestDb};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::backup::{PASSWORD, ask, at, backed_up, customer, done, names, refused, sql};

fn mode(file: &Path) -> u32 {
    let mode = std::fs::metadata(file).expect("there").permissions().mode();
    mode & 0o777
}

fn litter(folder: &Path) -> Vec<String> {
    let mut names = names(folder);
    names.retain(|name| name.contains(".part") || name.contains("backup"));
    names
}

#[tokio::test]
async fn what_holds_names_and_hashes_is_its_owners_alone() {
    let (data, file, _) = backed_up().await;
    assert_eq!(mode(&data.path().join("bsm.sqlite")), 0o600);
    // As it may come back from another machine.
    let open = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(&file, open).expect("opened");
    let other = Folder::new();
    done(&other, &["restore", at(&file)]);
    assert_eq!(mode(&other.path().join("bsm.sqlite")), 0o600);
}

/// Root restores, and the server of somebody else must be able to use it.
#[tokio::test]
async fn what_root_restores_belongs_to_whom_the_folder_does() {
    let (_data, file, _) = backed_up().await;
    let other = Folder::new();
    if chown(other.path(), Some(4711), Some(4711)).is_err() {
        // Only root can give away, so nobody else can do the damage.
        return;
    }
    done(&other, &["restore", at(&file)]);
    done(&other, &["backup", at(&other.path().join("again"))]);
    for name in ["bsm.sqlite", "bsm.lock"] {
        let is = std::fs::metadata(other.path().join(name)).expect(name);
        assert_eq!((is.uid(), is.gid()), (4711, 4711), "{name}");
    }
    // A move makes a file, too.
    let (from, to) = (at(&file).to_owned(), other.path().join("moved.sqlite"));
    let to = format!("sqlite:{}", to.display());
    done(
        &other,
        &["move", "--from", &format!("sqlite:{from}"), "--to", &to],
    );
    let is = std::fs::metadata(other.path().join("moved.sqlite")).expect("moved");
    assert_eq!((is.uid(), is.mode() & 0o777), (4711, 0o600));
}

/// Killed, or out of room: no file bears the name that a backup was to have.
#[tokio::test]
async fn a_backup_that_broke_off_is_not_there() {
    let (data, whole, _) = backed_up().await;
    let size = std::fs::metadata(&whole).expect("made").len();
    std::fs::remove_file(&whole).expect("removed");
    let file = data.path().join("half.backup");
    let limited = |before: &str| {
        // In blocks of 512 bytes: enough for the index of the log, not for the copy.
        let line = format!(
            "{before} ulimit -f {}; exec \"$0\" backup \"$1\"",
            size / 1024
        );
        let mut command = Command::new("sh");
        command.arg("-c").arg(line).arg(bsm(&data).get_program());
        command.arg(&file).env("BSM_DATA_DIR", data.path());
        command.output().expect("it runs")
    };
    let killed = limited("");
    assert_eq!(killed.status.code(), None, "{}", printed(&killed));
    assert!(!file.exists());
    let parts = litter(data.path());
    // Whoever is killed cannot tidy up; what is left has a name that says what it is.
    let is_part = |name: &String| name.starts_with("half.backup.") && name.contains(".part");
    assert!(!parts.is_empty() && parts.iter().all(is_part), "{parts:?}");
    for part in parts {
        std::fs::remove_file(data.path().join(part)).expect("removed");
    }

    let full = limited("trap '' XFSZ;");
    assert_eq!(full.status.code(), Some(1), "{}", printed(&full));
    assert_eq!(litter(data.path()), [""; 0]);

    // Of a database that is damaged there is no backup that says it is whole.
    let database = data.path().join("bsm.sqlite");
    let mut bytes = std::fs::read(&database).expect("read");
    for page in bytes.chunks_mut(4096).skip(1) {
        page[2048..].fill(0x5a);
    }
    std::fs::write(&database, &bytes).expect("written");
    refused(&data, &["backup", at(&file)]);
    assert_eq!(litter(data.path()), [""; 0]);
}

/// A database on another disk, behind a link: it is the same one by either name.
#[tokio::test]
async fn a_linked_database_stays_where_it_is() {
    let (data, file, number) = backed_up().await;
    let disk = Folder::new();
    let (link, real) = (
        data.path().join("bsm.sqlite"),
        disk.path().join("desk.sqlite"),
    );
    std::fs::rename(&link, &real).expect("moved");
    symlink(&real, &link).expect("linked");
    let url = format!("sqlite:{}", real.display());
    let server = Running::start(&data, &[("DATABASE_URL", &url)]);
    let text = refused(&data, &["restore", at(&file), "--replace"]);
    assert!(text.contains("another bsm process is using"), "{text}");
    server.stop();
    done(&data, &["restore", at(&file), "--replace"]);
    assert!(link.symlink_metadata().expect("there").is_symlink());
    let kept = names(disk.path());
    let kept = kept
        .iter()
        .filter(|n| n.starts_with("desk.sqlite.replaced-"));
    assert_eq!(kept.count(), 1);
    let server = Running::start(&data, &[]);
    let client = server.sign_in("ana@acme.example", PASSWORD).await;
    let _ = client
        .get(&format!("/api/customer/tickets/{number}"))
        .await
        .ok(200);
}

/// Signs of addresses in the name of a folder are no more than that.
#[tokio::test]
async fn a_folder_may_have_any_name() {
    let (_data, file, _) = backed_up().await;
    let odd = Folder::new();
    let inside = odd.path().join("50%25 off? #1");
    let run = |arguments: &[&str]| {
        let mut command = bsm(&odd);
        let output = command
            .args(arguments)
            .env("BSM_DATA_DIR", &inside)
            .output();
        let output = output.expect("it runs");
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            printed(&output)
        );
    };
    run(&["restore", at(&file)]);
    run(&["check"]);
    run(&["backup", at(&inside.join("again.backup"))]);
    run(&["migrate"]);
    assert_eq!(names(odd.path()), ["50%25 off? #1"]);
    let mut there = names(&inside);
    there.retain(|name| name != "secret");
    assert_eq!(there, ["again.backup", "bsm.lock", "bsm.sqlite"]);
}

/// To look changes nothing: a backup is still the file whose checksum was noted.
#[tokio::test]
async fn a_check_leaves_a_backup_as_it_is() {
    let (data, file, _) = backed_up().await;
    let before = std::fs::read(&file).expect("read");
    let url = format!("sqlite:{}", file.display());
    done(&data, &["check", "--database-url", &url]);
    assert!(std::fs::read(&file).expect("read") == before, "it changed");
    std::fs::write(data.path().join("desk.backup-journal"), "hot").expect("written");
    let text = refused(&Folder::new(), &["restore", at(&file)]);
    assert!(text.contains("a database in use"), "{text}");
}

async fn last_position(client: &Client) -> String {
    let mut stream = client.stream("/api/customer/events", None).await;
    let hello = stream.next().await.expect("hello");
    hello.id.expect("a position")
}

/// What a listener is told that comes back from here.
async fn told_from(client: &Client, position: &str) -> Vec<String> {
    let mut stream = client.stream("/api/customer/events", Some(position)).await;
    let mut told = Vec::new();
    while told.len() < 2 {
        told.push(stream.next().await.expect("it goes on").name);
    }
    told
}

/// A desk is put back to where it was and served again, until its log has as many events as before:
/// who heard of those that are lost comes back with a position that exists again.
async fn nobody_takes_up_a_log_that_was_put_back(server: Running, heard: &[String]) {
    let client = server.sign_in("ana@acme.example", PASSWORD).await;
    for n in 0..8 {
        ask(&client, &format!("Again {n}")).await;
    }
    for position in heard {
        let told = told_from(&client, position).await;
        assert_eq!(told, ["hello", "reset"], "from {position}");
    }
    // Those that come now are resumed from as ever.
    let last = last_position(&client).await;
    ask(&client, "One more").await;
    assert_eq!(told_from(&client, &last).await, ["hello", "ticket.created"]);
}

#[tokio::test]
async fn a_listener_that_heard_what_was_lost_loads_everything_anew() {
    let (data, file, _) = backed_up().await;
    let mut heard = Vec::new();
    // Twice, as one backup may be needed more than once.
    for _ in 0..2 {
        let server = Running::start(&data, &[]);
        let client = server.sign_in("ana@acme.example", PASSWORD).await;
        for n in 0..3 {
            ask(&client, &format!("Lost {n}")).await;
            heard.push(last_position(&client).await);
        }
        server.stop();
        done(&data, &["restore", at(&file), "--replace"]);
        done(&data, &["check"]);
    }
    nobody_takes_up_a_log_that_was_put_back(Running::start(&data, &[]), &heard).await;
    done(&data, &["check"]);
    // And a backup of that one is as good as any.
    let again = data.path().join("again.backup");
    done(&data, &["backup", at(&again)]);
    let other = Folder::new();
    done(&other, &["restore", at(&again)]);
    sql(&other.path().join("bsm.sqlite"), "delete from jobs").await;
    done(&other, &["check"]);
}

#[tokio::test]
async fn a_database_that_was_restored_on_postgres_is_noticed() {
    let db = TestDb::postgres().await;
    db.handle().close().await;
    let data = Folder::new();
    let secret = ("BSM_JWT_SECRET", "a secret of the tests, 32 bytes or more");
    let server = Running::start(&data, &[("DATABASE_URL", db.url()), secret]);
    let client = customer(&server).await;
    ask(&client, "Before").await;
    server.stop();

    // A copy under another name is what a dump and its restore give.
    let name = format!("copy_{}", db.url().rsplit('/').next().expect("a name"));
    let copy = format!("{}/{name}", db.url().rsplit_once('/').expect("a path").0);
    let admin = std::env::var("TEST_DATABASE_URL").expect("a server");
    let mut admin = PgConnection::connect(&admin).await.expect("it opens");
    let original = db.url().rsplit('/').next().expect("a name");
    let make = format!("create database {name} template {original}");
    let make = sqlx::raw_sql(AssertSqlSafe(make)).execute(&mut admin).await;
    make.expect("copied");

    let server = Running::start(&data, &[("DATABASE_URL", db.url()), secret]);
    let client = server.sign_in("ana@acme.example", PASSWORD).await;
    let mut heard = Vec::new();
    for n in 0..3 {
        let position = last_position(&client).await;
        assert!(position.len() < 6, "a start is no restore: {position}");
        heard.push(position);
        ask(&client, &format!("Lost {n}")).await;
    }
    server.stop();

    let settings = [("DATABASE_URL", copy.as_str()), secret];
    nobody_takes_up_a_log_that_was_put_back(Running::start(&data, &settings), &heard).await;
    let mut check = bsm(&data);
    let checked = check.arg("check").env("DATABASE_URL", &copy).output();
    let checked = checked.expect("it runs");
    assert!(checked.status.success(), "{}", printed(&checked));
    let gone = format!("drop database {name} with (force)");
    let gone = sqlx::raw_sql(AssertSqlSafe(gone)).execute(&mut admin).await;
    gone.expect("dropped");
    admin.close().await.expect("closed");
    db.remove().await;
}
