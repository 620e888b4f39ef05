//! A person's account, as staff and they themselves see it.

use bsm_domain::actor::{OrganizationRole, Role};
use bsm_domain::ids::UserId;
use bsm_persistence::users::UserRow;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::people::OrganizationRef;

/// A person who can sign in.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct User {
    /// Their id.
    pub id: UserId,
    /// The address they sign in with, in lower case.
    pub email: String,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The company of a customer.
    #[schema(required)]
    pub organization: Option<OrganizationRef>,
    /// What they are within it.
    #[schema(required)]
    pub organization_role: Option<OrganizationRole>,
    /// Whether they may sign in.
    pub active: bool,
    /// When they were last here; null if never.
    #[schema(required)]
    pub last_seen_at: Option<DateTime<Utc>>,
    /// When they were added.
    pub created_at: DateTime<Utc>,
    /// Counts changes of the fields that can be changed.
    pub version: i64,
}

impl From<UserRow> for User {
    fn from(row: UserRow) -> Self {
        Self {
            id: row.id,
            email: row.email,
            name: row.name,
            role: row.role,
            organization: OrganizationRef::from_join(row.organization_id, row.organization_name),
            organization_role: row.organization_role,
            active: row.active,
            last_seen_at: row.last_seen_at,
            created_at: row.created_at,
            version: row.version,
        }
    }
}
