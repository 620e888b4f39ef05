//! Which tickets a list, a search or a count is about.

use bsm_domain::clock::Time;
use bsm_domain::ids::{OrganizationId, ServiceId, UserId};
use bsm_domain::policy::{ScopeKind, TicketScope};
use bsm_domain::ticket::{Priority, TicketCategory, TicketStatus};
use chrono::Duration;

use crate::Query;
use crate::page::distinct;

/// Whose eyes a list is for: staff see every movement, customers only what concerns them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eyes {
    /// `updated_at` moves with notes too; searches look into notes.
    Staff,
    /// Notes leave no trace.
    Customer,
}

/// Which tickets a list shows: those in the scope that pass every filter. An empty list of values
/// filters nothing.
#[derive(Debug, Clone)]
pub struct TicketFilter {
    /// Made by the policy.
    pub scope: TicketScope,
    /// For whom.
    pub eyes: Eyes,
    /// In one of these states.
    pub statuses: Vec<TicketStatus>,
    /// Of one of these priorities.
    pub priorities: Vec<Priority>,
    /// Of one of these categories.
    pub categories: Vec<TicketCategory>,
    /// Assigned to one of these; `None` stands for nobody.
    pub assignees: Vec<Option<UserId>>,
    /// Asked by this person.
    pub requester: Option<UserId>,
    /// Asked for this organization.
    pub organization: Option<OrganizationId>,
    /// Ordering this service.
    pub service: Option<ServiceId>,
    /// Whether the current resolution is rated; unresolved tickets are neither.
    pub rated: Option<bool>,
    /// Created at or after.
    pub created_from: Option<Time>,
    /// Created before.
    pub created_to: Option<Time>,
    /// First answered by staff at or after.
    pub answered_from: Option<Time>,
    /// First answered before.
    pub answered_to: Option<Time>,
    /// With a resolution that stands, of this time or after.
    pub resolved_from: Option<Time>,
    /// With a resolution that stands, from before this time.
    pub resolved_to: Option<Time>,
    /// Whether the customer waits for an answer.
    pub waiting: Option<bool>,
    /// Whether the customer undid the last resolution and there is no other yet.
    pub reopened: Option<bool>,
    /// Whether it orders a service.
    pub ordered: Option<bool>,
    /// Having words that begin with each of these folded terms.
    pub terms: Option<Vec<String>>,
}

impl TicketFilter {
    /// All tickets of a scope.
    #[must_use]
    pub const fn all(scope: TicketScope, eyes: Eyes) -> Self {
        Self {
            scope,
            eyes,
            statuses: Vec::new(),
            priorities: Vec::new(),
            categories: Vec::new(),
            assignees: Vec::new(),
            requester: None,
            organization: None,
            service: None,
            rated: None,
            created_from: None,
            created_to: None,
            answered_from: None,
            answered_to: None,
            resolved_from: None,
            resolved_to: None,
            waiting: None,
            reopened: None,
            ordered: None,
            terms: None,
        }
    }

    /// Whether nothing but the scope limits the list.
    #[must_use]
    pub fn is_unfiltered(&self) -> bool {
        self.statuses.is_empty()
            && self.priorities.is_empty()
            && self.categories.is_empty()
            && self.assignees.is_empty()
            && self.requester.is_none()
            && self.organization.is_none()
            && self.service.is_none()
            && self.rated.is_none()
            && self.created_from.is_none()
            && self.created_to.is_none()
            && self.answered_from.is_none()
            && self.answered_to.is_none()
            && self.resolved_from.is_none()
            && self.resolved_to.is_none()
            && self.waiting.is_none()
            && self.reopened.is_none()
            && self.ordered.is_none()
            && self.terms.is_none()
    }

    /// The lists that together are this one, where it asks for one of several values and nothing
    /// else narrows it to one place of an index: see [`push_merged`](crate::page::push_merged).
    /// Assignees and states are split together; of other columns the first, the others are looked at
    /// row by row.
    pub(crate) fn parts(&self) -> Vec<Self> {
        let narrow = self.priorities.len() == 1
            || self.categories.len() == 1
            || self.requester.is_some()
            || self.organization.is_some()
            || self.service.is_some()
            || self.answered_from.is_some()
            || self.answered_to.is_some()
            || self.resolved_from.is_some()
            || self.resolved_to.is_some()
            || self.waiting.is_some()
            || self.reopened.is_some()
            || self.ordered.is_some()
            || self.terms.is_some()
            || self.scope.kind() != ScopeKind::All;
        let assignees = distinct(&self.assignees);
        let statuses = distinct(&self.statuses);
        if narrow {
            return Vec::new();
        }
        if assignees.is_empty() && statuses.is_empty() {
            return self.parts_by_rest();
        }
        let each_status: Vec<Vec<TicketStatus>> =
            if statuses.is_empty() || assignees.len() * statuses.len() > MOST_PARTS {
                vec![statuses]
            } else {
                statuses.into_iter().map(|status| vec![status]).collect()
            };
        let each_assignee: Vec<Vec<Option<UserId>>> = if assignees.is_empty() {
            vec![assignees]
        } else {
            assignees
                .into_iter()
                .map(|assignee| vec![assignee])
                .collect()
        };
        if each_assignee.len() * each_status.len() == 1 {
            return Vec::new();
        }
        let mut parts = Vec::new();
        for assignees in &each_assignee {
            for statuses in &each_status {
                parts.push(Self {
                    assignees: assignees.clone(),
                    statuses: statuses.clone(),
                    ..self.clone()
                });
            }
        }
        parts
    }

    /// Since when a ticket was touched to which something happened since a moment, where no other
    /// moment ends the time: with it the list that is last touched first is read from its beginning,
    /// not sorted out of all to which it happened.
    fn touched_from(&self) -> Option<Time> {
        let ends = [self.created_to, self.answered_to, self.resolved_to];
        let begins = [self.created_from, self.answered_from, self.resolved_from];
        let last = begins.into_iter().flatten().max()?;
        let open = ends.iter().all(Option::is_none);
        open.then(|| last - CLOCKS_DIFFER)
    }

    fn parts_by_rest(&self) -> Vec<Self> {
        if self.priorities.is_empty() {
            let part = |category| Self {
                categories: vec![category],
                ..self.clone()
            };
            distinct(&self.categories).into_iter().map(part).collect()
        } else {
            let part = |priority| Self {
                priorities: vec![priority],
                ..self.clone()
            };
            distinct(&self.priorities).into_iter().map(part).collect()
        }
    }
}

/// By more than this the clocks of two replicas never differ.
const CLOCKS_DIFFER: Duration = Duration::days(1);

/// Of more pairs of an assignee and a state only the assignees are split.
const MOST_PARTS: usize = 48;

/// Adds ` and …` for all that the filter asks for, its terms apart.
pub(crate) fn push_conditions(query: &mut Query<'_>, filter: &TicketFilter) {
    match filter.scope.kind() {
        ScopeKind::All => {}
        ScopeKind::Requester(id) => {
            query.push(" and t.requester_id = ").push_bind(id);
        }
        ScopeKind::Organization(id) => {
            query.push(" and t.organization_id = ").push_bind(id);
        }
    }
    push_any(query, " and t.status", &filter.statuses);
    push_any(query, " and t.priority", &filter.priorities);
    push_any(query, " and t.category", &filter.categories);
    push_assignees(query, &filter.assignees);
    if let Some(id) = filter.requester {
        query.push(" and t.requester_id = ").push_bind(id);
    }
    if let Some(id) = filter.organization {
        query.push(" and t.organization_id = ").push_bind(id);
    }
    if let Some(id) = filter.service {
        query.push(" and t.service_id = ").push_bind(id);
    }
    match filter.rated {
        Some(true) => {
            query.push(" and t.score is not null");
        }
        Some(false) => {
            query.push(" and t.resolved_at is not null and t.score is null");
        }
        None => {}
    }
    push_times(
        query,
        [
            (" and t.created_at >= ", filter.created_from),
            (" and t.created_at < ", filter.created_to),
            (" and t.first_response_at >= ", filter.answered_from),
            (" and t.first_response_at < ", filter.answered_to),
            (" and t.resolved_at >= ", filter.resolved_from),
            (" and t.resolved_at < ", filter.resolved_to),
        ],
    );
    if let Some(at) = filter.touched_from() {
        query.push(" and t.updated_at >= ").push_bind(at);
    }
    for (wanted, set, unset) in [
        (
            filter.waiting,
            " and t.waiting_since is not null",
            " and t.waiting_since is null",
        ),
        (
            filter.reopened,
            " and t.reopened_at is not null",
            " and t.reopened_at is null",
        ),
        (
            filter.ordered,
            " and t.service_id is not null",
            " and t.service_id is null",
        ),
    ] {
        if let Some(wanted) = wanted {
            query.push(if wanted { set } else { unset });
        }
    }
}

fn push_times(query: &mut Query<'_>, bounds: [(&'static str, Option<Time>); 6]) {
    for (text, bound) in bounds {
        if let Some(at) = bound {
            query.push(text).push_bind(at);
        }
    }
}

/// One value is an equation, which an index in list order serves; several are a list.
pub(crate) fn push_any<V: crate::Val + Copy>(
    query: &mut Query<'_>,
    column: &'static str,
    values: &[V],
) {
    match values {
        [] => {}
        [one] => {
            query.push(column).push(" = ").push_bind(*one);
        }
        many => {
            query
                .push(column)
                .push(" in ")
                .push_list(many.iter().copied());
        }
    }
}

fn push_assignees(query: &mut Query<'_>, assignees: &[Option<UserId>]) {
    let people: Vec<UserId> = assignees.iter().copied().flatten().collect();
    match (assignees.contains(&None), people.as_slice()) {
        (false, []) => {}
        (false, people) => push_any(query, " and t.assignee_id", people),
        (true, []) => {
            query.push(" and t.assignee_id is null");
        }
        (true, people) => {
            query.push(" and (t.assignee_id is null or t.assignee_id in ");
            query.push_list(people.iter().copied()).push(")");
        }
    }
}
