//! People for tests, written straight into the database.

use bsm_domain::actor::{OrganizationRole, Role};
use bsm_domain::clock::Time;
use bsm_domain::email::EmailAddress;
use bsm_domain::form::FieldKind;
use bsm_domain::ids::{OrganizationId, ServiceId, TicketId, UserId};
use bsm_domain::text;
use bsm_domain::ticket::{Priority, TicketCategory};
use bsm_persistence::organizations::NewOrganization;
use bsm_persistence::tickets::{NewTicket, StoredAnswer};
use bsm_persistence::users::NewUser;
use bsm_persistence::{Db, DbError};
use chrono::DateTime;
use serde_json::json;
use sqlx::types::Json;

/// A moment of the test's own time: `n` minutes after a fixed one, with microseconds that must
/// survive.
///
/// # Panics
/// Never: the moment exists.
#[must_use]
pub fn at(n: i64) -> Time {
    DateTime::from_timestamp_micros(1_790_000_000_123_456 + n * 60_000_000).expect("a time")
}

/// A customer.
///
/// # Panics
/// Where the row cannot be written.
pub async fn customer(
    db: &Db,
    email: &str,
    organization: Option<(OrganizationId, OrganizationRole)>,
) -> UserId {
    user(db, email, Role::Customer, organization).await
}

/// A member of staff.
///
/// # Panics
/// Where the row cannot be written.
pub async fn staff(db: &Db, email: &str, role: Role) -> UserId {
    user(db, email, role, None).await
}

/// An organization.
///
/// # Panics
/// Where the row cannot be written.
pub async fn organization(db: &Db, name: &str) -> OrganizationId {
    let row = NewOrganization {
        id: OrganizationId::generate(),
        name: name.to_owned(),
        name_key: text::fold(name),
        created_at: at(0),
    };
    db.write(async |tx| tx.insert_organization(&row).await)
        .await
        .expect("written");
    row.id
}

/// A published service, of which nothing but the name matters.
///
/// # Panics
/// Where it cannot be written.
pub async fn service(db: &Db, name: &str) -> ServiceId {
    let id = ServiceId::generate();
    db.write(async |tx| {
        tx.q(
            "insert into customer_services (id, status, live_version, version, created_at, \
             updated_at, published_at) values ($1, 'active', 1, 1, $2, $2, $2)",
        )
        .bind(id)
        .bind(at(0))
        .execute()
        .await?;
        tx.q(
            "insert into service_versions (service_id, n, name, summary, description, icon, \
             category, price_kind, form, created_at, published_at) \
             values ($1, 1, $2, '', '', 'headset', 'Support', 'free', $3, $4, $4)",
        )
        .bind(id)
        .bind(name.to_owned())
        .bind(Json(json!({"fields": []})))
        .bind(at(0))
        .execute()
        .await
    })
    .await
    .map_err(|e: DbError| e)
    .expect("written");
    id
}

async fn user(
    db: &Db,
    email: &str,
    role: Role,
    organization: Option<(OrganizationId, OrganizationRole)>,
) -> UserId {
    let name = email.split('@').next().unwrap_or(email);
    let row = NewUser {
        id: UserId::generate(),
        email: EmailAddress::parse(email).expect("an address"),
        name: format!("Test {name}"),
        role,
        organization,
        password_hash: None,
        created_at: at(0),
    };
    db.write(async |tx| {
        tx.insert_user(&row).await?;
        tx.index_content(
            "user",
            "live",
            row.id.0,
            [&text::fold(&row.name), &text::fold(email), ""],
        )
        .await
    })
    .await
    .map_err(|e: DbError| e)
    .expect("written");
    row.id
}

/// A ticket of a requester, opened at a moment of the test.
#[must_use]
pub fn ticket(id: TicketId, number: i64, requester: UserId, when: Time) -> NewTicket {
    NewTicket {
        id,
        number,
        subject: "Der Drücker ist müde".into(),
        description: "seit heute".into(),
        priority: Priority::High,
        category: TicketCategory::Incident,
        requester_id: requester,
        organization_id: None,
        service: None,
        answers: vec![StoredAnswer {
            field: "room".into(),
            label: "Room".into(),
            kind: Some(FieldKind::Number),
            value: "12".into(),
            raw: json!(12),
        }],
        follow_up_of: None,
        created_at: when,
    }
}
