//! Lists of tickets.

use crate::page::{
    Direction, Key, Page, Window, push_limit, push_merged, push_number_window, push_window,
};
use crate::ticket_filter::{Eyes, FoundBy, TicketFilter, push_conditions};
use crate::ticket_order::Reading;
use crate::tickets::{COLUMNS, JOINS, TicketRow};
use crate::{DbError, Query, Tx};

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
        let page_of = |query: &mut Query<'_>, filter: &TicketFilter, by: FoundBy| {
            push_conditions(query, filter, by);
            if sort == TicketSort::WaitingRising {
                query.push(" and t.waiting_since is not null");
            }
            let Order {
                columns,
                direction,
                text,
            } = order;
            if sort == TicketSort::NumberFalling {
                push_number_window(query, window, columns, direction, text);
            } else {
                push_window(query, window, columns, direction, text);
            }
        };
        let mut rows: Vec<TicketRow> = Vec::new();
        for reading in self.readings(filter, sort).await? {
            // The page first, then what stands around its tickets: joined to all tickets, PostgreSQL
            // takes longer to choose among the orders of the joins than to read the page.
            let mut query = self.q(COLUMNS);
            match reading {
                Reading::InOrder(parts, by) => {
                    query.push("(select t.* from ");
                    if let [part] = parts.as_slice() {
                        query.push("tickets t where 1 = 1");
                        page_of(&mut query, part, by);
                    } else {
                        push_merged(&mut query, &parts, |query, part| {
                            query.push("select t.* from tickets t where 1 = 1");
                            page_of(query, part, by);
                        });
                        query.push(" t");
                        push_limit(&mut query, window, order.text);
                    }
                    query.push(") t");
                }
                Reading::Sorted => {
                    // Ids alone: an index that has the times of the order, too, is enough for them.
                    query.push("(select t.id from tickets t where 1 = 1");
                    page_of(&mut query, filter, FoundBy::Any);
                    query.push(") page left join tickets t on t.id = page.id");
                }
            }
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
}
