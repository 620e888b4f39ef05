//! Leases of jobs, and what the job that closes tickets reads.

use bsm_domain::ids::{MessageId, TicketId};
use bsm_persistence::messages::NewMessage;
use bsm_persistence::{Db, DbError};
use bsm_tests::seed::{self, at};
use uuid::Uuid;

async fn a_job_is_held_by_one_until_its_time_is_over(db: &Db) {
    let (one, other) = (Uuid::now_v7(), Uuid::now_v7());
    let claim = async |who, now, until| {
        db.write(async |tx| tx.claim_job("a job", who, at(now), at(until)).await)
            .await
            .unwrap()
    };
    assert!(claim(one, 0, 2).await);
    assert!(!claim(other, 1, 3).await);
    assert!(claim(one, 1, 3).await, "it is renewed");
    assert!(!claim(other, 2, 4).await);
    assert!(claim(other, 3, 5).await, "its time is over");
    assert!(!claim(one, 4, 6).await);
    // Whoever holds it no longer can let nothing go.
    let release = async |who| {
        db.write(async |tx| tx.release_job("a job", who, at(4)).await)
            .await
            .unwrap();
    };
    release(one).await;
    assert!(!claim(one, 4, 6).await);
    release(other).await;
    assert!(claim(one, 4, 6).await);
    let another = db.write(async |tx| tx.claim_job("another", other, at(4), at(6)).await);
    assert!(another.await.unwrap());
}

/// Of many who ask at the same moment, one gets it.
async fn of_many_one_gets_it(db: &Db) {
    let mut asking = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let db = db.clone();
        asking.spawn(async move {
            let who = Uuid::now_v7();
            db.write(async move |tx| tx.claim_job("wanted", who, at(0), at(1)).await)
                .await
                .map_err(|e: DbError| e)
                .unwrap()
        });
    }
    let got = asking.join_all().await;
    assert_eq!(got.iter().filter(|got| **got).count(), 1);
}

async fn silent_tickets_are_found_in_their_order(db: &Db) {
    let ana = seed::customer(db, "ana@acme.example", None).await;
    let agent = seed::staff(db, "agent@demo.example", bsm_domain::actor::Role::Agent).await;
    let mut ids = Vec::new();
    for n in 1..=6 {
        let id = TicketId::generate();
        ids.push(id);
        let new = seed::ticket(id, n, ana, at(0));
        db.write(async |tx| {
            tx.insert_ticket(&new).await?;
            // Later ones were resolved earlier.
            let mut row = tx.ticket(id).await?.expect("a ticket");
            row.status = bsm_domain::ticket::TicketStatus::Resolved;
            row.resolved_at = Some(at(20 - n));
            if n == 2 {
                row.status = bsm_domain::ticket::TicketStatus::Open;
            }
            tx.update_ticket(&row).await
        })
        .await
        .unwrap();
    }
    let say = async |ticket: TicketId, minute: i64, public: bool| {
        use bsm_domain::ticket::MessageVisibility::{Internal, Public};
        let message = NewMessage {
            id: MessageId::generate(),
            ticket_id: ticket,
            author_id: agent,
            key_id: None,
            visibility: if public { Public } else { Internal },
            body: "Words.".into(),
            created_at: at(minute),
        };
        db.write(async |tx| tx.insert_message(&message).await)
            .await
            .unwrap();
    };
    say(ids[3], 18, true).await; // after the moment asked for: not silent
    say(ids[4], 18, false).await; // a note is no word
    say(ids[5], 15, true).await; // before it
    let found = async |limit| {
        db.read(async |tx| tx.silent_tickets(at(17), limit).await)
            .await
            .unwrap()
    };
    assert_eq!(found(10).await, [ids[5], ids[4], ids[2]]);
    assert_eq!(found(1).await, [ids[5]]);
    for (n, words) in [(3, true), (4, false), (5, false)] {
        let has = db.read(async |tx| tx.has_words_since(ids[n], at(17)).await);
        assert_eq!(has.await.unwrap(), words, "{n}");
    }
    let plans = db.explain(async |tx| tx.silent_tickets(at(17), 10).await.map(drop));
    let plan = format!("{:?}", plans.await.unwrap());
    assert!(
        plan.contains("tickets_to_close") || plan.contains("Seq Scan"),
        "{plan}"
    );
}

bsm_tests::on_both_engines! {
    a_job_is_held_by_one_until_its_time_is_over,
    of_many_one_gets_it,
    silent_tickets_are_found_in_their_order,
}
