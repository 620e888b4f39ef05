//! Lists of tickets to which something happened in a time that has ended: read day by day and month by
//! month, and yet the same as if all were looked at.

use bsm_domain::actor::{Actor, Role, Through};
use bsm_domain::clock::Time;
use bsm_domain::ids::{SessionId, TicketId};
use bsm_domain::policy::staff_scope;
use bsm_domain::ticket::{Priority, TicketStatus};
use bsm_persistence::page::Window;
use bsm_persistence::ticket_filter::{Eyes, TicketFilter};
use bsm_persistence::ticket_lists::TicketSort;
use bsm_persistence::{Db, DbError};
use bsm_tests::seed::{self, ticket};
use chrono::{Duration, TimeZone as _, Utc};

/// What the model knows of a ticket.
struct Known {
    number: i64,
    created: Time,
    answered: Option<Time>,
    resolved: Option<Time>,
    updated: Time,
    urgent: bool,
    status: TicketStatus,
}

/// A moment of the desk's 500 days, which begin in the middle of a leap year's February.
fn day(day: i64, seconds: i64) -> Time {
    let began = Utc.with_ymd_and_hms(2024, 2, 10, 0, 0, 0).unwrap();
    began + Duration::days(day) + Duration::seconds(seconds)
}

/// Numbers that look like chance and are the same each time.
fn dice(n: i64, sides: i64) -> i64 {
    (n.wrapping_mul(0x5851_F42D_4C95_7F2D) >> 33).rem_euclid(sides)
}

fn known(number: i64) -> Known {
    let began = day(dice(number, 500), dice(number + 7_000, 86_400));
    // The edges of days and months are where such lists go wrong.
    let created = if number % 9 == 0 {
        day(dice(number, 500), 0)
    } else {
        began
    };
    let answered = (number % 4 != 0).then(|| created + Duration::hours(dice(number + 1, 90)));
    let resolved = answered
        .filter(|_| number % 3 != 0)
        .map(|at| at + Duration::hours(dice(number + 2, 900)));
    let last = resolved.or(answered).unwrap_or(created);
    Known {
        number,
        created,
        answered,
        resolved,
        updated: last + Duration::hours(dice(number + 3, 2_000)),
        urgent: dice(number + 4, 5) == 0,
        status: match dice(number + 5, 4) {
            _ if resolved.is_some() && number % 2 == 0 => TicketStatus::Closed,
            _ if resolved.is_some() => TicketStatus::Resolved,
            0 => TicketStatus::New,
            1 => TicketStatus::Pending,
            2 => TicketStatus::OnHold,
            _ => TicketStatus::Open,
        },
    }
}

async fn fill(db: &Db) -> Vec<Known> {
    let ana = seed::customer(db, "ana@acme.example", None).await;
    let tickets: Vec<Known> = (1..=400).map(known).collect();
    db.write(async |tx| {
        for one in &tickets {
            let id = TicketId::generate();
            let new = ticket(id, one.number, ana, one.created);
            tx.insert_ticket(&new).await?;
            let mut row = tx.ticket(id).await?.expect("inserted");
            row.updated_at = one.updated;
            row.first_response_at = one.answered;
            row.status = one.status;
            if one.urgent {
                row.priority = Priority::Urgent;
            }
            if let Some(at) = one.resolved {
                row.resolutions = 1;
                row.resolved_at = Some(at);
            }
            tx.update_ticket(&row).await?;
        }
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
    tickets
}

fn all() -> TicketFilter {
    let agent = Actor {
        user_id: bsm_domain::ids::UserId::generate(),
        through: Through::Session(SessionId::generate()),
        role: Role::Agent,
        organization_id: None,
        organization_role: None,
    };
    TicketFilter::all(staff_scope(&agent).unwrap(), Eyes::Staff)
}

/// All pages of a list, by number.
async fn listed(db: &Db, filter: &TicketFilter, sort: TicketSort, limit: u32) -> Vec<i64> {
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let window = Window { limit, after };
        let page = db.read(async |tx| tx.tickets(filter, sort, &window).await);
        let page = page.await.unwrap();
        found.extend(page.items.iter().map(|t| t.number));
        after = page.next;
        if after.is_none() {
            return found;
        }
    }
}

fn within(at: Option<Time>, from: Option<Time>, to: Option<Time>) -> bool {
    let free = from.is_none() && to.is_none();
    free || at.is_some_and(|at| from.is_none_or(|f| at >= f) && to.is_none_or(|t| at < t))
}

/// What the list should be.
fn wanted(tickets: &[Known], filter: &TicketFilter, sort: TicketSort) -> Vec<i64> {
    let mut found: Vec<&Known> = tickets
        .iter()
        .filter(|t| within(Some(t.created), filter.created_from, filter.created_to))
        .filter(|t| within(t.answered, filter.answered_from, filter.answered_to))
        .filter(|t| within(t.resolved, filter.resolved_from, filter.resolved_to))
        .filter(|t| filter.priorities.is_empty() || t.urgent)
        .filter(|t| filter.statuses.is_empty() || filter.statuses.contains(&t.status))
        .collect();
    found.sort_by_key(|t| t.updated);
    if sort == TicketSort::UpdatedFalling {
        found.reverse();
    }
    found.iter().map(|t| t.number).collect()
}

async fn times(db: &Db) {
    let tickets = fill(db).await;
    // (first day and second, last day and second): parts of days, days, months, years, more than all.
    let spans = [
        (Some((100, 3_600)), (100, 7_200)),
        (Some((30, 0)), (37, 0)),
        (Some((20, 80_000)), (51, 3)),
        (Some((21, 0)), (113, 0)),
        (Some((-9_000, 0)), (400, 12)),
        (Some((450, 0)), (90_000, 0)),
        (Some((40, 0)), (40, 0)),
        (None, (60, 7)),
        (None, (-10, 0)),
        (None, (90_000, 0)),
    ];
    let mut seen = 0;
    for (from, to) in spans {
        let from = from.map(|(d, s)| day(d, s));
        let to = Some(day(to.0, to.1));
        let mut filters = vec![all(), all(), all()];
        (filters[0].created_from, filters[0].created_to) = (from, to);
        (filters[1].answered_from, filters[1].answered_to) = (from, to);
        (filters[2].resolved_from, filters[2].resolved_to) = (from, to);
        // Both at once, and with what no index of times knows.
        let mut both = filters[1].clone();
        (both.resolved_from, both.created_to) = (from, to);
        let mut narrow = filters[0].clone();
        narrow.priorities = vec![Priority::Urgent];
        narrow.statuses = vec![TicketStatus::Open, TicketStatus::Closed];
        filters.extend([both, narrow]);
        for filter in &filters {
            for sort in [TicketSort::UpdatedFalling, TicketSort::UpdatedRising] {
                let wanted = wanted(&tickets, filter, sort);
                seen += wanted.len();
                assert_eq!(listed(db, filter, sort, 7).await, wanted, "{filter:?}");
            }
        }
    }
    assert!(seen > 5_000, "only {seen} were wanted");
}

/// Unsolved tickets of a priority have an index of their own.
async fn unsolved_of_a_priority(db: &Db) {
    use TicketStatus as S;
    let tickets = fill(db).await;
    for statuses in [
        vec![S::Open],
        vec![S::New, S::Open, S::Pending, S::OnHold],
        vec![S::OnHold, S::Resolved],
        vec![S::Resolved, S::Closed],
    ] {
        let mut filter = all();
        filter.priorities = vec![Priority::Urgent];
        filter.statuses = statuses;
        for sort in [TicketSort::UpdatedFalling, TicketSort::UpdatedRising] {
            let wanted = wanted(&tickets, &filter, sort);
            assert!(!wanted.is_empty());
            assert_eq!(listed(db, &filter, sort, 3).await, wanted, "{filter:?}");
        }
    }
}

bsm_tests::on_both_engines! {
    times,
    unsolved_of_a_priority,
}
