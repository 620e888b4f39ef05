//! The mark of an installation.

use bsm_persistence::{Db, DbError, MigrateError, Tx};
use bsm_tests::{TestDb, seed};

/// A new installation is empty and no demo; the mark is kept.
async fn the_mark_is_kept(db: &Db) {
    let (mark, empty) = db
        .read(async |tx| Ok::<_, DbError>((tx.installation().await?, tx.is_empty().await?)))
        .await
        .unwrap();
    assert!(!mark.demo && !mark.demo_complete && empty);

    seed::customer(db, "ana@acme.example", None).await;
    assert!(!db.read(async |tx| tx.is_empty().await).await.unwrap());

    for complete in [false, true] {
        let mark = db
            .write(async |tx| {
                tx.mark_demo(complete).await?;
                tx.installation().await
            })
            .await
            .unwrap();
        assert_eq!((mark.demo, mark.demo_complete), (true, complete));
    }
}

/// During an upgrade a binary starts on the schema of the next one: it leaves alone what it does
/// not know, until a migration says that it must be known.
async fn a_newer_schema_is_worked_with_as_long_as_it_allows(db: &Db) {
    let newer = async |tx: &mut Tx| {
        tx.q("insert into _sqlx_migrations \
             (version, description, success, checksum, execution_time) \
             values (9000, 'of the next version', true, $1, 0)")
            .bind(vec![0_u8; 48])
            .execute()
            .await?;
        tx.q("create table of_the_next_version (id bigint primary key)")
            .execute()
            .await?;
        tx.q("alter table users add column of_the_next_version text")
            .execute()
            .await
    };
    db.write(newer).await.unwrap();
    db.migrate().await.unwrap();
    seed::customer(db, "ana@acme.example", None).await;

    let raise = async |tx: &mut Tx| {
        tx.q("update installation set schema_floor = 9000")
            .execute()
            .await
    };
    db.write(raise).await.unwrap();
    let floor = db.read(async |tx| tx.schema_floor().await).await;
    assert_eq!(floor.unwrap(), 9_000);
    let refused = db.migrate().await.unwrap_err();
    let MigrateError::TooNew { floor, known } = refused else {
        panic!("{refused:?}");
    };
    assert!(floor == 9_000 && known < 9_000);
}

/// Several that start at once: one migrates, the others wait for it.
#[tokio::test]
async fn replicas_migrate_one_at_a_time() {
    let database = TestDb::postgres().await;
    let wipe = async |tx: &mut Tx| {
        tx.q("drop schema public cascade").execute().await?;
        tx.q("create schema public").execute().await
    };
    database.write(wipe).await.unwrap();
    let start = async || {
        let replica = Db::connect(database.url()).await.unwrap();
        replica.migrate().await.unwrap();
        replica.close().await;
    };
    tokio::join!(start(), start(), start(), start());
    let twice = async |tx: &mut Tx| {
        tx.q("select count(*) - count(distinct version) from _sqlx_migrations")
            .scalar::<i64>()
            .await
    };
    assert_eq!(database.read(twice).await.unwrap(), 0);
    database.remove().await;
}

/// What the server would lose in a power cut is found out.
#[tokio::test]
async fn settings_that_lose_commits_are_named() {
    let database = TestDb::postgres().await;
    let off = async |tx: &mut Tx| tx.unsafe_settings().await;
    assert_eq!(database.read(off).await.unwrap(), [""; 0]);
    let loosen = async |tx: &mut Tx| {
        tx.q(
            "do $$ begin execute format('alter database %I set synchronous_commit = off', \
             current_database()); end $$",
        )
        .execute()
        .await
    };
    database.write(loosen).await.unwrap();
    let again = Db::connect(database.url()).await.unwrap();
    assert_eq!(again.read(off).await.unwrap(), ["synchronous_commit"]);
    again.close().await;
    database.remove().await;

    let embedded = TestDb::sqlite().await;
    assert_eq!(embedded.read(off).await.unwrap(), [""; 0]);
    embedded.remove().await;
}

bsm_tests::on_both_engines! {
    the_mark_is_kept,
    a_newer_schema_is_worked_with_as_long_as_it_allows,
}
