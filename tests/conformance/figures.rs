//! The figures of the database against a slow, obviously right count, on data by chance.

mod data;

use std::collections::BTreeMap;
use std::sync::Arc;

use bsm_application::feedback::{FeedbackSummary, Part, summary};
use bsm_application::{App, AppSettings};
use bsm_domain::actor::{Actor, Role, Through};
use bsm_domain::clock::{SystemClock, Time};
use bsm_domain::figures::{Counts, DAY, Interval, Period, QUARTER, slot};
use bsm_domain::ids::{SessionId, UserId};
use bsm_persistence::figures::{Dimension, ReasonCount, SubjectCounts};
use bsm_persistence::{Db, DbError, EngineKind};
use chrono::Datelike as _;
use data::{Case, Dice, Resolved, World};
use uuid::Uuid;

/// Counts one row after the other.
fn count<'a>(rows: impl Iterator<Item = &'a Resolved>, within: impl Fn(Time) -> bool) -> Counts {
    let mut counts = Counts::default();
    for row in rows {
        if within(row.at) {
            counts.resolutions += 1;
            counts.reopened += i64::from(row.reopened);
            counts.rated += i64::from(row.rating.is_some());
        }
        if let Some(said) = &row.rating
            && within(said.given_at)
        {
            match said.score {
                1 => counts.score_1 += 1,
                2 => counts.score_2 += 1,
                3 => counts.score_3 += 1,
                4 => counts.score_4 += 1,
                _ => counts.score_5 += 1,
            }
        }
    }
    counts
}

/// What the wall calendar of the zone calls the piece that a moment lies in.
fn name(case: &Case, at: Time) -> String {
    let date = case.zone.date_at(at);
    match case.interval {
        Interval::Day => date.to_string(),
        Interval::Week => format!("{:?}", date.iso_week()),
        Interval::Month => date.format("%Y-%m").to_string(),
    }
}

fn close(found: Option<f64>, part: i64, whole: i64, scale: f64, unit: f64) -> bool {
    #[allow(clippy::cast_precision_loss)]
    match found {
        None => whole == 0,
        Some(found) => (found - part as f64 * scale / whole as f64).abs() <= unit / 2.0 + 1e-9,
    }
}

fn compare(case: &Case, found: &FeedbackSummary, seed: u64) {
    let inside = |at: Time| case.from <= at && at < case.to;
    let totals = count(case.rows.iter(), inside);
    assert_eq!(found.totals, totals, "seed {seed}: {case:#?}");

    let sum: i64 = (1..).zip(totals.scores()).map(|(score, n)| score * n).sum();
    let satisfied = totals.score_4 + totals.score_5;
    let given: i64 = totals.scores().iter().sum();
    assert!(
        close(totals.average(), sum, given, 1.0, 0.01),
        "seed {seed}"
    );
    assert!(
        close(totals.satisfied_percent(), satisfied, given, 100.0, 0.01),
        "seed {seed}"
    );
    assert!(
        close(
            totals.response_rate(),
            totals.rated,
            totals.resolutions,
            1.0,
            0.0001
        ),
        "seed {seed}"
    );

    for (bucket, counts) in &found.trend {
        let here = name(case, bucket.from);
        let wanted = count(case.rows.iter(), |at| inside(at) && name(case, at) == here);
        assert_eq!(*counts, wanted, "seed {seed}, {here}: {case:#?}");
    }
    let mut pieces = Counts::default();
    found.trend.iter().for_each(|(_, counts)| pieces += *counts);
    assert_eq!(pieces, totals, "seed {seed}: the trend has holes");

    let by = |key: &dyn Fn(&Resolved) -> Option<Uuid>| {
        let mut wanted: BTreeMap<Option<Uuid>, Counts> = BTreeMap::new();
        for row in &case.rows {
            *wanted.entry(key(row)).or_default() += count([row].into_iter(), inside);
        }
        wanted.retain(|_, counts| !counts.is_empty());
        wanted
    };
    let parts = |parts: &[Part]| -> BTreeMap<Option<Uuid>, Counts> {
        parts
            .iter()
            .map(|p| (p.subject.as_ref().map(|s| s.0), p.counts))
            .collect()
    };
    assert_eq!(
        parts(&found.by_assignee),
        by(&|r| r.assignee.map(|id| id.0)),
        "seed {seed}: {case:#?}"
    );
    assert_eq!(
        parts(&found.by_service),
        by(&|r| r.service.map(|id| id.0)),
        "seed {seed}: {case:#?}"
    );
    assert!(
        found.by_assignee.is_sorted_by_key(|p| -p.counts.ratings()),
        "seed {seed}"
    );

    let mut reasons: BTreeMap<String, i64> = BTreeMap::new();
    let said = case
        .rows
        .iter()
        .filter_map(|r| r.rating.as_ref())
        .filter(|s| inside(s.given_at));
    said.flat_map(|s| &s.reasons)
        .for_each(|r| *reasons.entry(r.clone()).or_default() += 1);
    let ranked: BTreeMap<String, i64> = found
        .reasons
        .iter()
        .map(|r| (r.reason.clone(), r.ratings))
        .collect();
    assert_eq!(ranked, reasons, "seed {seed}: {case:#?}");
    assert!(
        found.reasons.is_sorted_by_key(|r| -r.ratings),
        "seed {seed}"
    );
    let low = case
        .rows
        .iter()
        .filter_map(|r| r.rating.as_ref())
        .filter(|s| s.score <= 2)
        .count();
    assert_eq!(found.low_unseen, i64::try_from(low).unwrap(), "seed {seed}");
}

fn app(db: &Db) -> App {
    let settings = AppSettings {
        demo: false,
        public_url: "http://localhost".into(),
        secret: Arc::from([0; 32].as_slice()),
    };
    App::new(db.clone(), Arc::new(SystemClock), settings)
}

fn agent() -> Actor {
    Actor {
        user_id: UserId::generate(),
        through: Through::Session(SessionId::generate()),
        role: Role::Agent,
        organization_id: None,
        organization_role: None,
    }
}

async fn check(db: &Db, world: &World, case: &Case, seed: u64) {
    db.write(async |tx| world.write(tx, case).await)
        .await
        .unwrap();
    let period = Period::new(case.from, case.to, case.zone, case.interval).unwrap();
    let found = summary(&app(db), &agent(), &period).await.unwrap();
    compare(case, &found, seed);
}

/// 1,000 seeds of few rows around changes of the clocks.
async fn small_figures_equal_a_slow_count(db: &Db) {
    let world = World::new(db).await;
    for seed in 0..1_000 {
        let mut dice = Dice::new(seed);
        let (rows, days) = (
            dice.below(8),
            [2, 12, 60][usize::try_from(seed % 3).unwrap()],
        );
        let case = world.case(&mut dice, rows, 24 * days);
        check(db, &world, &case, seed).await;
    }
}

/// One with thousands of rows over a year, by day in each zone.
async fn large_figures_equal_a_slow_count(db: &Db) {
    let world = World::new(db).await;
    let mut dice = Dice::new(77);
    let mut case = world.case(&mut dice, 4_000, 24 * 180);
    check(db, &world, &case, 77).await;
    for zone in data::ZONES {
        case.zone = zone.parse().unwrap();
        for interval in Interval::ALL {
            case.interval = *interval;
            let period = Period::new(case.from, case.to, case.zone, case.interval).unwrap();
            let found = summary(&app(db), &agent(), &period).await.unwrap();
            compare(&case, &found, 77);
        }
    }
    the_migration_counts_the_same(db).await;
}

/// What the migration counts of rows that were there is what was counted as they were written.
async fn the_migration_counts_the_same(db: &Db) {
    let script = match db.engine() {
        EngineKind::Sqlite => include_str!("../../migrations/sqlite/0023_figures.sql"),
        EngineKind::Postgres => include_str!("../../migrations/postgres/0023_figures.sql"),
    };
    type Row = (i64, String, Vec<i64>);
    let rollups = async || -> Vec<Row> {
        db.read(async |tx| {
            type Q = (i64, i64, i64, i64, i64, i64, i64, i64, i64);
            let quarters: Vec<Q> = tx
                .q("select quarter, resolutions, reopened, rated, score_1, score_2, score_3, score_4, \
                    score_5 from figure_quarters order by quarter")
                .all()
                .await?;
            type D = (String, i64, Uuid, i64, i64, i64, i64, i64, i64, i64, i64);
            let days: Vec<D> = tx
                .q("select dimension, day, subject_id, resolutions, reopened, rated, score_1, score_2, \
                    score_3, score_4, score_5 from figure_days order by dimension, day, subject_id")
                .all()
                .await?;
            let reasons: Vec<(i64, String, i64)> = tx
                .q("select day, reason, ratings from reason_days order by day, reason")
                .all()
                .await?;
            let rows = quarters.into_iter().map(|q| {
                (q.0, "all".to_owned(), vec![q.1, q.2, q.3, q.4, q.5, q.6, q.7, q.8])
            });
            let rows = rows.chain(days.into_iter().map(|d| {
                (d.1, format!("{} {}", d.0, d.2), vec![d.3, d.4, d.5, d.6, d.7, d.8, d.9, d.10])
            }));
            let rows = rows.chain(reasons.into_iter().map(|r| (r.0, r.1, vec![r.2])));
            let some = rows.filter(|(_, _, counts)| counts.iter().any(|n| *n != 0));
            Ok::<_, DbError>(some.collect::<Vec<Row>>())
        })
        .await
        .unwrap()
    };
    let kept = rollups().await;
    assert!(kept.len() > 1_000);
    db.write(async |tx| {
        for statement in [
            "delete from figure_quarters",
            "delete from figure_days",
            "delete from reason_days",
            "delete from rating_reasons",
        ] {
            tx.q(statement).execute().await?;
        }
        for statement in script.split(";\n").filter(|s| !s.trim().is_empty()) {
            tx.q(statement).execute().await?;
        }
        Ok::<(), DbError>(())
    })
    .await
    .unwrap();
    assert_eq!(rollups().await, kept);
}

/// Whole pieces of time are the same by their roll-ups and by their rows.
async fn roll_ups_are_what_their_rows_say(db: &Db) {
    let world = World::new(db).await;
    let mut dice = Dice::new(5);
    let case = world.case(&mut dice, 400, 24 * 20);
    db.write(async |tx| world.write(tx, &case).await)
        .await
        .unwrap();
    let (first, last) = (slot(case.from, DAY), slot(case.to, DAY));
    let begins = |n: i64, length: i64| Time::from_timestamp(n * length, 0).unwrap();
    let (from, to) = (begins(first, DAY), begins(last, DAY));
    db.read(async |tx| {
        let mut pieces = Vec::new();
        let mut wanted = Vec::new();
        // Whole days, days with parts of others around them, and parts of a day.
        let of_day = [(0, 96), (37, 203), (5, 60)];
        let spans = (first..last).flat_map(|day| of_day.map(|(a, z)| (day * 96 + a, day * 96 + z)));
        for (n, (a, z)) in (0_i64..).zip(spans) {
            pieces.push((a, z));
            let counts = tx
                .counts_between(begins(a, QUARTER), begins(z, QUARTER))
                .await?;
            if !counts.is_empty() {
                wanted.push((n, counts));
            }
        }
        assert!(wanted.len() > 5, "the rows lie on few days");
        let quarters = tx.quarters(&pieces).await?;
        let mut found: Vec<_> = quarters.iter().map(|p| (p.n, p.counts)).collect();
        found.retain(|(_, counts)| !counts.is_empty());
        found.sort_by_key(|(n, _)| *n);
        assert_eq!(found, wanted);
        for dimension in [Dimension::Assignee, Dimension::Service] {
            let sums = |rows: Vec<SubjectCounts>| {
                let mut sums: BTreeMap<Uuid, Counts> = BTreeMap::new();
                for row in rows {
                    *sums.entry(row.subject_id).or_default() += row.counts;
                }
                sums.retain(|_, counts| !counts.is_empty());
                sums
            };
            let kept = sums(tx.days(dimension, first, last).await?);
            let rows = sums(tx.counts_by(dimension, from, to).await?);
            assert!(kept.len() > 1, "{dimension:?} has one subject");
            assert_eq!(kept, rows, "{dimension:?}");
        }
        let sorted = |mut reasons: Vec<ReasonCount>| {
            reasons.retain(|r| r.ratings != 0);
            reasons.sort_by(|a, b| a.reason.cmp(&b.reason));
            reasons
        };
        let kept = sorted(tx.reason_days(first, last).await?);
        assert_eq!(kept, sorted(tx.reasons_between(from, to).await?));
        let said = case.rows.iter().filter_map(|r| r.rating.as_ref());
        let low = said.filter(|s| s.score <= 2).count();
        assert_eq!(tx.low_ratings_unseen().await?, i64::try_from(low).unwrap());
        Ok::<(), DbError>(())
    })
    .await
    .unwrap();
}

bsm_tests::on_both_engines! {
    roll_ups_are_what_their_rows_say,
    small_figures_equal_a_slow_count,
    large_figures_equal_a_slow_count,
}
