//! The plan of every list, on a database with 20,000 tickets: each list finds its rows by an
//! index, in their order, and reads no table from end to end.

mod data;

use bsm_domain::actor::{Actor, OrganizationRole, Role};
use bsm_domain::article::ArticleStatus;
use bsm_domain::email::EmailAddress;
use bsm_domain::ids::{SessionId, UserId};
use bsm_domain::policy::{organization_scope, own_scope, staff_scope};
use bsm_domain::service::ServiceStatus;
use bsm_domain::ticket::{Priority, TicketCategory, TicketStatus};
use bsm_persistence::article_lists::ArticleFilter;
use bsm_persistence::audit::AuditFilter;
use bsm_persistence::content::View;
use bsm_persistence::customer_insights::{
    InsightFilter, InsightKey, InsightPlace, InsightSort, InsightWindow, OpenedIn,
};
use bsm_persistence::page::{Key, Window};
use bsm_persistence::ratings::FeedbackFilter;
use bsm_persistence::service_lists::ServiceFilter;
use bsm_persistence::ticket_lists::{Eyes, TicketFilter, TicketSort};
use bsm_persistence::user_lists::{UserFilter, UserSort};
use bsm_persistence::{Db, DbError, EngineKind, Plan, Tx};
use bsm_tests::seed::at;
use uuid::Uuid;

const SORTS: [TicketSort; 4] = [
    TicketSort::UpdatedFalling,
    TicketSort::UpdatedRising,
    TicketSort::CreatedFalling,
    TicketSort::CreatedRising,
];

/// More rows than this are never sorted: a page is read in order. What a search finds, or a
/// person or company with few tickets has, may be.
const SORTED_AT_MOST: u64 = 1_000;

/// What is wrong with a plan, in words; nothing where all is well.
fn faults(engine: EngineKind, list: &str, plan: &Plan, sorts: bool) -> Vec<String> {
    let mut found = Vec::new();
    // What a part of the statement made is no table: it is as small as what that part read.
    let made = |line: &str| {
        let name = line.strip_prefix("SCAN ").unwrap_or_default();
        ["CO-ROUTINE", "MATERIALIZE"]
            .iter()
            .any(|how| plan.lines.contains(&format!("{how} {name}")))
    };
    for line in &plan.lines {
        match engine {
            EngineKind::Sqlite => {
                let indexed = ["USING INDEX", "USING COVERING INDEX", "VIRTUAL TABLE INDEX"];
                let by_index = indexed.iter().any(|i| line.contains(i));
                if line.starts_with("SCAN") && !by_index && !made(line) {
                    found.push(format!("reads a whole table: {line}"));
                }
                if line.contains("TEMP B-TREE") && !sorts {
                    found.push(format!("sorts: {line}"));
                }
            }
            EngineKind::Postgres => {
                let node = line.trim_start_matches([' ', '-', '>']);
                if node.contains("Seq Scan on") && !may_be_scanned(list, node, sorts) {
                    found.push(format!("reads a whole table: {node}"));
                }
                let rows = line.split("rows=").nth(1).and_then(|r| r.split(' ').next());
                let rows: u64 = rows.and_then(|r| r.parse().ok()).unwrap_or(0);
                if node.starts_with("Sort ") && rows > SORTED_AT_MOST {
                    found.push(format!("sorts: {node}"));
                }
            }
        }
    }
    found
}

/// Whether PostgreSQL may hash this table whole: the names that stand beside the rows of a list,
/// where there are few of them, and what is joined to rows that were found in several places.
/// Never tickets and their parts, never the search, never the table that the list is of.
fn may_be_scanned(list: &str, node: &str, found: bool) -> bool {
    let has = |tables: &[&str]| tables.iter().any(|t| node.contains(t));
    let own = list.starts_with("feedback") && has(&["on ratings"])
        || list.starts_with("organizations") && !found && has(&["on organizations"]);
    if own
        || has(&[
            "on tickets",
            "on ticket_",
            "on events",
            "on content_search",
            "on audit",
            "on sessions",
        ])
    {
        return false;
    }
    found || has(&["on organizations", "on service_versions sv"])
}

/// Every list with its plans, collected to be told at once.
struct Lists<'a> {
    db: &'a Db,
    seen: usize,
    bad: Vec<String>,
}

impl Lists<'_> {
    /// Looks at the first page of a list and at one in its middle.
    async fn check(
        &mut self,
        name: &str,
        list: impl AsyncFn(&mut Tx, &Window) -> Result<(), DbError>,
    ) {
        let middle = Key {
            at: at(30_000),
            id: Uuid::from_u128(1 << 100),
        };
        for after in [None, Some(middle)] {
            let window = Window { limit: 25, after };
            let plans = self.db.explain(async |tx| list(tx, &window).await).await;
            // What an index finds in several places at once is put in order afterwards.
            let sorts = ["search", "several", "a time"]
                .iter()
                .any(|w| name.contains(w));
            let plans = plans.unwrap_or_else(|e| panic!("{name}: {e}"));
            assert!(!plans.is_empty(), "{name} runs no statement");
            for plan in plans {
                self.seen += 1;
                let faults = faults(self.db.engine(), name, &plan, sorts);
                if !faults.is_empty() {
                    let (faults, lines) = (faults.join("\n  "), plan.lines.join("\n    "));
                    self.bad.push(format!("{name}:\n  {faults}\n    {lines}"));
                }
            }
        }
    }
}

/// All lists at once: the data takes longest.
async fn every_list_is_read_by_an_index(db: &Db) {
    data::fill(db).await;
    let mut lists = Lists {
        db,
        seen: 0,
        bad: Vec::new(),
    };
    tickets_of_staff(&mut lists).await;
    tickets_of_customers(&mut lists).await;
    parts_of_a_ticket(&mut lists).await;
    people(&mut lists).await;
    insights(&mut lists).await;
    catalog(&mut lists).await;
    let log = async |tx: &mut Tx, _: &Window| tx.events_after(10_000, 100).await.map(drop);
    lists.check("events", log).await;
    assert!(lists.seen > 100, "only {} plans were seen", lists.seen);
    assert!(lists.bad.is_empty(), "{}", lists.bad.join("\n"));
}

fn person(role: Role, n: u32) -> Actor {
    Actor {
        user_id: data::customer(n),
        session_id: SessionId::generate(),
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
        (
            "a time",
            by(&|f| {
                f.created_from = Some(at(10_000));
                f.created_to = Some(at(20_000));
            }),
        ),
    ];
    for (name, filter) in filters {
        tickets(lists, name, &filter, &[TicketSort::UpdatedFalling]).await;
    }
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
        (
            "resolved in a time",
            by(&|f| {
                f.resolved_from = Some(at(10_000));
                f.resolved_to = Some(at(11_000));
            }),
        ),
        (
            "answered in a time",
            by(&|f| {
                f.answered_from = Some(at(10_000));
                f.answered_to = Some(at(11_000));
            }),
        ),
    ];
    for (name, filter) in special {
        // Few wait and few are reopened: what a partial index finds may be sorted.
        let name = format!("{name}, several at most");
        tickets(lists, &name, &filter, &[TicketSort::UpdatedFalling]).await;
    }
    tickets(lists, "all", &all, &[TicketSort::WaitingRising]).await;
    for (name, term) in [("a rare search", "rare7"), ("a search by prefix", "rare7")] {
        let filter = by(&|f| f.terms = Some(vec![term.into()]));
        tickets(lists, name, &filter, &[TicketSort::CreatedFalling]).await;
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
        tickets(lists, &name, &found, &[TicketSort::CreatedFalling]).await;
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
    lists
        .check("follow-ups, sorted for a search of few", list)
        .await;
    let list = async |tx: &mut Tx, _: &Window| tx.ratings_of_ticket(ticket).await.map(drop);
    lists.check("ratings of a ticket", list).await;
    let all = FeedbackFilter::default;
    let filters = [
        ("all", all()),
        (
            "a score",
            FeedbackFilter {
                scores: vec![1],
                ..all()
            },
        ),
        (
            "several scores",
            FeedbackFilter {
                scores: vec![1, 2],
                ..all()
            },
        ),
        (
            "a customer",
            FeedbackFilter {
                customer: Some(data::customer(4)),
                ..all()
            },
        ),
        (
            "an assignee",
            FeedbackFilter {
                assignee: Some(data::agent(1)),
                ..all()
            },
        ),
        (
            "a service",
            FeedbackFilter {
                service: Some(data::service(5)),
                ..all()
            },
        ),
        (
            "a time",
            FeedbackFilter {
                from: Some(at(10_000)),
                to: Some(at(20_000)),
                ..all()
            },
        ),
    ];
    for (name, filter) in filters {
        let list = async |tx: &mut Tx, w: &Window| tx.feedback(&filter, w).await.map(drop);
        lists.check(&format!("feedback of {name}"), list).await;
    }
}

/// Each figure orders the list of customers by an index of its own, both ways.
async fn insights(lists: &mut Lists<'_>) {
    let window = |w: &Window| InsightWindow {
        limit: w.limit,
        after: w.after.map(|key| InsightPlace {
            value: 1,
            customer: UserId(key.id),
        }),
    };
    for key in InsightKey::ALL {
        for falling in [false, true] {
            let sort = InsightSort { key, falling };
            let all = InsightFilter::default();
            let list = async |tx: &mut Tx, w: &Window| {
                tx.customer_insights(&all, sort, &window(w)).await.map(drop)
            };
            lists.check(&format!("insights by {sort:?}"), list).await;
        }
    }
    let sort = InsightSort {
        key: InsightKey::Total,
        falling: true,
    };
    for (name, filter) in [
        (
            "several of an organization",
            InsightFilter {
                organization: Some(data::organization(5)),
                terms: None,
            },
        ),
        (
            "a search",
            InsightFilter {
                organization: None,
                terms: Some(vec!["rare7".into()]),
            },
        ),
    ] {
        let list = async |tx: &mut Tx, w: &Window| {
            tx.customer_insights(&filter, sort, &window(w))
                .await
                .map(drop)
        };
        lists.check(&format!("insights of {name}"), list).await;
    }
    let opened = OpenedIn {
        from: Some(at(10_000)),
        to: Some(at(20_000)),
    };
    let customer = data::customer(5);
    let list = async |tx: &mut Tx, _: &Window| {
        let (mut rows, _) = tx
            .customer_insights(
                &InsightFilter::default(),
                sort,
                &InsightWindow {
                    limit: 25,
                    after: None,
                },
            )
            .await?;
        tx.narrow_insights(&mut rows, &opened).await
    };
    lists
        .check("insights of a time, sorted for each", list)
        .await;
    let list = async |tx: &mut Tx, _: &Window| tx.services_ordered_by(customer).await.map(drop);
    lists
        .check("services, sorted for several at most", list)
        .await;
    let list = async |tx: &mut Tx, w: &Window| tx.customer_activity(customer, w).await.map(drop);
    lists.check("activity of a customer", list).await;
}

async fn people(lists: &mut Lists<'_>) {
    let all = UserFilter::default;
    let sorts = [
        UserSort::CreatedFalling,
        UserSort::CreatedRising,
        UserSort::SeenFalling,
    ];
    let filters = [
        ("all", all()),
        (
            "a role",
            UserFilter {
                roles: vec![Role::Agent],
                ..all()
            },
        ),
        (
            "several roles",
            UserFilter {
                roles: vec![Role::Agent, Role::Admin],
                ..all()
            },
        ),
        (
            "active",
            UserFilter {
                active: Some(true),
                ..all()
            },
        ),
        (
            "an organization",
            UserFilter {
                organization: Some(data::organization(5)),
                ..all()
            },
        ),
        (
            "the managers of an organization",
            UserFilter {
                organization: Some(data::organization(5)),
                organization_role: Some(OrganizationRole::Manager),
                ..all()
            },
        ),
        (
            "a search",
            UserFilter {
                terms: Some(vec!["rare7".into()]),
                ..all()
            },
        ),
    ];
    for (name, filter) in filters {
        let sorts = if name == "all" {
            &sorts[..]
        } else {
            &sorts[..1]
        };
        for sort in sorts {
            let list = async |tx: &mut Tx, w: &Window| tx.users(&filter, *sort, w).await.map(drop);
            lists
                .check(&format!("users of {name} by {sort:?}"), list)
                .await;
        }
    }
    access(lists).await;
    let list = async |tx: &mut Tx, w: &Window| tx.organizations(None, w).await.map(drop);
    lists.check("organizations", list).await;
    let terms = ["rare7".to_owned()];
    let list = async |tx: &mut Tx, w: &Window| tx.organizations(Some(&terms), w).await.map(drop);
    lists.check("organizations by search", list).await;
}

async fn access(lists: &mut Lists<'_>) {
    let emails: Vec<_> = (0..500)
        .filter_map(|n| EmailAddress::parse(&format!("p{n}@p.example")).ok())
        .collect();
    let list = async |tx: &mut Tx, _: &Window| tx.users_by_email(&emails).await.map(drop);
    lists.check("users of several addresses", list).await;
    let keys: Vec<_> = (0..100).map(|n| format!("company {n}")).collect();
    let list = async |tx: &mut Tx, _: &Window| tx.organizations_by_key(&keys).await.map(drop);
    lists.check("organizations of several names", list).await;
    let user = data::customer(0);
    let now = at(60_000);
    let list = async |tx: &mut Tx, w: &Window| tx.live_sessions(user, now, w).await.map(drop);
    lists.check("sessions of a person", list).await;
    let list = async |tx: &mut Tx, w: &Window| tx.password_links(user, w).await.map(drop);
    lists.check("password links of a person", list).await;
    let filter = |change: &dyn Fn(&mut AuditFilter)| {
        let mut filter = AuditFilter::default();
        change(&mut filter);
        filter
    };
    let filters = [
        ("all", filter(&|_| {})),
        ("an actor", filter(&|f| f.actor = Some(data::agent(1)))),
        (
            "an action",
            filter(&|f| f.actions = vec!["user.updated".into()]),
        ),
        (
            "a rare action",
            filter(&|f| f.actions = vec!["user.created".into()]),
        ),
        (
            "several actions",
            filter(&|f| f.actions = vec!["user.updated".into(), "user.created".into()]),
        ),
        (
            "a subject",
            filter(&|f| f.subject = Some(data::customer(3).0)),
        ),
        (
            "a time",
            filter(&|f| {
                f.from = Some(at(10_000));
                f.to = Some(at(20_000));
            }),
        ),
    ];
    for (name, filter) in filters {
        let list = async |tx: &mut Tx, w: &Window| tx.audit(&filter, w).await.map(drop);
        lists.check(&format!("audit of {name}"), list).await;
    }
}

/// By category, tag or visibility a catalog of a thousand is read whole: those stand in its
/// versions, and a planner is right to prefer that to a thousand steps. The rest goes by an index.
async fn catalog(lists: &mut Lists<'_>) {
    let terms = ["rare7".to_owned()];
    let any = |view| ServiceFilter {
        view,
        statuses: Vec::new(),
        category: None,
    };
    let active = ServiceFilter {
        statuses: vec![ServiceStatus::Active],
        ..any(View::Draft)
    };
    for filter in [any(View::Draft), active, any(View::Live)] {
        let name = format!("services, {:?}, {:?}", filter.view, filter.statuses);
        let list = async |tx: &mut Tx, w: &Window| tx.services(&filter, w).await.map(drop);
        lists.check(&name, list).await;
        let list =
            async |tx: &mut Tx, _: &Window| tx.search_services(&filter, &terms).await.map(drop);
        lists.check(&format!("{name}, search"), list).await;
    }
    let all = ArticleFilter::all;
    let published = ArticleFilter {
        statuses: vec![ArticleStatus::Published],
        ..all(View::Draft)
    };
    for filter in [all(View::Draft), published, all(View::Live)] {
        let name = format!("articles, {:?}, {:?}", filter.view, filter.statuses);
        let list = async |tx: &mut Tx, w: &Window| tx.articles(&filter, w).await.map(drop);
        lists.check(&name, list).await;
        let list =
            async |tx: &mut Tx, _: &Window| tx.search_articles(&filter, &terms).await.map(drop);
        lists.check(&format!("{name}, search"), list).await;
    }
    let article = data::article(7);
    let list = async |tx: &mut Tx, w: &Window| tx.article_revisions(article, w).await.map(drop);
    lists.check("revisions of an article", list).await;
}

bsm_tests::on_both_engines! {
    every_list_is_read_by_an_index,
}
