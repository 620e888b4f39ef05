//! Lists, counts and search of tickets.

use bsm_domain::actor::{Actor, OrganizationRole, Role, Through};
use bsm_domain::ids::{OrganizationId, SessionId, TicketId, UserId};
use bsm_domain::policy::{organization_scope, own_scope, staff_scope};
use bsm_domain::ticket::{Priority, TicketCategory, TicketStatus};
use bsm_persistence::page::Window;
use bsm_persistence::ticket_counts::COUNT_LIMIT;
use bsm_persistence::ticket_filter::{Eyes, TicketFilter};
use bsm_persistence::ticket_lists::TicketSort;
use bsm_persistence::{Db, DbError, EngineKind};
use bsm_tests::seed::{self, at, ticket};

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
    // What is found comes newest first, whatever the order.
    assert_eq!(
        some(&|f| f.terms = Some(vec!["tick".into(), "word2".into()])).await,
        [29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 2]
    );
    if db.engine() == EngineKind::Postgres {
        // It takes this sign for no word, and then looks for the others.
        assert_eq!(
            some(&|f| f.terms = Some(vec!["\u{2776}".into(), "word2".into()])).await,
            [29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 2]
        );
    }

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
        through: Through::Session(SessionId::generate()),
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

bsm_tests::on_both_engines! {
    lists,
    notes_are_searched_by_staff_only,
}
