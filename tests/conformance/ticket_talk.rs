//! The conversation, the history and the ratings of a ticket.

use bsm_domain::actor::{Role, Via};
use bsm_domain::ids::{MessageId, RatingId, TicketId};
use bsm_domain::ticket::MessageVisibility;
use bsm_persistence::history::{HistoryValue, NewHistory};
use bsm_persistence::messages::NewMessage;
use bsm_persistence::page::Window;
use bsm_persistence::ratings::{FeedbackFilter, NewRating};
use bsm_persistence::ticket_filter::Eyes;
use bsm_persistence::{Db, DbError};
use bsm_tests::seed::{self, at, ticket};

/// A conversation is read oldest first; customers get it without notes.
async fn messages(db: &Db) {
    let ana = seed::customer(db, "ana@acme.example", None).await;
    let agent = seed::staff(db, "agent@demo.example", Role::Agent).await;
    let id = TicketId::generate();
    db.write(async |tx| {
        tx.insert_ticket(&ticket(id, 1, ana, at(1))).await?;
        for n in 0..9_i64 {
            let internal = n % 3 == 2;
            let message = NewMessage {
                id: MessageId::generate(),
                ticket_id: id,
                key_id: None,
                author_id: if n % 2 == 0 && !internal { ana } else { agent },
                visibility: if internal {
                    MessageVisibility::Internal
                } else {
                    MessageVisibility::Public
                },
                body: format!("message {n}"),
                created_at: at(10 + n),
            };
            tx.insert_message(&message).await?;
            let read = tx.message(message.id).await?.expect("inserted");
            assert_eq!(read.body, message.body);
            assert_eq!(read.author_id, message.author_id);
            assert_eq!(read.author_role.is_staff(), message.author_id == agent);
        }
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
    let read = async |eyes| {
        let mut bodies = Vec::new();
        let mut window = Window {
            limit: 2,
            after: None,
        };
        loop {
            let page = db
                .read(async |tx| tx.messages(id, eyes, &window).await)
                .await
                .unwrap();
            bodies.extend(page.items.into_iter().map(|m| m.body));
            match page.next {
                Some(key) => window.after = Some(key),
                None => return bodies,
            }
        }
    };
    let named = |ns: &[i64]| {
        ns.iter()
            .map(|n| format!("message {n}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(read(Eyes::Staff).await, named(&[0, 1, 2, 3, 4, 5, 6, 7, 8]));
    assert_eq!(read(Eyes::Customer).await, named(&[0, 1, 3, 4, 6, 7]));
}

/// History is read in the order it was written, people by their names.
async fn history(db: &Db) {
    let ana = seed::customer(db, "ana@acme.example", None).await;
    let agent = seed::staff(db, "agent@demo.example", Role::Agent).await;
    let id = TicketId::generate();
    let row = |when, field, from, to| NewHistory {
        ticket_id: id,
        at: at(when),
        actor_id: Some(agent),
        via: Via::Portal,
        key_id: None,
        field,
        from,
        to,
    };
    let code = |c: &str| HistoryValue::Code(c.into());
    let page = db
        .write(async |tx| {
            tx.insert_ticket(&ticket(id, 1, ana, at(1))).await?;
            tx.insert_history(&row(5, "status", code("new"), code("open")))
                .await?;
            tx.insert_history(&row(
                5,
                "assignee",
                HistoryValue::Nothing,
                HistoryValue::Person(agent),
            ))
            .await?;
            let timer = NewHistory {
                actor_id: None,
                via: Via::Timer,
                ..row(6, "status", code("resolved"), code("closed"))
            };
            tx.insert_history(&timer).await?;
            tx.history(
                id,
                &Window {
                    limit: 10,
                    after: None,
                },
            )
            .await
        })
        .await
        .unwrap();
    let fields: Vec<_> = page.items.iter().map(|h| h.field.as_str()).collect();
    assert_eq!(fields, ["status", "assignee", "status"]);
    assert_eq!(page.items[0].from_value.as_deref(), Some("new"));
    assert!(page.items[1].from_value.is_none() && page.items[1].from_name.is_none());
    assert_eq!(page.items[1].to_name, page.items[1].actor_name);
    assert!(page.items[2].actor_name.is_none());
    assert_eq!(page.items[2].via, Via::Timer);
}

/// A rating can be changed; what it said is kept, and staff read it with its ticket.
async fn ratings(db: &Db) {
    let ana = seed::customer(db, "ana@acme.example", None).await;
    let agent = seed::staff(db, "agent@demo.example", Role::Agent).await;
    let id = TicketId::generate();
    let rating = |resolution, score, when| NewRating {
        id: RatingId::generate(),
        ticket_id: id,
        resolution,
        score,
        comment: Some(format!("score {score}")),
        reasons: vec!["fast".into()],
        customer_id: ana,
        organization_id: None,
        assignee_id: Some(agent),
        service_id: None,
        resolved_at: at(5),
        at: at(when),
    };
    let found = db
        .write(async |tx| {
            tx.insert_ticket(&ticket(id, 1, ana, at(1))).await?;
            tx.put_rating(&rating(1, 2, 10)).await?;
            tx.put_rating(&rating(1, 4, 11)).await?;
            tx.put_rating(&rating(2, 5, 12)).await?;
            let first = tx.rating(id, 1).await?.expect("rated");
            assert_eq!(
                (first.score, first.created_at, first.updated_at),
                (4, at(10), at(11))
            );
            assert_eq!(first.comment.as_deref(), Some("score 4"));
            assert!(tx.rating(id, 3).await?.is_none());
            tx.ratings_of_ticket(id).await
        })
        .await
        .unwrap();
    assert_eq!(
        found
            .iter()
            .map(|r| (r.resolution, r.score))
            .collect::<Vec<_>>(),
        [(2, 5), (1, 4)]
    );
    let scores = async |filter: FeedbackFilter| {
        let window = Window {
            limit: 10,
            after: None,
        };
        let page = db
            .read(async |tx| tx.feedback(&filter, &window).await)
            .await
            .unwrap();
        page.items.iter().map(|f| f.score).collect::<Vec<_>>()
    };
    let all = FeedbackFilter::default;
    assert_eq!(scores(all()).await, [5, 4]);
    assert_eq!(
        scores(FeedbackFilter {
            scores: vec![4],
            ..all()
        })
        .await,
        [4]
    );
    assert_eq!(
        scores(FeedbackFilter {
            scores: vec![1, 5],
            ..all()
        })
        .await,
        [5]
    );
    assert_eq!(
        scores(FeedbackFilter {
            assignee: Some(Some(agent)),
            ..all()
        })
        .await,
        [5, 4]
    );
    assert_eq!(
        scores(FeedbackFilter {
            assignee: Some(Some(ana)),
            ..all()
        })
        .await,
        [0; 0]
    );
    assert_eq!(
        scores(FeedbackFilter {
            from: Some(at(12)),
            ..all()
        })
        .await,
        [5]
    );
    assert_eq!(
        scores(FeedbackFilter {
            to: Some(at(12)),
            ..all()
        })
        .await,
        [4]
    );
}

bsm_tests::on_both_engines! {
    messages,
    history,
    ratings,
}
