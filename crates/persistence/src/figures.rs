//! Figures of resolutions and ratings, counted by the database: roll-ups that are kept in the
//! transaction of what they count, and the rows at the edges of a period.

use std::collections::BTreeMap;

use bsm_domain::clock::Time;
use bsm_domain::figures::{Counts, DAY, QUARTER, slot};
use bsm_domain::ids::{ServiceId, UserId};
use bsm_domain::rating::Reason;
use sqlx::FromRow;
use uuid::Uuid;

use crate::{DbError, Tx};

/// What figures are divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// Who had the ticket when it was resolved.
    Assignee,
    /// What was ordered.
    Service,
}

impl Dimension {
    const fn code(self) -> &'static str {
        match self {
            Self::Assignee => "assignee",
            Self::Service => "service",
        }
    }
}

/// Whose counts change: the resolution's people and service.
#[derive(Debug, Clone, Copy)]
pub struct Subjects {
    /// The agent.
    pub assignee: Option<UserId>,
    /// The service.
    pub service: Option<ServiceId>,
}

/// Changes of roll-ups, gathered for one transaction and applied in one order, so that two
/// transactions never wait for each other's rows.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    quarters: BTreeMap<i64, Counts>,
    days: BTreeMap<(Dimension, i64, Uuid), Counts>,
    reasons: BTreeMap<(i64, String), i64>,
}

impl Tally {
    /// A ticket was resolved.
    pub fn resolved(&mut self, at: Time, of: Subjects) {
        let counts = Counts {
            resolutions: 1,
            ..Counts::default()
        };
        self.add(at, of, counts);
    }

    /// A customer undid the resolution of that moment.
    pub fn reopened(&mut self, resolved_at: Time, of: Subjects) {
        let counts = Counts {
            reopened: 1,
            ..Counts::default()
        };
        self.add(resolved_at, of, counts);
    }

    /// The resolution of that moment has its first rating.
    pub fn rated(&mut self, resolved_at: Time, of: Subjects) {
        let counts = Counts {
            rated: 1,
            ..Counts::default()
        };
        self.add(resolved_at, of, counts);
    }

    /// A rating first given at that moment says this now (`by` 1) or no longer (`by` -1).
    pub fn said(&mut self, given_at: Time, of: Subjects, score: i64, reasons: &[String], by: i64) {
        self.add(given_at, of, Counts::of_score(score, by));
        for reason in reasons {
            let slot = (slot(given_at, DAY), reason.clone());
            *self.reasons.entry(slot).or_default() += by;
        }
    }

    fn add(&mut self, at: Time, of: Subjects, counts: Counts) {
        *self.quarters.entry(slot(at, QUARTER)).or_default() += counts;
        let day = slot(at, DAY);
        for (dimension, subject) in [
            (Dimension::Assignee, of.assignee.map(|id| id.0)),
            (Dimension::Service, of.service.map(|id| id.0)),
        ] {
            let key = (dimension, day, subject.unwrap_or(Uuid::nil()));
            *self.days.entry(key).or_default() += counts;
        }
    }
}

/// Counts of one piece of a period.
#[derive(Debug, Clone, Copy, FromRow)]
pub struct PieceCounts {
    /// The number of the piece.
    pub n: i64,
    /// Its counts.
    #[sqlx(flatten)]
    pub counts: Counts,
}

/// Counts of one agent or service; of none where there is no id.
#[derive(Debug, Clone, Copy, FromRow)]
pub struct SubjectCounts {
    /// The agent or service; nil for none.
    pub subject_id: Uuid,
    /// Its counts.
    #[sqlx(flatten)]
    pub counts: Counts,
}

/// How often a reason was given.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ReasonCount {
    /// Its code.
    pub reason: String,
    /// In how many ratings.
    pub ratings: i64,
}

/// Quarters of an hour in a day.
const QUARTERS: i64 = DAY / QUARTER;

const SUMS: &str = "cast(coalesce(sum(resolutions), 0) as bigint) as resolutions, \
    cast(coalesce(sum(reopened), 0) as bigint) as reopened, \
    cast(coalesce(sum(rated), 0) as bigint) as rated, \
    cast(coalesce(sum(score_1), 0) as bigint) as score_1, \
    cast(coalesce(sum(score_2), 0) as bigint) as score_2, \
    cast(coalesce(sum(score_3), 0) as bigint) as score_3, \
    cast(coalesce(sum(score_4), 0) as bigint) as score_4, \
    cast(coalesce(sum(score_5), 0) as bigint) as score_5 ";

const RESOLVED: &str = "count(*) as resolutions, \
    coalesce(sum(case when reopened then 1 else 0 end), 0) as reopened, count(score) as rated, \
    cast(0 as bigint) as score_1, cast(0 as bigint) as score_2, cast(0 as bigint) as score_3, \
    cast(0 as bigint) as score_4, cast(0 as bigint) as score_5 \
    from resolutions where resolved_at >= $1 and resolved_at < $2";

const SAID: &str = "cast(0 as bigint) as resolutions, cast(0 as bigint) as reopened, \
    cast(0 as bigint) as rated, coalesce(sum(case score when 1 then 1 else 0 end), 0) as score_1, \
    coalesce(sum(case score when 2 then 1 else 0 end), 0) as score_2, \
    coalesce(sum(case score when 3 then 1 else 0 end), 0) as score_3, \
    coalesce(sum(case score when 4 then 1 else 0 end), 0) as score_4, \
    coalesce(sum(case score when 5 then 1 else 0 end), 0) as score_5 \
    from ratings where created_at >= $1 and created_at < $2";

const ON_CONFLICT: &str = " do update set resolutions = c.resolutions + excluded.resolutions, \
    reopened = c.reopened + excluded.reopened, rated = c.rated + excluded.rated, \
    score_1 = c.score_1 + excluded.score_1, score_2 = c.score_2 + excluded.score_2, \
    score_3 = c.score_3 + excluded.score_3, score_4 = c.score_4 + excluded.score_4, \
    score_5 = c.score_5 + excluded.score_5";

impl Tx {
    /// Changes the roll-ups.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn count(&mut self, mut tally: Tally) -> Result<(), DbError> {
        tally.quarters.retain(|_, counts| !counts.is_empty());
        tally.days.retain(|_, counts| !counts.is_empty());
        tally.reasons.retain(|_, by| *by != 0);
        if !tally.quarters.is_empty() {
            let mut query = self.q(
                "insert into figure_quarters as c (quarter, resolutions, reopened, rated, \
                 score_1, score_2, score_3, score_4, score_5) values ",
            );
            for (n, (quarter, counts)) in tally.quarters.iter().enumerate() {
                query
                    .push(if n == 0 { "(" } else { ", (" })
                    .push_bind(*quarter);
                push_counts(&mut query, counts);
            }
            query.push(" on conflict (quarter)").push(ON_CONFLICT);
            query.execute().await?;
        }
        if !tally.days.is_empty() {
            let mut query = self.q(
                "insert into figure_days as c (dimension, day, subject_id, resolutions, reopened, \
                 rated, score_1, score_2, score_3, score_4, score_5) values ",
            );
            for (n, ((dimension, day, subject), counts)) in tally.days.iter().enumerate() {
                query.push(if n == 0 { "(" } else { ", (" });
                query.push_bind(dimension.code().to_owned()).push(", ");
                query.push_bind(*day).push(", ").push_bind(*subject);
                push_counts(&mut query, counts);
            }
            query
                .push(" on conflict (dimension, day, subject_id)")
                .push(ON_CONFLICT);
            query.execute().await?;
        }
        if !tally.reasons.is_empty() {
            let mut query = self.q("insert into reason_days as c (day, reason, ratings) values ");
            for (n, ((day, reason), by)) in tally.reasons.iter().enumerate() {
                query.push(if n == 0 { "(" } else { ", (" }).push_bind(*day);
                query.push(", ").push_bind(reason.clone());
                query.push(", ").push_bind(*by).push(")");
            }
            query.push(
                " on conflict (day, reason) do update set ratings = c.ratings + excluded.ratings",
            );
            query.execute().await?;
        }
        Ok(())
    }

    /// Sums of whole quarters of an hour: of each piece `first..last` of quarters, where anything
    /// was counted. The whole days in a piece are read as days: a year has 35,000 quarters.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn quarters(&mut self, pieces: &[(i64, i64)]) -> Result<Vec<PieceCounts>, DbError> {
        let (mut quarters, mut days) = (Vec::new(), Vec::new());
        for (n, &(first, last)) in (0_i64..).zip(pieces) {
            let (from, to) = (
                first + (-first).rem_euclid(QUARTERS),
                last - last.rem_euclid(QUARTERS),
            );
            if from >= to {
                quarters.push((n, first, last));
                continue;
            }
            quarters.extend([(n, first, from), (n, to, last)]);
            days.push((n, from / QUARTERS, to / QUARTERS));
        }
        quarters.retain(|(_, first, last)| first < last);
        let mut sums: BTreeMap<i64, Counts> = BTreeMap::new();
        for (pieces, by) in [
            (
                quarters,
                "from p join figure_quarters q on q.quarter >= p.a and q.quarter < p.z group by p.n",
            ),
            // By service, as there are few of them.
            (
                days,
                "from p join figure_days d on d.dimension = 'service' and d.day >= p.a and d.day < p.z \
                 group by p.n",
            ),
        ] {
            for sum in self.sums_of(&pieces, by).await? {
                *sums.entry(sum.n).or_default() += sum.counts;
            }
        }
        let sums = sums.into_iter();
        Ok(sums.map(|(n, counts)| PieceCounts { n, counts }).collect())
    }

    async fn sums_of(
        &mut self,
        pieces: &[(i64, i64, i64)],
        by: &'static str,
    ) -> Result<Vec<PieceCounts>, DbError> {
        if pieces.is_empty() {
            return Ok(Vec::new());
        }
        let mut query = self.q("with p (n, a, z) as (values ");
        for (place, (n, first, last)) in pieces.iter().enumerate() {
            query
                .push(if place == 0 { "(" } else { ", (" })
                .push_bind(*n);
            query.push(", ").push_bind(*first);
            query.push(", ").push_bind(*last).push(")");
        }
        query.push(") select p.n, ").push(SUMS).push(by);
        query.all().await
    }

    /// Counts the resolutions and ratings of a time from their rows.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn counts_between(&mut self, from: Time, to: Time) -> Result<Counts, DbError> {
        let mut query = self.q("select ");
        query.push(RESOLVED);
        let resolved = query.bind(from).bind(to).optional::<Counts>().await?;
        let mut query = self.q("select ");
        query.push(SAID);
        let said = query.bind(from).bind(to).optional::<Counts>().await?;
        let mut counts = resolved.unwrap_or_default();
        counts += said.unwrap_or_default();
        Ok(counts)
    }

    /// Sums of whole days of universal time, by agent or service.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn days(
        &mut self,
        dimension: Dimension,
        first: i64,
        last: i64,
    ) -> Result<Vec<SubjectCounts>, DbError> {
        let mut query = self.q("select subject_id, ");
        query.push(SUMS).push(
            "from figure_days where dimension = $1 and day >= $2 and day < $3 group by subject_id",
        );
        query
            .bind(dimension.code().to_owned())
            .bind(first)
            .bind(last)
            .all()
            .await
    }

    /// Counts the resolutions and ratings of a time from their rows, by agent or service.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn counts_by(
        &mut self,
        dimension: Dimension,
        from: Time,
        to: Time,
    ) -> Result<Vec<SubjectCounts>, DbError> {
        let column = match dimension {
            Dimension::Assignee => "assignee_id",
            Dimension::Service => "service_id",
        };
        let mut found = Vec::new();
        for figures in [RESOLVED, SAID] {
            let mut query = self.q("select coalesce(");
            query
                .push(column)
                .push(", $3) as subject_id, ")
                .push(figures)
                // By the name of the expression: by the column SQLite would read all rows in its order.
                .push(" group by 1");
            let query = query.bind(from).bind(to).bind(Uuid::nil());
            found.extend(query.all::<SubjectCounts>().await?);
        }
        Ok(found)
    }

    /// The names of agents, or of services as they are called now.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn names_of(
        &mut self,
        dimension: Dimension,
        ids: &[Uuid],
    ) -> Result<Vec<(Uuid, String)>, DbError> {
        let mut query = self.q(match dimension {
            Dimension::Assignee => "select id, name from users where id in ",
            Dimension::Service => {
                "select s.id, v.name from customer_services s join service_versions v \
                 on v.service_id = s.id and v.n = coalesce(s.live_version, s.draft_version) \
                 where s.id in "
            }
        });
        query.push_list(ids.iter().copied());
        query.all().await
    }

    /// How often each reason was given on whole days of universal time.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn reason_days(
        &mut self,
        first: i64,
        last: i64,
    ) -> Result<Vec<ReasonCount>, DbError> {
        self.q(
            "select reason, cast(sum(ratings) as bigint) as ratings from reason_days \
             where day >= $1 and day < $2 group by reason",
        )
        .bind(first)
        .bind(last)
        .all()
        .await
    }

    /// Counts the reasons of ratings of a time from their rows, which know when the rating was given.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn reasons_between(
        &mut self,
        from: Time,
        to: Time,
    ) -> Result<Vec<ReasonCount>, DbError> {
        let mut query =
            self.q("select reason, count(*) as ratings from rating_reasons where reason in ");
        query.push_list(Reason::ALL.iter().map(|reason| reason.as_str()));
        query.push(" and created_at >= ").push_bind(from);
        query.push(" and created_at < ").push_bind(to);
        query.push(" group by reason");
        query.all().await
    }
}

/// Appends the counts and the closing bracket of a row of values.
fn push_counts(query: &mut crate::Query<'_>, counts: &Counts) {
    for value in [counts.resolutions, counts.reopened, counts.rated]
        .into_iter()
        .chain(counts.scores())
    {
        query.push(", ").push_bind(value);
    }
    query.push(")");
}
