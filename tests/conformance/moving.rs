//! Moving an installation: what both engines must be able to hold, what is noticed, what is refused.
//! The command itself is in `tests/process/moving.rs`.

use bsm_application::moving::index_everything;
use bsm_domain::ids::{ServiceId, TicketId};
use bsm_persistence::moving::{Move, MoveError, dump};
use bsm_persistence::{Db, DbError};
use bsm_tests::TestDb;
use bsm_tests::bsm::Folder;
use bsm_tests::seed::{self, at};
use chrono::DateTime;
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, SqliteConnection};
use uuid::Uuid;

use crate::article_seed;
use crate::events::{append, event, number_all};

/// More rows than are in memory at once, known by texts that languages order in their own ways.
const KEYS: i64 = 600;

async fn moved(from: &str, to: &str) -> Result<(), MoveError> {
    let mut run = Move::begin(from, to).await?;
    run.copy(&mut |_| {}).await?;
    run.verify(&mut |_| {}).await?;
    let indexed = index_everything(run.target(), &mut |_| {}).await;
    indexed.expect("the search is made");
    run.finish().await
}

async fn export(url: &str) -> String {
    let mut text = Vec::new();
    dump(url, &mut text).await.expect("a dump");
    String::from_utf8(text).expect("UTF-8")
}

/// A database on the tests' server in which there is nothing at all, and nobody.
async fn nothing() -> TestDb {
    let db = TestDb::postgres().await;
    db.handle().close().await;
    let mut connection = PgConnection::connect(db.url()).await.expect("it opens");
    sqlx::raw_sql("drop schema public cascade; create schema public;")
        .execute(&mut connection)
        .await
        .expect("emptied");
    connection.close().await.expect("closed");
    db
}

fn new_file(folder: &Folder, name: &str) -> String {
    format!("sqlite:{}", folder.path().join(name).display())
}

async fn open(url: &str) -> SqliteConnection {
    let options: SqliteConnectOptions = url.parse().expect("a URL");
    let options = options.create_if_missing(true).foreign_keys(false);
    options.connect().await.expect("it opens")
}

async fn sql(url: &str, statement: &str) {
    let mut connection = open(url).await;
    let statement = AssertSqlSafe(statement.to_owned());
    sqlx::raw_sql(statement)
        .execute(&mut connection)
        .await
        .expect("it runs");
    connection.close().await.expect("closed");
}

/// A small desk with values at their ends.
async fn fill(db: &Db) {
    seed::organization(db, "Ärzte & Söhne").await;
    let ana = seed::customer(db, "ana@acme.example", None).await;
    let ticket = seed::ticket(TicketId::generate(), 41, ana, at(1));
    let ends = [
        DateTime::from_timestamp_micros(1).expect("a time"),
        DateTime::from_timestamp_micros(253_402_300_799_999_999).expect("a time"),
    ];
    let details = [
        r#"{"": "", "z": [null, true, 0.1, -0.0, 1e300, 9007199254740993, -9223372036854775808]}"#,
        r#"{"a": "\u2028 \\ \" \n '; -- $1 🦀", "b": {"b": {}, "a": []}, "B": 1.0}"#,
    ];
    db.write(async |tx| {
        tx.insert_ticket(&ticket).await?;
        for (at, detail) in ends.iter().zip(details) {
            let id = Uuid::now_v7();
            let mut row =
                tx.q("insert into audit (id, at, via, action, subject_kind, detail) values (");
            row.push_bind(id).push(", ").push_bind(*at);
            row.push(", 'cli', 'x', 'user', ");
            row.push_bind(sqlx::types::Json(
                serde_json::from_str::<serde_json::Value>(detail).expect("JSON"),
            ));
            row.push(")");
            row.execute().await?;
        }
        let huge = "🦀\\'\"\n".repeat(50_000);
        tx.q("update tickets set description = $1")
            .bind(huge)
            .execute()
            .await?;
        tx.q("update organizations set version = $1")
            .bind(i64::MAX)
            .execute()
            .await?;
        tx.q("update users set version = $1")
            .bind(i64::MIN)
            .execute()
            .await?;
        for n in 0..KEYS {
            let key = match n {
                0 => String::from("it's \\ $1 \"\n\t%"),
                n => format!(
                    "{}{n}",
                    ["a", "B", "ä", "_", "-", "Z", "🦀"][n as usize % 7]
                ),
            };
            let (hash, answer) = (vec![0, 255, n as u8], vec![0_u8; n as usize % 3]);
            let row = tx.q(
                "insert into answered_calls (caller_id, route, key, body_hash, at, answer) \
                            values ($1, 'POST /x', $2, $3, $4, $5)",
            );
            let row = row.bind(ana).bind(key).bind(hash).bind(at(n)).bind(answer);
            row.execute().await?;
        }
        Ok::<_, DbError>(())
    })
    .await
    .expect("filled");
    for n in 1..=3 {
        append(db, &event(1, n)).await;
    }
    number_all(db).await;
}

/// Numbers and positions go on where they stood, and no more is wrong than values at their ends are.
async fn goes_on(url: &str) {
    let db = Db::connect(url).await.expect("it opens");
    let wrong = db.check().await.expect("checked");
    let wrong = wrong.iter().filter(|f| !f.wrong.is_empty());
    let wrong: Vec<_> = wrong.map(|f| f.rule).collect();
    let seeded = [
        "versions begin at 1",
        "counts of each customer are those of their tickets",
    ];
    assert_eq!(wrong, seeded);
    let next = db.write(async |tx| {
        let number = tx.next_ticket_number().await?;
        Ok::<_, DbError>((number, tx.event_head().await?))
    });
    let (number, head) = next.await.expect("numbers");
    assert_eq!(number, 42);
    append(&db, &event(1, 9)).await;
    number_all(&db).await;
    let after = db.read(async |tx| tx.events_after(head, 10).await).await;
    let after: Vec<_> = after.expect("events").iter().map(|e| e.position).collect();
    assert_eq!(after, [head + 1]);
    db.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn values_at_their_ends_come_through_both_ways() {
    let source = TestDb::sqlite().await;
    fill(&source).await;
    source.handle().close().await;
    let before = export(source.url()).await;
    assert!(before.contains(&i64::MIN.to_string()));
    let server = nothing().await;
    moved(source.url(), server.url()).await.expect("moved");
    assert!(export(server.url()).await == before, "PostgreSQL differs");
    goes_on(server.url()).await;
    let between = export(server.url()).await;
    let folder = Folder::new();
    let back = new_file(&folder, "back.sqlite");
    moved(server.url(), &back).await.expect("moved back");
    assert!(export(&back).await == between, "SQLite differs");
    goes_on(&back).await;
    source.remove().await;
    server.remove().await;
}

/// Whatever was done between two runs, the target is in the end what the source is then.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_changed_since_a_move_was_cut_off_is_moved_too() {
    let source = TestDb::sqlite().await;
    fill(&source).await;
    source.handle().close().await;
    let server = nothing().await;
    let mut cut = Move::begin(source.url(), server.url())
        .await
        .expect("begun");
    cut.copy(&mut |_| {}).await.expect("copied");
    drop(cut);
    sql(
        source.url(),
        "update organizations set name = 'Another'; delete from audit; \
         update answered_calls set answer = x'01' where key = 'B8'; \
         insert into answered_calls (caller_id, route, key, body_hash, at, answer) \
         select caller_id, route, '!', x'00', at, x'02' from answered_calls limit 1",
    )
    .await;
    let again = Move::begin(source.url(), server.url())
        .await
        .expect("again");
    assert!(again.resumed);
    drop(again);
    moved(source.url(), server.url()).await.expect("moved");
    assert!(export(source.url()).await == export(server.url()).await);
    goes_on(server.url()).await;
    source.remove().await;
    server.remove().await;
}

/// A server that is started in the middle, on either side.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_comes_meanwhile_is_noticed() {
    let source = TestDb::postgres().await;
    fill(&source).await;
    source.handle().close().await;
    let folder = Folder::new();
    let file = new_file(&folder, "new.sqlite");
    let mut run = Move::begin(source.url(), &file).await.expect("begun");
    run.copy(&mut |_| {}).await.expect("copied");
    let late = Db::connect(source.url()).await.expect("it opens");
    run.verify(&mut |_| {}).await.expect("compared");
    let ended = run.finish().await;
    assert!(matches!(ended, Err(MoveError::SourceServed)), "{ended:?}");
    late.close().await;
    moved(source.url(), &file).await.expect("moved");

    let server = nothing().await;
    let mut run = Move::begin(&file, server.url()).await.expect("begun");
    run.copy(&mut |_| {}).await.expect("copied");
    run.verify(&mut |_| {}).await.expect("compared");
    let late = Db::connect(server.url()).await.expect("it opens");
    let ended = run.finish().await;
    assert!(matches!(ended, Err(MoveError::TargetServed)), "{ended:?}");
    late.close().await;
    moved(&file, server.url()).await.expect("moved");
    source.remove().await;
    server.remove().await;
}

/// Nothing is done to a database that is not the target of a move.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_target_is_left_as_it_is() {
    let source = TestDb::sqlite().await;
    source.handle().close().await;
    let folder = Folder::new();
    let foreign = new_file(&folder, "foreign.sqlite");
    sql(&foreign, "create table notes (text text)").await;
    let refused = moved(source.url(), &foreign).await;
    assert!(
        matches!(&refused, Err(MoveError::Foreign(t)) if t == "notes"),
        "{refused:?}"
    );

    // Somebody's desk, of the version before: it must not be brought up to date on the way.
    let served = new_file(&folder, "served.sqlite");
    let mut old = Vec::new();
    for folder in ["../migrations", "../migrations/sqlite"] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let all = Migrator::new(folder).await.expect("migrations");
        old.extend(all.iter().filter(|m| m.version < 25).cloned());
    }
    let mut connection = open(&served).await;
    let old = Migrator::with_migrations(old);
    old.run(&mut connection).await.expect("they run");
    connection.close().await.expect("closed");
    sql(
        &served,
        "insert into organizations values (x'01', 'Acme', 'acme', '2026-01-01', '2026-01-01', 1)",
    )
    .await;
    let refused = moved(source.url(), &served).await;
    let is_it = matches!(&refused, Err(MoveError::NotEmpty(t)) if t == "organizations");
    assert!(is_it, "{refused:?}");

    for (url, table) in [(&foreign, "notes"), (&served, "_sqlx_migrations")] {
        let mut connection = open(url).await;
        let found =
            "select max(name) from sqlite_master where name in ('answered_calls', 'bsm_move')";
        let found: Option<String> = sqlx::query_scalar(found)
            .fetch_one(&mut connection)
            .await
            .unwrap();
        assert_eq!(found, None, "{table} has company");
        connection.close().await.expect("closed");
    }
    source.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_source_or_version_does_not_go_on_with_a_half_target() {
    let (source, other) = (TestDb::sqlite().await, TestDb::sqlite().await);
    for db in [&source, &other] {
        fill(db).await;
        db.handle().close().await;
    }
    let folder = Folder::new();
    let half = new_file(&folder, "half.sqlite");
    drop(Move::begin(source.url(), &half).await.expect("begun"));
    let refused = moved(other.url(), &half).await;
    assert!(
        matches!(refused, Err(MoveError::AnotherSource)),
        "{refused:?}"
    );
    let third = new_file(&folder, "third.sqlite");
    let refused = moved(&half, &third).await;
    assert!(matches!(refused, Err(MoveError::SourceHalf)), "{refused:?}");
    sql(&half, "delete from _sqlx_migrations where version = 25").await;
    let refused = moved(source.url(), &half).await;
    assert!(
        matches!(refused, Err(MoveError::TargetSchema(_))),
        "{refused:?}"
    );
    source.remove().await;
    other.remove().await;
}

/// SQLite keeps what PostgreSQL cannot: it is named, not made to fit.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_value_that_cannot_be_moved_is_named() {
    let source = TestDb::sqlite().await;
    fill(&source).await;
    source.handle().close().await;
    let server = nothing().await;
    for (change, table, column, undo) in [
        ("version = 'many'", "tickets", "version", "version = 1"),
        ("version = 1.5", "tickets", "version", "version = 1"),
        ("active = 7", "users", "active", "active = 1"),
        ("name = x'ff'", "users", "name", "name = 'Ana'"),
        (
            "created_at = 'soon'",
            "users",
            "created_at",
            "created_at = updated_at",
        ),
    ] {
        sql(source.url(), &format!("update {table} set {change}")).await;
        let error = moved(source.url(), server.url()).await.expect_err(change);
        let named = matches!(&error, MoveError::Unfit { table: t, column: c, row, .. }
            if t == table && c == column && row.len() == 36);
        assert!(named, "{change}: {error}");
        sql(source.url(), &format!("update {table} set {undo}")).await;
    }
    sql(source.url(), "update tickets set subject = 'a' || char(0)").await;
    let error = moved(source.url(), server.url()).await.expect_err("NUL");
    let named = matches!(&error, MoveError::Refused { table, row, .. } if table == "tickets" && row.len() == 36);
    assert!(named, "{error}");
    sql(source.url(), "update tickets set subject = 'a'").await;
    moved(source.url(), server.url()).await.expect("it goes on");
    server.remove().await;
    source.remove().await;
}

/// A mark on a database keeps everybody from working with it.
async fn the_mark_of_a_move_is_seen(db: &Db) {
    let unfinished = async || db.read(async |tx| tx.move_is_unfinished().await).await;
    assert!(!unfinished().await.unwrap());
    let mark = async |tx: &mut bsm_persistence::Tx| {
        tx.q("create table bsm_move (what text primary key)")
            .execute()
            .await
    };
    db.write(mark).await.unwrap();
    assert!(unfinished().await.unwrap());
}

/// All that the search is made of, in pages by ids; emptied and made anew it finds the same.
async fn the_search_is_made_anew_of_what_is_kept(db: &Db) {
    let organization = seed::organization(db, "Acme").await;
    let people = [
        seed::customer(db, "ana@acme.example", None).await,
        seed::customer(db, "ben@acme.example", None).await,
        seed::customer(db, "cyd@acme.example", None).await,
    ];
    let service: ServiceId = seed::service(db, "Laptop").await;
    let tickets = [TicketId::generate(), TicketId::generate()];
    let article = db.write(async |tx| {
        for (n, id) in (1..).zip(tickets) {
            tx.insert_ticket(&seed::ticket(id, n, people[0], at(n)))
                .await?;
        }
        let content = article_seed::content("Printers", "Support", &[]);
        Ok::<_, DbError>(article_seed::article(tx, content, true).await)
    });
    let article = article.await.unwrap();
    index_everything(db, &mut |_| {}).await.unwrap();

    let nil = Uuid::nil();
    db.read(async |tx| {
        let first = tx.sought_users(nil, 2).await?;
        let rest = tx.sought_users(first[1].id.0, 2).await?;
        let mut found: Vec<_> = first.iter().chain(&rest).map(|row| row.id).collect();
        found.sort();
        let mut wanted = people.to_vec();
        wanted.sort();
        assert_eq!(found, wanted);
        assert!(rest.len() == 1 && first[0].email.ends_with("@acme.example"));
        let found = tx.sought_organizations(nil, 2).await?;
        assert_eq!(
            (found[0].id, found[0].name.as_str()),
            (organization, "Acme")
        );
        assert_eq!(tx.sought_services(nil, 2).await?, [service]);
        assert_eq!(tx.sought_articles(nil, 2).await?, [article]);
        assert_eq!(tx.sought_articles(article.0, 2).await?, []);
        let found = tx.sought_tickets(nil, 1).await?;
        assert_eq!(
            (found.len(), found[0].answers.0[0].value.as_str()),
            (1, "12")
        );
        assert_eq!(tx.sought_tickets(found[0].id.0, 9).await?.len(), 1);
        assert!(tx.sought_messages(tickets[0]).await?.is_empty());
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();

    let wrong = async || {
        let findings = db.check().await.unwrap();
        let wrong = findings
            .into_iter()
            .filter(|f| f.rule.starts_with("the search"));
        wrong.map(|f| f.wrong.len()).collect::<Vec<_>>()
    };
    assert_eq!(wrong().await, [0, 0]);
    db.write(async |tx| tx.clear_search().await).await.unwrap();
    assert_eq!(wrong().await, [2, 5]);
    let mut told = Vec::new();
    index_everything(db, &mut |done| told.push(done))
        .await
        .unwrap();
    assert_eq!((wrong().await, told), (vec![0, 0], vec![2]));
}

bsm_tests::on_both_engines! {
    the_mark_of_a_move_is_seen,
    the_search_is_made_anew_of_what_is_kept,
}
