//! Sign-ins: every statement of `sessions.rs`, `password_links.rs`, `audit.rs` and `settings.rs`.

use bsm_domain::actor::{Portal, Role, Via};
use bsm_domain::clock::Time;
use bsm_domain::email::EmailAddress;
use bsm_domain::event::SubjectKind;
use bsm_domain::ids::{PasswordLinkId, SessionId, UserId};
use bsm_persistence::audit::NewAudit;
use bsm_persistence::password_links::NewPasswordLink;
use bsm_persistence::sessions::NewSession;
use bsm_persistence::users::NewUser;
use bsm_persistence::{Db, DbError};
use chrono::{DateTime, Duration};

fn at(minute: i64) -> Time {
    DateTime::from_timestamp(1_700_000_000, 654_321_000).unwrap() + Duration::minutes(minute)
}

async fn person(db: &Db) -> UserId {
    let id = UserId::generate();
    let new = NewUser {
        id,
        email: EmailAddress::parse(&format!("{id}@sessions.example")).unwrap(),
        name: "Somebody".to_owned(),
        role: Role::Agent,
        organization: None,
        password_hash: None,
        created_at: at(0),
    };
    db.write(async |tx| tx.insert_user(&new).await)
        .await
        .unwrap();
    id
}

async fn session(db: &Db, user: UserId) -> SessionId {
    let new = NewSession {
        id: SessionId::generate(),
        user_id: user,
        portal: Portal::Admin,
        user_agent: "a browser".to_owned(),
        address: "203.0.113.9".to_owned(),
        created_at: at(0),
        expires_at: at(60),
    };
    db.write(async |tx| tx.insert_session(&new).await)
        .await
        .unwrap();
    new.id
}

/// What is written is read again; a renewal moves its times and its generation.
async fn a_session_is_kept_and_renewed(db: &Db) {
    let user = person(db).await;
    let id = session(db, user).await;
    let row = db
        .read(async |tx| tx.session(id).await)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((row.id, row.user_id, row.portal), (id, user, Portal::Admin));
    assert_eq!((row.used_generation, row.ended_at), (0, None));
    assert_eq!(
        (row.user_agent.as_str(), row.address.as_str()),
        ("a browser", "203.0.113.9")
    );
    assert_eq!(
        (row.created_at, row.last_used_at, row.expires_at),
        (at(0), at(0), at(60))
    );
    let row = db
        .write(async |tx| {
            tx.rotate_session(id, 3, at(5), at(65)).await?;
            tx.lock_session(id).await
        })
        .await
        .unwrap()
        .unwrap();
    assert_eq!(row.used_generation, 3);
    assert_eq!((row.last_used_at, row.expires_at), (at(5), at(65)));
    let none = db
        .write(async |tx| tx.lock_session(SessionId::generate()).await)
        .await;
    assert!(none.unwrap().is_none());
}

/// A session speaks for its person until it ends, expires, or they are no longer active.
async fn a_session_speaks_for_an_active_person(db: &Db) {
    let user = person(db).await;
    let id = session(db, user).await;
    let actor = async |now: Time| db.read(async |tx| tx.actor(id, now).await).await.unwrap();
    let (found, portal) = actor(at(1)).await.unwrap();
    assert_eq!(
        (found.user_id, found.session_id, found.role),
        (user, id, Role::Agent)
    );
    assert_eq!(portal, Portal::Admin);
    assert!(actor(at(60)).await.is_none(), "expired");
    let set_active = async |active: bool| {
        db.write(async |tx| {
            let mut row = tx.user(user).await?.unwrap();
            row.active = active;
            tx.update_user(&row).await
        })
        .await
        .unwrap();
    };
    set_active(false).await;
    assert!(actor(at(1)).await.is_none(), "not active");
    set_active(true).await;
    assert!(actor(at(1)).await.is_some());
    let ends = db
        .write(async |tx| {
            Ok::<_, DbError>((
                tx.end_session(id, at(2)).await?,
                tx.end_session(id, at(3)).await?,
            ))
        })
        .await
        .unwrap();
    assert_eq!(ends, (true, false));
    assert!(actor(at(1)).await.is_none(), "ended");
    let row = db
        .read(async |tx| tx.session(id).await)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(row.ended_at, Some(at(2)));
}

/// All living sessions of one person end, and nobody else's.
async fn all_sessions_of_a_person_end(db: &Db) {
    let user = person(db).await;
    let other = person(db).await;
    let (a, b, c) = (
        session(db, user).await,
        session(db, user).await,
        session(db, user).await,
    );
    let others = session(db, other).await;
    let mut ended = db
        .write(async |tx| {
            tx.end_session(c, at(1)).await?;
            tx.end_sessions_of(user, at(2)).await
        })
        .await
        .unwrap();
    ended.sort_unstable();
    assert_eq!(ended, [a, b]);
    let row = db.read(async |tx| tx.session(others).await).await;
    assert_eq!(row.unwrap().unwrap().ended_at, None);
    let again = db
        .write(async |tx| tx.end_sessions_of(user, at(3)).await)
        .await;
    assert!(again.unwrap().is_empty());
}

/// A link is found by its hash, and using one up uses up all of its person.
async fn password_links_are_used_up_together(db: &Db) {
    let user = person(db).await;
    let other = person(db).await;
    let mut hashes = Vec::new();
    for owner in [user, user, other] {
        let id = PasswordLinkId::generate();
        let link = NewPasswordLink {
            id,
            user_id: owner,
            token_hash: format!("hash of {id}"),
            created_by: Some(other),
            created_at: at(0),
            expires_at: at(60),
        };
        db.write(async |tx| tx.insert_password_link(&link).await)
            .await
            .unwrap();
        hashes.push(link.token_hash);
    }
    let used = db
        .write(async |tx| tx.use_up_password_links(user, at(1)).await)
        .await
        .unwrap();
    assert_eq!(used, 2);
    for (hash, used_at) in hashes.iter().zip([Some(at(1)), Some(at(1)), None]) {
        let row = db.read(async |tx| tx.password_link(hash).await).await;
        let row = row.unwrap().unwrap();
        assert_eq!(
            (row.used_at, row.created_at, row.expires_at),
            (used_at, at(0), at(60))
        );
    }
    let none = db.read(async |tx| tx.password_link("no hash").await).await;
    assert!(none.unwrap().is_none());
}

/// A row of the audit may speak of nobody and nothing in particular.
async fn the_audit_is_written(db: &Db) {
    let rows: Vec<(Option<UserId>, Option<uuid::Uuid>)> = vec![
        (Some(UserId::generate()), Some(uuid::Uuid::now_v7())),
        (None, None),
    ];
    for (actor_id, subject_id) in rows {
        let row = NewAudit {
            at: at(0),
            actor_id,
            via: Via::System,
            action: "conformance.tested",
            subject_kind: SubjectKind::User,
            subject_id,
            detail: serde_json::Map::from_iter([("role".to_owned(), "agent".into())]),
        };
        let before = count(db).await;
        db.write(async |tx| tx.insert_audit(&row).await)
            .await
            .unwrap();
        assert_eq!(count(db).await, before + 1);
    }
}

async fn count(db: &Db) -> i64 {
    db.read(async |tx| {
        tx.q("select count(*) from audit where action = 'conformance.tested'")
            .scalar()
            .await
    })
    .await
    .map_err(|e: DbError| e)
    .unwrap()
}

/// The first migration wrote the settings.
async fn settings_are_there_from_the_start(db: &Db) {
    let settings = db.read(async |tx| tx.settings().await).await.unwrap();
    assert!(settings.registration_open);
    assert_eq!((settings.auto_close_days, settings.version), (4, 1));
}

bsm_tests::on_both_engines! {
    a_session_is_kept_and_renewed,
    a_session_speaks_for_an_active_person,
    all_sessions_of_a_person_end,
    password_links_are_used_up_together,
    the_audit_is_written,
    settings_are_there_from_the_start,
}
