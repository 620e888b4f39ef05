//! The counts that are kept, against counting.

use std::collections::BTreeMap;

use bsm_domain::actor::{Actor, Role, Through};
use bsm_domain::ids::{SessionId, TicketId, UserId};
use bsm_domain::policy::staff_scope;
use bsm_domain::ticket::{Priority, TicketStatus};
use bsm_persistence::page::Window;
use bsm_persistence::ticket_counts::is_counted;
use bsm_persistence::ticket_filter::{Eyes, TicketFilter};
use bsm_persistence::ticket_lists::TicketSort;
use bsm_persistence::{Db, DbError};
use bsm_tests::chance::Chance;
use bsm_tests::seed::{self, at, ticket};

type Counted = BTreeMap<(TicketStatus, Priority, Option<UserId>), i64>;

struct Known {
    status: TicketStatus,
    priority: Priority,
    assignee: Option<UserId>,
    waiting: bool,
    reopened: bool,
}

fn all() -> TicketFilter {
    let agent = Actor {
        user_id: UserId::generate(),
        through: Through::Session(SessionId::generate()),
        role: Role::Agent,
        organization_id: None,
        organization_role: None,
    };
    TicketFilter::all(staff_scope(&agent).expect("staff"), Eyes::Staff)
}

async fn kept(db: &Db, filter: &TicketFilter) -> Counted {
    assert!(is_counted(filter), "counted: {filter:?}");
    let rows = db
        .read(async |tx| tx.ticket_counts(filter).await)
        .await
        .expect("counts");
    rows.into_iter()
        .map(|row| ((row.status, row.priority, row.assignee_id), row.tickets))
        .collect()
}

fn counted<'a>(tickets: impl Iterator<Item = &'a Known>) -> Counted {
    let mut counts = Counted::new();
    for one in tickets {
        *counts
            .entry((one.status, one.priority, one.assignee))
            .or_default() += 1;
    }
    counts
}

/// Every filter that the counts answer, against the tickets that a list in memory has.
async fn compare(db: &Db, known: &[Known], agent: UserId) {
    let by = |change: &dyn Fn(&mut TicketFilter)| {
        let mut filter = all();
        change(&mut filter);
        filter
    };
    let open = [TicketStatus::New, TicketStatus::Open];
    type Passes<'a> = &'a dyn Fn(&Known) -> bool;
    let cases: [(TicketFilter, Passes<'_>); 9] = [
        (all(), &|_| true),
        (by(&|f| f.statuses = open.to_vec()), &|k| {
            open.contains(&k.status)
        }),
        (by(&|f| f.priorities = vec![Priority::Urgent]), &|k| {
            k.priority == Priority::Urgent
        }),
        (by(&|f| f.assignees = vec![None]), &|k| k.assignee.is_none()),
        (
            by(&|f| {
                f.assignees = vec![Some(agent)];
                f.statuses = open.to_vec();
            }),
            &|k| k.assignee == Some(agent) && open.contains(&k.status),
        ),
        (by(&|f| f.waiting = Some(true)), &|k| k.waiting),
        (by(&|f| f.waiting = Some(false)), &|k| !k.waiting),
        (by(&|f| f.reopened = Some(true)), &|k| k.reopened),
        (by(&|f| f.reopened = Some(false)), &|k| !k.reopened),
    ];
    for (filter, passes) in cases {
        let wanted = counted(known.iter().filter(|one| passes(one)));
        assert_eq!(kept(db, &filter).await, wanted, "{filter:?}");
    }
}

/// Whatever becomes of tickets, folded or not, the counts are those of counting.
async fn counts_follow_the_tickets(db: &Db) {
    let ana = seed::customer(db, "ana@acme.example", None).await;
    let agent = seed::staff(db, "agent@demo.example", Role::Agent).await;
    let other = seed::staff(db, "other@demo.example", Role::Agent).await;
    let mut chance = Chance::new(7);
    for round in 0..4 {
        db.write(async |tx| {
            for n in 0..20 {
                let id = TicketId::generate();
                tx.insert_ticket(&ticket(id, round * 20 + n + 1, ana, at(n)))
                    .await?;
            }
            Ok::<_, DbError>(())
        })
        .await
        .expect("opened");
        let mut known = Vec::new();
        let tickets = db
            .read(async |tx| {
                let window = Window {
                    limit: 100,
                    after: None,
                };
                tx.tickets(&all(), TicketSort::NumberFalling, &window).await
            })
            .await
            .expect("tickets")
            .items;
        for mut row in tickets {
            if chance.below(2) == 0 {
                row.status = *chance.of(TicketStatus::ALL);
                row.priority = *chance.of(Priority::ALL);
                row.assignee_id = *chance.of(&[None, Some(agent), Some(other)]);
                row.waiting_since = (chance.below(2) == 0).then(|| at(round));
                row.reopened_at = (chance.below(2) == 0).then(|| at(round));
                // Twice the same is no change.
                for _ in 0..2 {
                    db.write(async |tx| tx.update_ticket(&row).await)
                        .await
                        .expect("changed");
                }
            }
            known.push(Known {
                status: row.status,
                priority: row.priority,
                assignee: row.assignee_id,
                waiting: row.waiting_since.is_some(),
                reopened: row.reopened_at.is_some(),
            });
        }
        compare(db, &known, agent).await;
        if round % 2 == 1 {
            while fold(db).await > 0 {}
            compare(db, &known, agent).await;
        }
    }
}

/// Fewer at once than there are, so that some are left between.
async fn fold(db: &Db) -> u64 {
    db.write(async |tx| tx.fold_ticket_counts(7).await)
        .await
        .expect("folded")
}

/// What is undone was never counted.
async fn what_is_undone_is_not_counted(db: &Db) {
    let ana = seed::customer(db, "ana@acme.example", None).await;
    let undone = db
        .write(async |tx| {
            tx.insert_ticket(&ticket(TicketId::generate(), 1, ana, at(1)))
                .await?;
            tx.insert_ticket(&ticket(TicketId::generate(), 1, ana, at(1)))
                .await
        })
        .await;
    assert!(undone.is_err(), "two tickets have one number");
    assert_eq!(kept(db, &all()).await, Counted::new());
}

bsm_tests::on_both_engines! {
    counts_follow_the_tickets,
    what_is_undone_is_not_counted,
}
