//! Resolutions and ratings by chance, the same for the same seed.

use bsm_domain::actor::Role;
use bsm_domain::clock::Time;
use bsm_domain::figures::{Interval, Zone};
use bsm_domain::ids::{RatingId, ResolutionId, ServiceId, TicketId, UserId};
use bsm_persistence::figures::{Subjects, Tally};
use bsm_persistence::ratings::NewRating;
use bsm_persistence::resolutions::NewResolution;
use bsm_persistence::{Db, DbError, Tx};
use bsm_tests::seed;
use chrono::{TimeDelta, TimeZone as _, Utc};

pub const ZONES: [&str; 4] = ["UTC", "Asia/Kolkata", "Europe/Berlin", "America/New_York"];
const REASONS: [&str; 3] = ["fast", "slow", "unclear"];

/// Moments at which the clocks of Berlin and New York are changed, and one at which none are.
const CHANGES: [&str; 5] = [
    "2026-03-08T07:00:00Z",
    "2026-03-29T01:00:00Z",
    "2026-07-15T12:00:00Z",
    "2026-10-25T01:00:00Z",
    "2026-11-01T06:00:00Z",
];

/// A rating as it was last said.
#[derive(Debug, Clone)]
pub struct Said {
    pub given_at: Time,
    pub score: i64,
    pub reasons: Vec<String>,
}

/// A resolution and what became of it.
#[derive(Debug, Clone)]
pub struct Resolved {
    pub at: Time,
    pub assignee: Option<UserId>,
    pub service: Option<ServiceId>,
    pub reopened: bool,
    pub rating: Option<Said>,
}

/// What is to be counted, over which time.
#[derive(Debug)]
pub struct Case {
    pub zone: Zone,
    pub interval: Interval,
    pub from: Time,
    pub to: Time,
    pub rows: Vec<Resolved>,
}

/// Numbers by chance (SplitMix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }

    fn one_in(&mut self, sides: u64) -> bool {
        self.below(sides) == 0
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let n = self.below(from.len() as u64);
        from[usize::try_from(n).expect("small")]
    }

    /// A moment within so many hours around another: often exactly where a day of the zone begins
    /// or a microsecond beside.
    fn moment(&mut self, around: Time, hours: u64, zone: Zone) -> Time {
        let seconds = i64::try_from(self.below(hours * 7_200)).expect("small");
        let at = around + TimeDelta::seconds(seconds) - TimeDelta::hours(hours.cast_signed());
        match self.below(6) {
            0 => zone.day_begins(zone.date_at(at)).expect("a day"),
            1 => zone.day_begins(zone.date_at(at)).expect("a day") - TimeDelta::microseconds(1),
            2 => Utc
                .timestamp_opt(at.timestamp() / 900 * 900, 0)
                .single()
                .expect("a time"),
            _ => at + TimeDelta::microseconds(self.below(1_000_000).cast_signed()),
        }
    }
}

/// The people, tickets and services that the rows speak of.
pub struct World {
    customer: UserId,
    agents: Vec<UserId>,
    services: Vec<ServiceId>,
    tickets: Vec<TicketId>,
}

impl World {
    pub async fn new(db: &Db) -> Self {
        let customer = seed::customer(db, "ana@acme.example", None).await;
        let mut agents = Vec::new();
        for n in 0..3 {
            agents.push(seed::staff(db, &format!("agent{n}@demo.example"), Role::Agent).await);
        }
        let services: Vec<ServiceId> = (0..2).map(|_| ServiceId::generate()).collect();
        let tickets: Vec<TicketId> = (0..3).map(|_| TicketId::generate()).collect();
        db.write(async |tx| {
            for (n, id) in (1_i64..).zip(&services) {
                tx.q("insert into customer_services (id, status, draft_version, version, created_at, updated_at) \
                     values ($1, 'draft', 1, 1, $2, $2)")
                    .bind(*id)
                    .bind(seed::at(0))
                    .execute()
                    .await?;
                tx.q("insert into service_versions (service_id, n, name, summary, description, icon, \
                     category, price_kind, form, created_at) \
                     values ($1, 1, $2, '', '', 'box', 'Support', 'free', '{}', $3)")
                    .bind(*id)
                    .bind(format!("Service {n}"))
                    .bind(seed::at(0))
                    .execute()
                    .await?;
            }
            for (n, id) in (1_i64..).zip(&tickets) {
                tx.insert_ticket(&seed::ticket(*id, n, customer, seed::at(0))).await?;
            }
            Ok::<(), DbError>(())
        })
        .await
        .expect("written");
        Self {
            customer,
            agents,
            services,
            tickets,
        }
    }

    /// A case of so many rows.
    pub fn case(&self, dice: &mut Dice, rows: u64, hours: u64) -> Case {
        let zone: Zone = dice.pick(&ZONES).parse().expect("a zone");
        let around: Time = dice.pick(&CHANGES).parse().expect("a time");
        let (a, b) = (
            dice.moment(around, hours, zone),
            dice.moment(around, hours, zone),
        );
        let (from, to) = if a < b {
            (a, b)
        } else {
            (b, a + TimeDelta::hours(1))
        };
        let rows = (0..rows)
            .map(|_| Resolved {
                at: dice.moment(around, hours, zone),
                assignee: (!dice.one_in(4)).then(|| dice.pick(&self.agents)),
                service: dice.one_in(2).then(|| dice.pick(&self.services)),
                reopened: dice.one_in(5),
                rating: dice.one_in(2).then(|| Said {
                    given_at: dice.moment(around, hours, zone),
                    score: dice.below(5).cast_signed() + 1,
                    reasons: REASONS
                        .into_iter()
                        .filter(|_| dice.one_in(3))
                        .map(str::to_owned)
                        .collect(),
                }),
            })
            .collect();
        Case {
            zone,
            interval: dice.pick(Interval::ALL),
            from,
            to,
            rows,
        }
    }

    /// Writes the rows as the product does, each rating first as something else, instead of those
    /// that were there.
    pub async fn write(&self, tx: &mut Tx, case: &Case) -> Result<(), DbError> {
        for table in [
            "delete from rating_reasons",
            "delete from rating_revisions",
            "delete from ratings",
            "delete from resolutions",
            "delete from figure_quarters",
            "delete from figure_days",
            "delete from reason_days",
        ] {
            tx.q(table).execute().await?;
        }
        let mut tally = Tally::default();
        for (n, row) in (0_i64..).zip(&case.rows) {
            if n % 50 == 49 {
                tx.count(std::mem::take(&mut tally)).await?;
            }
            let ticket_id = self.tickets[usize::try_from(n).expect("small") % self.tickets.len()];
            let of = Subjects {
                assignee: row.assignee,
                service: row.service,
            };
            tx.insert_resolution(&NewResolution {
                id: ResolutionId::generate(),
                ticket_id,
                n,
                requester_id: self.customer,
                organization_id: None,
                assignee_id: row.assignee,
                service_id: row.service,
                resolved_at: row.at,
            })
            .await?;
            tally.resolved(row.at, of);
            if row.reopened {
                tx.undo_resolution(ticket_id, n, row.at, Some(self.customer))
                    .await?;
                tally.reopened(row.at, of);
            }
            let Some(said) = &row.rating else { continue };
            let rating = NewRating {
                id: RatingId::generate(),
                ticket_id,
                resolution: n,
                score: said.score,
                comment: None,
                reasons: said.reasons.clone(),
                customer_id: self.customer,
                organization_id: None,
                assignee_id: row.assignee,
                service_id: row.service,
                resolved_at: row.at,
                at: said.given_at,
            };
            tx.put_rating(&rating).await?;
            tx.put_rating_reasons(rating.id, said.given_at, &said.reasons)
                .await?;
            tx.score_resolution(ticket_id, n, said.score).await?;
            tally.rated(row.at, of);
            let first = ["fast".to_owned()];
            tally.said(said.given_at, of, 6 - said.score, &first, 1);
            tally.said(said.given_at, of, 6 - said.score, &first, -1);
            tally.said(said.given_at, of, said.score, &said.reasons, 1);
        }
        tx.count(tally).await
    }
}
