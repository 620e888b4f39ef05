//! Categories of services and articles, and who stands under them. Versions and revisions name
//! their category by its name.

use bsm_domain::category::CategoryKind;
use bsm_domain::clock::Time;
use bsm_domain::ids::{ArticleId, CategoryId, ServiceId};
use bsm_domain::service::ServiceIcon;
use sqlx::FromRow;

use crate::content::CategoryRow;
use crate::{DbError, Tx};

/// A category as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[allow(missing_docs, reason = "columns of `categories`")]
pub struct CategoryEntry {
    pub id: CategoryId,
    pub kind: CategoryKind,
    pub name: String,
    /// The name folded: it is unique within the kind.
    pub name_key: String,
    pub icon: ServiceIcon,
    pub place: i64,
    pub version: i64,
    pub created_at: Time,
    pub updated_at: Time,
}

const SELECT: &str = "select id, kind, name, name_key, icon, place, version, created_at, updated_at \
    from categories";

impl Tx {
    /// All categories of a kind, in their order.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn categories(&mut self, kind: CategoryKind) -> Result<Vec<CategoryEntry>, DbError> {
        let mut query = self.q(SELECT);
        query.push(" where kind = ").push_bind(kind);
        query.push(" order by place, id");
        query.all().await
    }

    /// A category by its id.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn category(&mut self, id: CategoryId) -> Result<Option<CategoryEntry>, DbError> {
        let mut query = self.q(SELECT);
        query.push(" where id = ").push_bind(id);
        query.optional().await
    }

    /// A category by its folded name.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn category_by_key(
        &mut self,
        kind: CategoryKind,
        name_key: &str,
    ) -> Result<Option<CategoryEntry>, DbError> {
        let mut query = self.q(SELECT);
        query.push(" where kind = ").push_bind(kind);
        query
            .push(" and name_key = ")
            .push_bind(name_key.to_owned());
        query.optional().await
    }

    /// Keeps other writers away from the categories of a kind until this transaction ends.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn lock_categories(&mut self, kind: CategoryKind) -> Result<(), DbError> {
        self.q("select id from categories where kind = $1 order by id")
            .bind(kind)
            .for_update()
            .all::<(CategoryId,)>()
            .await
            .map(drop)
    }

    /// Writes a new category; whether it was written: not where its kind has the name already.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn insert_category(&mut self, row: &CategoryEntry) -> Result<bool, DbError> {
        let written = self
            .q(
                "insert into categories (id, kind, name, name_key, icon, place, version, \
                 created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
                 on conflict (kind, name_key) do nothing",
            )
            .bind(row.id)
            .bind(row.kind)
            .bind(row.name.clone())
            .bind(row.name_key.clone())
            .bind(row.icon)
            .bind(row.place)
            .bind(row.version)
            .bind(row.created_at)
            .bind(row.updated_at)
            .execute()
            .await?;
        Ok(written == 1)
    }

    /// Writes what may change of a category, but its place.
    ///
    /// # Errors
    /// [`DbError`]; a unique violation where its kind has the name already.
    pub async fn update_category(&mut self, row: &CategoryEntry) -> Result<(), DbError> {
        self.q(
            "update categories set name = $2, name_key = $3, icon = $4, version = $5, \
             updated_at = $6 where id = $1",
        )
        .bind(row.id)
        .bind(row.name.clone())
        .bind(row.name_key.clone())
        .bind(row.icon)
        .bind(row.version)
        .bind(row.updated_at)
        .execute()
        .await
        .map(drop)
    }

    /// Puts a category at a place of its kind; the caller moves the others.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn place_category(&mut self, id: CategoryId, place: i64) -> Result<(), DbError> {
        self.q("update categories set place = $2 where id = $1 and place <> $2")
            .bind(id)
            .bind(place)
            .execute()
            .await
            .map(drop)
    }

    /// Deletes a category; the caller has seen that nothing stands under it.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn delete_category(&mut self, id: CategoryId) -> Result<(), DbError> {
        self.q("delete from categories where id = $1")
            .bind(id)
            .execute()
            .await
            .map(drop)
    }

    /// How many services or articles stand under each name, in their working copy or live; in no
    /// order.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn category_uses(&mut self, kind: CategoryKind) -> Result<Vec<CategoryRow>, DbError> {
        self.q(match kind {
            CategoryKind::Service => {
                "select category, count(*) as items from \
                 (select draft_category as category from customer_services \
                 union all select live_category from customer_services \
                 where live_category is distinct from draft_category) named \
                 where category is not null group by category"
            }
            CategoryKind::Article => {
                "select category, count(*) as items from \
                 (select draft_category as category from knowledge_base \
                 union all select live_category from knowledge_base \
                 where live_category is distinct from draft_category) named \
                 where category is not null group by category"
            }
        })
        .all()
        .await
    }

    /// The services that stand under a name, in their working copy or live.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn services_under(&mut self, category: &str) -> Result<Vec<ServiceId>, DbError> {
        let rows: Vec<(ServiceId,)> = self
            .q("select id from customer_services \
                 where draft_category = $1 or live_category = $1 order by id")
            .bind(category.to_owned())
            .all()
            .await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    /// The articles that stand under a name, in their working copy or live.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn articles_under(&mut self, category: &str) -> Result<Vec<ArticleId>, DbError> {
        let rows: Vec<(ArticleId,)> = self
            .q("select id from knowledge_base \
                 where draft_category = $1 or live_category = $1 order by id")
            .bind(category.to_owned())
            .all()
            .await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    /// Writes another name into every version or revision that names a category, also into those
    /// that are history: what is restored later then has the name of today. The copies that lists
    /// are filtered by follow.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn rename_in_content(
        &mut self,
        kind: CategoryKind,
        from: &str,
        to: &str,
    ) -> Result<(), DbError> {
        self.q(match kind {
            CategoryKind::Service => {
                "update service_versions set category = $2 where category = $1"
            }
            CategoryKind::Article => {
                "update article_revisions set category = $2 where category = $1"
            }
        })
        .bind(from.to_owned())
        .bind(to.to_owned())
        .execute()
        .await?;
        self.q(match kind {
            CategoryKind::Service => {
                "update customer_services set \
                 draft_category = case draft_category when $1 then $2 else draft_category end, \
                 live_category = case live_category when $1 then $2 else live_category end \
                 where draft_category = $1 or live_category = $1"
            }
            CategoryKind::Article => {
                "update knowledge_base set \
                 draft_category = case draft_category when $1 then $2 else draft_category end, \
                 live_category = case live_category when $1 then $2 else live_category end \
                 where draft_category = $1 or live_category = $1"
            }
        })
        .bind(from.to_owned())
        .bind(to.to_owned())
        .execute()
        .await
        .map(drop)
    }
}
