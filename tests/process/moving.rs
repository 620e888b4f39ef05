//! Moving an installation from one engine to the other and back.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Output, Stdio};

use bsm_persistence::moving::dump;
use bsm_tests::{Client, TestDb};
use serde_json::json;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection};

use bsm_tests::bsm::{Folder, Running, bsm, printed};

/// Many tickets out of one, so that a kill can hit the middle.
const MANY: &str = "insert into tickets (id, number, subject, description, status, priority, category, \
    requester_id, organization_id, answers, resolutions, created_at, updated_at, version, \
    customer_updated_at, customer_version) \
    with recursive n (i) as (select 1 union all select i + 1 from n where i < 4000) \
    select randomblob(16), 100000 + i, 'Wish ' || i, 'Printer ' || i || ' says ü and \"no\"', 'closed', \
    'normal', 'question', t.requester_id, t.organization_id, '[]', 0, \
    '2026-01-01T00:00:00.000001+00:00', t.updated_at, 1, t.updated_at, 1 \
    from n, (select * from tickets order by number limit 1) t";

async fn sql(file: &Path, statement: &str) {
    let mut connection = SqliteConnectOptions::new()
        .filename(file)
        .connect()
        .await
        .expect("it opens");
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned()))
        .execute(&mut connection)
        .await
        .expect("it runs");
    connection.close().await.expect("closed");
}

async fn export(url: &str) -> String {
    let mut text = Vec::new();
    dump(url, &mut text).await.expect("a dump");
    String::from_utf8(text).expect("UTF-8")
}

fn moving(data: &Folder, from: &str, to: &str) -> std::process::Command {
    let mut command = bsm(data);
    command.args(["move", "--from", from, "--to", to]);
    command
}

fn moved(data: &Folder, from: &str, to: &str) -> String {
    let output = moving(data, from, to).output().expect("it runs");
    assert!(output.status.success(), "{}", printed(&output));
    printed(&output)
}

/// Kills the move as soon as it tells of tickets in this way, and not all of them.
fn killed_in_the_middle(data: &Folder, from: &str, to: &str, verb: &str) {
    let mut child = moving(data, from, to)
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let lines = BufReader::new(child.stderr.take().expect("piped")).lines();
    let mut seen = Vec::new();
    for line in lines {
        seen.push(line.expect("text"));
        if seen
            .last()
            .is_some_and(|l| l.starts_with("tickets: ") && l.ends_with(verb))
        {
            break;
        }
    }
    child.kill().expect("killed");
    let status = child.wait().expect("ended");
    assert!(!status.success(), "it was done already: {seen:?}");
    assert!(seen.last().is_some_and(|l| l.ends_with(verb)), "{seen:?}");
}

/// Somebody works on with the source between two runs, in what was moved already.
async fn served_meanwhile(data: &Folder) {
    let server = Running::start(data, &[("BSM_DEMO", "true")]);
    let admin = server.sign_in("admin@demo.example", "demo-password").await;
    let found = admin.get("/api/admin/organizations?q=globex").await.ok(200);
    let path = format!(
        "/api/admin/organizations/{}",
        found.body["items"][0]["id"].as_str().expect("an id")
    );
    let change = json!({"name": "Zebra Works"});
    let _ = admin.patch(&path, "*", change).await.ok(200);
    server.stop();
}

fn serve(data: &Folder, url: &str) -> Output {
    bsm(data)
        .arg("serve")
        .env("DATABASE_URL", url)
        .env("BSM_JWT_SECRET", "a secret of the tests, 32 bytes or more")
        .env("BSM_BIND", "127.0.0.1:0")
        .output()
        .expect("it runs")
}

/// A database on the tests' server in which there is nothing at all.
async fn empty(db: &TestDb) {
    let mut connection = PgConnection::connect(db.url()).await.expect("it opens");
    sqlx::raw_sql("drop schema public cascade; create schema public;")
        .execute(&mut connection)
        .await
        .expect("emptied");
    connection.close().await.expect("closed");
    db.handle().close().await;
}

/// The foreign keys and indexes of a database.
async fn catalog(url: &str) -> Vec<String> {
    let mut connection = PgConnection::connect(url).await.expect("it opens");
    sqlx::query_scalar(
        "select conrelid::regclass::text || conname || pg_get_constraintdef(oid) from pg_constraint \
         where connamespace = 'public'::regnamespace union all \
         select indexdef from pg_indexes where schemaname = 'public' order by 1",
    )
    .fetch_all(&mut connection)
    .await
    .expect("a catalog")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn there_and_back_is_the_same_also_when_killed_and_resumed() {
    let data = Folder::new();
    let server = Running::start(&data, &[("BSM_DEMO", "true")]);
    let signed_in = server
        .try_sign_in("ana@acme.example", "demo-password")
        .await
        .ok(200);
    let token = signed_in.str("/access_token").to_owned();
    let served = moving(&data, &sqlite(&data, "bsm.sqlite"), "sqlite:/nowhere/x").output();
    let served = printed(&served.expect("it runs"));
    assert!(served.contains("another bsm process is using"), "{served}");
    server.stop();
    sql(&data.path().join("bsm.sqlite"), MANY).await;
    let secret = std::fs::read_to_string(data.path().join("secret")).expect("a secret");

    let source = sqlite(&data, "bsm.sqlite");
    let db = TestDb::postgres().await;
    let fresh = catalog(db.url()).await;
    empty(&db).await;

    killed_in_the_middle(&data, &source, db.url(), " copied");
    let half = printed(&serve(&data, db.url()));
    assert!(half.contains("was not finished"), "{half}");
    served_meanwhile(&data).await;
    let before = export(&source).await;
    let resumed = moved(&data, &source, db.url());
    assert!(resumed.contains("Going on where"), "{resumed}");
    assert_eq!(export(&source).await, before, "the source was touched");
    assert!(export(db.url()).await == before, "PostgreSQL differs");
    assert_eq!(catalog(db.url()).await, fresh);

    let settings = [
        ("DATABASE_URL", db.url()),
        ("BSM_JWT_SECRET", secret.as_str()),
        ("BSM_DEMO", "true"),
    ];
    let server = Running::start(&data, &settings);
    goes_on(&server, &token).await;
    let busy = moving(&data, db.url(), &sqlite(&data, "back.sqlite")).output();
    let busy = printed(&busy.expect("it runs"));
    assert!(busy.contains("connected to the source"), "{busy}");
    server.stop();

    let between = export(db.url()).await;
    let back = sqlite(&data, "back.sqlite");
    for verb in [" copied", " compared", " put into the search"] {
        killed_in_the_middle(&data, db.url(), &back, verb);
    }
    let half = printed(&serve(&data, &back));
    assert!(half.contains("was not finished"), "{half}");
    moved(&data, db.url(), &back);
    assert!(export(&back).await == between, "SQLite differs");
    let mut checked = bsm(&data);
    let checked = checked.arg("check").env("DATABASE_URL", db.url()).output();
    let checked = printed(&checked.expect("it runs"));
    assert!(
        checked.contains("ok     the search knows each"),
        "{checked}"
    );
    assert!(!checked.contains("WRONG  the search"), "{checked}");
    let settings = [
        ("DATABASE_URL", back.as_str()),
        ("BSM_JWT_SECRET", secret.as_str()),
        ("BSM_DEMO", "true"),
    ];
    let server = Running::start(&data, &settings);
    goes_on(&server, &token).await;
    server.stop();

    let taken = moving(&data, &source, &back).output().expect("it runs");
    let taken = printed(&taken);
    assert!(taken.contains("the target is not empty"), "{taken}");
    db.remove().await;
}

fn sqlite(data: &Folder, name: &str) -> String {
    format!("sqlite:{}", data.path().join(name).display())
}

/// Who was signed in before still is; numbers go on; what was written can be found.
async fn goes_on(server: &Running, token: &str) {
    let ana = Client::new(&server.base, Some(token.to_owned()));
    let _ = ana.get("/api/auth/me").await.ok(200);
    let wish = json!({"subject": "After the move", "description": "Please."});
    let ticket = ana.post("/api/customer/tickets", wish).await.ok(201);
    let number: String = ticket.str("/number").to_owned();
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    assert!(
        digits.parse::<i64>().expect("a number") > 104_000,
        "{number}"
    );
    let admin = server.sign_in("admin@demo.example", "demo-password").await;
    let found = admin
        .get("/api/admin/tickets?q=printer%203999")
        .await
        .ok(200);
    let items = found.body["items"].as_array().expect("items");
    assert_eq!(items.len(), 1, "{}", found.text);
    // What was changed between two runs is in the search, too.
    let found = admin.get("/api/admin/organizations?q=zebra").await.ok(200);
    assert_eq!(
        found.body["items"][0]["name"], "Zebra Works",
        "{}",
        found.text
    );
}
