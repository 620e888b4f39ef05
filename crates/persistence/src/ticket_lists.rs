//! Lists of tickets.

use bsm_domain::policy::ScopeKind;

use crate::differences::{push_each_period, push_fence, push_indexed_by};
use crate::page::{
    Direction, Key, Page, Window, push_limit, push_merged, push_number_window, push_window,
};
use crate::ticket_filter::{Eyes, Field, FoundBy, TicketFilter, push_conditions};
use crate::ticket_order::{BY_PERIOD, Choice, Reading, choice, index_of_time};
use crate::tickets::{COLUMNS, JOINS, TicketRow};
use crate::{DbError, Query, Tx};

/// So many tickets are looked at for whether a list is dense in its order.
const LOOKED_AT: u32 = 2_000;
/// What part of a page must be among those where nothing is lost by walking on.
const FEW_OF_PAGE: u32 = 5;

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TicketSort {
    /// Last touched first.
    UpdatedFalling,
    /// Longest untouched first.
    UpdatedRising,
    /// Newest first.
    CreatedFalling,
    /// Oldest first.
    CreatedRising,
    /// Those whose customer waits longest first; of no others.
    WaitingRising,
    /// Highest number first: the order of a search.
    NumberFalling,
}

/// How an order stands in a statement.
#[derive(Clone, Copy)]
struct Order {
    columns: &'static str,
    direction: Direction,
    text: &'static str,
}

impl Order {
    const fn of(eyes: Eyes, sort: TicketSort) -> Self {
        use Direction::{Falling, Rising};
        use TicketSort as S;
        let (columns, direction, text) = match (eyes, sort) {
            (Eyes::Staff, S::UpdatedFalling) => (
                "(t.updated_at, t.id)",
                Falling,
                " order by t.updated_at desc, t.id desc",
            ),
            (Eyes::Staff, S::UpdatedRising) => (
                "(t.updated_at, t.id)",
                Rising,
                " order by t.updated_at, t.id",
            ),
            (Eyes::Customer, S::UpdatedFalling) => (
                "(t.customer_updated_at, t.id)",
                Falling,
                " order by t.customer_updated_at desc, t.id desc",
            ),
            (Eyes::Customer, S::UpdatedRising) => (
                "(t.customer_updated_at, t.id)",
                Rising,
                " order by t.customer_updated_at, t.id",
            ),
            (_, S::CreatedFalling) => (
                "(t.created_at, t.id)",
                Falling,
                " order by t.created_at desc, t.id desc",
            ),
            (_, S::CreatedRising) => (
                "(t.created_at, t.id)",
                Rising,
                " order by t.created_at, t.id",
            ),
            (_, S::WaitingRising) => (
                "(t.waiting_since, t.id)",
                Rising,
                " order by t.waiting_since, t.id",
            ),
            (_, S::NumberFalling) => ("(t.number, t.id)", Falling, " order by t.number desc"),
        };
        Self {
            columns,
            direction,
            text,
        }
    }
}

impl Tx {
    /// A page of tickets. What a filter with terms finds comes newest first, whatever the order.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn tickets(
        &mut self,
        filter: &TicketFilter,
        sort: TicketSort,
        window: &Window,
    ) -> Result<Page<TicketRow>, DbError> {
        if let Some(terms) = &filter.terms {
            return self.found_tickets(filter, terms, window).await;
        }
        let order = Order::of(filter.eyes, sort);
        let mut rows: Vec<TicketRow> = Vec::new();
        for reading in self.readings(filter, sort, window).await? {
            // The page first, then what stands around its tickets: joined to all tickets, PostgreSQL
            // takes longer to choose among the orders of the joins than to read the page.
            let mut query = self.q(COLUMNS);
            push_reading(&mut query, &reading, filter, sort, window);
            query.push(JOINS).push(order.text);
            rows = query.all().await?;
        }
        Ok(Page::cut(rows, window.limit, |row| {
            use TicketSort as S;
            let at = match (filter.eyes, sort) {
                (_, S::NumberFalling) => return Key::of_number(row.number, row.id.0),
                (_, S::CreatedFalling | S::CreatedRising) => row.created_at,
                (_, S::WaitingRising) => row.waiting_since.unwrap_or(row.created_at),
                (Eyes::Staff, _) => row.updated_at,
                (Eyes::Customer, _) => row.customer_updated_at,
            };
            Key { at, id: row.id.0 }
        }))
    }

    /// The way to the page; where statements are only explained, each that can be gone.
    async fn readings(
        &mut self,
        filter: &TicketFilter,
        sort: TicketSort,
        window: &Window,
    ) -> Result<Vec<Reading>, DbError> {
        if filter.scope.kind() != ScopeKind::All {
            return Ok(vec![Reading::InOrder(vec![filter.clone()], FoundBy::Any)]);
        }
        let (parts, fields, found_by) = match choice(filter, sort) {
            Choice::Known(reading) => return Ok(vec![reading]),
            Choice::ByPeriod(moment) => {
                let periods = self.periods(moment, filter).await?;
                return Ok(vec![Reading::InPeriods(periods)]);
            }
            Choice::ByDensity {
                parts,
                fields,
                found_by,
            } => (parts, fields, found_by),
        };
        // Where the same tickets would be found and then put in order, to walk them costs no more even
        // if the page is never filled: a few on the way are reason enough.
        let enough = if fields == found_by {
            window.limit / FEW_OF_PAGE
        } else {
            window.limit
        };
        let dense = self
            .finds_more_than(enough, filter, &parts, fields, sort, window)
            .await?;
        let mut readings = Vec::new();
        if dense || self.explains() {
            readings.push(Reading::InOrder(parts, FoundBy::Only(fields)));
        }
        if !dense {
            readings.push(Reading::Sorted(FoundBy::Only(found_by)));
        }
        Ok(readings)
    }

    /// Whether more than so many are among the first tickets of the parts, in the order of the list.
    async fn finds_more_than(
        &mut self,
        enough: u32,
        filter: &TicketFilter,
        parts: &[TicketFilter],
        fields: &'static [Field],
        sort: TicketSort,
        window: &Window,
    ) -> Result<bool, DbError> {
        let many = u32::try_from(parts.len()).unwrap_or(u32::MAX);
        let first = Window {
            limit: LOOKED_AT / many,
            after: window.after,
        };
        let mut query = self.q("select count(*) from (select t.id from ");
        push_merged(&mut query, parts, |query, part| {
            query.push("select t.* from tickets t where 1 = 1");
            let part = part.only(fields);
            push_page(query, &part, FoundBy::Only(fields), sort, &first);
        });
        query.push(" t where 1 = 1");
        push_conditions(&mut query, filter, FoundBy::Any);
        query.push(" limit ").push_number(enough.saturating_add(1));
        query.push(") found");
        let count = query.optional::<(i64,)>().await?;
        Ok(count.is_some_and(|(n,)| n > i64::from(enough)))
    }
}

/// Adds the page as a table `t`, in the way of a reading.
fn push_reading(
    query: &mut Query<'_>,
    reading: &Reading,
    filter: &TicketFilter,
    sort: TicketSort,
    window: &Window,
) {
    let order = Order::of(filter.eyes, sort).text;
    match reading {
        Reading::InOrder(parts, by) => {
            query.push("(select t.* from ");
            if let [part] = parts.as_slice() {
                query.push("tickets t where 1 = 1");
                push_page(query, part, *by, sort, window);
            } else {
                push_merged(query, parts, |query, part| {
                    query.push("select t.* from tickets t where 1 = 1");
                    push_page(query, part, *by, sort, window);
                });
                query.push(" t");
                push_limit(query, window, order);
            }
            query.push(") t");
        }
        Reading::InPeriods(found) => {
            query.push("(select t.id from (");
            for (n, (unit, periods, filter)) in found.parts(filter).into_iter().enumerate() {
                query.push(if n == 0 { "" } else { " union all " });
                let each = (found.moment.column(), unit, periods);
                push_each_period(query, each, |query| {
                    push_page(query, &filter, FoundBy::Only(BY_PERIOD), sort, window);
                });
            }
            query.push(") t");
            push_limit(query, window, order);
            query.push(") page left join tickets t on t.id = page.id");
        }
        Reading::Sorted(by) => {
            // Ids alone are put in order, not whole rows.
            query.push("(select t.id from (select t.* from tickets t");
            if let Some(index) = index_of_time(filter, *by) {
                push_indexed_by(query, index);
            }
            query.push(" where 1 = 1");
            push_conditions(query, filter, *by);
            push_fence(query);
            query.push(") t where 1 = 1");
            let rest = TicketFilter::all(filter.scope, filter.eyes);
            push_page(query, &rest, *by, sort, window);
            query.push(") page left join tickets t on t.id = page.id");
        }
    }
}

/// Ends a statement over `tickets t where …`: the conditions, the place of the page, its order and limit.
fn push_page(
    query: &mut Query<'_>,
    filter: &TicketFilter,
    by: FoundBy,
    sort: TicketSort,
    window: &Window,
) {
    let Order {
        columns,
        direction,
        text,
    } = Order::of(filter.eyes, sort);
    push_conditions(query, filter, by);
    if sort == TicketSort::WaitingRising {
        query.push(" and t.waiting_since is not null");
    }
    if sort == TicketSort::NumberFalling {
        push_number_window(query, window, columns, direction, text);
    } else {
        push_window(query, window, columns, direction, text);
    }
}
