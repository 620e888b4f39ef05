//! How customers fare, to read: a list of all of them by any figure, and one of them, of all time
//! or of the tickets opened in a time.

use std::collections::HashMap;

use bsm_domain::clock::Time;
use bsm_domain::ids::{OrganizationId, ServiceId, UserId};
use chrono::DateTime;
use sqlx::FromRow;

use crate::customer_figures::hundredths;
use crate::differences::search::push_content_match;
use crate::{DbError, Query, Tx};

/// A customer with their figures.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[allow(
    missing_docs,
    reason = "columns of `customer_figures` and of the person"
)]
pub struct InsightRow {
    pub customer_id: UserId,
    pub name: String,
    pub email: String,
    pub organization_id: Option<OrganizationId>,
    pub organization_name: Option<String>,
    pub tickets_total: i64,
    pub tickets_new: i64,
    pub tickets_open: i64,
    pub tickets_pending: i64,
    pub tickets_on_hold: i64,
    pub tickets_resolved: i64,
    pub tickets_closed: i64,
    pub first_response_median: Option<i64>,
    pub first_response_p90: Option<i64>,
    pub resolution_median: Option<i64>,
    pub resolution_p90: Option<i64>,
    pub ratings: i64,
    /// The average score in hundredths.
    pub rating_hundredths: Option<i64>,
    pub services_requested: i64,
    /// The customer's being added where there is no ticket.
    pub moved_at: Time,
}

impl InsightRow {
    /// The average score, to two decimals.
    #[must_use]
    #[allow(
        clippy::cast_precision_loss,
        reason = "at most 500, and one division is exact to the last digit shown"
    )]
    pub fn rating_average(&self) -> Option<f64> {
        self.rating_hundredths.map(|n| n as f64 / 100.0)
    }

    /// When something last happened that the customer sees.
    #[must_use]
    pub fn last_activity_at(&self) -> Option<Time> {
        (self.tickets_total > 0).then_some(self.moved_at)
    }
}

/// What the list can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "named after the figures")]
pub enum InsightKey {
    /// When the customer was added.
    Created,
    Total,
    New,
    Open,
    Pending,
    OnHold,
    Resolved,
    Closed,
    FirstResponseMedian,
    FirstResponseP90,
    ResolutionMedian,
    ResolutionP90,
    RatingAverage,
    RatingCount,
    Services,
    Activity,
}

impl InsightKey {
    /// Every key.
    pub const ALL: [Self; 16] = [
        Self::Created,
        Self::Total,
        Self::New,
        Self::Open,
        Self::Pending,
        Self::OnHold,
        Self::Resolved,
        Self::Closed,
        Self::FirstResponseMedian,
        Self::FirstResponseP90,
        Self::ResolutionMedian,
        Self::ResolutionP90,
        Self::RatingAverage,
        Self::RatingCount,
        Self::Services,
        Self::Activity,
    ];

    /// The column or expression that an index of its own has; ids alone rise with the time.
    const fn column(self) -> &'static str {
        match self {
            Self::Created => "f.customer_id",
            Self::Total => "f.tickets_total",
            Self::New => "f.tickets_new",
            Self::Open => "f.tickets_open",
            Self::Pending => "f.tickets_pending",
            Self::OnHold => "f.tickets_on_hold",
            Self::Resolved => "f.tickets_resolved",
            Self::Closed => "f.tickets_closed",
            Self::FirstResponseMedian => "coalesce(f.first_response_median, -1)",
            Self::FirstResponseP90 => "coalesce(f.first_response_p90, -1)",
            Self::ResolutionMedian => "coalesce(f.resolution_median, -1)",
            Self::ResolutionP90 => "coalesce(f.resolution_p90, -1)",
            Self::RatingAverage => "coalesce(f.rating_hundredths, -1)",
            Self::RatingCount => "f.ratings",
            Self::Services => "f.services_requested",
            Self::Activity => "f.moved_at",
        }
    }

    /// Where a row stands in this order; what was never measured stands before everything.
    #[must_use]
    pub fn value(self, row: &InsightRow) -> i64 {
        let measured = |value: Option<i64>| value.unwrap_or(-1);
        match self {
            Self::Created => 0,
            Self::Total => row.tickets_total,
            Self::New => row.tickets_new,
            Self::Open => row.tickets_open,
            Self::Pending => row.tickets_pending,
            Self::OnHold => row.tickets_on_hold,
            Self::Resolved => row.tickets_resolved,
            Self::Closed => row.tickets_closed,
            Self::FirstResponseMedian => measured(row.first_response_median),
            Self::FirstResponseP90 => measured(row.first_response_p90),
            Self::ResolutionMedian => measured(row.resolution_median),
            Self::ResolutionP90 => measured(row.resolution_p90),
            Self::RatingAverage => measured(row.rating_hundredths),
            Self::RatingCount => row.ratings,
            Self::Services => row.services_requested,
            Self::Activity => row.moved_at.timestamp_micros(),
        }
    }
}

/// The order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InsightSort {
    /// By what.
    pub key: InsightKey,
    /// Whether the greatest come first.
    pub falling: bool,
}

/// Where a customer stands in the list: the value it is ordered by, then the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InsightPlace {
    /// The value; microseconds for times.
    pub value: i64,
    /// The customer.
    pub customer: UserId,
}

/// Which rows of the list are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InsightWindow {
    /// At most this many, 1 to 100.
    pub limit: u32,
    /// Those after this place; from the beginning without.
    pub after: Option<InsightPlace>,
}

/// Which customers the list shows.
#[derive(Debug, Clone, Default)]
pub struct InsightFilter {
    /// Of this organization, as they are now.
    pub organization: Option<OrganizationId>,
    /// Having words in name or address that begin with each of these folded terms.
    pub terms: Option<Vec<String>>,
}

/// The tickets that figures are of: those opened in this time. Without both ends, all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OpenedIn {
    /// Opened at or after.
    pub from: Option<Time>,
    /// Opened before.
    pub to: Option<Time>,
}

impl OpenedIn {
    /// Whether every ticket is meant.
    #[must_use]
    pub const fn is_all_time(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }
}

/// A service that a customer ordered.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[allow(missing_docs, reason = "columns")]
pub struct OrderedServiceRow {
    pub service_id: ServiceId,
    /// As it was called in the version ordered last.
    pub name: String,
    pub requests: i64,
    pub last_requested_at: Time,
}

const COLUMNS: &str = "select f.customer_id, u.name, u.email, u.organization_id, \
    o.name as organization_name, f.tickets_total, f.tickets_new, f.tickets_open, f.tickets_pending, \
    f.tickets_on_hold, f.tickets_resolved, f.tickets_closed, f.first_response_median, \
    f.first_response_p90, f.resolution_median, f.resolution_p90, f.ratings, f.rating_hundredths, \
    f.services_requested, f.moved_at from ";

/// Counts of a customer's tickets that were opened in a time.
#[derive(Debug, FromRow)]
struct TicketsRow {
    requester_id: UserId,
    tickets_total: i64,
    tickets_new: i64,
    tickets_open: i64,
    tickets_pending: i64,
    tickets_on_hold: i64,
    tickets_resolved: i64,
    tickets_closed: i64,
    services_requested: i64,
    moved_at: Time,
}

/// The sum of scores of a customer.
#[derive(Debug, FromRow)]
struct ScoresRow {
    requester_id: UserId,
    ratings: i64,
    score_sum: i64,
}

/// Two percentiles of a customer.
#[derive(Debug, FromRow)]
struct RankedRow {
    requester_id: UserId,
    median: Option<i64>,
    p90: Option<i64>,
}

impl Tx {
    /// The figures of one customer, of all time. `None` where there is no such customer.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn customer_insight(
        &mut self,
        customer: UserId,
    ) -> Result<Option<InsightRow>, DbError> {
        let mut query = self.q(COLUMNS);
        query.push(
            "customer_figures f join users u on u.id = f.customer_id \
             left join organizations o on o.id = u.organization_id \
             where u.role = 'customer' and f.customer_id = ",
        );
        query.push_bind(customer);
        query.optional().await
    }

    /// A page of customers with their figures of all time, and whether more follow.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn customer_insights(
        &mut self,
        filter: &InsightFilter,
        sort: InsightSort,
        window: &InsightWindow,
    ) -> Result<(Vec<InsightRow>, Option<InsightPlace>), DbError> {
        let mut query = self.q(COLUMNS);
        // A cross join is read in the order it is written by SQLite: the few that a filter leaves
        // are found first, else the order of the list leads.
        query.push(if filter.organization.is_some() || filter.terms.is_some() {
            "users u cross join customer_figures f"
        } else {
            "customer_figures f cross join users u"
        });
        query.push(
            " left join organizations o on o.id = u.organization_id \
             where u.id = f.customer_id and u.role = 'customer'",
        );
        if let Some(id) = filter.organization {
            query.push(" and u.organization_id = ").push_bind(id);
        }
        if let Some(terms) = &filter.terms {
            push_content_match(&mut query, "u.id", "user", "live", terms);
        }
        push_place(&mut query, sort, window.after);
        query
            .push(" limit ")
            .push_number(window.limit.saturating_add(1));
        let mut rows: Vec<InsightRow> = query.all().await?;
        let more = rows.len() > window.limit as usize;
        rows.truncate(window.limit as usize);
        let next = rows.last().filter(|_| more).map(|row| InsightPlace {
            value: sort.key.value(row),
            customer: row.customer_id,
        });
        Ok((rows, next))
    }

    /// Gives the rows of one page, or of one customer, their figures of the tickets opened in a
    /// time instead of those of all time.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn narrow_insights(
        &mut self,
        rows: &mut [InsightRow],
        opened: &OpenedIn,
    ) -> Result<(), DbError> {
        let ids: Vec<UserId> = rows.iter().map(|row| row.customer_id).collect();
        let mut query = self.q("select requester_id, count(*) as tickets_total, \
             count(case when status = 'new' then 1 end) as tickets_new, \
             count(case when status = 'open' then 1 end) as tickets_open, \
             count(case when status = 'pending' then 1 end) as tickets_pending, \
             count(case when status = 'on_hold' then 1 end) as tickets_on_hold, \
             count(case when status = 'resolved' then 1 end) as tickets_resolved, \
             count(case when status = 'closed' then 1 end) as tickets_closed, \
             count(service_id) as services_requested, max(customer_updated_at) as moved_at \
             from tickets t where requester_id in ");
        query.push_list(ids.iter().copied());
        push_opened(&mut query, opened);
        query.push(" group by requester_id");
        let tickets: Vec<TicketsRow> = query.all().await?;

        let mut query = self.q(
            "select t.requester_id, count(*) as ratings, cast(sum(r.score) as bigint) as score_sum \
             from tickets t join ratings r on r.ticket_id = t.id where t.requester_id in ",
        );
        query.push_list(ids.iter().copied());
        push_opened(&mut query, opened);
        query.push(" group by t.requester_id");
        let scores: Vec<ScoresRow> = query.all().await?;

        let first = self
            .q("select requester_id, max(case when n = (k * 50 + 99) / 100 then seconds end) as median, \
                 max(case when n = (k * 90 + 99) / 100 then seconds end) as p90 from \
                 (select requester_id, first_response_seconds as seconds, \
                 row_number() over (partition by requester_id order by first_response_seconds) as n, \
                 count(*) over (partition by requester_id) as k \
                 from tickets t where first_response_seconds is not null and requester_id in ");
        let first = ranked(first, &ids, opened).await?;
        let resolution = self
            .q("select requester_id, max(case when n = (k * 50 + 99) / 100 then seconds end) as median, \
                 max(case when n = (k * 90 + 99) / 100 then seconds end) as p90 from \
                 (select requester_id, resolution_seconds as seconds, \
                 row_number() over (partition by requester_id order by resolution_seconds) as n, \
                 count(*) over (partition by requester_id) as k \
                 from tickets t where resolution_seconds is not null and requester_id in ");
        let resolution = ranked(resolution, &ids, opened).await?;

        let tickets: HashMap<_, _> = tickets.iter().map(|t| (t.requester_id, t)).collect();
        let scores: HashMap<_, _> = scores.iter().map(|s| (s.requester_id, s)).collect();
        for row in rows {
            let id = row.customer_id;
            let counted = tickets.get(&id);
            row.tickets_total = counted.map_or(0, |t| t.tickets_total);
            row.tickets_new = counted.map_or(0, |t| t.tickets_new);
            row.tickets_open = counted.map_or(0, |t| t.tickets_open);
            row.tickets_pending = counted.map_or(0, |t| t.tickets_pending);
            row.tickets_on_hold = counted.map_or(0, |t| t.tickets_on_hold);
            row.tickets_resolved = counted.map_or(0, |t| t.tickets_resolved);
            row.tickets_closed = counted.map_or(0, |t| t.tickets_closed);
            row.services_requested = counted.map_or(0, |t| t.services_requested);
            row.moved_at = counted.map_or(row.moved_at, |t| t.moved_at);
            let rated = scores.get(&id);
            row.ratings = rated.map_or(0, |s| s.ratings);
            row.rating_hundredths = rated.and_then(|s| hundredths(s.score_sum, s.ratings));
            [row.first_response_median, row.first_response_p90] =
                first.get(&id).copied().unwrap_or_default();
            [row.resolution_median, row.resolution_p90] =
                resolution.get(&id).copied().unwrap_or_default();
        }
        Ok(())
    }

    /// The services that a customer ordered, those ordered most first, at most 100.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn services_ordered_by(
        &mut self,
        customer: UserId,
    ) -> Result<Vec<OrderedServiceRow>, DbError> {
        self.q(
            "select c.service_id, sv.name, c.requests, c.last_requested_at from \
             (select t.service_id, count(*) as requests, max(t.created_at) as last_requested_at, \
             max(t.service_version) as n from tickets t \
             where t.requester_id = $1 and t.service_id is not null group by t.service_id) c \
             join service_versions sv on sv.service_id = c.service_id and sv.n = c.n \
             order by c.requests desc, c.last_requested_at desc, c.service_id limit 100",
        )
        .bind(customer)
        .all()
        .await
    }
}

/// Goes on after a place, in order.
fn push_place(query: &mut Query<'_>, sort: InsightSort, after: Option<InsightPlace>) {
    let column = sort.key.column();
    let by_id = sort.key == InsightKey::Created;
    let sign = if sort.falling { " < " } else { " > " };
    if let Some(place) = after {
        query.push(" and ");
        if by_id {
            query.push(column).push(sign).push_bind(place.customer);
        } else {
            query
                .push("(")
                .push(column)
                .push(", f.customer_id)")
                .push(sign)
                .push("(");
            if sort.key == InsightKey::Activity {
                let at = DateTime::from_timestamp_micros(place.value).unwrap_or_default();
                query.push_bind(at);
            } else {
                query.push_bind(place.value);
            }
            query.push(", ").push_bind(place.customer).push(")");
        }
    }
    query.push(" order by ");
    if !by_id {
        query.push(column);
        query.push(if sort.falling { " desc, " } else { ", " });
    }
    query.push("f.customer_id");
    if sort.falling {
        query.push(" desc");
    }
}

fn push_opened(query: &mut Query<'_>, opened: &OpenedIn) {
    if let Some(from) = opened.from {
        query.push(" and t.created_at >= ").push_bind(from);
    }
    if let Some(to) = opened.to {
        query.push(" and t.created_at < ").push_bind(to);
    }
}

/// Ends a statement of percentiles and reads them by customer.
async fn ranked(
    mut query: Query<'_>,
    ids: &[UserId],
    opened: &OpenedIn,
) -> Result<HashMap<UserId, [Option<i64>; 2]>, DbError> {
    query.push_list(ids.iter().copied());
    push_opened(&mut query, opened);
    query.push(") ranked group by requester_id");
    let rows: Vec<RankedRow> = query.all().await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.requester_id, [row.median, row.p90]))
        .collect())
}
