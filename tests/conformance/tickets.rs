//! Tickets, their lists, conversation and history.

use bsm_domain::actor::{Actor, OrganizationRole, Role, Via};
use bsm_domain::clock::Time;
use bsm_domain::ids::{MessageId, OrganizationId, RatingId, SessionId, TicketId, UserId};
use bsm_domain::policy::{organization_scope, own_scope, staff_scope};
use bsm_domain::ticket::{MessageVisibility, Priority, TicketCategory, TicketNumber, TicketStatus};
use bsm_persistence::history::{HistoryValue, NewHistory};
use bsm_persistence::messages::NewMessage;
use bsm_persistence::page::Window;
use bsm_persistence::ratings::{FeedbackFilter, NewRating};
use bsm_persistence::ticket_lists::{COUNT_LIMIT, Eyes, TicketFilter, TicketSort};
use bsm_persistence::tickets::{NewTicket, StoredAnswer};
use bsm_persistence::{Db, DbError};
use bsm_tests::seed::{self, at};
use serde_json::json;

fn ticket(id: TicketId, number: i64, requester: UserId, when: Time) -> NewTicket {
    NewTicket {
        id,
        number,
        subject: "Der Drücker ist müde".into(),
        description: "seit heute".into(),
        priority: Priority::High,
        category: TicketCategory::Incident,
        requester_id: requester,
        organization_id: None,
        service: None,
        answers: vec![StoredAnswer {
            field: "room".into(),
            label: "Room".into(),
            value: "12".into(),
            raw: json!(12),
        }],
        follow_up_of: None,
        created_at: when,
    }
}

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

/// Each filter lets through what it should, and pages are neither repeated nor skipped.
async fn lists(db: &Db) {
    let acme = seed::organization(db, "Acme").await;
    let ana = seed::customer(
        db,
        "ana@acme.example",
        Some((acme, OrganizationRole::Manager)),
    )
    .await;
    let ben = seed::customer(
        db,
        "ben@acme.example",
        Some((acme, OrganizationRole::Member)),
    )
    .await;
    let agent = seed::staff(db, "agent@demo.example", Role::Agent).await;
    // 30 tickets: even ones Ana's, odd ones Ben's; every third one assigned.
    db.write(async |tx| {
        for n in 1..=30_i64 {
            let who = if n % 2 == 0 { ana } else { ben };
            let id = TicketId::generate();
            let mut new = ticket(id, n, who, at(n));
            new.organization_id = Some(acme);
            new.subject = format!("Ticket word{n}");
            tx.insert_ticket(&new).await?;
            tx.index_ticket(id, n, &format!("ticket word{n}")).await?;
            let mut row = tx.ticket(id).await?.expect("inserted");
            row.updated_at = at(100 - n);
            row.customer_updated_at = at(200 - n);
            if n % 3 == 0 {
                row.assignee_id = Some(agent);
                row.status = TicketStatus::Open;
            }
            if n % 5 == 0 {
                row.status = TicketStatus::Resolved;
                row.resolutions = 1;
                row.resolved_at = Some(at(50));
                row.score = (n % 10 == 0).then_some(5);
            }
            tx.update_ticket(&row).await?;
        }
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();

    let staff = staff_scope(&actor(agent, Role::Agent, None)).unwrap();
    let all = TicketFilter::all(staff, Eyes::Staff);
    for (sort, rising) in [
        (TicketSort::UpdatedFalling, true),
        (TicketSort::UpdatedRising, false),
        (TicketSort::CreatedRising, true),
        (TicketSort::CreatedFalling, false),
    ] {
        let mut wanted: Vec<i64> = (1..=30).collect();
        if !rising {
            wanted.reverse();
        }
        assert_eq!(numbers(db, &all, sort, 7).await, wanted, "{sort:?}");
    }

    let only = |change: &dyn Fn(&mut TicketFilter)| {
        let mut filter = all.clone();
        change(&mut filter);
        filter
    };
    let some = async |change: &dyn Fn(&mut TicketFilter)| {
        numbers(db, &only(change), TicketSort::CreatedRising, 100).await
    };
    let where_ = |test: fn(i64) -> bool| (1..=30).filter(|n| test(*n)).collect::<Vec<i64>>();
    assert_eq!(
        some(&|f| f.requester = Some(ana)).await,
        where_(|n| n % 2 == 0)
    );
    assert_eq!(
        some(&|f| f.assignees = vec![Some(agent)]).await,
        where_(|n| n % 3 == 0)
    );
    assert_eq!(
        some(&|f| f.assignees = vec![None]).await,
        where_(|n| n % 3 != 0)
    );
    assert_eq!(
        some(&|f| f.assignees = vec![None, Some(agent)]).await,
        where_(|_| true)
    );
    assert_eq!(
        some(&|f| f.statuses = vec![TicketStatus::Resolved]).await,
        where_(|n| n % 5 == 0)
    );
    assert_eq!(
        some(&|f| f.statuses = vec![TicketStatus::Resolved, TicketStatus::Open]).await,
        where_(|n| n % 5 == 0 || n % 3 == 0)
    );
    assert_eq!(
        some(&|f| f.priorities = vec![Priority::Low]).await,
        where_(|_| false)
    );
    assert_eq!(
        some(&|f| f.categories = vec![TicketCategory::Incident]).await,
        where_(|_| true)
    );
    assert_eq!(
        some(&|f| f.organization = Some(acme)).await,
        where_(|_| true)
    );
    assert_eq!(
        some(&|f| f.organization = Some(OrganizationId::generate())).await,
        where_(|_| false)
    );
    assert_eq!(
        some(&|f| f.rated = Some(true)).await,
        where_(|n| n % 10 == 0)
    );
    assert_eq!(
        some(&|f| f.rated = Some(false)).await,
        where_(|n| n % 5 == 0 && n % 10 != 0)
    );
    assert_eq!(
        some(&|f| f.created_from = Some(at(21))).await,
        where_(|n| n >= 21)
    );
    assert_eq!(
        some(&|f| f.created_to = Some(at(21))).await,
        where_(|n| n < 21)
    );
    assert_eq!(some(&|f| f.terms = Some(vec!["word7".into()])).await, [7]);
    assert_eq!(
        some(&|f| f.terms = Some(vec!["tick".into(), "word2".into()])).await,
        where_(|n| n == 2 || (20..30).contains(&n))
    );

    let manager = actor(ana, Role::Customer, Some((acme, OrganizationRole::Manager)));
    let member = actor(ben, Role::Customer, Some((acme, OrganizationRole::Member)));
    let own = TicketFilter::all(own_scope(&member), Eyes::Customer);
    assert_eq!(
        numbers(db, &own, TicketSort::UpdatedFalling, 4).await,
        where_(|n| n % 2 == 1)
    );
    let narrowed = TicketFilter::all(organization_scope(&member), Eyes::Customer);
    assert_eq!(
        numbers(db, &narrowed, TicketSort::CreatedRising, 100).await,
        where_(|n| n % 2 == 1)
    );
    let shared = TicketFilter::all(organization_scope(&manager), Eyes::Customer);
    assert_eq!(
        numbers(db, &shared, TicketSort::CreatedRising, 100).await,
        where_(|_| true)
    );

    let counts = db
        .read(async |tx| tx.ticket_counts(&all).await)
        .await
        .unwrap();
    assert_eq!(counts.iter().map(|c| c.tickets).sum::<i64>(), 30);
    let resolved = only(&|f| f.statuses = vec![TicketStatus::Resolved]);
    let counts = db
        .read(async |tx| tx.ticket_counts(&resolved).await)
        .await
        .unwrap();
    assert_eq!(counts.iter().map(|c| c.tickets).sum::<i64>(), 6);
    assert!(
        counts
            .iter()
            .all(|c| c.status == TicketStatus::Resolved && c.tickets <= COUNT_LIMIT)
    );
}

async fn numbers(db: &Db, filter: &TicketFilter, sort: TicketSort, limit: u32) -> Vec<i64> {
    let mut found = Vec::new();
    let mut window = Window { limit, after: None };
    loop {
        let page = db
            .read(async |tx| tx.tickets(filter, sort, &window).await)
            .await
            .unwrap();
        assert!(page.items.len() <= limit as usize);
        found.extend(page.items.iter().map(|row| row.number));
        match page.next {
            Some(key) => window.after = Some(key),
            None => return found,
        }
    }
}

fn actor(
    id: UserId,
    role: Role,
    organization: Option<(OrganizationId, OrganizationRole)>,
) -> Actor {
    Actor {
        user_id: id,
        session_id: SessionId::generate(),
        role,
        organization_id: organization.map(|o| o.0),
        organization_role: organization.map(|o| o.1),
    }
}

/// Customers find a ticket by its public words, staff by those of notes too.
async fn notes_are_searched_by_staff_only(db: &Db) {
    let ana = seed::customer(db, "ana@acme.example", None).await;
    let id = TicketId::generate();
    db.write(async |tx| {
        tx.insert_ticket(&ticket(id, 1, ana, at(1))).await?;
        tx.index_ticket(id, 1, "drucker mude").await?;
        tx.index_message(id, 1, "offentlich", false).await?;
        tx.index_message(id, 1, "geheim", true).await
    })
    .await
    .unwrap();
    let ana_actor = actor(ana, Role::Customer, None);
    let staff = staff_scope(&actor(UserId::generate(), Role::Agent, None)).unwrap();
    for (word, customer, agent) in [
        ("drucker", 1, 1),
        ("offent", 1, 1),
        ("geheim", 0, 1),
        ("fehlt", 0, 0),
    ] {
        for (scope, eyes, wanted) in [
            (own_scope(&ana_actor), Eyes::Customer, customer),
            (staff, Eyes::Staff, agent),
        ] {
            let mut filter = TicketFilter::all(scope, eyes);
            filter.terms = Some(vec![word.into()]);
            let found = numbers(db, &filter, TicketSort::CreatedFalling, 10).await;
            assert_eq!(found.len(), wanted, "{word} for {eyes:?}");
        }
    }
}

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
            assignee: Some(agent),
            ..all()
        })
        .await,
        [5, 4]
    );
    assert_eq!(
        scores(FeedbackFilter {
            assignee: Some(ana),
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
    round_trip,
    numbers_rise,
    update,
    follow_ups,
    lists,
    notes_are_searched_by_staff_only,
    messages,
    history,
    ratings,
}
