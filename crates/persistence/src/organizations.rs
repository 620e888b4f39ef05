//! Customer companies.

use bsm_domain::clock::Time;
use bsm_domain::ids::OrganizationId;
use sqlx::FromRow;

use crate::differences::search::push_content_match;
use crate::page::{Direction, Key, Page, Window, push_window};
use crate::{DbError, Tx};

/// An organization with the number of its people.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns of `organizations`")]
pub struct OrganizationRow {
    pub id: OrganizationId,
    pub name: String,
    pub members: i64,
    pub created_at: Time,
    pub updated_at: Time,
    pub version: i64,
}

/// An organization about to be written.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "columns of `organizations`")]
pub struct NewOrganization {
    pub id: OrganizationId,
    pub name: String,
    /// The name folded: it is unique.
    pub name_key: String,
    pub created_at: Time,
}

/// An organization by its folded name.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[allow(missing_docs, reason = "columns of `organizations`")]
pub struct OrganizationKeyRow {
    pub id: OrganizationId,
    pub name_key: String,
}

const SELECT: &str = "select o.id, o.name, \
    (select count(*) from users u where u.organization_id = o.id) as members, \
    o.created_at, o.updated_at, o.version from organizations o";

impl Tx {
    /// An organization by its id.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn organization(
        &mut self,
        id: OrganizationId,
    ) -> Result<Option<OrganizationRow>, DbError> {
        let mut query = self.q(SELECT);
        query.push(" where o.id = ").push_bind(id);
        query.optional().await
    }

    /// A page of organizations, newest first; with `terms` those whose names have words beginning
    /// with each of them; with `only` at most that one.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn organizations(
        &mut self,
        only: Option<OrganizationId>,
        terms: Option<&[String]>,
        window: &Window,
    ) -> Result<Page<OrganizationRow>, DbError> {
        let mut query = self.q(SELECT);
        query.push(" where 1 = 1");
        if let Some(id) = only {
            query.push(" and o.id = ").push_bind(id);
        }
        if let Some(terms) = terms {
            push_content_match(&mut query, "o.id", "organization", "live", terms);
        }
        push_window(
            &mut query,
            window,
            "(o.created_at, o.id)",
            Direction::Falling,
            " order by o.created_at desc, o.id desc",
        );
        let rows: Vec<OrganizationRow> = query.all().await?;
        Ok(Page::cut(rows, window.limit, |row| Key {
            at: row.created_at,
            id: row.id.0,
        }))
    }

    /// The organizations with these folded names, in no order.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn organizations_by_key(
        &mut self,
        keys: &[String],
    ) -> Result<Vec<OrganizationKeyRow>, DbError> {
        let mut query = self.q("select id, name_key from organizations where name_key in ");
        query.push_list(keys.iter().cloned());
        query.all().await
    }

    /// Writes a new organization with version 1.
    ///
    /// # Errors
    /// [`DbError`]; a unique violation where the name is taken.
    pub async fn insert_organization(&mut self, row: &NewOrganization) -> Result<(), DbError> {
        self.q(
            "insert into organizations (id, name, name_key, created_at, updated_at, version) \
             values ($1, $2, $3, $4, $4, 1)",
        )
        .bind(row.id)
        .bind(row.name.clone())
        .bind(row.name_key.clone())
        .bind(row.created_at)
        .execute()
        .await
        .map(drop)
    }

    /// Keeps other writers away from an organization until this transaction ends. False where
    /// there is none.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn lock_organization(&mut self, id: OrganizationId) -> Result<bool, DbError> {
        let row = self
            .q("select id from organizations where id = $1")
            .bind(id)
            .for_update()
            .optional::<(OrganizationId,)>()
            .await?;
        Ok(row.is_some())
    }

    /// Writes what can be changed of an organization. The caller has locked it.
    ///
    /// # Errors
    /// [`DbError`]; a unique violation where the name is taken.
    pub async fn update_organization(
        &mut self,
        row: &OrganizationRow,
        name_key: &str,
    ) -> Result<(), DbError> {
        self.q(
            "update organizations set name = $2, name_key = $3, updated_at = $4, version = $5 \
             where id = $1",
        )
        .bind(row.id)
        .bind(row.name.clone())
        .bind(name_key.to_owned())
        .bind(row.updated_at)
        .bind(row.version)
        .execute()
        .await
        .map(drop)
    }
}
