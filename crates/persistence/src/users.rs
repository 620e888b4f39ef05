//! People.

use bsm_domain::actor::{OrganizationRole, Role};
use bsm_domain::clock::Time;
use bsm_domain::ids::{OrganizationId, UserId};
use sqlx::FromRow;

use crate::{DbError, Tx};

/// A person with the name of their organization. Without the password hash, which leaves the
/// database only to be compared.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns of `users`")]
pub struct UserRow {
    pub id: UserId,
    pub email: String,
    pub name: String,
    pub role: Role,
    pub organization_id: Option<OrganizationId>,
    pub organization_name: Option<String>,
    pub organization_role: Option<OrganizationRole>,
    pub active: bool,
    pub language: Option<String>,
    pub time_zone: Option<String>,
    pub theme: String,
    pub last_seen_at: Option<Time>,
    pub created_at: Time,
    pub updated_at: Time,
    pub version: i64,
}

pub(crate) const SELECT: &str = "select u.id, u.email, u.name, u.role, u.organization_id, \
    o.name as organization_name, u.organization_role, u.active, u.language, u.time_zone, u.theme, \
    u.last_seen_at, u.created_at, u.updated_at, u.version \
    from users u left join organizations o on o.id = u.organization_id";

impl Tx {
    /// A person by their id.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn user(&mut self, id: UserId) -> Result<Option<UserRow>, DbError> {
        let mut query = self.q(SELECT);
        query.push(" where u.id = ").push_bind(id);
        query.optional().await
    }
}
