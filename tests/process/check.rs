//! `bsm check`: nothing is wrong with what the product wrote, and each rule can be broken.

use std::collections::BTreeSet;

use bsm_persistence::Db;
use bsm_tests::TestDb;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection};

use bsm_tests::bsm::{Folder, Running, bsm, printed};

/// What breaks a rule, and words of the rule it breaks.
const BREAKS: &[(&str, &str)] = &[
    ("delete from installation", "one row of settings"),
    (
        "delete from events where position = (select min(position) + 1 from events)",
        "have no gap",
    ),
    ("update event_head set position = 3", "behind the head"),
    ("update categories set version = 0", "versions begin at 1"),
    (
        "update customer_figures set tickets_open = tickets_open + 1",
        "counts of each customer",
    ),
    ("delete from customer_figures", "each customer has figures"),
    (
        "update customer_figures set score_sum = score_sum + 1",
        "ratings in each customer's figures",
    ),
    (
        "update resolutions set resolved_at = '2020-01-01T00:00:00+00:00'",
        "has the resolution it counts",
    ),
    (
        "update tickets set resolutions = 0, resolved_at = null",
        "more resolutions than it counts",
    ),
    (
        "update resolutions set score = null",
        "each rating belongs to a resolution",
    ),
    (
        "update resolutions set score = 3 where score is null",
        "a resolution with a score",
    ),
    (
        "update figure_days set resolutions = resolutions + 1",
        "by agent and by service",
    ),
    (
        "update figure_quarters set score_5 = score_5 + 1",
        "by quarter of an hour are",
    ),
    ("delete from figure_quarters", "by day are those"),
    (
        "update reason_days set ratings = ratings + 1",
        "counts of reasons",
    ),
    (
        "update customer_services set live_version = 99 where status = 'active'",
        "what a service shows",
    ),
    (
        "update knowledge_base set latest_revision = 99",
        "revisions that an article shows",
    ),
    ("delete from article_slugs", "has its slugs"),
    ("delete from categories", "stand under are there"),
    (
        "update knowledge_base set helpful = helpful + 1",
        "votes of an article",
    ),
    (
        "update tickets set assignee_id = requester_id",
        "people of staff",
    ),
    (
        "insert into answered_calls (caller_id, route, key, body_hash, at) \
         select u.id, 'POST /x', 'k', m.checksum, u.created_at from users u, _sqlx_migrations m limit 1",
        "has its answer",
    ),
    ("delete from ticket_search", "knows each ticket"),
    ("delete from content_search", "knows each person"),
    (
        "delete from _sqlx_migrations where version = 25",
        "the schema is",
    ),
    ("create table bsm_move (what text)", "the schema is"),
    ("delete from users", "what rows name is there"),
];

/// What only PostgreSQL keeps apart.
const BREAKS_OF_POSTGRES: &[(&str, &str)] = &[
    (
        "select setval('ticket_numbers', 1)",
        "the next ticket number",
    ),
    (
        "alter table ratings drop constraint ratings_ticket_id_fkey; \
         alter table ratings add constraint again foreign key (ticket_id) references tickets (id) not valid",
        "constraints are validated",
    ),
];

async fn wrong(url: &str) -> BTreeSet<&'static str> {
    let db = Db::connect(url).await.expect("it opens");
    let findings = db.check().await.expect("checked");
    db.close().await;
    let wrong = findings.into_iter().filter(|f| !f.wrong.is_empty());
    wrong.map(|f| f.rule).collect()
}

#[tokio::test]
async fn each_rule_can_be_broken_and_is_told() {
    let data = Folder::new();
    Running::start(&data, &[("BSM_DEMO", "true")]).stop();
    let whole = data.path().join("bsm.sqlite");
    assert_eq!(
        wrong(&format!("sqlite:{}", whole.display())).await,
        BTreeSet::new()
    );
    let mut silent = Vec::new();
    for (n, (statement, rule)) in BREAKS.iter().enumerate() {
        let broken = data.path().join(format!("broken-{n}.sqlite"));
        std::fs::copy(&whole, &broken).expect("copied");
        let options = SqliteConnectOptions::new()
            .filename(&broken)
            .foreign_keys(false);
        let mut connection = options.connect().await.expect("it opens");
        sqlx::raw_sql(AssertSqlSafe((*statement).to_owned()))
            .execute(&mut connection)
            .await
            .expect("it runs");
        connection.close().await.expect("closed");
        let found = wrong(&format!("sqlite:{}", broken.display())).await;
        if !found.iter().any(|told| told.contains(rule)) {
            silent.push((rule, found));
        }
    }
    assert!(silent.is_empty(), "{silent:#?}");

    let broken = format!("sqlite:{}", data.path().join("broken-3.sqlite").display());
    let mut told = bsm(&data);
    let told = told.args(["check", "--database-url", &broken]).output();
    let told = told.expect("it runs");
    assert_eq!(told.status.code(), Some(1));
    let text = printed(&told);
    assert!(text.contains("WRONG  versions begin at 1: "), "{text}");
    assert!(text.contains(", and more"), "{text}");
}

#[tokio::test]
async fn each_rule_can_be_broken_on_postgres_too() {
    let db = TestDb::postgres().await;
    db.handle().close().await;
    let data = Folder::new();
    let secret = ("BSM_JWT_SECRET", "a secret of the tests, 32 bytes or more");
    let settings = [("BSM_DEMO", "true"), ("DATABASE_URL", db.url()), secret];
    Running::start(&data, &settings).stop();
    assert_eq!(wrong(db.url()).await, BTreeSet::new());

    let (server, whole) = db.url().rsplit_once('/').expect("a name");
    let admin = std::env::var("TEST_DATABASE_URL").expect("a server");
    let mut admin = PgConnection::connect(&admin).await.expect("it opens");
    let mut silent = Vec::new();
    for (statement, rule) in BREAKS.iter().chain(BREAKS_OF_POSTGRES) {
        let broken = format!("broken_{whole}");
        let url = format!("{server}/{broken}");
        let make = format!("create database {broken} template {whole}");
        sqlx::raw_sql(AssertSqlSafe(make))
            .execute(&mut admin)
            .await
            .expect("copied");
        let mut connection = PgConnection::connect(&url).await.expect("it opens");
        // As a restore without triggers does: foreign keys are not looked at.
        let unseen = format!("set session_replication_role = replica; {statement}");
        sqlx::raw_sql(AssertSqlSafe(unseen))
            .execute(&mut connection)
            .await
            .expect(statement);
        connection.close().await.expect("closed");
        let found = wrong(&url).await;
        if !found.iter().any(|told| told.contains(rule)) {
            silent.push((rule, found));
        }
        let gone = format!("drop database {broken} with (force)");
        sqlx::raw_sql(AssertSqlSafe(gone))
            .execute(&mut admin)
            .await
            .expect("dropped");
    }
    assert!(silent.is_empty(), "{silent:#?}");
    admin.close().await.expect("closed");
    db.remove().await;
}

#[tokio::test]
async fn nothing_is_wrong_on_either_engine_while_it_is_served() {
    let db = TestDb::postgres().await;
    let data = Folder::new();
    let settings = [
        ("BSM_DEMO", "true"),
        ("DATABASE_URL", db.url()),
        ("BSM_JWT_SECRET", "a secret of the tests, 32 bytes or more"),
    ];
    for settings in [&settings[..1], &settings[..]] {
        let _server = Running::start(&data, settings);
        let mut checked = bsm(&data);
        let checked = checked.arg("check").envs(settings.iter().copied());
        let checked = checked.output().expect("it runs");
        let text = printed(&checked);
        assert!(checked.status.success(), "{text}");
        assert!(text.lines().count() > 20, "{text}");
    }
    db.remove().await;
}
