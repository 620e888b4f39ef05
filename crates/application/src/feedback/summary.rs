//! The figures of a period.

use std::collections::BTreeMap;

use bsm_domain::actor::Actor;
use bsm_domain::clock::Time;
use bsm_domain::figures::{Bucket, Counts, DAY, Period, QUARTER, split};
use bsm_domain::policy::{self, Capability};
use bsm_persistence::Tx;
use bsm_persistence::figures::{Dimension, ReasonCount};
use uuid::Uuid;

use crate::{App, Result};

/// What customers said in a period. A rating counts when it was first given, a resolution when it
/// took place; which of the period's resolutions are rated is as of now.
#[derive(Debug, Clone)]
pub struct FeedbackSummary {
    /// When it was counted.
    pub as_of: Time,
    /// All of it.
    pub totals: Counts,
    /// Each day, week or month, also those without anything.
    pub trend: Vec<(Bucket, Counts)>,
    /// By who had the ticket when it was resolved; most ratings first.
    pub by_assignee: Vec<Part>,
    /// By the service that was ordered; most ratings first.
    pub by_service: Vec<Part>,
    /// Why: most often given first.
    pub reasons: Vec<ReasonCount>,
    /// Low ratings, of all times, that nobody has looked at.
    pub low_unseen: i64,
}

/// The figures of one agent or service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Who or what; nobody and no order where there is none.
    pub subject: Option<(Uuid, String)>,
    /// Their counts.
    pub counts: Counts,
}

/// Counts a period. Staff only.
///
/// # Errors
/// [`crate::Error::Forbidden`]
pub async fn summary(app: &App, actor: &Actor, period: &Period) -> Result<FeedbackSummary> {
    policy::require(actor, Capability::Work)?;
    let as_of = app.now();
    app.db
        .read_at_once(async |tx| {
            let trend = trend(tx, period).await?;
            let mut totals = Counts::default();
            for (_, counts) in &trend {
                totals += *counts;
            }
            Ok(FeedbackSummary {
                as_of,
                totals,
                trend,
                by_assignee: parts(tx, period, Dimension::Assignee).await?,
                by_service: parts(tx, period, Dimension::Service).await?,
                reasons: reasons(tx, period).await?,
                low_unseen: tx.low_ratings_unseen().await?,
            })
        })
        .await
}

/// Whole quarters of an hour come from their roll-up, what is left at the edges from the rows.
async fn trend(tx: &mut Tx, period: &Period) -> Result<Vec<(Bucket, Counts)>> {
    let mut trend: Vec<(Bucket, Counts)> = Vec::new();
    let mut pieces = Vec::new();
    let mut owners = Vec::new();
    for (n, bucket) in period.buckets().iter().enumerate() {
        let split = split(bucket.from, bucket.to, QUARTER);
        let mut counts = Counts::default();
        for (from, to) in split.rest {
            counts += tx.counts_between(from, to).await?;
        }
        trend.push((*bucket, counts));
        if let Some(slots) = split.slots {
            pieces.push(slots);
            owners.push(n);
        }
    }
    for sum in tx.quarters(&pieces).await? {
        let owner = usize::try_from(sum.n).ok().and_then(|n| owners.get(n));
        if let Some((_, counts)) = owner.and_then(|n| trend.get_mut(*n)) {
            *counts += sum.counts;
        }
    }
    Ok(trend)
}

/// Whole days of universal time come from their roll-up, what is left at the edges from the rows.
async fn parts(tx: &mut Tx, period: &Period, dimension: Dimension) -> Result<Vec<Part>> {
    let split = split(period.from(), period.to(), DAY);
    let mut rows = Vec::new();
    if let Some((first, last)) = split.slots {
        rows.extend(tx.days(dimension, first, last).await?);
    }
    for (from, to) in split.rest {
        rows.extend(tx.counts_by(dimension, from, to).await?);
    }
    let mut counted: BTreeMap<Uuid, Counts> = BTreeMap::new();
    for row in rows {
        *counted.entry(row.subject_id).or_default() += row.counts;
    }
    counted.retain(|_, counts| !counts.is_empty());
    let ids: Vec<Uuid> = counted.keys().copied().filter(|id| !id.is_nil()).collect();
    let mut names: BTreeMap<Uuid, String> =
        tx.names_of(dimension, &ids).await?.into_iter().collect();
    let mut parts: Vec<Part> = counted
        .into_iter()
        .map(|(id, counts)| Part {
            subject: names.remove(&id).map(|name| (id, name)),
            counts,
        })
        .collect();
    // The sort is stable: equal ones stay in the order of their ids.
    parts.sort_by_key(|part| std::cmp::Reverse((part.counts.ratings(), part.counts.resolutions)));
    Ok(parts)
}

async fn reasons(tx: &mut Tx, period: &Period) -> Result<Vec<ReasonCount>> {
    let split = split(period.from(), period.to(), DAY);
    let mut rows = Vec::new();
    if let Some((first, last)) = split.slots {
        rows.extend(tx.reason_days(first, last).await?);
    }
    for (from, to) in split.rest {
        rows.extend(tx.reasons_between(from, to).await?);
    }
    let mut counted: BTreeMap<String, i64> = BTreeMap::new();
    for row in rows {
        *counted.entry(row.reason).or_default() += row.ratings;
    }
    let mut ranked: Vec<ReasonCount> = counted
        .into_iter()
        .filter(|(_, ratings)| *ratings > 0)
        .map(|(reason, ratings)| ReasonCount { reason, ratings })
        .collect();
    ranked.sort_by_key(|row| std::cmp::Reverse(row.ratings));
    Ok(ranked)
}
