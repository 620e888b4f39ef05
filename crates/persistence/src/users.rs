//! People.

use bsm_domain::actor::{OrganizationRole, Role};
use bsm_domain::clock::Time;
use bsm_domain::email::EmailAddress;
use bsm_domain::ids::{OrganizationId, UserId};
use bsm_domain::preferences::Theme;
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
    pub theme: Theme,
    pub last_seen_at: Option<Time>,
    pub created_at: Time,
    pub updated_at: Time,
    pub version: i64,
}

/// What a sign-in is compared with.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns of `users`")]
pub struct CredentialsRow {
    pub id: UserId,
    pub role: Role,
    pub active: bool,
    pub password_hash: Option<String>,
}

/// A person about to be written.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "columns of `users`")]
pub struct NewUser {
    pub id: UserId,
    pub email: EmailAddress,
    pub name: String,
    pub role: Role,
    pub organization: Option<(OrganizationId, OrganizationRole)>,
    pub password_hash: Option<String>,
    pub created_at: Time,
}

pub(crate) const COLUMNS: &str = "select u.id, u.email, u.name, u.role, u.organization_id, \
    o.name as organization_name, u.organization_role, u.active, u.language, u.time_zone, u.theme, \
    u.last_seen_at, u.created_at, u.updated_at, u.version from ";
/// What stands beside a person `u`.
pub(crate) const JOINS: &str = " left join organizations o on o.id = u.organization_id";

impl Tx {
    /// A person by their id.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn user(&mut self, id: UserId) -> Result<Option<UserRow>, DbError> {
        let mut query = self.q(COLUMNS);
        query.push("users u").push(JOINS);
        query.push(" where u.id = ").push_bind(id);
        query.optional().await
    }

    /// The people with these addresses, in no order.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn users_by_email(
        &mut self,
        emails: &[EmailAddress],
    ) -> Result<Vec<UserRow>, DbError> {
        let mut query = self.q(COLUMNS);
        query.push("users u").push(JOINS);
        query
            .push(" where u.email in ")
            .push_list(emails.iter().map(|email| email.as_str().to_owned()));
        query.all().await
    }

    /// What the person with this address signs in with.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn credentials(
        &mut self,
        email: &EmailAddress,
    ) -> Result<Option<CredentialsRow>, DbError> {
        self.q("select id, role, active, password_hash from users where email = $1")
            .bind(email.as_str().to_owned())
            .optional()
            .await
    }

    /// Keeps other writers away from a person until this transaction ends. False where there is
    /// no such person.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn lock_user(&mut self, id: UserId) -> Result<bool, DbError> {
        let row = self
            .q("select id from users where id = $1")
            .bind(id)
            .for_update()
            .optional::<(UserId,)>()
            .await?;
        Ok(row.is_some())
    }

    /// Locks all active admins, always in the same order, and tells who they are: whoever takes
    /// one of them away must know that another stays.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn lock_active_admins(&mut self) -> Result<Vec<UserId>, DbError> {
        let rows: Vec<(UserId,)> = self
            .q("select id from users where role = 'admin' and active order by id")
            .for_update()
            .all()
            .await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    /// Writes a new, active person with version 1; a customer with figures in which nothing is yet.
    ///
    /// # Errors
    /// [`DbError`]; a unique violation where the address is taken, a foreign key violation where
    /// there is no such organization.
    pub async fn insert_user(&mut self, user: &NewUser) -> Result<(), DbError> {
        self.q(
            "insert into users (id, email, name, role, organization_id, organization_role, active, \
             password_hash, theme, created_at, updated_at, version) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, 'auto', $9, $9, 1)",
        )
        .bind(user.id)
        .bind(user.email.as_str().to_owned())
        .bind(user.name.clone())
        .bind(user.role)
        .bind(user.organization.map(|o| o.0))
        .bind(user.organization.map(|o| o.1))
        .bind(true)
        .bind(user.password_hash.clone())
        .bind(user.created_at)
        .execute()
        .await?;
        if user.role == Role::Customer {
            self.begin_customer_figures(user.id, user.created_at)
                .await?;
        }
        Ok(())
    }

    /// Writes the fields of a person that admins can change. The caller has locked them.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn update_user(&mut self, user: &UserRow) -> Result<(), DbError> {
        self.q(
            "update users set name = $2, role = $3, organization_id = $4, organization_role = $5, \
             active = $6, updated_at = $7, version = $8 where id = $1",
        )
        .bind(user.id)
        .bind(user.name.clone())
        .bind(user.role)
        .bind(user.organization_id)
        .bind(user.organization_role)
        .bind(user.active)
        .bind(user.updated_at)
        .bind(user.version)
        .execute()
        .await
        .map(drop)
    }

    /// Writes the fields of a person that they change themselves. The caller has locked them.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn update_profile(&mut self, user: &UserRow) -> Result<(), DbError> {
        self.q(
            "update users set name = $2, language = $3, time_zone = $4, theme = $5, \
             updated_at = $6, version = $7 where id = $1",
        )
        .bind(user.id)
        .bind(user.name.clone())
        .bind(user.language.clone())
        .bind(user.time_zone.clone())
        .bind(user.theme)
        .bind(user.updated_at)
        .bind(user.version)
        .execute()
        .await
        .map(drop)
    }

    /// The hash of a person's password; `None` where they have none, or are gone.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn password_hash(&mut self, id: UserId) -> Result<Option<String>, DbError> {
        let row: Option<(Option<String>,)> = self
            .q("select password_hash from users where id = $1")
            .bind(id)
            .optional()
            .await?;
        Ok(row.and_then(|(hash,)| hash))
    }

    /// Gives a person another password. It is not one of the fields that their version counts.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn set_password(
        &mut self,
        id: UserId,
        password_hash: &str,
        at: Time,
    ) -> Result<(), DbError> {
        self.q("update users set password_hash = $2, updated_at = $3 where id = $1")
            .bind(id)
            .bind(password_hash.to_owned())
            .bind(at)
            .execute()
            .await
            .map(drop)
    }

    /// Notes that a person was here.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn touch_user(&mut self, id: UserId, at: Time) -> Result<(), DbError> {
        self.q("update users set last_seen_at = $2 where id = $1")
            .bind(id)
            .bind(at)
            .execute()
            .await
            .map(drop)
    }
}
