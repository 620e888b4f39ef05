//! Lists and counts of tickets.

use std::collections::BTreeMap;

use bsm_domain::actor::Actor;
use bsm_domain::ids::UserId;
use bsm_domain::policy::{self, Capability};
use bsm_domain::ticket::{Priority, TicketStatus};
use bsm_persistence::page::{Page, Window};
use bsm_persistence::ticket_counts::{COUNT_LIMIT, is_counted};
use bsm_persistence::ticket_filter::TicketFilter;
use bsm_persistence::ticket_lists::TicketSort;
use bsm_persistence::tickets::TicketRow;

use crate::{App, Result};

/// A page of tickets. The filter's scope says what the actor may see.
///
/// # Errors
/// [`crate::Error::Db`]
pub async fn list(
    app: &App,
    filter: &TicketFilter,
    sort: TicketSort,
    window: &Window,
) -> Result<Page<TicketRow>> {
    app.db
        .read(async |tx| Ok(tx.tickets(filter, sort, window).await?))
        .await
}

/// How many tickets pass a filter, by each of three fields.
#[derive(Debug, Clone, Default)]
pub struct TicketCounts {
    /// By status.
    pub by_status: BTreeMap<TicketStatus, i64>,
    /// By priority.
    pub by_priority: BTreeMap<Priority, i64>,
    /// By assignee, with their names; nobody first, then by count.
    pub by_assignee: Vec<(Option<(UserId, String)>, i64)>,
    /// All.
    pub total: i64,
    /// Whether there are more than could be counted.
    pub more: bool,
}

/// Counts the tickets that pass a filter. Staff only.
///
/// # Errors
/// [`crate::Error::Forbidden`]
pub async fn counts(app: &App, actor: &Actor, filter: &TicketFilter) -> Result<TicketCounts> {
    policy::sight(actor, Capability::Work)?;
    let (rows, people) = app
        .db
        .read(async |tx| {
            let rows = tx.ticket_counts(filter).await?;
            let mut people: BTreeMap<UserId, String> = BTreeMap::new();
            for id in rows.iter().filter_map(|r| r.assignee_id) {
                if !people.contains_key(&id)
                    && let Some(user) = tx.user(id).await?
                {
                    people.insert(id, user.name);
                }
            }
            Ok::<_, crate::Error>((rows, people))
        })
        .await?;
    let mut counts = TicketCounts::default();
    counts
        .by_status
        .extend(TicketStatus::ALL.iter().map(|s| (*s, 0)));
    counts
        .by_priority
        .extend(Priority::ALL.iter().map(|p| (*p, 0)));
    let mut by_assignee: BTreeMap<Option<UserId>, i64> = BTreeMap::from([(None, 0)]);
    // One too many tells that there are more; it is in none of the counts.
    let most = if is_counted(filter) {
        i64::MAX
    } else {
        COUNT_LIMIT
    };
    for row in rows {
        let tickets = row.tickets.min(most - counts.total);
        counts.more |= tickets < row.tickets;
        *counts.by_status.entry(row.status).or_default() += tickets;
        *counts.by_priority.entry(row.priority).or_default() += tickets;
        *by_assignee.entry(row.assignee_id).or_default() += tickets;
        counts.total += tickets;
    }
    counts.by_assignee = by_assignee
        .into_iter()
        .map(|(id, n)| {
            (
                id.and_then(|id| people.get(&id).map(|name| (id, name.clone()))),
                n,
            )
        })
        .collect();
    counts
        .by_assignee
        .sort_by_key(|(who, n)| (who.is_some(), std::cmp::Reverse(*n)));
    Ok(counts)
}
