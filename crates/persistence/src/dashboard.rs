//! What the first screen counts. Each statement reads the counts that are kept, a small index or the
//! entries of a few days, never the table of tickets.

use bsm_domain::clock::Time;
use sqlx::FromRow;
use uuid::Uuid;

use crate::differences::push_indexed_by;
use crate::{DbError, Tx, ticket_counts};

/// Tickets that somebody should look at now.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromRow)]
#[allow(missing_docs, reason = "counts")]
pub struct NeededRow {
    /// Open in any way, and nobody's.
    pub unassigned: i64,
    /// New or open, and the customer waits for an answer.
    pub waiting: i64,
    /// Since when the one waits who waits longest.
    pub longest_waiting_since: Option<Time>,
    /// New or open, after the customer undid the resolution.
    pub reopened: i64,
    /// Open in any way: the whole backlog.
    pub unsolved: i64,
}

/// What tickets are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountedBy {
    /// When they were opened.
    Created,
    /// When they were resolved, by a resolution that stands.
    Resolved,
    /// When they were opened, those only that are still open in any way.
    Backlog,
}

/// What ratings of a time say.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromRow)]
#[allow(missing_docs, reason = "counts")]
pub struct RatedRow {
    pub ratings: i64,
    pub score_sum: i64,
}

#[derive(Debug, FromRow)]
struct CountRow {
    place: i64,
    tickets: i64,
}

impl Tx {
    /// How many tickets need somebody now.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn needed_now(&mut self) -> Result<NeededRow, DbError> {
        // `coalesce` keeps the index of states out: those who wait are read in their order.
        let mut query = self.q(
            "select cast(coalesce(sum(case when c.assignee_id = $1 then c.tickets else 0 end), 0) as bigint) \
             as unassigned, \
             cast(coalesce(sum(case when c.status in ('new', 'open') then c.waiting else 0 end), 0) as bigint) \
             as waiting, \
             (select waiting_since from tickets where waiting_since is not null \
             and coalesce(status, '') in ('new', 'open') order by waiting_since limit 1) as longest_waiting_since, \
             cast(coalesce(sum(case when c.status in ('new', 'open') then c.reopened else 0 end), 0) as bigint) \
             as reopened, cast(coalesce(sum(c.tickets), 0) as bigint) as unsolved from ",
        );
        query
            .push(ticket_counts::ALL)
            .push(" where c.status in ('new', 'open', 'pending', 'on_hold')");
        query
            .bind(Uuid::nil())
            .optional()
            .await
            .map(Option::unwrap_or_default)
    }

    /// How many tickets lie in each of these times, from a first moment to before a last one.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn tickets_in(
        &mut self,
        by: CountedBy,
        times: &[(Time, Time)],
    ) -> Result<Vec<i64>, DbError> {
        let (from, to) = match by {
            CountedBy::Created => (" where created_at >= ", " and created_at < "),
            CountedBy::Resolved => (" where resolved_at >= ", " and resolved_at < "),
            CountedBy::Backlog => (
                " where status in ('new', 'open', 'pending', 'on_hold') and created_at >= ",
                " and created_at < ",
            ),
        };
        let mut counts = vec![0; times.len()];
        if times.is_empty() {
            return Ok(counts);
        }
        let mut query = self.q("");
        for (place, (first, last)) in (0_i64..).zip(times) {
            query.push(if place == 0 {
                "select cast("
            } else {
                " union all select cast("
            });
            query.push_bind(place);
            query.push(" as bigint) as place, count(*) as tickets from tickets");
            if by == CountedBy::Backlog {
                // It would read what is open by states.
                push_indexed_by(&mut query, " indexed by tickets_backlog");
            }
            query.push(from).push_bind(*first);
            query.push(to).push_bind(*last);
        }
        let rows: Vec<CountRow> = query.all().await?;
        for row in rows {
            let place = usize::try_from(row.place).unwrap_or(usize::MAX);
            if let Some(count) = counts.get_mut(place) {
                *count = row.tickets;
            }
        }
        Ok(counts)
    }

    /// How long the tickets first answered in a time had waited, in whole seconds, shortest first.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn first_responses_in(&mut self, from: Time, to: Time) -> Result<Vec<i64>, DbError> {
        let rows: Vec<(i64,)> = self
            .q(
                "select first_response_seconds from tickets where first_response_at >= $1 \
                 and first_response_at < $2 and first_response_seconds is not null \
                 order by first_response_seconds",
            )
            .bind(from)
            .bind(to)
            .all()
            .await?;
        Ok(rows.into_iter().map(|(seconds,)| seconds).collect())
    }

    /// What the ratings given in a time say.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn rated_in(&mut self, from: Time, to: Time) -> Result<RatedRow, DbError> {
        self.q(
            "select count(*) as ratings, cast(coalesce(sum(score), 0) as bigint) as score_sum \
             from ratings where created_at >= $1 and created_at < $2",
        )
        .bind(from)
        .bind(to)
        .optional()
        .await
        .map(Option::unwrap_or_default)
    }
}
