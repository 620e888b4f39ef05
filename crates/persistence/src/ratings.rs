//! Ratings of resolutions, and the list of them that staff read.

use bsm_domain::clock::Time;
use bsm_domain::ids::{OrganizationId, RatingId, ServiceId, TicketId, UserId};
use sqlx::FromRow;
use sqlx::types::Json;

use crate::page::{Direction, Key, Page, Window, distinct, push_limit, push_merged, push_window};
use crate::{DbError, Query, Tx};

/// A rating.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns of `ratings`")]
pub struct RatingRow {
    pub id: RatingId,
    pub ticket_id: TicketId,
    pub resolution: i64,
    pub score: i64,
    pub comment: Option<String>,
    pub reasons: Json<Vec<String>>,
    pub resolved_at: Time,
    pub created_at: Time,
    pub updated_at: Time,
}

/// A rating about to be given or changed.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "columns of `ratings`")]
pub struct NewRating {
    pub id: RatingId,
    pub ticket_id: TicketId,
    pub resolution: i64,
    pub score: i64,
    pub comment: Option<String>,
    pub reasons: Vec<String>,
    pub customer_id: UserId,
    pub organization_id: Option<OrganizationId>,
    pub assignee_id: Option<UserId>,
    pub service_id: Option<ServiceId>,
    pub resolved_at: Time,
    pub at: Time,
}

/// A rating as staff read it: with its ticket and the people around it.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns")]
pub struct FeedbackRow {
    pub id: RatingId,
    pub ticket_id: TicketId,
    pub ticket_number: i64,
    pub ticket_subject: String,
    pub score: i64,
    pub comment: Option<String>,
    pub reasons: Json<Vec<String>>,
    pub customer_id: UserId,
    pub customer_name: String,
    pub organization_id: Option<OrganizationId>,
    pub organization_name: Option<String>,
    pub assignee_id: Option<UserId>,
    pub assignee_name: Option<String>,
    pub service_id: Option<ServiceId>,
    pub service_name: Option<String>,
    pub resolved_at: Time,
    pub created_at: Time,
    pub updated_at: Time,
}

/// Which ratings a list shows; an empty list of scores filters nothing.
#[derive(Debug, Clone, Default)]
pub struct FeedbackFilter {
    /// One of these scores.
    pub scores: Vec<i64>,
    /// Given by this customer.
    pub customer: Option<UserId>,
    /// Of tickets this person had resolved.
    pub assignee: Option<UserId>,
    /// Of orders of this service.
    pub service: Option<ServiceId>,
    /// Given at or after.
    pub from: Option<Time>,
    /// Given before.
    pub to: Option<Time>,
}

impl FeedbackFilter {
    /// The lists that together are this one, where it asks for one of several scores among all
    /// ratings: see [`push_merged`].
    fn parts(&self) -> Vec<Self> {
        let narrow = self.customer.is_some() || self.assignee.is_some() || self.service.is_some();
        if self.scores.len() < 2 || narrow {
            return Vec::new();
        }
        let one = |score| Self {
            scores: vec![score],
            ..self.clone()
        };
        distinct(&self.scores).into_iter().map(one).collect()
    }

    fn push(&self, query: &mut Query<'_>) {
        query.push(" where 1 = 1");
        match self.scores.as_slice() {
            [] => {}
            [one] => {
                query.push(" and rt.score = ").push_bind(*one);
            }
            many => {
                query
                    .push(" and rt.score in ")
                    .push_list(many.iter().copied());
            }
        }
        if let Some(id) = self.customer {
            query.push(" and rt.customer_id = ").push_bind(id);
        }
        if let Some(id) = self.assignee {
            query.push(" and rt.assignee_id = ").push_bind(id);
        }
        if let Some(id) = self.service {
            query.push(" and rt.service_id = ").push_bind(id);
        }
        if let Some(from) = self.from {
            query.push(" and rt.created_at >= ").push_bind(from);
        }
        if let Some(to) = self.to {
            query.push(" and rt.created_at < ").push_bind(to);
        }
    }
}

const COLUMNS: &str = "select id, ticket_id, resolution, score, comment, reasons, resolved_at, \
    created_at, updated_at from ratings";

const FEEDBACK_COLUMNS: &str = "select rt.id, rt.ticket_id, t.number as ticket_number, \
    t.subject as ticket_subject, rt.score, rt.comment, rt.reasons, rt.customer_id, \
    c.name as customer_name, rt.organization_id, o.name as organization_name, rt.assignee_id, \
    a.name as assignee_name, rt.service_id, sv.name as service_name, rt.resolved_at, \
    rt.created_at, rt.updated_at from ";
/// What stands around a rating `rt`.
const FEEDBACK_JOINS: &str = " join tickets t on t.id = rt.ticket_id \
    join users c on c.id = rt.customer_id \
    left join organizations o on o.id = rt.organization_id \
    left join users a on a.id = rt.assignee_id \
    left join service_versions sv on sv.service_id = rt.service_id and sv.n = t.service_version";

impl Tx {
    /// The rating of one resolution of a ticket.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn rating(
        &mut self,
        ticket: TicketId,
        resolution: i64,
    ) -> Result<Option<RatingRow>, DbError> {
        let mut query = self.q(COLUMNS);
        query.push(" where ticket_id = ").push_bind(ticket);
        query.push(" and resolution = ").push_bind(resolution);
        query.optional().await
    }

    /// The ratings of all resolutions of a ticket, newest first.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn ratings_of_ticket(&mut self, ticket: TicketId) -> Result<Vec<RatingRow>, DbError> {
        let mut query = self.q(COLUMNS);
        query.push(" where ticket_id = ").push_bind(ticket);
        query.push(" order by resolution desc");
        query.all().await
    }

    /// Gives a rating, or changes the one that this resolution has; what that said is kept.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn put_rating(&mut self, rating: &NewRating) -> Result<(), DbError> {
        self.q(
            "insert into rating_revisions (rating_id, n, score, comment, reasons, written_at) \
             select r.id, (select count(*) + 1 from rating_revisions v where v.rating_id = r.id), \
             r.score, r.comment, r.reasons, r.updated_at from ratings r \
             where r.ticket_id = $1 and r.resolution = $2",
        )
        .bind(rating.ticket_id)
        .bind(rating.resolution)
        .execute()
        .await?;
        self.q("insert into ratings (id, ticket_id, resolution, score, comment, reasons, customer_id, \
             organization_id, assignee_id, service_id, resolved_at, created_at, updated_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12) \
             on conflict (ticket_id, resolution) do update set score = excluded.score, \
             comment = excluded.comment, reasons = excluded.reasons, updated_at = excluded.updated_at")
            .bind(rating.id)
            .bind(rating.ticket_id)
            .bind(rating.resolution)
            .bind(rating.score)
            .bind(rating.comment.clone())
            .bind(Json(rating.reasons.clone()))
            .bind(rating.customer_id)
            .bind(rating.organization_id)
            .bind(rating.assignee_id)
            .bind(rating.service_id)
            .bind(rating.resolved_at)
            .bind(rating.at)
            .execute()
            .await
            .map(drop)
    }

    /// A page of ratings, newest first.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn feedback(
        &mut self,
        filter: &FeedbackFilter,
        window: &Window,
    ) -> Result<Page<FeedbackRow>, DbError> {
        const ORDER: &str = " order by rt.created_at desc, rt.id desc";
        let window_of = |query: &mut Query<'_>, filter: &FeedbackFilter| {
            filter.push(query);
            let key = "(rt.created_at, rt.id)";
            push_window(query, window, key, Direction::Falling, ORDER);
        };
        let mut query = self.q(FEEDBACK_COLUMNS);
        let parts = filter.parts();
        if parts.is_empty() {
            query.push("ratings rt").push(FEEDBACK_JOINS);
            window_of(&mut query, filter);
        } else {
            push_merged(&mut query, &parts, |query, part| {
                query.push("select rt.* from ratings rt");
                window_of(query, part);
            });
            query.push(" rt").push(FEEDBACK_JOINS);
            push_limit(&mut query, window, ORDER);
        }
        let rows: Vec<FeedbackRow> = query.all().await?;
        Ok(Page::cut(rows, window.limit, |row| Key {
            at: row.created_at,
            id: row.id.0,
        }))
    }
}
