//! What the first screen counts, against a slow reference, in zones whose clocks change.

use bsm_domain::clock::Time;
use bsm_domain::figures::{Interval, Period, Zone};
use bsm_domain::ids::{RatingId, TicketId};
use bsm_domain::ticket::TicketStatus;
use bsm_persistence::dashboard::{CountedBy, NeededRow, RatedRow};
use bsm_persistence::ratings::NewRating;
use bsm_persistence::{Db, DbError};
use bsm_tests::chance::Chance;
use bsm_tests::seed::{self, ticket};
use chrono::{Duration, NaiveDate};

/// Around these the clocks change, or a day begins somewhere.
const NIGHTS: &[&str] = &[
    "2026-03-08T05:00:00Z",
    "2026-03-28T23:00:00Z",
    "2026-10-24T22:00:00Z",
    "2026-11-01T04:00:00Z",
    "2026-11-01T18:30:00Z",
];

const ZONES: [&str; 3] = ["Europe/Berlin", "America/New_York", "Asia/Kolkata"];

struct Known {
    status: TicketStatus,
    created: Time,
    answered: Option<Time>,
    resolved: Option<Time>,
    waiting: Option<Time>,
    reopened: Option<Time>,
    assigned: bool,
}

fn time(text: &str) -> Time {
    text.parse().expect("a time")
}

/// Tickets around the nights in which the clocks of two zones change, many of them near midnight.
async fn a_busy_year(db: &Db) -> Vec<Known> {
    let ana = seed::customer(db, "ana@acme.example", None).await;
    let agent = seed::staff(db, "agent@demo.example", bsm_domain::actor::Role::Agent).await;
    db.write(async |tx| {
        let mut chance = Chance::new(42);
        let mut known = Vec::new();
        for number in 1..=600_i64 {
            let night: &str = NIGHTS[chance.below(NIGHTS.len() as u64) as usize];
            let night = time(night);
            let mut near = |hours: u64| {
                let micros = chance.below(hours * 3_600_000_000) as i64;
                Duration::microseconds(micros - hours as i64 * 1_800_000_000)
            };
            let created = night + near(60);
            let later = created + near(40).abs();
            let status = *chance.of(TicketStatus::ALL);
            let some = |chance: &mut Chance, at: Time| (chance.below(2) == 0).then_some(at);
            let one = Known {
                status,
                created,
                answered: some(&mut chance, later),
                resolved: some(&mut chance, later + Duration::hours(5)),
                waiting: some(&mut chance, later),
                reopened: some(&mut chance, later),
                assigned: chance.below(2) == 0,
            };
            let id = TicketId::generate();
            tx.insert_ticket(&ticket(id, number, ana, created)).await?;
            let mut row = tx.ticket(id).await?.expect("written");
            row.status = one.status;
            row.first_response_at = one.answered;
            row.resolved_at = one.resolved;
            row.waiting_since = one.waiting;
            row.reopened_at = one.reopened;
            row.assignee_id = one.assigned.then_some(agent);
            tx.update_ticket(&row).await?;
            known.push(one);
        }
        Ok::<_, DbError>(known)
    })
    .await
    .unwrap()
}

fn open(known: &&Known) -> bool {
    !matches!(known.status, TicketStatus::Resolved | TicketStatus::Closed)
}

/// Every day of the year in three zones: what the database counts between edges is what the
/// calendar on the wall says of each ticket.
async fn days_are_those_on_the_wall(db: &Db) {
    let known = a_busy_year(db).await;
    for zone in ZONES {
        let zone: Zone = zone.parse().expect("a zone");
        for (from, to) in [("2026-02-20", "2026-04-10"), ("2026-10-10", "2026-11-20")] {
            let begins = |day: &str| {
                zone.day_begins(day.parse().expect("a day"))
                    .expect("a moment")
            };
            let period = Period::new(begins(from), begins(to), zone, Interval::Day).expect("days");
            let times: Vec<_> = period.buckets().iter().map(|b| (b.from, b.to)).collect();
            let days: Vec<NaiveDate> = period.buckets().iter().map(|b| b.starts_on).collect();
            let told: [Vec<i64>; 3] = db
                .read(async |tx| {
                    Ok::<_, DbError>([
                        tx.tickets_in(CountedBy::Created, &times).await?,
                        tx.tickets_in(CountedBy::Resolved, &times).await?,
                        tx.tickets_in(CountedBy::Backlog, &times).await?,
                    ])
                })
                .await
                .unwrap();
            let on = |day: NaiveDate, at: Option<Time>| {
                i64::from(at.is_some_and(|at| zone.date_at(at) == day))
            };
            for (n, day) in days.iter().enumerate() {
                let created: i64 = known.iter().map(|t| on(*day, Some(t.created))).sum();
                let resolved: i64 = known.iter().map(|t| on(*day, t.resolved)).sum();
                let backlog: i64 = known
                    .iter()
                    .filter(open)
                    .map(|t| on(*day, Some(t.created)))
                    .sum();
                assert_eq!(
                    [told[0][n], told[1][n], told[2][n]],
                    [created, resolved, backlog],
                    "{day} in {zone}"
                );
                let mut waits: Vec<i64> = known
                    .iter()
                    .filter(|t| on(*day, t.answered) == 1)
                    .filter_map(|t| t.answered.map(|at| (at - t.created).num_seconds()))
                    .collect();
                waits.sort_unstable();
                let (from, to) = times[n];
                let found = db
                    .read(async |tx| tx.first_responses_in(from, to).await)
                    .await
                    .unwrap();
                assert_eq!(found, waits, "{day} in {zone}");
            }
            assert!(told.iter().all(|counts| counts.iter().sum::<i64>() > 50));
        }
    }
    assert!(
        db.read(async |tx| tx.tickets_in(CountedBy::Created, &[]).await)
            .await
            .unwrap()
            .is_empty()
    );
}

/// What needs somebody now, and the ratings of a time.
async fn what_needs_somebody_is_counted(db: &Db) {
    let empty = db.read(async |tx| tx.needed_now().await).await.unwrap();
    assert_eq!((empty.unassigned, empty.longest_waiting_since), (0, None));
    let known = a_busy_year(db).await;
    let count = |test: &dyn Fn(&Known) -> bool| known.iter().filter(|t| test(t)).count() as i64;
    let fresh = |t: &Known| matches!(t.status, TicketStatus::New | TicketStatus::Open);
    let wanted = NeededRow {
        unassigned: count(&|t| open(&t) && !t.assigned),
        waiting: count(&|t| fresh(t) && t.waiting.is_some()),
        longest_waiting_since: known
            .iter()
            .filter(|t| fresh(t))
            .filter_map(|t| t.waiting)
            .min(),
        reopened: count(&|t| fresh(t) && t.reopened.is_some()),
        unsolved: count(&|t| open(&t)),
    };
    assert_eq!(
        db.read(async |tx| tx.needed_now().await).await.unwrap(),
        wanted
    );

    let at = time("2026-11-01T12:00:00Z");
    db.write(async |tx| {
        for (n, score) in [5, 4, 2].into_iter().enumerate() {
            let id = tx
                .ticket_id_of(bsm_domain::ticket::TicketNumber(n as i64 + 1))
                .await?;
            let row = tx.ticket(id.expect("a ticket")).await?.expect("a ticket");
            tx.put_rating(&NewRating {
                id: RatingId::generate(),
                ticket_id: row.id,
                resolution: 1,
                score,
                comment: None,
                reasons: Vec::new(),
                customer_id: row.requester_id,
                organization_id: None,
                assignee_id: None,
                service_id: None,
                resolved_at: at,
                at: at + Duration::hours(n as i64),
            })
            .await?;
        }
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
    let rated = async |from: Time, to: Time| {
        let row = db
            .read(async |tx| tx.rated_in(from, to).await)
            .await
            .unwrap();
        let RatedRow { ratings, score_sum } = row;
        (ratings, score_sum)
    };
    assert_eq!(rated(at, at + Duration::hours(2)).await, (2, 9));
    assert_eq!(rated(at - Duration::hours(2), at).await, (0, 0));
}

bsm_tests::on_both_engines! {
    days_are_those_on_the_wall,
    what_needs_somebody_is_counted,
}
