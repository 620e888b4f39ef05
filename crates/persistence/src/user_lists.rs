//! Lists of people.

use bsm_domain::actor::{OrganizationRole, Role};
use bsm_domain::ids::OrganizationId;

use crate::differences::search::push_content_match;
use crate::page::{Direction, Key, Page, Window, distinct, push_limit, push_merged, push_window};
use crate::users::{COLUMNS, JOINS, UserRow};
use crate::{DbError, Query, Tx};

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserSort {
    /// Newest first.
    CreatedFalling,
    /// Oldest first.
    CreatedRising,
    /// Last seen first; who was never seen counts from being added.
    SeenFalling,
}

/// Which people a list shows: those that pass every filter. No role filters nothing.
#[derive(Debug, Clone, Default)]
pub struct UserFilter {
    /// With one of these roles.
    pub roles: Vec<Role>,
    /// Whether they may sign in.
    pub active: Option<bool>,
    /// Of this organization.
    pub organization: Option<OrganizationId>,
    /// Being this in their organization.
    pub organization_role: Option<OrganizationRole>,
    /// Having words in name or address that begin with each of these folded terms.
    pub terms: Option<Vec<String>>,
}

impl UserFilter {
    /// The lists that together are this one, where it asks for one of several roles among all
    /// people: see [`push_merged`].
    fn parts(&self) -> Vec<Self> {
        if self.roles.len() < 2 || self.organization.is_some() || self.terms.is_some() {
            return Vec::new();
        }
        let one = |role| Self {
            roles: vec![role],
            ..self.clone()
        };
        distinct(&self.roles).into_iter().map(one).collect()
    }

    fn push(&self, query: &mut Query<'_>) {
        query.push(" where 1 = 1");
        match self.roles.as_slice() {
            [] => {}
            [one] => {
                query.push(" and u.role = ").push_bind(*one);
            }
            many => {
                query
                    .push(" and u.role in ")
                    .push_list(many.iter().copied());
            }
        }
        if let Some(active) = self.active {
            // As text: few are not active, which PostgreSQL does not know of a value that is bound.
            query.push(if active {
                " and u.active = true"
            } else {
                " and u.active = false"
            });
        }
        if let Some(id) = self.organization {
            query.push(" and u.organization_id = ").push_bind(id);
        }
        if let Some(role) = self.organization_role {
            query.push(" and u.organization_role = ").push_bind(role);
        }
        if let Some(terms) = &self.terms {
            push_content_match(query, "u.id", "user", "live", terms);
        }
    }
}

impl Tx {
    /// A page of people.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn users(
        &mut self,
        filter: &UserFilter,
        sort: UserSort,
        window: &Window,
    ) -> Result<Page<UserRow>, DbError> {
        let (columns, direction, order) = match sort {
            UserSort::CreatedFalling => (
                "(u.created_at, u.id)",
                Direction::Falling,
                " order by u.created_at desc, u.id desc",
            ),
            UserSort::CreatedRising => (
                "(u.created_at, u.id)",
                Direction::Rising,
                " order by u.created_at, u.id",
            ),
            UserSort::SeenFalling => (
                "(coalesce(u.last_seen_at, u.created_at), u.id)",
                Direction::Falling,
                " order by coalesce(u.last_seen_at, u.created_at) desc, u.id desc",
            ),
        };
        let mut query = self.q(COLUMNS);
        let parts = filter.parts();
        if parts.is_empty() {
            query.push("users u").push(JOINS);
            filter.push(&mut query);
            push_window(&mut query, window, columns, direction, order);
        } else {
            push_merged(&mut query, &parts, |query, part| {
                query.push("select u.* from users u");
                part.push(query);
                push_window(query, window, columns, direction, order);
            });
            query.push(" u").push(JOINS);
            push_limit(&mut query, window, order);
        }
        let rows: Vec<UserRow> = query.all().await?;
        Ok(Page::cut(rows, window.limit, |row| Key {
            at: match sort {
                UserSort::SeenFalling => row.last_seen_at.unwrap_or(row.created_at),
                UserSort::CreatedFalling | UserSort::CreatedRising => row.created_at,
            },
            id: row.id.0,
        }))
    }
}
