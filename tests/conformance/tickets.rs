//! Tickets, their numbers and what goes on from them.

use bsm_domain::actor::Role;
use bsm_domain::ids::{TicketId, UserId};
use bsm_domain::ticket::{Priority, TicketCategory, TicketNumber, TicketStatus};
use bsm_persistence::{Db, DbError};
use bsm_tests::seed::{self, at, ticket};
use serde_json::json;

/// What is written is read again, by id and by number, with its times to the microsecond.
async fn round_trip(db: &Db) {
    let ana = seed::customer(db, "ana@acme.example", None).await;
    let id = TicketId::generate();
    let row = db
        .write(async |tx| {
            let number = tx.next_ticket_number().await?;
            tx.insert_ticket(&ticket(id, number, ana, at(10))).await?;
            assert!(tx.lock_ticket(id).await?);
            assert_eq!(tx.ticket_id_of(TicketNumber(number)).await?, Some(id));
            tx.ticket(id).await
        })
        .await
        .unwrap()
        .unwrap();
    assert_eq!(row.status, TicketStatus::New);
    assert_eq!(row.priority, Priority::High);
    assert_eq!(row.category, TicketCategory::Incident);
    assert_eq!(row.subject, "Der Drücker ist müde");
    assert_eq!(row.answers.0[0].raw, json!(12));
    assert_eq!(row.requester_email, "ana@acme.example");
    assert_eq!((row.created_at, row.updated_at), (at(10), at(10)));
    assert_eq!(
        (row.version, row.customer_version, row.resolutions),
        (1, 1, 0)
    );
    assert!(row.assignee_id.is_none() && row.resolved_at.is_none() && row.score.is_none());

    let nobody = TicketId::generate();
    db.write(async |tx| {
        assert!(!tx.lock_ticket(nobody).await?);
        assert!(tx.ticket(nobody).await?.is_none());
        assert_eq!(tx.ticket_id_of(TicketNumber(999)).await?, None);
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

/// Numbers are unique and rise, also when transactions run side by side or fail.
async fn numbers_rise(db: &Db) {
    let ana = seed::customer(db, "ana@acme.example", None).await;
    let create = async || {
        db.write(async |tx| {
            let number = tx.next_ticket_number().await?;
            tx.insert_ticket(&ticket(TicketId::generate(), number, ana, at(1)))
                .await?;
            Ok::<_, DbError>(number)
        })
        .await
        .unwrap()
    };
    let first = create().await;
    let (a, b, c) = tokio::join!(create(), create(), create());
    let mut numbers = [a, b, c];
    numbers.sort_unstable();
    assert!(numbers[0] > first && numbers[0] < numbers[1] && numbers[1] < numbers[2]);
    let failed: Result<(), DbError> = db
        .write(async |tx| {
            let number = tx.next_ticket_number().await?;
            tx.insert_ticket(&ticket(
                TicketId::generate(),
                number,
                UserId::generate(),
                at(1),
            ))
            .await
        })
        .await;
    assert!(failed.unwrap_err().is_foreign_key_violation());
    assert!(create().await > numbers[2]);
}

/// Every column that can change does.
async fn update(db: &Db) {
    let ana = seed::customer(db, "ana@acme.example", None).await;
    let agent = seed::staff(db, "agent@demo.example", Role::Agent).await;
    let id = TicketId::generate();
    let row = db
        .write(async |tx| {
            let number = tx.next_ticket_number().await?;
            tx.insert_ticket(&ticket(id, number, ana, at(10))).await?;
            let mut row = tx.ticket(id).await?.expect("inserted");
            row.subject = "New subject".into();
            row.status = TicketStatus::Resolved;
            row.priority = Priority::Low;
            row.category = TicketCategory::Question;
            row.assignee_id = Some(agent);
            row.resolutions = 2;
            row.score = Some(4);
            row.first_response_at = Some(at(11));
            row.resolved_at = Some(at(12));
            row.closed_at = Some(at(13));
            row.updated_at = at(14);
            row.version = 7;
            row.customer_updated_at = at(13);
            row.customer_version = 5;
            tx.update_ticket(&row).await?;
            tx.ticket(id).await
        })
        .await
        .unwrap()
        .unwrap();
    assert_eq!(row.subject, "New subject");
    assert_eq!(row.status, TicketStatus::Resolved);
    assert_eq!(
        (row.priority, row.category),
        (Priority::Low, TicketCategory::Question)
    );
    assert_eq!(row.assignee_id, Some(agent));
    assert!(row.assignee_name.is_some());
    assert_eq!((row.resolutions, row.score), (2, Some(4)));
    assert_eq!(row.first_response_at, Some(at(11)));
    assert_eq!(
        (row.resolved_at, row.closed_at),
        (Some(at(12)), Some(at(13)))
    );
    assert_eq!((row.updated_at, row.version), (at(14), 7));
    assert_eq!((row.customer_updated_at, row.customer_version), (at(13), 5));
}

/// Tickets that go on from another are found from it, in order.
async fn follow_ups(db: &Db) {
    let ana = seed::customer(db, "ana@acme.example", None).await;
    let (first, second, third) = (
        TicketId::generate(),
        TicketId::generate(),
        TicketId::generate(),
    );
    let found = db
        .write(async |tx| {
            tx.insert_ticket(&ticket(first, 1, ana, at(1))).await?;
            for (id, number) in [(third, 3), (second, 2)] {
                let mut row = ticket(id, number, ana, at(2));
                row.follow_up_of = Some(first);
                tx.insert_ticket(&row).await?;
            }
            assert_eq!(
                tx.ticket(second)
                    .await?
                    .expect("inserted")
                    .follow_up_of_number,
                Some(1)
            );
            tx.follow_ups(first).await
        })
        .await
        .unwrap();
    assert_eq!(
        found.iter().map(|r| (r.id, r.number)).collect::<Vec<_>>(),
        [(second, 2), (third, 3)]
    );
}

bsm_tests::on_both_engines! {
    round_trip,
    numbers_rise,
    update,
    follow_ups,
}
