//! Searches of tickets: newest first, by number, so that no search has to gather all that it could
//! find before it knows the first page.

use bsm_domain::policy::ScopeKind;

use crate::differences::search::{GLIMPSE, Way, push_found};
use crate::page::{Key, Page, Window};
use crate::ticket_counts::{COUNT_LIMIT, TicketCountRow};
use crate::ticket_filter::{Eyes, FoundBy, TicketFilter, push_conditions};
use crate::tickets::{COLUMNS, JOINS, TicketRow};
use crate::{DbError, EngineKind, Tx};

/// So many of the newest tickets are looked at, on PostgreSQL, before its index of words is asked,
/// which lists all that have a word before it gives the first. What stands in one of four hundred is
/// found on the way; of what is rarer there are few to list.
const NEWEST: i64 = 10_000;

/// The same where tickets are counted: more of them are wanted.
const NEWEST_COUNTED: i64 = 60_000;

/// Whether, by what a first look at the newest tickets found, so many more of them have too few.
fn is_rare(found: i64, newest: i64, wanted: i64) -> bool {
    found * (newest / GLIMPSE) < wanted
}

impl Tx {
    /// A page of the tickets that have words beginning with all of the filter's terms, newest first.
    /// Without a term there is none.
    pub(crate) async fn found_tickets(
        &mut self,
        filter: &TicketFilter,
        terms: &[String],
        window: &Window,
    ) -> Result<Page<TicketRow>, DbError> {
        let mut rows: Vec<TicketRow> = Vec::new();
        let wanted = i64::from(window.limit) + 1;
        for way in self.ways(filter, terms, NEWEST).await? {
            let found = i64::try_from(rows.len()).unwrap_or(i64::MAX);
            if matches!(way, Way::Newest(NEWEST))
                && is_rare(found, NEWEST, wanted)
                && !self.explains()
            {
                continue;
            }
            let way = self.narrowed(way, filter, terms).await?;
            let mut query = self.q(COLUMNS);
            query.push("(select t.* from ");
            let order = push_found(
                &mut query,
                &way,
                terms,
                filter.eyes == Eyes::Staff,
                window.after.map(|key| key.number()),
            );
            push_conditions(&mut query, filter, FoundBy::Any);
            query.push(order).push(" limit ").push_bind(wanted);
            query
                .push(") t")
                .push(JOINS)
                .push(" order by t.number desc");
            rows = query.all().await?;
            if rows.len() > window.limit as usize {
                break;
            }
        }
        Ok(Page::cut(rows, window.limit, |row| {
            Key::of_number(row.number, row.id.0)
        }))
    }

    /// Counts what [`Self::found_tickets`] finds, at most [`COUNT_LIMIT`] + 1.
    pub(crate) async fn found_counts(
        &mut self,
        filter: &TicketFilter,
        terms: &[String],
    ) -> Result<Vec<TicketCountRow>, DbError> {
        let mut rows: Vec<TicketCountRow> = Vec::new();
        let found = |rows: &[TicketCountRow]| rows.iter().map(|row| row.tickets).sum::<i64>();
        let wanted = COUNT_LIMIT + 1;
        for way in self.ways(filter, terms, NEWEST_COUNTED).await? {
            let more = matches!(way, Way::Newest(NEWEST_COUNTED));
            if more && is_rare(found(&rows), NEWEST_COUNTED, wanted) && !self.explains() {
                continue;
            }
            let way = self.narrowed(way, filter, terms).await?;
            let mut query = self.q(
                "select status, priority, assignee_id, count(*) as tickets from \
                 (select t.status, t.priority, t.assignee_id from ",
            );
            push_found(&mut query, &way, terms, filter.eyes == Eyes::Staff, None);
            push_conditions(&mut query, filter, FoundBy::Any);
            query.push(" limit ").push_bind(wanted);
            query.push(") c group by status, priority, assignee_id");
            rows = query.all().await?;
            if found(&rows) >= wanted {
                break;
            }
        }
        Ok(rows)
    }

    /// The way that is gone where all that have the words are wanted.
    async fn narrowed(
        &mut self,
        way: Way,
        filter: &TicketFilter,
        terms: &[String],
    ) -> Result<Way, DbError> {
        match way {
            Way::Words => self.way_of_words(terms, filter.eyes == Eyes::Staff).await,
            other => Ok(other),
        }
    }

    /// The ways to look, one after the other until one finds enough: the last finds all.
    async fn ways(
        &mut self,
        filter: &TicketFilter,
        terms: &[String],
        newest: i64,
    ) -> Result<Vec<Way>, DbError> {
        if terms.is_empty() {
            return Ok(Vec::new());
        }
        let mut ways = Vec::new();
        let all = filter.is_unfiltered() && filter.scope.kind() == ScopeKind::All;
        if !all && self.leaves_few(filter).await? {
            ways.push(Way::Each);
            // A plan is wanted of each way that can be gone.
            if !self.explains() {
                return Ok(ways);
            }
        }
        if self.engine() == EngineKind::Postgres {
            ways.extend([Way::Newest(GLIMPSE), Way::Newest(newest)]);
        }
        ways.push(Way::Words);
        Ok(ways)
    }
}
