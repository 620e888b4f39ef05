//! People: every statement of `users.rs` and `user_lists.rs`.

use bsm_domain::actor::{OrganizationRole, Role};
use bsm_domain::clock::Time;
use bsm_domain::email::EmailAddress;
use bsm_domain::ids::{OrganizationId, UserId};
use bsm_domain::preferences::Theme;
use bsm_persistence::organizations::NewOrganization;
use bsm_persistence::page::Window;
use bsm_persistence::user_lists::{UserFilter, UserSort};
use bsm_persistence::users::NewUser;
use bsm_persistence::{Db, DbError};
use chrono::{DateTime, Duration};

fn at(minute: i64) -> Time {
    DateTime::from_timestamp(1_700_000_000, 123_456_000).unwrap() + Duration::minutes(minute)
}

fn person(role: Role, minute: i64) -> NewUser {
    let id = UserId::generate();
    NewUser {
        id,
        email: EmailAddress::parse(&format!("{id}@people.example")).unwrap(),
        name: format!("Person {id}"),
        role,
        organization: None,
        password_hash: None,
        created_at: at(minute),
    }
}

async fn add(db: &Db, user: &NewUser) {
    db.write(async |tx| tx.insert_user(user).await)
        .await
        .unwrap();
}

async fn company(db: &Db) -> OrganizationId {
    let id = OrganizationId::generate();
    let row = NewOrganization {
        id,
        name: format!("Company {id}"),
        name_key: format!("company {id}"),
        created_at: at(0),
    };
    db.write(async |tx| tx.insert_organization(&row).await)
        .await
        .unwrap();
    id
}

/// What is written is read again, to the microsecond.
async fn a_person_is_kept_as_written(db: &Db) {
    let organization = company(db).await;
    let mut new = person(Role::Customer, 0);
    new.organization = Some((organization, OrganizationRole::Manager));
    new.password_hash = Some("$argon2id$…".to_owned());
    add(db, &new).await;
    let row = db
        .read(async |tx| tx.user(new.id).await)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(row.email, new.email.as_str());
    assert_eq!(row.name, new.name);
    assert_eq!(row.organization_id, Some(organization));
    assert_eq!(row.organization_role, Some(OrganizationRole::Manager));
    assert!(row.organization_name.is_some());
    assert!(row.active);
    assert_eq!(row.theme, Theme::Auto);
    assert_eq!((row.created_at, row.updated_at), (at(0), at(0)));
    assert_eq!((row.last_seen_at, row.version), (None, 1));
    let known = db
        .read(async |tx| tx.credentials(&new.email).await)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (known.id, known.role, known.active),
        (new.id, new.role, true)
    );
    assert_eq!(known.password_hash, new.password_hash);
    let nobody = EmailAddress::parse("nobody@people.example").unwrap();
    let none = db.read(async |tx| tx.credentials(&nobody).await).await;
    assert!(none.unwrap().is_none());
    let none = db.read(async |tx| tx.user(UserId::generate()).await).await;
    assert!(none.unwrap().is_none());
}

/// One address, one person; an organization must exist.
async fn an_address_is_unique_and_an_organization_exists(db: &Db) {
    let first = person(Role::Agent, 0);
    add(db, &first).await;
    let mut second = person(Role::Agent, 0);
    second.email = first.email.clone();
    let refused: DbError = db
        .write(async |tx| tx.insert_user(&second).await)
        .await
        .unwrap_err();
    assert!(refused.is_unique_violation());
    let mut lost = person(Role::Customer, 0);
    lost.organization = Some((OrganizationId::generate(), OrganizationRole::Member));
    let refused: DbError = db
        .write(async |tx| tx.insert_user(&lost).await)
        .await
        .unwrap_err();
    assert!(refused.is_foreign_key_violation());
}

/// Changes, passwords and visits are written to one person alone.
async fn a_person_changes(db: &Db) {
    let new = person(Role::Customer, 0);
    let other = person(Role::Customer, 0);
    add(db, &new).await;
    add(db, &other).await;
    let organization = company(db).await;
    let row = db
        .write(async |tx| {
            assert!(tx.lock_user(new.id).await?);
            assert!(!tx.lock_user(UserId::generate()).await?);
            let mut row = tx.user(new.id).await?.unwrap();
            row.name = "Another Name".to_owned();
            row.role = Role::Agent;
            row.organization_id = Some(organization);
            row.organization_role = Some(OrganizationRole::Member);
            row.active = false;
            row.updated_at = at(5);
            row.version = 2;
            tx.update_user(&row).await?;
            tx.set_password(new.id, "a hash", at(6)).await?;
            tx.touch_user(new.id, at(7)).await?;
            tx.user(new.id).await
        })
        .await
        .unwrap()
        .unwrap();
    assert_eq!(row.name, "Another Name");
    assert_eq!((row.role, row.active, row.version), (Role::Agent, false, 2));
    assert_eq!(row.organization_id, Some(organization));
    assert_eq!(row.updated_at, at(6));
    assert_eq!(row.last_seen_at, Some(at(7)));
    let known = db.read(async |tx| tx.credentials(&new.email).await).await;
    assert_eq!(
        known.unwrap().unwrap().password_hash.as_deref(),
        Some("a hash")
    );
    let untouched = db.read(async |tx| tx.user(other.id).await).await;
    assert_eq!(untouched.unwrap().unwrap().version, 1);
}

/// Only active admins count, in the order of their ids.
async fn active_admins_are_told_in_order(db: &Db) {
    let admins = [person(Role::Admin, 0), person(Role::Admin, 0)];
    let idle = person(Role::Admin, 0);
    let agent = person(Role::Agent, 0);
    for user in admins.iter().chain([&idle, &agent]) {
        add(db, user).await;
    }
    let found = db
        .write(async |tx| {
            let mut row = tx.user(idle.id).await?.unwrap();
            row.active = false;
            tx.update_user(&row).await?;
            tx.lock_active_admins().await
        })
        .await
        .unwrap();
    assert!(found.is_sorted());
    for (user, counts) in [
        (&admins[0], true),
        (&admins[1], true),
        (&idle, false),
        (&agent, false),
    ] {
        assert_eq!(found.contains(&user.id), counts);
    }
}

/// Filters, both directions, and pages that neither repeat nor skip.
async fn people_are_listed(db: &Db) {
    let organization = company(db).await;
    let mut people = Vec::new();
    for minute in 0..5 {
        let mut new = person(Role::Customer, minute / 2);
        new.organization = Some((organization, OrganizationRole::Member));
        add(db, &new).await;
        people.push(new.id);
    }
    let filter = UserFilter {
        roles: vec![Role::Customer],
        active: Some(true),
        organization: Some(organization),
        organization_role: Some(OrganizationRole::Member),
        terms: None,
    };
    for (sort, expected) in [
        (UserSort::CreatedRising, people.clone()),
        (
            UserSort::CreatedFalling,
            people.iter().rev().copied().collect(),
        ),
        (
            UserSort::SeenFalling,
            people.iter().rev().copied().collect::<Vec<_>>(),
        ),
    ] {
        let mut seen = Vec::new();
        let mut window = Window {
            limit: 2,
            after: None,
        };
        loop {
            let page = db
                .read(async |tx| tx.users(&filter, sort, &window).await)
                .await
                .unwrap();
            seen.extend(page.items.iter().map(|row| row.id));
            window.after = page.next;
            if page.next.is_none() {
                break;
            }
        }
        assert_eq!(seen, expected, "{sort:?}");
    }
    let window = Window {
        limit: 100,
        after: None,
    };
    let ids = async |filter: UserFilter, sort| {
        let page = db
            .read(async |tx| tx.users(&filter, sort, &window).await)
            .await
            .unwrap();
        page.items.iter().map(|row| row.id).collect::<Vec<_>>()
    };
    db.write(async |tx| {
        tx.touch_user(people[1], at(60)).await?;
        let words = "zoe zweig zoe zweig example";
        tx.index_content("user", "live", people[3].0, [words, "", ""])
            .await?;
        let mut row = tx.user(people[2]).await?.unwrap();
        row.active = false;
        tx.update_user(&row).await
    })
    .await
    .unwrap();
    let seen = ids(filter.clone(), UserSort::SeenFalling).await;
    assert_eq!(seen, [people[1], people[4], people[3], people[0]]);
    let idle = UserFilter {
        active: Some(false),
        ..filter.clone()
    };
    assert_eq!(ids(idle, UserSort::CreatedFalling).await, [people[2]]);
    let staff = UserFilter {
        roles: vec![Role::Agent, Role::Admin],
        ..filter.clone()
    };
    assert!(ids(staff, UserSort::CreatedFalling).await.is_empty());
    let zoe = UserFilter {
        terms: Some(vec!["zwei".into(), "zo".into()]),
        ..filter
    };
    assert_eq!(ids(zoe, UserSort::CreatedFalling).await, [people[3]]);
}

/// People are found by their addresses, whoever there is of them.
async fn people_are_found_by_address(db: &Db) {
    let organization = company(db).await;
    let (mut ana, ben) = (person(Role::Customer, 1), person(Role::Agent, 2));
    ana.organization = Some((organization, OrganizationRole::Manager));
    add(db, &ana).await;
    add(db, &ben).await;
    let nobody = EmailAddress::parse("nobody@people.example").unwrap();
    let emails = [ben.email.clone(), nobody, ana.email.clone()];
    let mut found = db
        .read(async |tx| tx.users_by_email(&emails).await)
        .await
        .unwrap();
    found.sort_by_key(|row| row.created_at);
    let told: Vec<_> = found
        .iter()
        .map(|row| (row.id, row.organization_id, row.organization_name.is_some()))
        .collect();
    assert_eq!(
        told,
        [(ana.id, Some(organization), true), (ben.id, None, false)]
    );
    let none = db.read(async |tx| tx.users_by_email(&[]).await).await;
    assert!(none.unwrap().is_empty());
}

bsm_tests::on_both_engines! {
    a_person_is_kept_as_written,
    an_address_is_unique_and_an_organization_exists,
    a_person_changes,
    people_are_found_by_address,
    active_admins_are_told_in_order,
    people_are_listed,
}
