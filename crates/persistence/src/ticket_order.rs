//! How a list of tickets comes into its order: read in it, or put in it.

use bsm_domain::ids::UserId;
use bsm_domain::policy::ScopeKind;
use bsm_domain::ticket::TicketStatus;

use crate::page::distinct;
use crate::ticket_filter::{Field, FoundBy, TicketFilter, push_conditions};
use crate::ticket_lists::TicketSort;
use crate::{DbError, Tx};

/// So many tickets may be put in order, or looked at one by one, for a page.
const FEW: i64 = 2_000;

/// Of more pairs of an assignee and a state only the assignees are split.
const MOST_PARTS: usize = 48;

/// A way to come to a page.
#[derive(Debug, Clone)]
pub(crate) enum Reading {
    /// Each part is read in the order of the list from one place of an index, and what else is asked
    /// for is looked at row by row.
    InOrder(Vec<TicketFilter>, FoundBy),
    /// All that pass are found and put in order.
    Sorted,
}

impl Tx {
    /// How the page is read: one way; where statements are only explained, each that may be taken.
    pub(crate) async fn readings(
        &mut self,
        filter: &TicketFilter,
        sort: TicketSort,
    ) -> Result<Vec<Reading>, DbError> {
        if filter.scope.kind() != ScopeKind::All {
            let parts = vec![filter.clone()];
            return Ok(vec![Reading::InOrder(parts, FoundBy::Any)]);
        }
        let (parts, by) = in_order(filter, sort);
        if is_served(filter, sort) {
            return Ok(vec![Reading::InOrder(parts, by)]);
        }
        // What happened in a time of the past lies anywhere in the order of the last touched.
        let ends = [filter.created_to, filter.answered_to, filter.resolved_to];
        if is_by_touch(sort) && ends.iter().any(Option::is_some) {
            return Ok(vec![Reading::Sorted]);
        }
        let few = self.leaves_few(filter).await?;
        let mut readings = Vec::new();
        if few {
            readings.push(Reading::Sorted);
        }
        if !few || self.explains() {
            readings.push(Reading::InOrder(parts, by));
        }
        Ok(readings)
    }

    /// Whether few tickets pass the filter, its terms apart. Where statements are only explained, yes.
    pub(crate) async fn leaves_few(&mut self, filter: &TicketFilter) -> Result<bool, DbError> {
        let mut query = self.q("select count(*) from (select t.id from tickets t where 1 = 1");
        push_conditions(&mut query, filter, FoundBy::Any);
        query.push(" limit ").push_bind(FEW + 1).push(") few");
        let count = query.optional::<(i64,)>().await?;
        Ok(count.is_none_or(|(n,)| n <= FEW))
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
        !filter.priorities.is_empty(),
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

/// The lists that together are this one, each with one place of an index to begin at, and by what they
/// are found: by what leaves least.
fn in_order(filter: &TicketFilter, sort: TicketSort) -> (Vec<TicketFilter>, FoundBy) {
    use FoundBy::{Any, Only};
    let whole = |by| (vec![filter.clone()], by);
    if sort == TicketSort::WaitingRising {
        return whole(Any);
    }
    if !is_by_touch(sort) {
        return whole(Only(&[]));
    }
    let unsolved = !filter.statuses.is_empty() && !filter.statuses.contains(&TicketStatus::Closed);
    if filter.requester.is_some() {
        whole(Only(&[Field::Requester]))
    } else if filter.organization.is_some() {
        whole(Only(&[Field::Organization]))
    } else if !filter.assignees.is_empty() {
        let by = Only(&[Field::Assignee, Field::Status]);
        (by_assignee_and_status(filter), by)
    } else if filter.reopened == Some(true) {
        whole(Only(&[Field::Reopened]))
    } else if filter.waiting == Some(true) {
        whole(Only(&[Field::Waiting]))
    } else if filter.service.is_some() {
        whole(Only(&[Field::Service]))
    } else if unsolved {
        (by_assignee_and_status(filter), Only(&[Field::Status]))
    } else if filter.touched_from().is_some() {
        whole(Only(&[]))
    } else if !filter.priorities.is_empty() {
        let part = |priority| TicketFilter {
            priorities: vec![priority],
            ..filter.clone()
        };
        let parts = distinct(&filter.priorities).into_iter().map(part);
        (parts.collect(), Only(&[Field::Priority]))
    } else if !filter.categories.is_empty() {
        let part = |category| TicketFilter {
            categories: vec![category],
            ..filter.clone()
        };
        let parts = distinct(&filter.categories).into_iter().map(part);
        (parts.collect(), Only(&[Field::Category]))
    } else if !filter.statuses.is_empty() {
        (by_assignee_and_status(filter), Only(&[Field::Status]))
    } else if filter.ordered == Some(true) {
        whole(Only(&[Field::Ordered]))
    } else {
        whole(Only(&[]))
    }
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
