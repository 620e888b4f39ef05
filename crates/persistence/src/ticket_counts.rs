//! How many tickets there are, kept by the transactions that change them: a count costs the same
//! however many there are.

use std::collections::BTreeMap;

use bsm_domain::ids::UserId;
use bsm_domain::policy::ScopeKind;
use bsm_domain::ticket::{Priority, TicketStatus};
use sqlx::FromRow;
use uuid::Uuid;

use crate::ticket_filter::{FoundBy, TicketFilter, push_any, push_conditions};
use crate::tickets::{NewTicket, TicketRow};
use crate::{DbError, Tx};

/// How many tickets share status, priority and assignee.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns")]
pub struct TicketCountRow {
    pub status: TicketStatus,
    pub priority: Priority,
    pub assignee_id: Option<UserId>,
    pub tickets: i64,
}

/// Counts that are not kept are exact up to here.
pub const COUNT_LIMIT: i64 = 10_000;

/// A row of counts that are added up.
#[derive(Debug, Clone, FromRow)]
struct MoveRow {
    id: Uuid,
    status: TicketStatus,
    priority: Priority,
    assignee_id: Uuid,
    tickets: i64,
    waiting: i64,
    reopened: i64,
}

/// What is counted of the tickets kept together: an expression over the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    All,
    Waiting,
    NotWaiting,
    Reopened,
    NotReopened,
}

impl Kept {
    /// What answers a filter; `None` where it asks for more than is kept.
    fn of(filter: &TicketFilter) -> Option<Self> {
        let TicketFilter {
            scope,
            eyes: _,
            statuses: _,
            priorities: _,
            assignees: _,
            waiting,
            reopened,
            categories,
            requester,
            organization,
            service,
            rated,
            created_from,
            created_to,
            answered_from,
            answered_to,
            resolved_from,
            resolved_to,
            ordered,
            terms,
        } = filter;
        let more = scope.kind() != ScopeKind::All
            || !categories.is_empty()
            || requester.is_some()
            || organization.is_some()
            || service.is_some()
            || rated.is_some()
            || ordered.is_some()
            || terms.is_some()
            || [created_from, created_to, answered_from, answered_to]
                .into_iter()
                .chain([resolved_from, resolved_to])
                .any(Option::is_some);
        match (more, waiting, reopened) {
            (true, _, _) | (_, Some(_), Some(_)) => None,
            (_, None, None) => Some(Self::All),
            (_, Some(true), None) => Some(Self::Waiting),
            (_, Some(false), None) => Some(Self::NotWaiting),
            (_, None, Some(true)) => Some(Self::Reopened),
            (_, None, Some(false)) => Some(Self::NotReopened),
        }
    }

    const fn sum(self) -> &'static str {
        match self {
            Self::All => "sum(tickets)",
            Self::Waiting => "sum(waiting)",
            Self::NotWaiting => "sum(tickets - waiting)",
            Self::Reopened => "sum(reopened)",
            Self::NotReopened => "sum(tickets - reopened)",
        }
    }
}

/// Both tables as one.
pub(crate) const ALL: &str = "(select status, priority, assignee_id, tickets, waiting, reopened from ticket_counts \
    union all select status, priority, assignee_id, tickets, waiting, reopened from ticket_count_moves) c";

/// The columns of the tables, but `id`.
const COLUMNS: &str = "status, priority, assignee_id, tickets, waiting, reopened";

/// Whether the counts of a filter are exact however many tickets pass it; others are up to
/// [`COUNT_LIMIT`].
#[must_use]
pub fn is_counted(filter: &TicketFilter) -> bool {
    Kept::of(filter).is_some()
}

impl Tx {
    /// Counts by status, priority and assignee: exact where [`is_counted`], else of at most
    /// [`COUNT_LIMIT`] + 1 tickets.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn ticket_counts(
        &mut self,
        filter: &TicketFilter,
    ) -> Result<Vec<TicketCountRow>, DbError> {
        if let Some(kept) = Kept::of(filter) {
            return self.kept_counts(filter, kept).await;
        }
        if let Some(terms) = &filter.terms {
            return self.found_counts(filter, terms).await;
        }
        let mut query = self.q(
            "select status, priority, assignee_id, count(*) as tickets from \
             (select t.status, t.priority, t.assignee_id from tickets t where 1 = 1",
        );
        push_conditions(&mut query, filter, FoundBy::Any);
        query.push(" limit ").push_bind(COUNT_LIMIT + 1);
        query.push(") c group by status, priority, assignee_id");
        query.all().await
    }

    async fn kept_counts(
        &mut self,
        filter: &TicketFilter,
        kept: Kept,
    ) -> Result<Vec<TicketCountRow>, DbError> {
        let mut query = self.q("select status, priority, nullif(assignee_id, ");
        query
            .push_bind(Uuid::nil())
            .push(") as assignee_id, cast(")
            .push(kept.sum())
            .push(" as bigint) as tickets from ")
            .push(ALL)
            .push(" where 1 = 1");
        if !filter.statuses.is_empty() {
            push_any(&mut query, " and status", &filter.statuses);
        }
        if !filter.priorities.is_empty() {
            push_any(&mut query, " and priority", &filter.priorities);
        }
        if !filter.assignees.is_empty() {
            let assignees: Vec<Uuid> = filter.assignees.iter().map(|id| who(*id)).collect();
            push_any(&mut query, " and assignee_id", &assignees);
        }
        query
            .push(" group by status, priority, assignee_id having ")
            .push(kept.sum())
            .push(" <> 0");
        query.all().await
    }

    /// Counts a new ticket, which is new, nobody's, and whose customer waits.
    pub(crate) async fn count_new_ticket(&mut self, ticket: &NewTicket) -> Result<(), DbError> {
        let mut query = self.q("insert into ticket_count_moves (id, ");
        query
            .push(COLUMNS)
            .push(") values (")
            .push_bind(Uuid::now_v7())
            .push(", ")
            .push_bind(TicketStatus::New)
            .push(", ")
            .push_bind(ticket.priority)
            .push(", ")
            .push_bind(Uuid::nil())
            .push(", 1, 1, 0)");
        query.execute().await.map(drop)
    }

    /// Counts what a ticket is about to become, before it is written.
    pub(crate) async fn count_change(&mut self, ticket: &TicketRow) -> Result<(), DbError> {
        self.q(
            "insert into ticket_count_moves (id, status, priority, assignee_id, tickets, waiting, reopened) \
             select m.id, m.status, m.priority, m.assignee_id, m.tickets, m.waiting, m.reopened from (\
             select $2 as id, status, priority, coalesce(assignee_id, $4) as assignee_id, \
             -1 as tickets, case when waiting_since is null then 0 else -1 end as waiting, \
             case when reopened_at is null then 0 else -1 end as reopened \
             from tickets where id = $1 \
             union all select $3, $5, $6, $7, 1, $8, $9) m \
             where exists (select 1 from tickets t where t.id = $1 and (t.status <> $5 \
             or t.priority <> $6 or coalesce(t.assignee_id, $4) <> $7 \
             or (t.waiting_since is null) <> ($8 = 0) or (t.reopened_at is null) <> ($9 = 0)))",
        )
        .bind(ticket.id)
        .bind(Uuid::now_v7())
        .bind(Uuid::now_v7())
        .bind(Uuid::nil())
        .bind(ticket.status)
        .bind(ticket.priority)
        .bind(who(ticket.assignee_id))
        .bind(i64::from(ticket.waiting_since.is_some()))
        .bind(i64::from(ticket.reopened_at.is_some()))
        .execute()
        .await
        .map(drop)
    }

    /// Folds at most `limit` moves into the counts; how many. Two at once would take different ones.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn fold_ticket_counts(&mut self, limit: u32) -> Result<u64, DbError> {
        let mut query = self.q("select id, ");
        query
            .push(COLUMNS)
            .push(" from ticket_count_moves order by id limit ")
            .push_bind(i64::from(limit));
        let moves: Vec<MoveRow> = query.for_update().all().await?;
        if moves.is_empty() {
            return Ok(0);
        }
        let mut query = self.q("delete from ticket_count_moves where id in ");
        query.push_list(moves.iter().map(|row| row.id));
        let deleted = query.execute().await?;
        let mut query = self.q("insert into ticket_counts as c (");
        query.push(COLUMNS).push(") values ");
        for (n, row) in sums(moves).into_iter().enumerate() {
            query.push(if n == 0 { "(" } else { ", (" });
            query.push_bind(row.status).push(", ");
            query.push_bind(row.priority).push(", ");
            query.push_bind(row.assignee_id).push(", ");
            query.push_bind(row.tickets).push(", ");
            query.push_bind(row.waiting).push(", ");
            query.push_bind(row.reopened).push(")");
        }
        query.push(
            " on conflict (status, priority, assignee_id) do update set \
             tickets = c.tickets + excluded.tickets, waiting = c.waiting + excluded.waiting, \
             reopened = c.reopened + excluded.reopened",
        );
        query.execute().await?;
        Ok(deleted)
    }
}

/// The assignee as they stand in the counts.
fn who(assignee: Option<UserId>) -> Uuid {
    assignee.map_or(Uuid::nil(), |id| id.0)
}

/// One row for each status, priority and assignee.
fn sums(moves: Vec<MoveRow>) -> Vec<MoveRow> {
    let mut sums: BTreeMap<_, MoveRow> = BTreeMap::new();
    for row in moves {
        sums.entry((row.status, row.priority, row.assignee_id))
            .and_modify(|sum| {
                sum.tickets += row.tickets;
                sum.waiting += row.waiting;
                sum.reopened += row.reopened;
            })
            .or_insert(row);
    }
    sums.into_values().collect()
}
