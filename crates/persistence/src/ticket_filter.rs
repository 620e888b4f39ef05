//! Which tickets a list, a search or a count is about.

use bsm_domain::clock::Time;
use bsm_domain::ids::{OrganizationId, ServiceId, UserId};
use bsm_domain::policy::{ScopeKind, TicketScope};
use bsm_domain::ticket::{Priority, TicketCategory, TicketStatus};
use chrono::Duration;

use crate::Query;
use crate::differences::push_blind;
use crate::ticket_order::{BY_PERIOD, PRIORITY_AND_STATUS};
use crate::ticket_periods::Moment;

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

    /// Whether nothing but the scope, and terms, limits the list.
    pub(crate) const fn is_unfiltered(&self) -> bool {
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
    }

    /// What of the filter is about these fields.
    pub(crate) fn only(&self, fields: &[Field]) -> Self {
        let has = |field| fields.contains(&field);
        let mut only = Self::all(self.scope, self.eyes);
        if has(Field::Status) {
            only.statuses.clone_from(&self.statuses);
        }
        if has(Field::Priority) {
            only.priorities.clone_from(&self.priorities);
        }
        if has(Field::Category) {
            only.categories.clone_from(&self.categories);
        }
        if has(Field::Assignee) {
            only.assignees.clone_from(&self.assignees);
        }
        if has(Field::Time) {
            only.created_from = self.created_from;
            only.created_to = self.created_to;
            only.answered_from = self.answered_from;
            only.answered_to = self.answered_to;
            only.resolved_from = self.resolved_from;
            only.resolved_to = self.resolved_to;
        }
        only.requester = self.requester.filter(|_| has(Field::Requester));
        only.organization = self.organization.filter(|_| has(Field::Organization));
        only.service = self.service.filter(|_| has(Field::Service));
        only.waiting = self.waiting.filter(|_| has(Field::Waiting));
        only.reopened = self.reopened.filter(|_| has(Field::Reopened));
        only.ordered = self.ordered.filter(|_| has(Field::Ordered));
        only
    }

    /// Whether something must have happened in a time.
    pub(crate) const fn has_times(&self) -> bool {
        self.created_from.is_some()
            || self.created_to.is_some()
            || self.answered_from.is_some()
            || self.answered_to.is_some()
            || self.resolved_from.is_some()
            || self.resolved_to.is_some()
    }

    /// Since when a ticket was touched to which something happened since a moment, where no other
    /// moment ends the time: with it the list that is last touched first is read from its beginning,
    /// not sorted out of all to which it happened.
    pub(crate) fn touched_from(&self) -> Option<Time> {
        let begins = [self.created_from, self.answered_from, self.resolved_from];
        let last = begins.into_iter().flatten().max()?;
        let open = Moment::that_ends(self).is_none();
        open.then(|| last - CLOCKS_DIFFER)
    }
}

/// By more than this the clocks of two replicas never differ.
const CLOCKS_DIFFER: Duration = Duration::days(1);

/// What a filter asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Status,
    Priority,
    Category,
    Assignee,
    Requester,
    Organization,
    Service,
    Waiting,
    Reopened,
    Ordered,
    Rated,
    Time,
    /// The day or the month of a time.
    Period,
}

/// By what SQLite may find the tickets; all else is looked at row by row. PostgreSQL knows how many
/// rows have a value and chooses by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FoundBy {
    /// What SQLite likes.
    Any,
    /// These fields, or the order of the list where none is named.
    Only(&'static [Field]),
}

impl FoundBy {
    /// Pushes ` and t.`, on SQLite with the sign that keeps the indexes of the column out.
    fn push_and(self, query: &mut Query<'_>, field: Field) {
        let open = match self {
            Self::Any => true,
            Self::Only(fields) => fields.contains(&field),
        };
        query.push(if open || query.is_postgres() {
            " and t."
        } else {
            " and +t."
        });
    }
}

/// Adds ` and …` for all that the filter asks for, its terms apart.
pub(crate) fn push_conditions(query: &mut Query<'_>, filter: &TicketFilter, by: FoundBy) {
    match filter.scope.kind() {
        ScopeKind::All => {}
        ScopeKind::Requester(id) => {
            query.push(" and t.requester_id = ").push_bind(id);
        }
        ScopeKind::Organization(id) => {
            query.push(" and t.organization_id = ").push_bind(id);
        }
    }
    if !filter.statuses.is_empty() {
        by.push_and(query, Field::Status);
        if filter.scope.kind() == ScopeKind::All {
            push_any(query, "status", &filter.statuses);
        } else {
            push_states(query, &filter.statuses);
        }
    }
    if by == FoundBy::Only(PRIORITY_AND_STATUS) {
        // What the index of unsolved tickets is limited to; the states that are asked for are among them.
        query.push(" and t.status <> 'closed'");
    }
    if !filter.priorities.is_empty() {
        by.push_and(query, Field::Priority);
        push_any(query, "priority", &filter.priorities);
    }
    if !filter.categories.is_empty() {
        by.push_and(query, Field::Category);
        push_any(query, "category", &filter.categories);
    }
    push_assignees(query, &filter.assignees, by);
    if let Some(id) = filter.requester {
        by.push_and(query, Field::Requester);
        query.push("requester_id = ").push_bind(id);
    }
    if let Some(id) = filter.organization {
        by.push_and(query, Field::Organization);
        query.push("organization_id = ").push_bind(id);
    }
    if let Some(id) = filter.service {
        by.push_and(query, Field::Service);
        query.push("service_id = ").push_bind(id);
    }
    if let Some(rated) = filter.rated {
        by.push_and(query, Field::Rated);
        query.push(if rated {
            "score is not null"
        } else {
            "resolved_at is not null and t.score is null"
        });
    }
    for (column, compared, bound) in [
        ("created_at", " >= ", filter.created_from),
        ("created_at", " < ", filter.created_to),
        ("first_response_at", " >= ", filter.answered_from),
        ("first_response_at", " < ", filter.answered_to),
        ("resolved_at", " >= ", filter.resolved_from),
        ("resolved_at", " < ", filter.resolved_to),
    ] {
        if let Some(at) = bound {
            by.push_and(query, Field::Time);
            query.push(column);
            if by == FoundBy::Only(BY_PERIOD) {
                push_blind(query);
            }
            query.push(compared).push_bind(at);
        }
    }
    if let Some(at) = filter.touched_from() {
        query.push(" and t.updated_at >= ").push_bind(at);
    }
    for (field, wanted, set, unset) in [
        (
            Field::Waiting,
            filter.waiting,
            "waiting_since is not null",
            "waiting_since is null",
        ),
        (
            Field::Reopened,
            filter.reopened,
            "reopened_at is not null",
            "reopened_at is null",
        ),
        (
            Field::Ordered,
            filter.ordered,
            "service_id is not null",
            "service_id is null",
        ),
    ] {
        if let Some(wanted) = wanted {
            by.push_and(query, field);
            query.push(if wanted { set } else { unset });
        }
    }
}

/// One value is an equation, which an index in list order serves; several are a list, none stands for
/// any value and must not be asked for.
pub(crate) fn push_any<V: crate::Val + Copy>(
    query: &mut Query<'_>,
    column: &'static str,
    values: &[V],
) {
    query.push(column);
    match values {
        [one] => {
            query.push(" = ").push_bind(*one);
        }
        many => {
            query.push(" in ").push_list(many.iter().copied());
        }
    }
}

/// States as text: where few tickets are looked at, PostgreSQL believes of bound ones that more of these
/// pass than it does when it knows them, and would plan for the values at hand at each call.
fn push_states(query: &mut Query<'_>, states: &[TicketStatus]) {
    query.push("status in (");
    let asked = TicketStatus::ALL.iter().filter(|s| states.contains(s));
    for (n, state) in asked.enumerate() {
        query.push(if n == 0 { "'" } else { ", '" });
        query.push(state.as_str()).push("'");
    }
    query.push(")");
}

fn push_assignees(query: &mut Query<'_>, assignees: &[Option<UserId>], by: FoundBy) {
    let people: Vec<UserId> = assignees.iter().copied().flatten().collect();
    match (assignees.contains(&None), people.as_slice()) {
        (false, []) => {}
        (false, people) => {
            by.push_and(query, Field::Assignee);
            push_any(query, "assignee_id", people);
        }
        (true, []) => {
            by.push_and(query, Field::Assignee);
            query.push("assignee_id is null");
        }
        (true, people) => {
            query.push(" and (t.assignee_id is null or t.assignee_id in ");
            query.push_list(people.iter().copied()).push(")");
        }
    }
}
