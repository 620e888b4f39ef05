//! How each customer fares, of all time: one row a customer, moved by every change of a ticket of
//! theirs, in its transaction.

use bsm_domain::clock::Time;
use bsm_domain::figures::percentile::{MEDIAN, P90, rank};
use bsm_domain::ids::UserId;
use bsm_domain::ticket::TicketStatus;
use sqlx::FromRow;

use crate::{DbError, Tx};

/// What one change means for the figures of its requester.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FigureMoves {
    /// The status a ticket left.
    pub left: Option<TicketStatus>,
    /// The status a ticket entered; without one it left, the ticket is new here.
    pub entered: Option<TicketStatus>,
    /// Tickets that got their first response.
    pub answered: i64,
    /// Tickets that got a resolution (1), or whose resolution was undone (-1).
    pub solved: i64,
    /// Whether the time of a resolution changed: also where one replaced another.
    pub resolution_changed: bool,
    /// Orders of a service.
    pub ordered: i64,
    /// Ratings given.
    pub ratings: i64,
    /// By how much the sum of their scores changed.
    pub score: i64,
    /// When something last happened that the customer sees.
    pub moved_at: Option<Time>,
}

/// What derived figures are computed of.
#[derive(Debug, FromRow)]
struct Counted {
    answered: i64,
    solved: i64,
    ratings: i64,
    score_sum: i64,
}

impl Tx {
    /// Gives a customer their row, with nothing in it; one that is there stays.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn begin_customer_figures(
        &mut self,
        customer: UserId,
        at: Time,
    ) -> Result<(), DbError> {
        self.q(
            "insert into customer_figures (customer_id, tickets_total, tickets_new, tickets_open, \
             tickets_pending, tickets_on_hold, tickets_resolved, tickets_closed, answered, solved, \
             ratings, score_sum, services_requested, moved_at) \
             values ($1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, $2) \
             on conflict (customer_id) do nothing",
        )
        .bind(customer)
        .bind(at)
        .execute()
        .await
        .map(drop)
    }

    /// Moves a customer's figures by one change, after the change itself was written. From here to
    /// the end of the transaction other changes of this customer's figures wait.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn move_customer_figures(
        &mut self,
        customer: UserId,
        moves: &FigureMoves,
    ) -> Result<(), DbError> {
        if *moves == FigureMoves::default() {
            return Ok(());
        }
        let delta = |status: TicketStatus| {
            i64::from(moves.entered == Some(status)) - i64::from(moves.left == Some(status))
        };
        let mut query = self
            .q(
                "update customer_figures set tickets_total = tickets_total + $2, \
             tickets_new = tickets_new + $3, tickets_open = tickets_open + $4, \
             tickets_pending = tickets_pending + $5, tickets_on_hold = tickets_on_hold + $6, \
             tickets_resolved = tickets_resolved + $7, tickets_closed = tickets_closed + $8, \
             answered = answered + $9, solved = solved + $10, ratings = ratings + $11, \
             score_sum = score_sum + $12, services_requested = services_requested + $13",
            )
            .bind(customer)
            .bind(i64::from(moves.entered.is_some()) - i64::from(moves.left.is_some()))
            .bind(delta(TicketStatus::New))
            .bind(delta(TicketStatus::Open))
            .bind(delta(TicketStatus::Pending))
            .bind(delta(TicketStatus::OnHold))
            .bind(delta(TicketStatus::Resolved))
            .bind(delta(TicketStatus::Closed))
            .bind(moves.answered)
            .bind(moves.solved)
            .bind(moves.ratings)
            .bind(moves.score)
            .bind(moves.ordered);
        if let Some(at) = moves.moved_at {
            query.push(", moved_at = case when tickets_total = 0 or moved_at < ");
            query.push_bind(at).push(" then ").push_bind(at);
            query.push(" else moved_at end");
        }
        query.push(" where customer_id = $1 returning answered, solved, ratings, score_sum");
        let Some(counted) = query.optional::<Counted>().await? else {
            return Ok(());
        };
        if moves.answered != 0 {
            self.rank_first_responses(customer, counted.answered)
                .await?;
        }
        if moves.resolution_changed {
            self.rank_resolutions(customer, counted.solved).await?;
        }
        if moves.ratings != 0 || moves.score != 0 {
            self.q("update customer_figures set rating_hundredths = $2 where customer_id = $1")
                .bind(customer)
                .bind(hundredths(counted.score_sum, counted.ratings))
                .execute()
                .await?;
        }
        Ok(())
    }

    async fn rank_first_responses(&mut self, customer: UserId, count: i64) -> Result<(), DbError> {
        let mut values = [None, None];
        for (value, place) in values.iter_mut().zip(places(count)) {
            let Some(place) = place else { break };
            *value = self
                .q(
                    "select first_response_seconds from tickets where requester_id = $1 \
                     and first_response_seconds is not null \
                     order by first_response_seconds limit 1 offset $2",
                )
                .bind(customer)
                .bind(place)
                .optional::<(i64,)>()
                .await?
                .map(|(seconds,)| seconds);
        }
        self.q(
            "update customer_figures set first_response_median = $2, first_response_p90 = $3 \
             where customer_id = $1",
        )
        .bind(customer)
        .bind(values[0])
        .bind(values[1])
        .execute()
        .await
        .map(drop)
    }

    async fn rank_resolutions(&mut self, customer: UserId, count: i64) -> Result<(), DbError> {
        let mut values = [None, None];
        for (value, place) in values.iter_mut().zip(places(count)) {
            let Some(place) = place else { break };
            *value = self
                .q(
                    "select resolution_seconds from tickets where requester_id = $1 \
                     and resolution_seconds is not null \
                     order by resolution_seconds limit 1 offset $2",
                )
                .bind(customer)
                .bind(place)
                .optional::<(i64,)>()
                .await?
                .map(|(seconds,)| seconds);
        }
        self.q(
            "update customer_figures set resolution_median = $2, resolution_p90 = $3 \
             where customer_id = $1",
        )
        .bind(customer)
        .bind(values[0])
        .bind(values[1])
        .execute()
        .await
        .map(drop)
    }
}

/// How many values stand before the median and before the 90th percentile.
fn places(count: i64) -> [Option<i64>; 2] {
    let count = u64::try_from(count).unwrap_or(0);
    [MEDIAN, P90].map(|percent| {
        let before = rank(count, percent).checked_sub(1)?;
        i64::try_from(before).ok()
    })
}

/// An average score in hundredths, half a hundredth rounded up.
pub(crate) fn hundredths(sum: i64, count: i64) -> Option<i64> {
    (count > 0).then(|| (200 * sum + count) / (2 * count))
}
