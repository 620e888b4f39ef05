//! Keys with which programs call the API.

use bsm_domain::actor::{Role, Through};
use bsm_domain::api_key::{Scope, Scopes};
use bsm_domain::ids::{ApiKeyId, OrganizationId, UserId};
use bsm_domain::policy::{Capability, sight};
use bsm_persistence::Db;
use bsm_persistence::api_keys::NewApiKey;
use bsm_persistence::page::Window;
use bsm_persistence::ratings::FeedbackFilter;
use bsm_tests::seed::{self, at};

async fn key(
    db: &Db,
    maker: UserId,
    minute: i64,
    ends: Option<i64>,
    organization: Option<OrganizationId>,
) -> ApiKeyId {
    let new = NewApiKey {
        id: ApiKeyId::generate(),
        name: format!("Key {minute}"),
        hint: "bsm_0000…0000".into(),
        key_hash: "00ff".into(),
        scopes: Scopes::from_iter([Scope::TicketsRead, Scope::EventsRead]),
        organization_id: organization,
        created_by: maker,
        created_at: at(minute),
        expires_at: ends.map(at),
    };
    db.write(async |tx| tx.insert_api_key(&new).await)
        .await
        .unwrap();
    new.id
}

/// A key speaks for its maker, as they are now, until it is revoked or expires.
async fn a_key_speaks_for_its_active_maker(db: &Db) {
    let maker = seed::staff(db, "maker@demo.example", Role::Admin).await;
    let acme = seed::organization(db, "Acme").await;
    let id = key(db, maker, 1, Some(60), Some(acme)).await;
    let holder = async |minute| {
        db.read(async |tx| tx.key_holder(id, at(minute)).await)
            .await
            .unwrap()
    };
    let found = holder(59).await.expect("a key in force");
    assert_eq!(
        (found.actor.user_id, found.actor.role),
        (maker, Role::Admin)
    );
    assert_eq!(
        (found.key_hash.as_str(), found.expires_at),
        ("00ff", Some(at(60)))
    );
    let Through::ApiKey(rights) = found.actor.through else {
        panic!("{:?}", found.actor)
    };
    assert_eq!((rights.id, rights.organization), (id, Some(acme)));
    assert_eq!(rights.scopes.to_column(), "tickets:read events:read");
    assert_eq!(
        sight(&found.actor, Capability::Manage)
            .unwrap()
            .organization(),
        Some(acme)
    );
    assert!(holder(60).await.is_none(), "expired");

    let change = async |role, active| {
        db.write(async |tx| {
            let mut user = tx.user(maker).await?.expect("the maker");
            (user.role, user.active) = (role, active);
            tx.update_user(&user).await
        })
        .await
        .unwrap();
    };
    change(Role::Agent, true).await;
    assert_eq!(holder(1).await.expect("in force").actor.role, Role::Agent);
    change(Role::Agent, false).await;
    assert!(holder(1).await.is_none(), "of nobody");
    change(Role::Admin, true).await;

    let revoked = db
        .write(async |tx| {
            assert!(tx.lock_api_key(id).await?);
            let mut row = tx.api_key(id).await?.expect("a key");
            row.name = "Renamed".into();
            row.revoked_at = Some(at(2));
            row.version += 1;
            tx.update_api_key(&row).await?;
            assert!(!tx.lock_api_key(ApiKeyId::generate()).await?);
            tx.api_key(id).await
        })
        .await
        .unwrap()
        .expect("a key");
    assert_eq!((revoked.name.as_str(), revoked.version), ("Renamed", 2));
    assert_eq!(revoked.organization_name.as_deref(), Some("Acme"));
    assert!(holder(3).await.is_none(), "revoked");
}

/// Lists show all of them, newest first; those in force are counted.
async fn keys_are_listed_and_counted(db: &Db) {
    let maker = seed::staff(db, "maker@demo.example", Role::Admin).await;
    let ids = [
        key(db, maker, 1, None, None).await,
        key(db, maker, 2, Some(50), None).await,
        key(db, maker, 3, None, None).await,
    ];
    let mut window = Window {
        limit: 2,
        after: None,
    };
    let first = db
        .read(async |tx| tx.api_keys(&window).await)
        .await
        .unwrap();
    window.after = first.next;
    let rest = db
        .read(async |tx| tx.api_keys(&window).await)
        .await
        .unwrap();
    let listed: Vec<_> = first
        .items
        .iter()
        .chain(&rest.items)
        .map(|k| k.id)
        .collect();
    assert_eq!(listed, [ids[2], ids[1], ids[0]]);
    assert!(first.items[0].maker_active && first.items[0].maker_role == Role::Admin);
    let count = async |minute| {
        db.read(async |tx| tx.count_active_api_keys(at(minute)).await)
            .await
            .unwrap()
    };
    assert_eq!((count(49).await, count(50).await), (3, 2));
}

/// The last use is moved only where it is older than asked for.
async fn the_last_use_is_noted_once_a_while(db: &Db) {
    let maker = seed::staff(db, "maker@demo.example", Role::Admin).await;
    let id = key(db, maker, 1, None, None).await;
    let touch = async |when, before| {
        db.write(async |tx| tx.touch_api_key(id, at(when), at(before)).await)
            .await
            .unwrap()
    };
    assert!(touch(10, 9).await);
    assert!(!touch(11, 10).await);
    assert!(touch(12, 11).await);
    let row = db.read(async |tx| tx.api_key(id).await).await.unwrap();
    assert_eq!(row.expect("a key").last_used_at, Some(at(12)));
}

/// A list of ratings can be that of one organization.
async fn ratings_of_an_organization_alone(db: &Db) {
    let acme = seed::organization(db, "Acme").await;
    let filter = FeedbackFilter {
        organization: Some(acme),
        ..FeedbackFilter::default()
    };
    let window = Window {
        limit: 5,
        after: None,
    };
    let page = db
        .read(async |tx| tx.feedback(&filter, &window).await)
        .await;
    assert!(page.unwrap().items.is_empty());
}

bsm_tests::on_both_engines! {
    a_key_speaks_for_its_active_maker,
    keys_are_listed_and_counted,
    the_last_use_is_noted_once_a_while,
    ratings_of_an_organization_alone,
}
