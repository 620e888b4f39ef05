//! Keys with which programs call the API.

use bsm_domain::actor::{Actor, KeyRights, OrganizationRole, Role, Through};
use bsm_domain::api_key::Scopes;
use bsm_domain::clock::Time;
use bsm_domain::ids::{ApiKeyId, OrganizationId, UserId};
use sqlx::FromRow;

use crate::page::{Direction, Key, Page, Window, push_window};
use crate::{DbError, Tx};

/// A key, with the names of its maker and its organization.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[allow(missing_docs, reason = "columns of `api_keys`")]
pub struct ApiKeyRow {
    pub id: ApiKeyId,
    pub name: String,
    pub hint: String,
    /// As [`Scopes::to_column`] writes them.
    pub scopes: String,
    pub organization_id: Option<OrganizationId>,
    pub organization_name: Option<String>,
    pub maker_id: UserId,
    pub maker_name: String,
    pub maker_role: Role,
    /// Whether the maker may sign in.
    pub maker_active: bool,
    pub created_at: Time,
    pub expires_at: Option<Time>,
    pub last_used_at: Option<Time>,
    pub revoked_at: Option<Time>,
    pub version: i64,
}

/// A key about to be written.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "columns of `api_keys`")]
pub struct NewApiKey {
    pub id: ApiKeyId,
    pub name: String,
    pub hint: String,
    /// SHA-256 of the whole key, hexadecimal.
    pub key_hash: String,
    pub scopes: Scopes,
    pub organization_id: Option<OrganizationId>,
    pub created_by: UserId,
    pub created_at: Time,
    pub expires_at: Option<Time>,
}

/// A key that somebody calls with.
#[derive(Debug, Clone)]
pub struct KeyHolder {
    /// The maker with the rights they have now, as far as the key reaches.
    pub actor: Actor,
    /// What the key must hash to.
    pub key_hash: String,
    /// When it ends.
    pub expires_at: Option<Time>,
    /// When it was last used, as far as that is written down.
    pub last_used_at: Option<Time>,
}

#[derive(FromRow)]
struct HolderRow {
    key_hash: String,
    scopes: String,
    key_organization: Option<OrganizationId>,
    expires_at: Option<Time>,
    last_used_at: Option<Time>,
    user_id: UserId,
    role: Role,
    organization_id: Option<OrganizationId>,
    organization_role: Option<OrganizationRole>,
}

/// Joins are left ones, so that SQLite begins with the list.
const SELECT: &str = "select k.id, k.name, k.hint, k.scopes, k.organization_id, \
    o.name as organization_name, k.created_by as maker_id, u.name as maker_name, \
    u.role as maker_role, u.active as maker_active, k.created_at, k.expires_at, k.last_used_at, \
    k.revoked_at, k.version from api_keys k left join users u on u.id = k.created_by \
    left join organizations o on o.id = k.organization_id";

impl Tx {
    /// Who acts with a key, with the rights they have now. `None` where it was revoked or has
    /// expired, or its maker is no longer active.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn key_holder(
        &mut self,
        id: ApiKeyId,
        now: Time,
    ) -> Result<Option<KeyHolder>, DbError> {
        let row = self
            .q(
                "select k.key_hash, k.scopes, k.organization_id as key_organization, k.expires_at, \
                 k.last_used_at, u.id as user_id, u.role, u.organization_id, u.organization_role \
                 from api_keys k join users u on u.id = k.created_by \
                 where k.id = $1 and k.revoked_at is null \
                 and (k.expires_at is null or k.expires_at > $2) and u.active",
            )
            .bind(id)
            .bind(now)
            .optional::<HolderRow>()
            .await?;
        Ok(row.map(|row| KeyHolder {
            actor: Actor {
                user_id: row.user_id,
                through: Through::ApiKey(KeyRights {
                    id,
                    scopes: Scopes::from_column(&row.scopes),
                    organization: row.key_organization,
                }),
                role: row.role,
                organization_id: row.organization_id,
                organization_role: row.organization_role,
            },
            key_hash: row.key_hash,
            expires_at: row.expires_at,
            last_used_at: row.last_used_at,
        }))
    }

    /// Writes a new key.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn insert_api_key(&mut self, key: &NewApiKey) -> Result<(), DbError> {
        self.q(
            "insert into api_keys (id, name, hint, key_hash, scopes, organization_id, created_by, \
             created_at, expires_at, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)",
        )
        .bind(key.id)
        .bind(key.name.clone())
        .bind(key.hint.clone())
        .bind(key.key_hash.clone())
        .bind(key.scopes.to_column())
        .bind(key.organization_id)
        .bind(key.created_by)
        .bind(key.created_at)
        .bind(key.expires_at)
        .execute()
        .await
        .map(drop)
    }

    /// A key by its id, revoked ones too.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn api_key(&mut self, id: ApiKeyId) -> Result<Option<ApiKeyRow>, DbError> {
        let mut query = self.q(SELECT);
        query.push(" where k.id = ").push_bind(id);
        query.optional().await
    }

    /// A page of keys, revoked ones too, newest first.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn api_keys(&mut self, window: &Window) -> Result<Page<ApiKeyRow>, DbError> {
        let mut query = self.q(SELECT);
        query.push(" where 1 = 1");
        push_window(
            &mut query,
            window,
            "(k.created_at, k.id)",
            Direction::Falling,
            " order by k.created_at desc, k.id desc",
        );
        let rows: Vec<ApiKeyRow> = query.all().await?;
        Ok(Page::cut(rows, window.limit, |row| Key {
            at: row.created_at,
            id: row.id.0,
        }))
    }

    /// Keeps other writers away from a key until this transaction ends. False where there is none.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn lock_api_key(&mut self, id: ApiKeyId) -> Result<bool, DbError> {
        let row = self
            .q("select id from api_keys where id = $1")
            .bind(id)
            .for_update()
            .optional::<(ApiKeyId,)>()
            .await?;
        Ok(row.is_some())
    }

    /// How many keys are neither revoked nor expired.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn count_active_api_keys(&mut self, now: Time) -> Result<i64, DbError> {
        self.q("select count(*) from api_keys where revoked_at is null \
             and (expires_at is null or expires_at > $1)")
            .bind(now)
            .scalar()
            .await
    }

    /// Writes what can be changed of a key: its name, and that it is revoked. The caller has locked
    /// it.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn update_api_key(&mut self, row: &ApiKeyRow) -> Result<(), DbError> {
        self.q("update api_keys set name = $2, revoked_at = $3, version = $4 where id = $1")
            .bind(row.id)
            .bind(row.name.clone())
            .bind(row.revoked_at)
            .bind(row.version)
            .execute()
            .await
            .map(drop)
    }

    /// Notes that a key is in use, unless that was noted at `before` or later.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn touch_api_key(
        &mut self,
        id: ApiKeyId,
        at: Time,
        before: Time,
    ) -> Result<bool, DbError> {
        let touched = self
            .q("update api_keys set last_used_at = $2 \
                 where id = $1 and (last_used_at is null or last_used_at < $3)")
            .bind(id)
            .bind(at)
            .bind(before)
            .execute()
            .await?;
        Ok(touched > 0)
    }
}
