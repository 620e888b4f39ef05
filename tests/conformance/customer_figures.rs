//! The figures of customers: what is kept, what is read, what a migration makes of what was there.

use bsm_domain::actor::{OrganizationRole, Role};
use bsm_domain::clock::Time;
use bsm_domain::event::{Changes, Event, EventKind, SubjectKind};
use bsm_domain::figures::percentile::{MEDIAN, P90, of_sorted};
use bsm_domain::ids::{EventId, RatingId, TicketId, UserId};
use bsm_domain::ticket::TicketStatus;
use bsm_persistence::customer_figures::FigureMoves;
use bsm_persistence::customer_insights::{
    InsightFilter, InsightKey, InsightRow, InsightSort, InsightWindow, OpenedIn,
};
use bsm_persistence::page::Window;
use bsm_persistence::ratings::NewRating;
use bsm_persistence::{Db, DbError, EngineKind, Tx};
use bsm_tests::chance::Chance;
use bsm_tests::seed::{self, at, ticket};
use serde_json::json;

/// What the shared migration makes of the rows that were there.
const SHARED: &str = include_str!("../../migrations/0013_customer_figures.sql");
const SQLITE: &str = include_str!("../../migrations/sqlite/0012_ticket_seconds.sql");
const POSTGRES: &str = include_str!("../../migrations/postgres/0012_ticket_seconds.sql");

/// A ticket as the reference knows it: nothing of it was ever in a database.
#[derive(Debug, Clone)]
struct Known {
    status: TicketStatus,
    created: Time,
    answered: Option<Time>,
    resolved: Option<Time>,
    seen: Time,
    ordered: bool,
    scores: Vec<i64>,
}

/// The figures of a customer, computed the slow and obvious way.
fn reference(known: &[Known], opened: &OpenedIn, row: &InsightRow) -> InsightRow {
    let tickets: Vec<&Known> = known
        .iter()
        .filter(|t| opened.from.is_none_or(|from| t.created >= from))
        .filter(|t| opened.to.is_none_or(|to| t.created < to))
        .collect();
    let count = |status| tickets.iter().filter(|t| t.status == status).count() as i64;
    let seconds = |end: fn(&Known) -> Option<Time>| {
        let mut all: Vec<i64> = tickets
            .iter()
            .filter_map(|t| end(t).map(|end| (end - t.created).num_seconds()))
            .collect();
        all.sort_unstable();
        all
    };
    let (first, last) = (seconds(|t| t.answered), seconds(|t| t.resolved));
    let scores: Vec<i64> = tickets.iter().flat_map(|t| t.scores.clone()).collect();
    let average = scores.iter().sum::<i64>() as f64 / scores.len() as f64;
    InsightRow {
        tickets_total: tickets.len() as i64,
        tickets_new: count(TicketStatus::New),
        tickets_open: count(TicketStatus::Open),
        tickets_pending: count(TicketStatus::Pending),
        tickets_on_hold: count(TicketStatus::OnHold),
        tickets_resolved: count(TicketStatus::Resolved),
        tickets_closed: count(TicketStatus::Closed),
        first_response_median: of_sorted(&first, MEDIAN),
        first_response_p90: of_sorted(&first, P90),
        resolution_median: of_sorted(&last, MEDIAN),
        resolution_p90: of_sorted(&last, P90),
        ratings: scores.len() as i64,
        rating_hundredths: (!scores.is_empty()).then(|| (average * 100.0 + 1e-9).round() as i64),
        services_requested: tickets.iter().filter(|t| t.ordered).count() as i64,
        moved_at: tickets.iter().map(|t| t.seen).max().unwrap_or(row.moved_at),
        ..row.clone()
    }
}

/// A ticket that some chance made, written as the product writes one.
async fn write(
    tx: &mut Tx,
    chance: &mut Chance,
    customer: UserId,
    number: i64,
    service: Option<bsm_domain::ids::ServiceId>,
) -> Result<Known, DbError> {
    let status = *chance.of(TicketStatus::ALL);
    let created = moment(chance, at(0), 40 * 24 * 3_600);
    let answered = (chance.below(3) > 0).then(|| moment(chance, created, 90_000));
    let finished = matches!(status, TicketStatus::Resolved)
        || status == TicketStatus::Closed && chance.below(2) == 0;
    let resolved = finished.then(|| moment(chance, created, 500_000));
    let ordered = service.is_some() && chance.below(4) == 0;
    let seen = moment(chance, created, 1_000_000);
    let id = TicketId::generate();
    let mut new = ticket(id, number, customer, created);
    new.service = ordered.then_some(service).flatten().map(|id| (id, 1));
    tx.insert_ticket(&new).await?;
    let mut row = tx.ticket(id).await?.expect("written");
    row.status = status;
    row.first_response_at = answered;
    row.resolved_at = resolved;
    row.resolutions = i64::from(finished);
    row.customer_updated_at = seen;
    tx.update_ticket(&row).await?;
    let mut scores = Vec::new();
    for resolution in 1..=chance.below(3) {
        let score = chance.below(5) as i64 + 1;
        scores.push(score);
        tx.put_rating(&NewRating {
            id: RatingId::generate(),
            ticket_id: id,
            resolution: resolution as i64,
            score,
            comment: None,
            reasons: Vec::new(),
            customer_id: customer,
            organization_id: None,
            assignee_id: None,
            service_id: None,
            resolved_at: seen,
            at: seen,
        })
        .await?;
    }
    Ok(Known {
        status,
        created,
        answered,
        resolved,
        seen,
        ordered,
        scores,
    })
}

/// Some microseconds after a moment.
fn moment(chance: &mut Chance, after: Time, seconds: u64) -> Time {
    let micros = chance.below(seconds * 1_000_000);
    // Some fall on a whole second: SQLite writes those without a fraction.
    let micros = if chance.below(8) == 0 {
        micros - micros % 1_000_000
    } else {
        micros
    };
    after + chrono::Duration::microseconds(micros as i64)
}

/// The statements of a migration that make something of rows, not of the schema.
fn backfills(text: &'static str) -> Vec<&'static str> {
    let bare = |s: &'static str| {
        let mut rest = s.trim();
        while let Some(after) = rest.strip_prefix("--") {
            rest = after.split_once('\n').map_or("", |(_, rest)| rest).trim();
        }
        rest
    };
    text.split(";\n")
        .map(bare)
        .filter(|s| s.starts_with("update") || s.starts_with("insert"))
        .collect()
}

/// A thousand small worlds and a large one: the figures of a time that are read, and those of all
/// time that the migration makes, are what the reference says.
async fn figures_equal_a_slow_reference(db: &Db) {
    let service = seed::service(db, "Anything").await;
    let mut worlds: Vec<(UserId, Vec<Known>)> = Vec::new();
    let mut number = 0;
    for seed in 0..=1_000_u64 {
        let mut chance = Chance::new(seed);
        let size = if seed == 1_000 {
            3_000
        } else {
            chance.below(7)
        };
        let email = format!("c{seed}@c.example");
        let customer = seed::customer(db, &email, None).await;
        let first = number + 1;
        number += size as i64;
        // Run again, it must begin with the same chances.
        let known = db
            .write(async |tx| {
                let mut chance = Chance::new(seed + 7_000);
                let mut known = Vec::new();
                for n in 0..size as i64 {
                    known.push(write(tx, &mut chance, customer, first + n, Some(service)).await?);
                }
                Ok::<_, DbError>(known)
            })
            .await
            .unwrap();
        worlds.push((customer, known));
    }

    // What was there before the migration: the seconds and figures of tickets are not.
    db.write(async |tx| {
        tx.q("update tickets set first_response_seconds = null, resolution_seconds = null")
            .execute()
            .await?;
        tx.q("delete from customer_figures").execute().await?;
        let own = match db.engine() {
            EngineKind::Sqlite => SQLITE,
            EngineKind::Postgres => POSTGRES,
        };
        let statements = [backfills(own), backfills(SHARED)].concat();
        assert_eq!(statements.len(), 5);
        for statement in statements {
            tx.q(statement).execute().await?;
        }
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();

    for (n, (customer, known)) in worlds.iter().enumerate() {
        let mut chance = Chance::new(n as u64);
        let from = moment(&mut chance, at(0), 30 * 24 * 3_600);
        let to = from + chrono::Duration::seconds(1 + chance.below(20 * 24 * 3_600) as i64);
        for opened in [
            OpenedIn::default(),
            OpenedIn {
                from: Some(from),
                to: None,
            },
            OpenedIn {
                from: Some(from),
                to: Some(to),
            },
        ] {
            let row = db
                .read(async |tx| {
                    let mut row = tx.customer_insight(*customer).await?.expect("a row");
                    if !opened.is_all_time() {
                        tx.narrow_insights(std::slice::from_mut(&mut row), &opened)
                            .await?;
                    }
                    Ok::<_, DbError>(row)
                })
                .await
                .unwrap();
            assert_eq!(
                row,
                reference(known, &opened, &row),
                "world {n}, {opened:?}"
            );
        }
    }
}

/// Moves add up, percentiles follow, and nothing moves where there is nobody.
async fn figures_follow_their_moves(db: &Db) {
    let ana = seed::customer(db, "ana@acme.example", None).await;
    let agent = seed::staff(db, "agent@demo.example", Role::Agent).await;
    let one = |customer| async move {
        db.read(async |tx| tx.customer_insight(customer).await)
            .await
            .unwrap()
    };
    let empty = one(ana).await.expect("a customer begins with a row");
    assert_eq!((empty.tickets_total, empty.last_activity_at()), (0, None));
    assert_eq!(one(agent).await, None);

    let id = TicketId::generate();
    db.write(async |tx| {
        tx.insert_ticket(&ticket(id, 1, ana, at(10))).await?;
        let opened = FigureMoves {
            entered: Some(TicketStatus::New),
            ordered: 1,
            moved_at: Some(at(10)),
            ..FigureMoves::default()
        };
        tx.move_customer_figures(ana, &opened).await?;
        let mut row = tx.ticket(id).await?.expect("written");
        assert_eq!(row.waiting_since, Some(at(10)));
        row.status = TicketStatus::Resolved;
        row.first_response_at = Some(at(12));
        row.resolved_at = Some(at(20));
        tx.update_ticket(&row).await?;
        let solved = FigureMoves {
            left: Some(TicketStatus::New),
            entered: Some(TicketStatus::Resolved),
            answered: 1,
            solved: 1,
            resolution_changed: true,
            // Earlier than what is known: it stays.
            moved_at: Some(at(5)),
            ..FigureMoves::default()
        };
        tx.move_customer_figures(ana, &solved).await?;
        let rated = FigureMoves {
            ratings: 2,
            score: 9,
            ..FigureMoves::default()
        };
        tx.move_customer_figures(ana, &rated).await?;
        // Nobody's figures, and a row that is there already.
        tx.move_customer_figures(agent, &opened).await?;
        tx.begin_customer_figures(ana, at(99)).await
    })
    .await
    .unwrap();
    let row = one(ana).await.expect("still a customer");
    assert_eq!(
        row,
        InsightRow {
            tickets_total: 1,
            tickets_resolved: 1,
            first_response_median: Some(120),
            first_response_p90: Some(120),
            resolution_median: Some(600),
            resolution_p90: Some(600),
            ratings: 2,
            rating_hundredths: Some(450),
            services_requested: 1,
            moved_at: at(10),
            ..empty
        }
    );
    assert_eq!(row.rating_average(), Some(4.5));
}

/// Every order, forwards and backwards, page by page: everybody once, in order, ties by customer.
async fn the_list_has_every_order(db: &Db) {
    let acme = seed::organization(db, "Acme").await;
    let mut chance = Chance::new(1);
    for n in 0..40_u32 {
        let member = (n % 3 == 0).then_some((acme, OrganizationRole::Member));
        let email = format!("someone{n}@p.example");
        let customer = seed::customer(db, &email, member).await;
        let tickets = if n % 4 == 0 { 0 } else { chance.below(4) };
        for m in 0..tickets {
            let number = i64::from(n) * 10 + m as i64 + 1;
            db.write(async |tx| {
                let mut chance = Chance::new(number as u64);
                write(tx, &mut chance, customer, number, None)
                    .await
                    .map(drop)
            })
            .await
            .unwrap();
        }
    }
    db.write(async |tx| {
        tx.q("delete from customer_figures").execute().await?;
        for statement in backfills(SHARED) {
            if statement.starts_with("insert") {
                tx.q(statement).execute().await?;
            }
        }
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
    let filters = [
        (40, InsightFilter::default()),
        (
            14,
            InsightFilter {
                organization: Some(acme),
                terms: None,
            },
        ),
        (
            11,
            InsightFilter {
                organization: None,
                terms: Some(vec!["someone1".into()]),
            },
        ),
    ];
    for (count, filter) in &filters {
        for key in InsightKey::ALL {
            for falling in [false, true] {
                let sort = InsightSort { key, falling };
                let rows = all_pages(db, filter, sort).await;
                let mut wanted = rows.clone();
                wanted.sort_by_key(|row| (key.value(row), row.customer_id));
                if falling {
                    wanted.reverse();
                }
                assert_eq!(rows.len(), *count, "{sort:?}");
                assert_eq!(rows, wanted, "{sort:?}");
            }
        }
    }
}

async fn all_pages(db: &Db, filter: &InsightFilter, sort: InsightSort) -> Vec<InsightRow> {
    let mut found = Vec::new();
    let mut window = InsightWindow {
        limit: 6,
        after: None,
    };
    loop {
        let (rows, next) = db
            .read(async |tx| tx.customer_insights(filter, sort, &window).await)
            .await
            .unwrap();
        found.extend(rows);
        match next {
            Some(_) => window.after = next,
            None => return found,
        }
    }
}

/// What one customer ordered, and what happened around them: theirs only, without notes.
async fn one_customer(db: &Db) {
    let ana = seed::customer(db, "ana@acme.example", None).await;
    let ben = seed::customer(db, "ben@acme.example", None).await;
    let (often, once) = (
        seed::service(db, "Often").await,
        seed::service(db, "Once").await,
    );
    db.write(async |tx| {
        for (n, service) in [Some(often), Some(once), Some(often), None]
            .iter()
            .enumerate()
        {
            for (who, number) in [(ana, 2 * n), (ben, 2 * n + 1)] {
                let id = TicketId::generate();
                let number = number as i64 + 1;
                let mut new = ticket(id, number, who, at(number));
                new.service = service.map(|id| (id, 1));
                tx.insert_ticket(&new).await?;
                for kind in [EventKind::TicketCreated, EventKind::TicketNoteAdded] {
                    tx.append_event(&Event {
                        id: EventId::generate(),
                        kind,
                        occurred_at: at(number),
                        actor: Some(who),
                        subject_kind: SubjectKind::Ticket,
                        subject_id: id.0,
                        subject_number: Some(number),
                        requester: Some(who),
                        organization: None,
                        changes: Changes::none().with("status", json!(null), json!("new")),
                    })
                    .await?;
                }
            }
        }
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
    let services = db
        .read(async |tx| tx.services_ordered_by(ana).await)
        .await
        .unwrap();
    let told: Vec<_> = services
        .iter()
        .map(|s| (&*s.name, s.requests, s.last_requested_at))
        .collect();
    assert_eq!(told, [("Often", 2, at(5)), ("Once", 1, at(3))]);

    let mut window = Window {
        limit: 3,
        after: None,
    };
    let mut numbers = Vec::new();
    loop {
        let page = db
            .read(async |tx| tx.customer_activity(ana, &window).await)
            .await
            .unwrap();
        for row in &page.items {
            assert_eq!(
                (row.kind, row.actor_id),
                (EventKind::TicketCreated, Some(ana))
            );
            assert_eq!(row.changes.0["status"]["to"], "new");
            numbers.push(row.ticket_number);
        }
        let Some(next) = page.next else { break };
        window.after = Some(next);
    }
    assert_eq!(numbers, [7, 5, 3, 1]);
}

bsm_tests::on_both_engines! {
    figures_equal_a_slow_reference,
    figures_follow_their_moves,
    the_list_has_every_order,
    one_customer,
}
