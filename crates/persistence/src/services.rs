//! Services of the catalog: a head and its versions, of which one is live and one may be a draft.

use bsm_domain::clock::Time;
use bsm_domain::form::Form;
use bsm_domain::ids::{ServiceId, UserId};
use bsm_domain::service::{PriceKind, ServiceContent, ServiceIcon, ServiceStatus};
use sqlx::FromRow;
use sqlx::types::Json;

use crate::{DbError, Tx};

/// A version of a service with its owner's name.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns of `service_versions`")]
pub struct ServiceVersionRow {
    pub service_id: ServiceId,
    pub n: i64,
    pub name: String,
    pub summary: String,
    pub description: String,
    pub icon: ServiceIcon,
    pub category: String,
    pub price_kind: PriceKind,
    pub price_minor: Option<i64>,
    pub currency: Option<String>,
    pub delivery_days: Option<i64>,
    pub owner_id: Option<UserId>,
    pub owner_name: Option<String>,
    pub form: Json<Form>,
    pub version_published_at: Option<Time>,
}

impl ServiceVersionRow {
    /// What this version says.
    #[must_use]
    pub fn content(&self) -> ServiceContent {
        ServiceContent {
            name: self.name.clone(),
            summary: self.summary.clone(),
            description: self.description.clone(),
            icon: self.icon,
            category: self.category.clone(),
            price_kind: self.price_kind,
            price_minor: self.price_minor,
            currency: self.currency.clone(),
            delivery_days: self.delivery_days,
            owner: self.owner_id,
            form: self.form.0.clone(),
        }
    }
}

/// A service with one of its versions: the working copy for staff, the live one for customers.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns of `customer_services`")]
pub struct ServiceRow {
    pub id: ServiceId,
    pub status: ServiceStatus,
    pub live_version: Option<i64>,
    pub draft_version: Option<i64>,
    pub version: i64,
    pub created_at: Time,
    pub updated_at: Time,
    pub published_at: Option<Time>,
    #[sqlx(flatten)]
    pub shown: ServiceVersionRow,
}

/// A version about to be written.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "columns of `service_versions`")]
pub struct NewServiceVersion {
    pub service_id: ServiceId,
    pub n: i64,
    pub content: ServiceContent,
    pub author_id: Option<UserId>,
    pub created_at: Time,
}

pub(crate) const COLUMNS: &str = "select s.id, s.status, s.live_version, s.draft_version, \
    s.version, s.created_at, s.updated_at, s.published_at, v.service_id, v.n, v.name, v.summary, \
    v.description, v.icon, v.category, v.price_kind, v.price_minor, v.currency, v.delivery_days, \
    v.owner_id, u.name as owner_name, v.form, v.published_at as version_published_at from ";
/// The version that staff work on: the draft, without one what is live. A left join, though there
/// always is one: whatever the engines guess about versions, a list then reads services first, by
/// its own index.
pub(crate) const WORKING: &str = " left join service_versions v on v.service_id = s.id \
    and v.n = coalesce(s.draft_version, s.live_version) left join users u on u.id = v.owner_id";
/// The version that customers see.
pub(crate) const LIVE: &str = " left join service_versions v on v.service_id = s.id \
    and v.n = s.live_version left join users u on u.id = v.owner_id";
const SELECT_VERSION: &str = "select v.service_id, v.n, v.name, v.summary, v.description, v.icon, \
    v.category, v.price_kind, v.price_minor, v.currency, v.delivery_days, v.owner_id, \
    u.name as owner_name, v.form, v.published_at as version_published_at \
    from service_versions v left join users u on u.id = v.owner_id";

impl Tx {
    /// A service with its working copy.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn service(&mut self, id: ServiceId) -> Result<Option<ServiceRow>, DbError> {
        let mut query = self.q(COLUMNS);
        query
            .push("customer_services s")
            .push(WORKING)
            .push(" where s.id = ")
            .push_bind(id);
        query.optional().await
    }

    /// A service of the catalog with its live version; none that is not active.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn active_service(&mut self, id: ServiceId) -> Result<Option<ServiceRow>, DbError> {
        let mut query = self.q(COLUMNS);
        query
            .push("customer_services s")
            .push(LIVE)
            .push(" where s.status = 'active' and s.id = ")
            .push_bind(id);
        query.optional().await
    }

    /// One version of a service.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn service_version(
        &mut self,
        id: ServiceId,
        n: i64,
    ) -> Result<Option<ServiceVersionRow>, DbError> {
        let mut query = self.q(SELECT_VERSION);
        query.push(" where v.service_id = ").push_bind(id);
        query.push(" and v.n = ").push_bind(n);
        query.optional().await
    }

    /// The live versions of these services, as far as they have one.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn live_service_versions(
        &mut self,
        ids: &[ServiceId],
    ) -> Result<Vec<ServiceVersionRow>, DbError> {
        let mut query = self.q(SELECT_VERSION);
        query
            .push(
                " join customer_services s on s.id = v.service_id and s.live_version = v.n \
                 where v.service_id in ",
            )
            .push_list(ids.iter().copied());
        query.all().await
    }

    /// Keeps other writers away from a service until this transaction ends.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn lock_service(&mut self, id: ServiceId) -> Result<(), DbError> {
        self.q("select id from customer_services where id = $1")
            .bind(id)
            .for_update()
            .optional::<(ServiceId,)>()
            .await
            .map(drop)
    }

    /// Writes a new service with status `draft`, version 1 and no version of content yet; its
    /// first one, of this category, follows.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn insert_service(
        &mut self,
        id: ServiceId,
        category: &str,
        at: Time,
    ) -> Result<(), DbError> {
        self.q(
            "insert into customer_services (id, status, live_version, draft_version, version, \
             created_at, updated_at, published_at, draft_category) \
             values ($1, 'draft', null, 1, 1, $2, $2, null, $3)",
        )
        .bind(id)
        .bind(at)
        .bind(category.to_owned())
        .execute()
        .await
        .map(drop)
    }

    /// Writes what stands in the head of a service, and copies there what lists are filtered by.
    /// The caller has locked it and written its versions.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn update_service(&mut self, service: &ServiceRow) -> Result<(), DbError> {
        self.q(
            "update customer_services set status = $2, live_version = $3, draft_version = $4, \
             version = $5, updated_at = $6, published_at = $7, \
             draft_category = (select v.category from service_versions v \
             where v.service_id = $1 and v.n = coalesce($4, $3)), \
             live_category = (select v.category from service_versions v \
             where v.service_id = $1 and v.n = $3) where id = $1",
        )
        .bind(service.id)
        .bind(service.status)
        .bind(service.live_version)
        .bind(service.draft_version)
        .bind(service.version)
        .bind(service.updated_at)
        .bind(service.published_at)
        .execute()
        .await
        .map(drop)
    }

    /// Writes a version, or rewrites it: only drafts are rewritten.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn put_service_version(&mut self, row: &NewServiceVersion) -> Result<(), DbError> {
        let content = &row.content;
        self.q(
            "insert into service_versions (service_id, n, name, summary, description, icon, \
             category, price_kind, price_minor, currency, delivery_days, owner_id, form, author_id, \
             created_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) \
             on conflict (service_id, n) do update set name = excluded.name, \
             summary = excluded.summary, description = excluded.description, icon = excluded.icon, \
             category = excluded.category, price_kind = excluded.price_kind, \
             price_minor = excluded.price_minor, currency = excluded.currency, \
             delivery_days = excluded.delivery_days, owner_id = excluded.owner_id, \
             form = excluded.form, author_id = excluded.author_id",
        )
        .bind(row.service_id)
        .bind(row.n)
        .bind(content.name.clone())
        .bind(content.summary.clone())
        .bind(content.description.clone())
        .bind(content.icon)
        .bind(content.category.clone())
        .bind(content.price_kind)
        .bind(content.price_minor)
        .bind(content.currency.clone())
        .bind(content.delivery_days)
        .bind(content.owner)
        .bind(Json(content.form.clone()))
        .bind(row.author_id)
        .bind(row.created_at)
        .execute()
        .await
        .map(drop)
    }

    /// Notes when a version went live: from then on it is never rewritten.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn mark_service_version_published(
        &mut self,
        id: ServiceId,
        n: i64,
        at: Time,
    ) -> Result<(), DbError> {
        self.q("update service_versions set published_at = $3 where service_id = $1 and n = $2")
            .bind(id)
            .bind(n)
            .bind(at)
            .execute()
            .await
            .map(drop)
    }

    /// Whether a ticket orders this service.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn service_is_ordered(&mut self, id: ServiceId) -> Result<bool, DbError> {
        let row = self
            .q("select id from tickets where service_id = $1 limit 1")
            .bind(id)
            .optional::<(bsm_domain::ids::TicketId,)>()
            .await?;
        Ok(row.is_some())
    }

    /// Deletes the versions of a service; [`Tx::delete_service`] follows.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn delete_service_versions(&mut self, id: ServiceId) -> Result<(), DbError> {
        self.q("delete from service_versions where service_id = $1")
            .bind(id)
            .execute()
            .await
            .map(drop)
    }

    /// Deletes a service that nothing refers to.
    ///
    /// # Errors
    /// [`DbError`], a foreign key violation where something does.
    pub async fn delete_service(&mut self, id: ServiceId) -> Result<(), DbError> {
        self.q("delete from customer_services where id = $1")
            .bind(id)
            .execute()
            .await
            .map(drop)
    }
}
