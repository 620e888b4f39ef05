//! What searches and their counts find, on a desk where few, some and most tickets have a word: whichever
//! way is gone to them.

use bsm_domain::policy::staff_scope;
use bsm_domain::ticket::TicketStatus;
use bsm_persistence::Db;
use bsm_persistence::page::Window;
use bsm_persistence::ticket_counts::COUNT_LIMIT;
use bsm_persistence::ticket_filter::{Eyes, TicketFilter};
use bsm_persistence::ticket_lists::TicketSort;

use super::{Role, person};

/// Searches for words, alone and among unsolved tickets: the two newest pages and the count.
pub async fn is_what_has_the_word(db: &Db) {
    let scope = staff_scope(&person(Role::Agent, 0)).unwrap();
    for term in [
        "common",
        "often3",
        "often5",
        "often36",
        "rare7",
        "rare77",
        "rare996",
        "nothing",
        "common rare77",
        "often5 rare7",
        "rare5 often5 common",
        "often3 often36",
        "often5 nothing",
        "often5 rare123",
        "common rare456",
        // Beginnings of few words, of many, and of so few letters that they have an index of their own.
        "rare99",
        "often",
        "rare",
        "rare often5",
        "comm rare45",
        "co",
        "rar",
        "r often36",
    ] {
        for statuses in [vec![], vec![TicketStatus::OnHold, TicketStatus::Open]] {
            let mut filter = TicketFilter::all(scope, Eyes::Staff);
            filter.terms = Some(term.split(' ').map(str::to_owned).collect());
            filter.statuses.clone_from(&statuses);
            let wanted = numbers_of(db, term, &statuses).await;
            let first = page(db, &filter, None).await;
            let mut found = first.0;
            if let Some(after) = first.1 {
                found.extend(page(db, &filter, Some(after)).await.0);
            }
            let pages = &wanted[..wanted.len().min(50)];
            assert_eq!(found, pages, "{term} {statuses:?}");
            let counts = db.read(async |tx| tx.ticket_counts(&filter).await).await;
            let counted: i64 = counts.unwrap().iter().map(|row| row.tickets).sum();
            let all = i64::try_from(wanted.len()).unwrap();
            assert_eq!(counted, all.min(COUNT_LIMIT + 1), "{term} {statuses:?}");
        }
    }
}

type Place = Option<bsm_persistence::page::Key>;

async fn page(db: &Db, filter: &TicketFilter, after: Place) -> (Vec<i64>, Place) {
    let window = Window { limit: 25, after };
    let sort = TicketSort::NumberFalling;
    let page = db.read(async |tx| tx.tickets(filter, sort, &window).await);
    let page = page.await.unwrap();
    (page.items.iter().map(|t| t.number).collect(), page.next)
}

/// The numbers of the tickets with words that begin so, and in one of these states where any is named,
/// highest first: each is looked at.
async fn numbers_of(db: &Db, terms: &str, statuses: &[TicketStatus]) -> Vec<i64> {
    let tickets = db.read(async |tx| {
        tx.q("select number, subject, status from tickets order by number desc")
            .all::<(i64, String, TicketStatus)>()
            .await
    });
    let has = |text: &str| {
        terms
            .split(' ')
            .all(|term| text.split(' ').any(|word| word.starts_with(term)))
    };
    let tickets = tickets.await.unwrap().into_iter();
    tickets
        .filter(|(_, text, status)| has(text) && (statuses.is_empty() || statuses.contains(status)))
        .map(|(number, ..)| number)
        .collect()
}
