//! Lists, searches and categories of services.

use bsm_domain::service::ServiceStatus;

use crate::content::{CategoryRow, View};
use crate::differences::{push_content_join, push_content_order};
use crate::page::{Direction, Key, Page, Window, push_window};
use crate::services::{LIVE, SELECT, ServiceRow, WORKING};
use crate::{DbError, Query, Tx};

/// The noun under which services stand in the search.
pub const SERVICE_KIND: &str = "service";

/// Which services a list shows. Those of the live view are the active ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceFilter {
    /// Which version is shown and filtered.
    pub view: View,
    /// In one of these states; any without.
    pub statuses: Vec<ServiceStatus>,
    /// Of this category.
    pub category: Option<String>,
}

impl ServiceFilter {
    fn join(&self) -> &'static str {
        match self.view {
            View::Draft => WORKING,
            View::Live | View::Public => LIVE,
        }
    }

    fn push_statuses(&self, query: &mut Query<'_>) {
        match (self.view, self.statuses.as_slice()) {
            (View::Live | View::Public, _) => {
                query.push(" where s.status = 'active'");
            }
            (View::Draft, []) => {
                query.push(" where 1 = 1");
            }
            (View::Draft, [one]) => {
                query.push(" where s.status = ").push_bind(*one);
            }
            (View::Draft, many) => {
                query.push(" where s.status in ");
                query.push_list(many.iter().copied());
            }
        }
    }

    fn push_all(&self, query: &mut Query<'_>) {
        self.push_statuses(query);
        if let Some(category) = &self.category {
            query.push(" and v.category = ").push_bind(category.clone());
        }
    }
}

impl Tx {
    /// A page of services, newest first: a service keeps its place when it is published again.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn services(
        &mut self,
        filter: &ServiceFilter,
        window: &Window,
    ) -> Result<Page<ServiceRow>, DbError> {
        let mut query = self.q(SELECT);
        query.push(filter.join());
        filter.push_all(&mut query);
        push_window(
            &mut query,
            window,
            "(s.created_at, s.id)",
            Direction::Falling,
            " order by s.created_at desc, s.id desc",
        );
        let rows: Vec<ServiceRow> = query.all().await?;
        Ok(Page::cut(rows, window.limit, |row| Key {
            at: row.created_at,
            id: row.id.0,
        }))
    }

    /// Services having words that begin with each of the folded terms: the engine's best, at most
    /// 100. The caller ranks them once more, so that both engines answer alike.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn search_services(
        &mut self,
        filter: &ServiceFilter,
        terms: &[String],
    ) -> Result<Vec<ServiceRow>, DbError> {
        let mut query = self.q(SELECT);
        query.push(filter.join());
        push_content_join(&mut query, "s.id", SERVICE_KIND, filter.view.scope(), terms);
        filter.push_all(&mut query);
        push_content_order(&mut query, terms);
        query.all().await
    }

    /// How many services each category has, whatever category is filtered by; in no order.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn service_categories(
        &mut self,
        filter: &ServiceFilter,
    ) -> Result<Vec<CategoryRow>, DbError> {
        let mut query = self.q("select v.category, count(*) as items from customer_services s");
        query.push(match filter.view {
            View::Draft => {
                " join service_versions v on v.service_id = s.id \
                 and v.n = coalesce(s.draft_version, s.live_version)"
            }
            View::Live | View::Public => {
                " join service_versions v on v.service_id = s.id and v.n = s.live_version"
            }
        });
        filter.push_statuses(&mut query);
        query.push(" group by v.category");
        query.all().await
    }
}
