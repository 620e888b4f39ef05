//! Lists, searches and categories of services.

use bsm_domain::service::ServiceStatus;

use crate::content::{CategoryRow, View};
use crate::differences::search::{push_content_join, push_content_order};
use crate::page::{Direction, Key, Page, Window, distinct, push_limit, push_merged, push_window};
use crate::services::{COLUMNS, LIVE, ServiceRow, WORKING};
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
            query.push(match self.view {
                View::Draft => " and s.draft_category = ",
                View::Live | View::Public => " and s.live_category = ",
            });
            query.push_bind(category.clone());
        }
    }

    /// The lists that together are this one, where it asks for one of several states among all
    /// services: see [`push_merged`].
    fn parts(&self) -> Vec<Self> {
        if self.view != View::Draft || self.statuses.len() < 2 || self.category.is_some() {
            return Vec::new();
        }
        let one = |status| Self {
            statuses: vec![status],
            ..self.clone()
        };
        distinct(&self.statuses).into_iter().map(one).collect()
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
        const ORDER: &str = " order by s.created_at desc, s.id desc";
        let window_of = |query: &mut Query<'_>, filter: &ServiceFilter| {
            filter.push_all(query);
            let key = "(s.created_at, s.id)";
            push_window(query, window, key, Direction::Falling, ORDER);
        };
        let mut query = self.q(COLUMNS);
        let parts = filter.parts();
        if parts.is_empty() {
            query.push("customer_services s").push(filter.join());
            window_of(&mut query, filter);
        } else {
            push_merged(&mut query, &parts, |query, part| {
                query.push("select s.* from customer_services s");
                window_of(query, part);
            });
            query.push(" s").push(filter.join());
            push_limit(&mut query, window, ORDER);
        }
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
        let mut query = self.q(COLUMNS);
        query.push("customer_services s").push(filter.join());
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
        let (column, group) = match filter.view {
            View::Draft => (
                "select s.draft_category as category",
                " group by s.draft_category",
            ),
            View::Live | View::Public => (
                "select s.live_category as category",
                " group by s.live_category",
            ),
        };
        let mut query = self.q(column);
        query.push(", count(*) as items from customer_services s");
        filter.push_statuses(&mut query);
        query.push(group);
        query.all().await
    }
}
