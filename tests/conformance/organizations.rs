//! Organizations: every statement of `organizations.rs`.

use bsm_domain::actor::{OrganizationRole, Role};
use bsm_domain::clock::Time;
use bsm_domain::email::EmailAddress;
use bsm_domain::ids::{OrganizationId, UserId};
use bsm_persistence::organizations::{NewOrganization, OrganizationRow};
use bsm_persistence::page::Window;
use bsm_persistence::users::NewUser;
use bsm_persistence::{Db, DbError};
use chrono::{DateTime, Duration};

/// Later than whatever else a database of tests holds, so that these come first.
fn at(minute: i64) -> Time {
    DateTime::from_timestamp(4_000_000_000, 0).unwrap() + Duration::minutes(minute)
}

fn company(minute: i64) -> NewOrganization {
    let id = OrganizationId::generate();
    NewOrganization {
        id,
        name: format!("Company {id}"),
        name_key: format!("company {id}"),
        created_at: at(minute),
    }
}

/// What is written is read again, with the number of its people.
async fn an_organization_is_kept_as_written(db: &Db) {
    let new = company(0);
    db.write(async |tx| tx.insert_organization(&new).await)
        .await
        .unwrap();
    let row = db.read(async |tx| tx.organization(new.id).await).await;
    let row = row.unwrap().unwrap();
    assert_eq!((row.name.as_str(), row.members), (new.name.as_str(), 0));
    assert_eq!(
        (row.created_at, row.updated_at, row.version),
        (at(0), at(0), 1)
    );
    db.write(async |tx| {
        for _ in 0..2 {
            let id = UserId::generate();
            tx.insert_user(&NewUser {
                id,
                email: EmailAddress::parse(&format!("{id}@companies.example")).unwrap(),
                name: "Somebody".to_owned(),
                role: Role::Customer,
                organization: Some((new.id, OrganizationRole::Member)),
                password_hash: None,
                created_at: at(0),
            })
            .await?;
        }
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
    let row = db.read(async |tx| tx.organization(new.id).await).await;
    assert_eq!(row.unwrap().unwrap().members, 2);
    let none = db
        .read(async |tx| tx.organization(OrganizationId::generate()).await)
        .await;
    assert!(none.unwrap().is_none());
}

/// Two organizations never have one folded name.
async fn a_folded_name_is_unique(db: &Db) {
    let first = company(0);
    let mut second = company(0);
    second.name_key = first.name_key.clone();
    db.write(async |tx| tx.insert_organization(&first).await)
        .await
        .unwrap();
    let refused: DbError = db
        .write(async |tx| tx.insert_organization(&second).await)
        .await
        .unwrap_err();
    assert!(refused.is_unique_violation());
    let other = company(1);
    db.write(async |tx| tx.insert_organization(&other).await)
        .await
        .unwrap();
    let keys = [other.name_key, first.name_key, "nobody's".to_owned()];
    let mut found = db
        .read(async |tx| tx.organizations_by_key(&keys).await)
        .await
        .unwrap();
    found.sort_by_key(|row| row.id);
    let ids: Vec<_> = found.iter().map(|row| row.id).collect();
    assert_eq!(ids, [first.id, other.id]);
    assert_eq!(found[0].name_key, keys[1]);
    let none = db.read(async |tx| tx.organizations_by_key(&[]).await).await;
    assert!(none.unwrap().is_empty());
}

/// A renaming is kept, under the lock of the organization; the other's name stays taken.
async fn an_organization_is_renamed(db: &Db) {
    let (first, second) = (company(0), company(1));
    let row = db
        .write(async |tx| {
            tx.insert_organization(&first).await?;
            tx.insert_organization(&second).await?;
            assert!(tx.lock_organization(first.id).await?);
            assert!(!tx.lock_organization(OrganizationId::generate()).await?);
            tx.organization(first.id).await
        })
        .await
        .unwrap()
        .unwrap();
    let renamed = OrganizationRow {
        name: "Another".to_owned(),
        updated_at: at(7),
        version: 2,
        ..row
    };
    let key = format!("another {}", first.id);
    db.write(async |tx| tx.update_organization(&renamed, &key).await)
        .await
        .unwrap();
    let row = db.read(async |tx| tx.organization(first.id).await).await;
    let row = row.unwrap().unwrap();
    assert_eq!(
        (
            row.name.as_str(),
            row.created_at,
            row.updated_at,
            row.version
        ),
        ("Another", at(0), at(7), 2)
    );
    let refused: DbError = db
        .write(async |tx| tx.update_organization(&renamed, &second.name_key).await)
        .await
        .unwrap_err();
    assert!(refused.is_unique_violation());
}

/// Newest first, by pages, and by words of their names.
async fn organizations_are_listed(db: &Db) {
    let mut ids = Vec::new();
    for minute in 0..4 {
        let new = company(100 + minute);
        db.write(async |tx| {
            tx.insert_organization(&new).await?;
            let words = if minute == 1 {
                "quagmire quarry"
            } else {
                "plain"
            };
            tx.index_content("organization", "live", new.id.0, [words, "", ""])
                .await
        })
        .await
        .unwrap();
        ids.insert(0, new.id);
    }
    let mut window = Window {
        limit: 3,
        after: None,
    };
    let first = db
        .read(async |tx| tx.organizations(None, None, &window).await)
        .await
        .unwrap();
    window.after = first.next;
    let second = db
        .read(async |tx| tx.organizations(None, None, &window).await)
        .await
        .unwrap();
    let seen: Vec<_> = first
        .items
        .iter()
        .chain(&second.items)
        .map(|row| row.id)
        .collect();
    assert_eq!(seen[..4], ids);
    let terms = ["quar".to_owned(), "quag".to_owned()];
    window.after = None;
    let found = db
        .read(async |tx| tx.organizations(None, Some(&terms), &window).await)
        .await
        .unwrap();
    assert!(found.items.iter().any(|row| row.id == ids[2]));
    assert!(found.items.iter().all(|row| row.id != ids[0]));
}

bsm_tests::on_both_engines! {
    an_organization_is_kept_as_written,
    a_folded_name_is_unique,
    an_organization_is_renamed,
    organizations_are_listed,
}
