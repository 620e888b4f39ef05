//! What people change of themselves, and who forgot their password.

use bsm_domain::actor::Portal;
use bsm_domain::ids::{PasswordRequestId, SessionId, UserId};
use bsm_domain::preferences::Theme;
use bsm_persistence::page::Window;
use bsm_persistence::sessions::NewSession;
use bsm_persistence::{Db, DbError};
use bsm_tests::seed::{self, at};

async fn a_profile_is_written(db: &Db) {
    let ana = seed::customer(db, "ana@acme.example", None).await;
    let row = db
        .write(async |tx| {
            let mut row = tx.user(ana).await?.expect("a person");
            row.name = "Ana".into();
            row.language = Some("de-AT".into());
            row.time_zone = Some("Europe/Vienna".into());
            row.theme = Theme::Dark;
            row.updated_at = at(5);
            row.version = 2;
            tx.update_profile(&row).await?;
            tx.user(ana).await
        })
        .await
        .unwrap()
        .expect("a person");
    assert_eq!(row.name, "Ana");
    assert_eq!(
        (row.language.as_deref(), row.time_zone.as_deref(), row.theme),
        (Some("de-AT"), Some("Europe/Vienna"), Theme::Dark)
    );
    assert_eq!((row.updated_at, row.version, row.active), (at(5), 2, true));
    let hash = async || {
        db.read(async |tx| tx.password_hash(ana).await)
            .await
            .unwrap()
    };
    assert_eq!(hash().await, None);
    db.write(async |tx| tx.set_password(ana, "a hash", at(6)).await)
        .await
        .unwrap();
    assert_eq!(hash().await.as_deref(), Some("a hash"));
    let nobody = db.read(async |tx| tx.password_hash(UserId::generate()).await);
    assert_eq!(nobody.await.unwrap(), None);
}

async fn all_sessions_but_one_end(db: &Db) {
    let ana = seed::customer(db, "ana@acme.example", None).await;
    let ben = seed::customer(db, "ben@acme.example", None).await;
    let mut ids = Vec::new();
    for (minute, user) in [(0, ana), (1, ana), (2, ana), (3, ben)] {
        let new = NewSession {
            id: SessionId::generate(),
            user_id: user,
            portal: Portal::Customer,
            user_agent: "a browser".into(),
            address: "203.0.113.9".into(),
            created_at: at(minute),
            expires_at: at(60),
        };
        ids.push(new.id);
        db.write(async |tx| tx.insert_session(&new).await)
            .await
            .unwrap();
    }
    let mut ended = db
        .write(async |tx| tx.end_sessions_but(ana, ids[1], at(5)).await)
        .await
        .unwrap();
    ended.sort();
    assert_eq!(ended, [ids[0], ids[2]]);
    let window = Window {
        limit: 10,
        after: None,
    };
    for (user, left) in [(ana, ids[1]), (ben, ids[3])] {
        let page = db.read(async |tx| tx.live_sessions(user, at(6), &window).await);
        let items: Vec<_> = page.await.unwrap().items.iter().map(|s| s.id).collect();
        assert_eq!(items, [left]);
    }
}

async fn a_person_has_one_open_request(db: &Db) {
    let ana = seed::customer(db, "ana@acme.example", None).await;
    let ben = seed::customer(db, "ben@acme.example", None).await;
    let ids: Vec<_> = (0..4).map(|_| PasswordRequestId::generate()).collect();
    let ask = async |id, user, minute| {
        db.write(async |tx| tx.put_password_request(id, user, at(minute)).await)
            .await
            .unwrap()
    };
    assert!(ask(ids[0], ana, 0).await);
    assert!(ask(ids[1], ben, 1).await);
    assert!(!ask(ids[2], ana, 2).await);
    let list = async |limit, after| {
        let window = Window { limit, after };
        db.read(async |tx| tx.password_requests(&window).await)
            .await
            .unwrap()
    };
    let page = list(1, None).await;
    let row = &page.items[0];
    assert_eq!((row.id, row.user_id, row.asked), (ids[0], ana, 2));
    assert_eq!((row.created_at, row.asked_at), (at(0), at(2)));
    assert_eq!(row.user_email, "ana@acme.example");
    let rest = list(1, page.next).await;
    assert_eq!((rest.items[0].user_id, rest.next), (ben, None));
    let (who, closed, again, gone) = db
        .write(async |tx| {
            let who = tx.asker_of(ids[0]).await?;
            let closed = tx.close_password_request(ana, Some(ben), at(3)).await?;
            let again = tx.close_password_request(ana, Some(ben), at(3)).await?;
            Ok::<_, DbError>((who, closed, again, tx.asker_of(ids[0]).await?))
        })
        .await
        .unwrap();
    assert_eq!((who, closed, again, gone), (Some(ana), true, false, None));
    // Closed ones make room for a new one.
    assert!(ask(ids[3], ana, 4).await);
    assert_eq!(list(10, None).await.items.len(), 2);
}

bsm_tests::on_both_engines! {
    a_profile_is_written,
    all_sessions_but_one_end,
    a_person_has_one_open_request,
}
