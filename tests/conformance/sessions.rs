//! Sign-ins: every statement of `sessions.rs`, `password_links.rs`, `audit.rs` and `settings.rs`.

use bsm_domain::actor::{Portal, Role, Via};
use bsm_domain::clock::Time;
use bsm_domain::email::EmailAddress;
use bsm_domain::event::SubjectKind;
use bsm_domain::ids::{PasswordLinkId, SessionId, UserId};
use bsm_persistence::audit::{AuditFilter, AuditRow, NewAudit};
use bsm_persistence::page::Window;
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
        (found.user_id, found.session_id(), found.role),
        (user, Some(id), Role::Agent)
    );
    assert_eq!(portal, Portal::Admin);
    let email = db
        .read(async |tx| tx.user(user).await)
        .await
        .unwrap()
        .unwrap()
        .email;
    let email = EmailAddress::parse(&email).unwrap();
    let from = db
        .read(async |tx| tx.sign_in_addresses(&email).await)
        .await
        .unwrap();
    assert_eq!(from.len(), 1);
    let stranger = EmailAddress::parse("nobody@nowhere.example").unwrap();
    let from = db
        .read(async |tx| tx.sign_in_addresses(&stranger).await)
        .await
        .unwrap();
    assert!(from.is_empty());
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

/// The living sessions of a person, newest first, by pages.
async fn living_sessions_are_listed(db: &Db) {
    let user = person(db).await;
    let mut ids = Vec::new();
    for minute in 0..5 {
        let new = NewSession {
            id: SessionId::generate(),
            user_id: user,
            portal: Portal::Customer,
            user_agent: format!("browser {minute}"),
            address: "203.0.113.9".to_owned(),
            created_at: at(minute),
            expires_at: at(if minute == 1 { 9 } else { 60 }),
        };
        db.write(async |tx| tx.insert_session(&new).await)
            .await
            .unwrap();
        ids.push(new.id);
    }
    session(db, person(db).await).await;
    db.write(async |tx| tx.end_session(ids[3], at(8)).await)
        .await
        .unwrap();
    let mut window = Window {
        limit: 2,
        after: None,
    };
    let mut seen = Vec::new();
    loop {
        let page = db
            .read(async |tx| tx.live_sessions(user, at(10), &window).await)
            .await
            .unwrap();
        seen.extend(page.items.iter().map(|row| row.id));
        window.after = page.next;
        if page.next.is_none() {
            break;
        }
    }
    assert_eq!(seen, [ids[4], ids[2], ids[0]], "neither ended nor expired");
}

/// A link is found by its hash; one is used, and the others of its person are replaced.
async fn password_links_are_used_and_replaced(db: &Db) {
    let user = person(db).await;
    let other = person(db).await;
    let mut links = Vec::new();
    for (n, owner) in [user, user, other].into_iter().enumerate() {
        let id = PasswordLinkId::generate();
        let link = NewPasswordLink {
            id,
            user_id: owner,
            token_hash: format!("hash of {id}"),
            created_by: (n > 0).then_some(other),
            created_at: at(i64::try_from(n).unwrap()),
            expires_at: at(60),
        };
        db.write(async |tx| tx.insert_password_link(&link).await)
            .await
            .unwrap();
        links.push(link);
    }
    let replaced = db
        .write(async |tx| {
            tx.use_password_link(links[0].id, at(5)).await?;
            tx.replace_password_links(user, at(6)).await
        })
        .await;
    assert_eq!(replaced.unwrap(), 1);
    let ends = [(Some(at(5)), None), (None, Some(at(6))), (None, None)];
    for (link, end) in links.iter().zip(ends) {
        let row = db
            .read(async |tx| tx.password_link(&link.token_hash).await)
            .await;
        let row = row.unwrap().unwrap();
        assert_eq!((row.used_at, row.replaced_at), end);
        assert_eq!((row.created_at, row.expires_at), (link.created_at, at(60)));
    }
    let none = db.read(async |tx| tx.password_link("no hash").await).await;
    assert!(none.unwrap().is_none());
    let mut window = Window {
        limit: 1,
        after: None,
    };
    let mut seen = Vec::new();
    for _ in 0..2 {
        let page = db
            .read(async |tx| tx.password_links(user, &window).await)
            .await
            .unwrap();
        window.after = page.next;
        seen.extend(page.items);
    }
    assert!(window.after.is_none());
    let told: Vec<_> = seen.iter().map(|l| (l.id, l.created_by)).collect();
    assert_eq!(told, [(links[1].id, Some(other)), (links[0].id, None)]);
    assert_eq!(seen[0].created_by_name.as_deref(), Some("Somebody"));
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
            key_id: None,
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

/// Every filter of the audit, newest first by pages, with the names of today.
async fn the_audit_is_read(db: &Db) {
    let (actor, user) = (person(db).await, person(db).await);
    let session = session(db, user).await;
    let rows = [
        (Some(actor), "filter.one", SubjectKind::User, Some(user.0)),
        (
            Some(actor),
            "filter.two",
            SubjectKind::Session,
            Some(session.0),
        ),
        (None, "filter.one", SubjectKind::User, None),
        (
            None,
            "filter.two",
            SubjectKind::Ticket,
            Some(uuid::Uuid::now_v7()),
        ),
    ];
    for (minute, (actor_id, action, subject_kind, subject_id)) in (0..).zip(rows) {
        let row = NewAudit {
            at: at(100 + minute),
            actor_id,
            via: Via::Import,
            key_id: None,
            action,
            subject_kind,
            subject_id,
            detail: serde_json::Map::from_iter([("n".to_owned(), minute.into())]),
        };
        db.write(async |tx| tx.insert_audit(&row).await)
            .await
            .unwrap();
    }
    let both = || vec!["filter.one".to_owned(), "filter.two".to_owned()];
    let list = async |filter: AuditFilter| {
        let mut window = Window {
            limit: 2,
            after: None,
        };
        let mut found = Vec::new();
        loop {
            let page = db
                .read(async |tx| tx.audit(&filter, &window).await)
                .await
                .unwrap();
            found.extend(page.items);
            window.after = page.next;
            if page.next.is_none() {
                return found;
            }
        }
    };
    let numbers = async |filter: AuditFilter| {
        let rows = list(filter).await;
        let n = |row: &AuditRow| row.detail.0["n"].as_i64().unwrap();
        rows.iter().map(n).collect::<Vec<_>>()
    };
    let all = || AuditFilter {
        actions: both(),
        ..AuditFilter::default()
    };
    assert_eq!(numbers(all()).await, [3, 2, 1, 0]);
    let by = AuditFilter {
        actor: Some(actor),
        ..all()
    };
    assert_eq!(numbers(by).await, [1, 0]);
    let one = AuditFilter {
        actions: vec!["filter.one".to_owned()],
        ..all()
    };
    assert_eq!(numbers(one).await, [2, 0]);
    let to = AuditFilter {
        subject: Some(session.0),
        ..all()
    };
    assert_eq!(numbers(to).await, [1]);
    let then = AuditFilter {
        from: Some(at(101)),
        to: Some(at(103)),
        ..all()
    };
    assert_eq!(numbers(then).await, [2, 1]);

    let rows = list(all()).await;
    let named: Vec<_> = rows
        .iter()
        .map(|r| (r.actor_id, r.subject_name.as_deref(), r.subject_person))
        .collect();
    let somebody = Some("Somebody");
    let expected = [
        (None, None, None),
        (None, None, None),
        (Some(actor), somebody, Some(user)),
        (Some(actor), somebody, None),
    ];
    assert_eq!(named, expected);
    let last = rows.last().unwrap();
    assert_eq!(
        (
            last.at,
            last.via,
            last.actor_role,
            last.actor_name.as_deref()
        ),
        (at(100), Via::Import, Some(Role::Agent), somebody)
    );
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
    living_sessions_are_listed,
    password_links_are_used_and_replaced,
    the_audit_is_written,
    the_audit_is_read,
    settings_are_there_from_the_start,
}
