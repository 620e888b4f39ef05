//! The plan of every list, on a database with 20,000 tickets: each list finds its rows by an
//! index, in their order, and reads no table from end to end.

mod checks;
mod content;
mod data;
mod found;
mod indexes;
mod people;
mod reports;

use bsm_domain::actor::{Actor, OrganizationRole, Role, Through};
use bsm_domain::ids::SessionId;
use bsm_domain::policy::{organization_scope, own_scope, staff_scope};
use bsm_domain::ticket::{Priority, TicketCategory, TicketStatus};
use bsm_persistence::page::Window;
use bsm_persistence::ticket_filter::{Eyes, TicketFilter};
use bsm_persistence::ticket_lists::TicketSort;
use bsm_persistence::{Db, Tx};
use bsm_tests::seed::at;

use checks::Lists;
use content::{articles, services};
use people::{deliveries, insights, people};
use reports::{feedback, figures, first_screen, resolutions};

const SORTS: [TicketSort; 4] = [
    TicketSort::UpdatedFalling,
    TicketSort::UpdatedRising,
    TicketSort::CreatedFalling,
    TicketSort::CreatedRising,
];

async fn every_list(lists: &mut Lists<'_>) {
    tickets_of_staff(lists).await;
    tickets_of_customers(lists).await;
    parts_of_a_ticket(lists).await;
    feedback(lists).await;
    resolutions(lists).await;
    figures(lists).await;
    first_screen(lists).await;
    people(lists).await;
    deliveries(lists).await;
    insights(lists).await;
    services(lists).await;
    articles(lists).await;
    let log = async |tx: &mut Tx, _: &Window| tx.events_after(10_000, 100).await.map(drop);
    lists.check("events", log).await;
}

/// All lists at once: the data takes longest. An installation on SQLite has no statistics, unless it was
/// moved or somebody ran `analyze`: its lists are read by an index in either case.
async fn every_list_is_read_by_an_index(db: &Db) {
    data::fill(db).await;
    let mut lists = Lists {
        db,
        names: Vec::new(),
        seen: 0,
        bad: Vec::new(),
    };
    every_list(&mut lists).await;
    found::is_what_has_the_word(db).await;
    data::analyze(db).await;
    every_list(&mut lists).await;
    assert!(lists.seen > 100, "only {} plans were seen", lists.seen);
    let unknown = indexes::unknown(&lists.names);
    assert!(unknown.is_empty(), "no such lists: {unknown:?}");
    assert!(lists.bad.is_empty(), "{}", lists.bad.join("\n"));
}

fn person(role: Role, n: u32) -> Actor {
    Actor {
        user_id: data::customer(n),
        through: Through::Session(SessionId::generate()),
        role,
        organization_id: Some(data::organization(n)),
        organization_role: Some(OrganizationRole::Manager),
    }
}

async fn tickets(lists: &mut Lists<'_>, name: &str, filter: &TicketFilter, sorts: &[TicketSort]) {
    for sort in sorts {
        let name = format!("tickets of {name} by {sort:?}");
        let list = async |tx: &mut Tx, w: &Window| tx.tickets(filter, *sort, w).await.map(drop);
        lists.check(&name, list).await;
    }
}

async fn counts(lists: &mut Lists<'_>, name: &str, filter: &TicketFilter) {
    // At most 10,000 are put in groups.
    let name = format!("the few counts of {name}");
    let list = async |tx: &mut Tx, _: &Window| tx.ticket_counts(filter).await.map(drop);
    lists.check(&name, list).await;
}

async fn tickets_of_staff(lists: &mut Lists<'_>) {
    let scope = staff_scope(&person(Role::Agent, 0)).unwrap();
    let all = TicketFilter::all(scope, Eyes::Staff);
    tickets(lists, "all", &all, &SORTS).await;
    let by = |change: &dyn Fn(&mut TicketFilter)| {
        let mut filter = all.clone();
        change(&mut filter);
        filter
    };
    let filters = [
        (
            "a common status",
            by(&|f| f.statuses = vec![TicketStatus::Closed]),
        ),
        (
            "a rare status",
            by(&|f| f.statuses = vec![TicketStatus::OnHold]),
        ),
        (
            "several states",
            by(&|f| f.statuses = vec![TicketStatus::New, TicketStatus::Open]),
        ),
        ("a priority", by(&|f| f.priorities = vec![Priority::Urgent])),
        (
            "several priorities",
            by(&|f| f.priorities = vec![Priority::High, Priority::Urgent]),
        ),
        (
            "a category",
            by(&|f| f.categories = vec![TicketCategory::Incident]),
        ),
        (
            "an assignee",
            by(&|f| f.assignees = vec![Some(data::agent(1))]),
        ),
        ("nobody", by(&|f| f.assignees = vec![None])),
        (
            "an assignee, in several states",
            by(&|f| {
                f.assignees = vec![Some(data::agent(1))];
                f.statuses = vec![TicketStatus::New, TicketStatus::Open];
            }),
        ),
        (
            "a priority, in several states",
            by(&|f| {
                f.priorities = vec![Priority::Urgent];
                f.statuses = vec![TicketStatus::New, TicketStatus::Open];
            }),
        ),
        (
            "nobody, in several states",
            by(&|f| {
                f.assignees = vec![None];
                f.statuses = vec![TicketStatus::New, TicketStatus::Open];
            }),
        ),
        (
            "several assignees",
            by(&|f| f.assignees = vec![None, Some(data::agent(1))]),
        ),
        (
            "a requester",
            by(&|f| f.requester = Some(data::customer(5))),
        ),
        (
            "an organization",
            by(&|f| f.organization = Some(data::organization(5))),
        ),
        ("a service", by(&|f| f.service = Some(data::service(5)))),
        ("a time that ends", by(&|f| f.created_to = Some(at(20_000)))),
        (
            "a time",
            by(&|f| {
                f.created_from = Some(at(10_000));
                f.created_to = Some(at(20_000));
            }),
        ),
        (
            "those resolved in a time",
            by(&|f| {
                f.resolved_from = Some(at(10_000));
                f.resolved_to = Some(at(11_000));
            }),
        ),
        (
            "those answered in a time",
            by(&|f| {
                f.answered_from = Some(at(10_000));
                f.answered_to = Some(at(11_000));
            }),
        ),
    ];
    for (name, filter) in &filters {
        tickets(lists, name, filter, &[TicketSort::UpdatedFalling]).await;
        counts(lists, name, filter).await;
    }
    counts(lists, "all", &all).await;
    let special = [
        ("those who wait", by(&|f| f.waiting = Some(true))),
        ("the reopened", by(&|f| f.reopened = Some(true))),
        ("orders", by(&|f| f.ordered = Some(true))),
        (
            "a requester's orders",
            by(&|f| {
                f.ordered = Some(true);
                f.requester = Some(data::customer(5));
            }),
        ),
    ];
    for (name, filter) in special {
        // Few wait and few are reopened: what a partial index finds may be sorted.
        let name = format!("the few {name}");
        tickets(lists, &name, &filter, &[TicketSort::UpdatedFalling]).await;
    }
    tickets(lists, "all", &all, &[TicketSort::WaitingRising]).await;
    for (name, term) in [
        ("a rare search", "rare77"),
        ("a search by a beginning", "rare7"),
        // Of a word in every seventh text PostgreSQL would rather read all words, where the newest do
        // not have enough of it.
        ("a common search", "often5"),
        ("a search for two words", "often5 rare77"),
    ] {
        let filter = by(&|f| f.terms = Some(term.split(' ').map(str::to_owned).collect()));
        tickets(lists, name, &filter, &[TicketSort::NumberFalling]).await;
        counts(lists, name, &filter).await;
        let narrow = by(&|f| {
            f.terms.clone_from(&filter.terms);
            f.organization = Some(data::organization(5));
        });
        let name = format!("{name} in a company");
        tickets(lists, &name, &narrow, &[TicketSort::NumberFalling]).await;
    }
}

async fn tickets_of_customers(lists: &mut Lists<'_>) {
    let actor = person(Role::Customer, 7);
    for (name, scope) in [
        ("one's own", own_scope(&actor)),
        ("the company's", organization_scope(&actor)),
    ] {
        let all = TicketFilter::all(scope, Eyes::Customer);
        tickets(lists, name, &all, &SORTS).await;
        let mut open = all.clone();
        open.statuses = vec![TicketStatus::Open, TicketStatus::OnHold];
        tickets(
            lists,
            &format!("{name}, in several states"),
            &open,
            &SORTS[..1],
        )
        .await;
        for rated in [true, false] {
            let mut filter = all.clone();
            filter.rated = Some(rated);
            tickets(
                lists,
                &format!("{name}, rated: {rated}"),
                &filter,
                &SORTS[..1],
            )
            .await;
        }
        let mut found = all;
        found.terms = Some(vec!["rare7".into()]);
        let name = format!("{name}, by search");
        tickets(lists, &name, &found, &[TicketSort::NumberFalling]).await;
    }
}

async fn parts_of_a_ticket(lists: &mut Lists<'_>) {
    let ticket = data::ticket(77);
    for eyes in [Eyes::Customer, Eyes::Staff] {
        let name = format!("messages for {eyes:?}");
        let list = async |tx: &mut Tx, w: &Window| tx.messages(ticket, eyes, w).await.map(drop);
        lists.check(&name, list).await;
    }
    let list = async |tx: &mut Tx, w: &Window| tx.history(ticket, w).await.map(drop);
    lists.check("history", list).await;
    let list = async |tx: &mut Tx, _: &Window| tx.follow_ups(ticket).await.map(drop);
    lists.check("the few follow-ups of a ticket", list).await;
    let list = async |tx: &mut Tx, _: &Window| tx.ratings_of_ticket(ticket).await.map(drop);
    lists.check("ratings of a ticket", list).await;
}

bsm_tests::on_both_engines! {
    every_list_is_read_by_an_index,
}
