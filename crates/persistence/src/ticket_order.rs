//! How a list of tickets comes into its order: read in it, or put in it.

use bsm_domain::ids::UserId;
use bsm_domain::policy::ScopeKind;
use bsm_domain::ticket::TicketStatus;

use crate::page::distinct;
use crate::ticket_filter::{Field, FoundBy, TicketFilter, push_conditions};
use crate::ticket_lists::TicketSort;
use crate::ticket_periods::{InPeriods, Moment};
use crate::{DbError, Tx};

/// Of so many tickets the words are looked at one by one.
const FEW: u32 = 2_000;

/// Of more pairs of an assignee and a state only the assignees are split.
const MOST_PARTS: usize = 48;

/// A way to come to a page.
#[derive(Debug, Clone)]
pub(crate) enum Reading {
    /// Each part is read in the order of the list from one place of an index, and what else is asked
    /// for is looked at row by row.
    InOrder(Vec<TicketFilter>, FoundBy),
    /// So is each day and each month of a time, from an index of days and months.
    InPeriods(InPeriods),
    /// All that pass are found and put in order.
    Sorted(FoundBy),
}

/// Which way is gone.
#[derive(Debug, Clone)]
pub(crate) enum Choice {
    /// This one.
    Known(Reading),
    /// The days and months of the time in which this happened.
    ByPeriod(Moment),
    /// The parts in order, where a page is filled soon; else all that pass, found by other fields.
    ByDensity {
        parts: Vec<TicketFilter>,
        fields: &'static [Field],
        found_by: &'static [Field],
    },
}

/// How the pages of a list of staff are come to.
pub(crate) fn choice(filter: &TicketFilter, sort: TicketSort) -> Choice {
    let (parts, fields) = in_order(filter, sort);
    let found_by = finder(filter);
    // What happened in a time of the past lies anywhere in the order of the last touched.
    let past = Moment::that_ends(filter).filter(|_| is_by_touch(sort));
    if is_served(filter, sort) {
        Choice::Known(Reading::InOrder(parts, FoundBy::Only(fields)))
    } else if let Some(moment) = past {
        if found_by == [Field::Time] {
            Choice::ByPeriod(moment)
        } else {
            Choice::Known(Reading::Sorted(FoundBy::Only(found_by)))
        }
    } else {
        Choice::ByDensity {
            parts,
            fields,
            found_by,
        }
    }
}

impl Tx {
    /// Whether few tickets pass the filter, its terms apart. Where statements are only explained, yes.
    pub(crate) async fn leaves_few(&mut self, filter: &TicketFilter) -> Result<bool, DbError> {
        let by = match filter.scope.kind() {
            ScopeKind::All => FoundBy::Only(finder(filter)),
            ScopeKind::Requester(_) | ScopeKind::Organization(_) => FoundBy::Any,
        };
        let mut query = self.q("select count(*) from (select t.id from tickets t where 1 = 1");
        push_conditions(&mut query, filter, by);
        query.push(" limit ").push_number(FEW + 1).push(") few");
        let count = query.optional::<(i64,)>().await?;
        Ok(count.is_none_or(|(n,)| n <= i64::from(FEW)))
    }
}

const fn is_by_touch(sort: TicketSort) -> bool {
    matches!(sort, TicketSort::UpdatedFalling | TicketSort::UpdatedRising)
}

/// Whether all that a filter asks for is one place of an index in the order of the list, or several
/// such places.
fn is_served(filter: &TicketFilter, sort: TicketSort) -> bool {
    let sets = [
        !filter.statuses.is_empty() || !filter.assignees.is_empty(),
        !filter.priorities.is_empty() && finder(filter) != PRIORITY_AND_STATUS,
        !filter.categories.is_empty(),
        filter.requester.is_some(),
        filter.organization.is_some(),
        filter.service.is_some(),
        filter.waiting == Some(true),
        filter.reopened == Some(true),
        filter.ordered == Some(true),
        filter.touched_from().is_some(),
    ];
    let asked = sets.iter().filter(|set| **set).count();
    let indexed = asked <= usize::from(is_by_touch(sort));
    // The index of those who wait has their order; few wait.
    let waiting = sort == TicketSort::WaitingRising;
    let plain = filter.rated.is_none()
        && filter.waiting != Some(false)
        && filter.reopened != Some(false)
        && filter.ordered != Some(false)
        && (filter.touched_from().is_some() || !filter.has_times());
    waiting || (indexed && plain)
}

/// By both at once unsolved tickets are found, in an index of them alone.
pub(crate) const PRIORITY_AND_STATUS: &[Field] = &[Field::Priority, Field::Status];

/// By the days and months of a time, and not by the time itself.
pub(crate) const BY_PERIOD: &[Field] = &[Field::Period];

/// By which fields tickets are found where they are not read in order: what leaves least first.
fn finder(filter: &TicketFilter) -> &'static [Field] {
    if filter.requester.is_some() {
        &[Field::Requester]
    } else if filter.organization.is_some() {
        &[Field::Organization]
    } else if filter.reopened == Some(true) {
        &[Field::Reopened]
    } else if Moment::that_ends(filter).is_some() {
        &[Field::Time]
    } else if filter.service.is_some() {
        &[Field::Service]
    } else if !filter.assignees.is_empty() {
        &[Field::Assignee, Field::Status]
    } else if filter.waiting == Some(true) {
        &[Field::Waiting]
    } else if is_unsolved(filter) && !filter.priorities.is_empty() {
        PRIORITY_AND_STATUS
    } else if is_unsolved(filter) {
        &[Field::Status]
    } else if filter.has_times() {
        &[Field::Time]
    } else if !filter.priorities.is_empty() {
        &[Field::Priority]
    } else if !filter.categories.is_empty() {
        &[Field::Category]
    } else if !filter.statuses.is_empty() {
        &[Field::Status]
    } else if filter.ordered == Some(true) {
        &[Field::Ordered]
    } else {
        &[]
    }
}

/// The index by which SQLite is to find what happened in a time, where that is what tickets are found by:
/// it would rather read all of them in the order of the list.
pub(crate) fn index_of_time(filter: &TicketFilter, by: FoundBy) -> Option<&'static str> {
    if by != FoundBy::Only(&[Field::Time]) {
        return None;
    }
    if filter.created_from.is_some() || filter.created_to.is_some() {
        Some(" indexed by tickets_created")
    } else if filter.answered_from.is_some() || filter.answered_to.is_some() {
        Some(" indexed by tickets_answered")
    } else {
        Some(" indexed by tickets_resolved")
    }
}

/// Whether no closed tickets are asked for, which are most.
fn is_unsolved(filter: &TicketFilter) -> bool {
    !filter.statuses.is_empty() && !filter.statuses.contains(&TicketStatus::Closed)
}

/// The lists that together are this one, each with one place of an index to begin at, and by which
/// fields they are found there.
fn in_order(filter: &TicketFilter, sort: TicketSort) -> (Vec<TicketFilter>, &'static [Field]) {
    let whole = |fields: &'static [Field]| (vec![filter.clone()], fields);
    if sort == TicketSort::WaitingRising {
        return whole(&[Field::Waiting]);
    }
    let fields = finder(filter);
    if !is_by_touch(sort) {
        let opened = filter.created_from.is_some() || filter.created_to.is_some();
        return whole(if opened { &[Field::Time] } else { &[] });
    }
    if fields == [Field::Time] {
        return whole(&[]);
    }
    match fields {
        [Field::Assignee, Field::Status] | [Field::Status] => {
            (by_assignee_and_status(filter), fields)
        }
        [Field::Priority, Field::Status] => {
            let parts = by_priority(filter);
            (
                parts.iter().flat_map(by_assignee_and_status).collect(),
                fields,
            )
        }
        [Field::Priority] => (by_priority(filter), fields),
        [Field::Category] => {
            let part = |category| TicketFilter {
                categories: vec![category],
                ..filter.clone()
            };
            let parts = distinct(&filter.categories).into_iter().map(part);
            (parts.collect(), fields)
        }
        fields => whole(fields),
    }
}

fn by_priority(filter: &TicketFilter) -> Vec<TicketFilter> {
    let part = |priority| TicketFilter {
        priorities: vec![priority],
        ..filter.clone()
    };
    distinct(&filter.priorities).into_iter().map(part).collect()
}

fn by_assignee_and_status(filter: &TicketFilter) -> Vec<TicketFilter> {
    let assignees = distinct(&filter.assignees);
    let statuses = distinct(&filter.statuses);
    let pairs = assignees.len().max(1) * statuses.len();
    let each_status: Vec<Vec<TicketStatus>> = if statuses.is_empty() || pairs > MOST_PARTS {
        vec![statuses]
    } else {
        statuses.into_iter().map(|status| vec![status]).collect()
    };
    let each_assignee: Vec<Vec<Option<UserId>>> = if assignees.is_empty() {
        vec![assignees]
    } else {
        assignees.into_iter().map(|id| vec![id]).collect()
    };
    let part = |assignees: &Vec<Option<UserId>>, statuses: &Vec<TicketStatus>| TicketFilter {
        assignees: assignees.clone(),
        statuses: statuses.clone(),
        ..filter.clone()
    };
    each_assignee
        .iter()
        .flat_map(|assignees| {
            each_status
                .iter()
                .map(move |statuses| part(assignees, statuses))
        })
        .collect()
}
