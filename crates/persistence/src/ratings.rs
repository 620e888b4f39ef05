//! Ratings of resolutions, and the list of them that staff read.

use bsm_domain::clock::Time;
use bsm_domain::ids::{OrganizationId, RatingId, ServiceId, TicketId, UserId};
use bsm_domain::rating::LOW;
use sqlx::FromRow;
use sqlx::types::Json;

use crate::page::{
    Direction, Key, Page, Window, distinct, push_equal, push_limit, push_merged, push_window,
};
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
    pub seen_at: Option<Time>,
    pub seen_by: Option<UserId>,
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
    pub seen_at: Option<Time>,
    pub seen_by: Option<UserId>,
    pub seen_by_name: Option<String>,
}

/// Which ratings a list shows; an empty list of scores filters nothing.
#[derive(Debug, Clone, Default)]
pub struct FeedbackFilter {
    /// One of these scores.
    pub scores: Vec<i64>,
    /// Given by this customer.
    pub customer: Option<UserId>,
    /// Of this organization's tickets.
    pub organization: Option<OrganizationId>,
    /// Of tickets this person had when they were resolved; `Some(None)` for nobody.
    pub assignee: Option<Option<UserId>>,
    /// Of orders of this service; `Some(None)` for what was no order.
    pub service: Option<Option<ServiceId>>,
    /// Giving this reason.
    pub reason: Option<String>,
    /// Whether somebody of staff has looked at it.
    pub seen: Option<bool>,
    /// Given at or after.
    pub from: Option<Time>,
    /// Given before.
    pub to: Option<Time>,
}

impl FeedbackFilter {
    /// The lists that together are this one, where it asks for one of several scores among all
    /// ratings: see [`push_merged`].
    fn parts(&self) -> Vec<Self> {
        let narrow = self.customer.is_some()
            || self.organization.is_some()
            || self.assignee.is_some()
            || self.service.is_some()
            || self.reason.is_some()
            || self.is_queue();
        if self.scores.len() < 2 || narrow {
            return Vec::new();
        }
        let one = |score| Self {
            scores: vec![score],
            ..self.clone()
        };
        distinct(&self.scores).into_iter().map(one).collect()
    }

    /// Whether the list is the queue of low scores, which has an index of its own.
    fn is_queue(&self) -> bool {
        let low = (1..=LOW).all(|score| self.scores.contains(&score));
        low && self.scores.iter().all(|score| *score <= LOW) && self.seen == Some(false)
    }

    fn push(&self, query: &mut Query<'_>, place: &Place) {
        match self.scores.as_slice() {
            [] => {}
            // The words of the index, so that it is used.
            _ if self.is_queue() => {
                query.push(" and rt.score <= 2");
            }
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
        if let Some(id) = self.organization {
            query.push(" and rt.organization_id = ").push_bind(id);
        }
        push_equal(query, "rt.assignee_id", self.assignee);
        push_equal(query, "rt.service_id", self.service);
        match self.seen {
            None => {}
            Some(true) => {
                query.push(" and rt.seen_at is not null");
            }
            Some(false) => {
                query.push(" and rt.seen_at is null");
            }
        }
        if let Some(from) = self.from {
            query.push(" and ").push(place.at).push(" >= ");
            query.push_bind(from);
        }
        if let Some(to) = self.to {
            query.push(" and ").push(place.at).push(" < ");
            query.push_bind(to);
        }
    }
}

/// By which columns a list of ratings is ordered.
struct Place {
    at: &'static str,
    key: &'static str,
    order: &'static str,
}

const OF_RATINGS: Place = Place {
    at: "rt.created_at",
    key: "(rt.created_at, rt.id)",
    order: " order by rt.created_at desc, rt.id desc",
};

/// What is looked for by its reason is read by the index of reasons, in the same order.
const OF_REASONS: Place = Place {
    at: "rr.created_at",
    key: "(rr.created_at, rr.rating_id)",
    order: " order by rr.created_at desc, rr.rating_id desc",
};

const COLUMNS: &str = "select id, ticket_id, resolution, score, comment, reasons, resolved_at, \
    created_at, updated_at, seen_at, seen_by from ratings";

const FEEDBACK_COLUMNS: &str = "select rt.id, rt.ticket_id, t.number as ticket_number, \
    t.subject as ticket_subject, rt.score, rt.comment, rt.reasons, rt.customer_id, \
    c.name as customer_name, rt.organization_id, o.name as organization_name, rt.assignee_id, \
    a.name as assignee_name, rt.service_id, sv.name as service_name, rt.resolved_at, \
    rt.created_at, rt.updated_at, rt.seen_at, rt.seen_by, sn.name as seen_by_name from ";

const FEEDBACK_JOINS: &str = " left join tickets t on t.id = rt.ticket_id \
    left join users c on c.id = rt.customer_id \
    left join organizations o on o.id = rt.organization_id \
    left join users a on a.id = rt.assignee_id left join users sn on sn.id = rt.seen_by \
    left join service_versions sv on sv.service_id = rt.service_id and sv.n = t.service_version ";

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

    /// Gives a rating, or changes the one that this resolution has; what that said is kept, and
    /// nobody has seen what it says now.
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
        self.q(
            "insert into ratings (id, ticket_id, resolution, score, comment, reasons, customer_id, \
             organization_id, assignee_id, service_id, resolved_at, created_at, updated_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12) \
             on conflict (ticket_id, resolution) do update set score = excluded.score, \
             comment = excluded.comment, reasons = excluded.reasons, \
             updated_at = excluded.updated_at, seen_at = null, seen_by = null",
        )
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

    /// Writes the reasons of a rating for those who look for one; `given_at` is the rating's
    /// creation.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn put_rating_reasons(
        &mut self,
        rating: RatingId,
        given_at: Time,
        reasons: &[String],
    ) -> Result<(), DbError> {
        self.q("delete from rating_reasons where rating_id = $1")
            .bind(rating)
            .execute()
            .await?;
        for reason in reasons {
            self.q(
                "insert into rating_reasons (reason, created_at, rating_id) values ($1, $2, $3)",
            )
            .bind(reason.clone())
            .bind(given_at)
            .bind(rating)
            .execute()
            .await?;
        }
        Ok(())
    }

    /// A rating by its id; the row stays locked until the transaction ends.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn rating_locked(&mut self, id: RatingId) -> Result<Option<RatingRow>, DbError> {
        let mut query = self.q(COLUMNS);
        query.push(" where id = ").push_bind(id);
        query.for_update().optional().await
    }

    /// Writes who has looked at a rating and when, or that nobody has.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn set_rating_seen(
        &mut self,
        id: RatingId,
        seen: Option<(Time, UserId)>,
    ) -> Result<(), DbError> {
        self.q("update ratings set seen_at = $2, seen_by = $3 where id = $1")
            .bind(id)
            .bind(seen.map(|(at, _)| at))
            .bind(seen.map(|(_, by)| by))
            .execute()
            .await
            .map(drop)
    }

    /// How many ratings of at most [`LOW`] nobody has looked at.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn low_ratings_unseen(&mut self) -> Result<i64, DbError> {
        // In the order of the queue, so that SQLite reads its index and not all low ratings.
        let row = self
            .q(
                "select count(*) from (select 1 from ratings where seen_at is null and score <= 2 \
                order by created_at desc, id desc limit 9223372036854775807) queue",
            )
            .optional::<(i64,)>()
            .await?;
        Ok(row.map_or(0, |(count,)| count))
    }

    /// One rating as staff read it.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn feedback_of(&mut self, id: RatingId) -> Result<Option<FeedbackRow>, DbError> {
        let mut query = self.q(FEEDBACK_COLUMNS);
        query.push("ratings rt").push(FEEDBACK_JOINS);
        query.push("where rt.id = ").push_bind(id);
        query.optional().await
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
        let window_of = |query: &mut Query<'_>, filter: &FeedbackFilter, place: &Place| {
            filter.push(query, place);
            push_window(query, window, place.key, Direction::Falling, place.order);
        };
        // The page first, then what stands around its ratings, as with tickets.
        let mut query = self.q(FEEDBACK_COLUMNS);
        query.push("(");
        let parts = filter.parts();
        if let Some(reason) = &filter.reason {
            query.push(
                "select rt.* from rating_reasons rr join ratings rt on rt.id = rr.rating_id \
                 where rr.reason = ",
            );
            query.push_bind(reason.clone());
            window_of(&mut query, filter, &OF_REASONS);
        } else if parts.is_empty() {
            query.push("select rt.* from ratings rt where 1 = 1");
            window_of(&mut query, filter, &OF_RATINGS);
        } else {
            query.push("select rt.* from ");
            push_merged(&mut query, &parts, |query, part| {
                query.push("select rt.* from ratings rt where 1 = 1");
                window_of(query, part, &OF_RATINGS);
            });
            query.push(" rt");
            push_limit(&mut query, window, OF_RATINGS.order);
        }
        query
            .push(") rt")
            .push(FEEDBACK_JOINS)
            .push(OF_RATINGS.order);
        let rows: Vec<FeedbackRow> = query.all().await?;
        Ok(Page::cut(rows, window.limit, |row| Key {
            at: row.created_at,
            id: row.id.0,
        }))
    }
}
