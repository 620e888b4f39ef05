//! The plan of every list, on a database with 20,000 tickets: each list finds its rows by an
//! index, in their order, and reads no table from end to end.

mod data;
mod indexes;

use bsm_domain::actor::{Actor, OrganizationRole, Role};
use bsm_domain::article::ArticleStatus;
use bsm_domain::email::EmailAddress;
use bsm_domain::ids::{SessionId, UserId};
use bsm_domain::policy::{organization_scope, own_scope, staff_scope};
use bsm_domain::service::ServiceStatus;
use bsm_domain::ticket::{Priority, TicketCategory, TicketStatus};
use bsm_persistence::article_lists::{ArticleFilter, ArticleSort};
use bsm_persistence::audit::AuditFilter;
use bsm_persistence::content::View;
use bsm_persistence::customer_insights::{
    InsightFilter, InsightKey, InsightPlace, InsightSort, InsightWindow, OpenedIn,
};
use bsm_persistence::empty_searches::EmptySearchSort;
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
fn faults(engine: EngineKind, plan: &Plan, sorts: bool) -> Vec<String> {
    match engine {
        EngineKind::Sqlite => sqlite_faults(&plan.lines, sorts),
        EngineKind::Postgres => plan
            .lines
            .iter()
            .filter_map(|l| postgres_fault(l))
            .collect(),
    }
}

fn depth(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// SQLite has no numbers in its plans. A sort is all right where it puts parts in order that were
/// cut to a page each, or the page itself: then the first step beside it reads a subquery.
fn sqlite_faults(lines: &[String], sorts: bool) -> Vec<String> {
    let mut found = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let step = line.trim_start();
        let indexed = ["USING INDEX", "USING COVERING INDEX", "VIRTUAL TABLE INDEX"];
        let whole = step.starts_with("SCAN") && !indexed.iter().any(|i| step.contains(i));
        if whole && !of_a_page(lines, step) {
            found.push(format!("reads a whole table: {step}"));
        }
        if step.contains("TEMP B-TREE") && !sorts {
            let deep = depth(line);
            let begin = lines[..n].iter().rposition(|l| depth(l) < deep);
            let beside = lines[begin.map_or(0, |b| b + 1)..n]
                .iter()
                .filter(|l| depth(l) == deep);
            let reads = |l: &&String| {
                ["SCAN", "SEARCH"]
                    .iter()
                    .any(|w| l.trim_start().starts_with(w))
            };
            if !beside
                .clone()
                .find(reads)
                .is_some_and(|l| of_a_page(lines, l))
            {
                found.push(format!("sorts: {step}"));
            }
        }
    }
    found
}

/// Whether a step of SQLite reads what another step made before: a part, or parts merged. It
/// says `CO-ROUTINE x` or `MATERIALIZE x` there and `SCAN x` here.
fn of_a_page(lines: &[String], step: &str) -> bool {
    let name = step.trim_start().strip_prefix("SCAN ").unwrap_or_default();
    ["CO-ROUTINE ", "MATERIALIZE "].iter().any(|made| {
        lines
            .iter()
            .any(|l| l.trim_start().strip_prefix(made) == Some(name))
    })
}

/// PostgreSQL says how many rows it expects.
fn postgres_fault(line: &str) -> Option<String> {
    let node = line.trim_start_matches([' ', '-', '>']);
    if node.contains("Seq Scan on") {
        return Some(format!("reads a whole table: {node}"));
    }
    let rows = line.split("rows=").nth(1).and_then(|r| r.split(' ').next());
    let rows: u64 = rows.and_then(|r| r.parse().ok()).unwrap_or(0);
    (node.starts_with("Sort ") && rows > SORTED_AT_MOST).then(|| format!("sorts: {node}"))
}

/// Every list with its plans, collected to be told at once.
struct Lists<'a> {
    db: &'a Db,
    names: Vec<String>,
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
        self.names.push(name.to_owned());
        for after in [None, Some(middle)] {
            let window = Window { limit: 25, after };
            let plans = self.db.explain(async |tx| list(tx, &window).await).await;
            // What a search finds, what one index finds by a time while the list is in the order of
            // another, and what there are few of, is put in order afterwards.
            let sorts = ["search", "a time", "the few"]
                .iter()
                .any(|w| name.contains(w));
            let plans = plans.unwrap_or_else(|e| panic!("{name}: {e}"));
            assert!(!plans.is_empty(), "{name} runs no statement");
            if let Some(index) = indexes::missing(name, &plans) {
                self.bad
                    .push(format!("{name}:\n  not read by {index}: {plans:#?}"));
            }
            for plan in plans {
                self.seen += 1;
                let faults = faults(self.db.engine(), &plan, sorts);
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
        names: Vec::new(),
        seen: 0,
        bad: Vec::new(),
    };
    tickets_of_staff(&mut lists).await;
    tickets_of_customers(&mut lists).await;
    parts_of_a_ticket(&mut lists).await;
    people(&mut lists).await;
    insights(&mut lists).await;
    services(&mut lists).await;
    articles(&mut lists).await;
    let log = async |tx: &mut Tx, _: &Window| tx.events_after(10_000, 100).await.map(drop);
    lists.check("events", log).await;
    assert!(lists.seen > 100, "only {} plans were seen", lists.seen);
    let unknown = indexes::unknown(&lists.names);
    assert!(unknown.is_empty(), "no such lists: {unknown:?}");
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
        let name = format!("the few {name}");
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
    lists.check("the few follow-ups of a ticket", list).await;
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
            "the few of an organization",
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
    lists.check("the few services of a customer", list).await;
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
    let emails: Vec<_> = (0..50)
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

/// Services as staff and as customers list them.
async fn services(lists: &mut Lists<'_>) {
    let terms = ["rare7".to_owned()];
    let all = |view| ServiceFilter {
        view,
        statuses: Vec::new(),
        category: None,
    };
    let of = |view| ServiceFilter {
        category: Some("Security".to_owned()),
        ..all(view)
    };
    let in_states = |statuses: &[ServiceStatus]| ServiceFilter {
        statuses: statuses.to_vec(),
        ..all(View::Draft)
    };
    let (active, draft) = (ServiceStatus::Active, ServiceStatus::Draft);
    for (name, filter) in [
        ("all for staff", all(View::Draft)),
        ("active, for staff", in_states(&[active])),
        ("in several states, for staff", in_states(&[active, draft])),
        ("of a category, for staff", of(View::Draft)),
        ("all for customers", all(View::Live)),
        ("of a category, for customers", of(View::Live)),
    ] {
        let list = async |tx: &mut Tx, w: &Window| tx.services(&filter, w).await.map(drop);
        lists.check(&format!("services {name}"), list).await;
        let list =
            async |tx: &mut Tx, _: &Window| tx.search_services(&filter, &terms).await.map(drop);
        lists
            .check(&format!("services {name}, by search"), list)
            .await;
    }
}

/// Articles as staff, customers and everybody list them.
async fn articles(lists: &mut Lists<'_>) {
    let terms = ["rare7".to_owned()];
    let all = ArticleFilter::all;
    let of = |view| ArticleFilter {
        category: Some("Security".to_owned()),
        ..all(view)
    };
    let tagged = |view| ArticleFilter {
        tag: Some("tag3".to_owned()),
        ..all(view)
    };
    let in_states = |statuses: &[ArticleStatus]| ArticleFilter {
        statuses: statuses.to_vec(),
        ..all(View::Draft)
    };
    let (published, draft) = (ArticleStatus::Published, ArticleStatus::Draft);
    let mut filters = vec![
        ("published, for staff", in_states(&[published])),
        (
            "in several states, for staff",
            in_states(&[published, draft]),
        ),
    ];
    for view in [View::Draft, View::Live, View::Public] {
        filters.push(("all", all(view)));
        filters.push(("of a category", of(view)));
        filters.push(("with a tag", tagged(view)));
    }
    for (name, filter) in filters {
        let name = format!("articles {name}, {:?}", filter.view);
        let list = async |tx: &mut Tx, w: &Window| {
            tx.articles(&filter, ArticleSort::Latest, w).await.map(drop)
        };
        lists.check(&name, list).await;
        let list =
            async |tx: &mut Tx, _: &Window| tx.search_articles(&filter, &terms).await.map(drop);
        lists.check(&format!("{name}, by search"), list).await;
    }
    let tags = ["tag3".to_owned(), "tag4".to_owned()];
    for view in [View::Live, View::Public] {
        let list = async |tx: &mut Tx, _: &Window| {
            tx.related_articles(data::article(7), view, "Security", &tags)
                .await
                .map(drop)
        };
        lists
            .check(&format!("articles related to one, {view:?}"), list)
            .await;
    }
    let worst = all(View::Draft);
    let list = async |tx: &mut Tx, w: &Window| {
        tx.articles(&worst, ArticleSort::LeastHelpful, w)
            .await
            .map(drop)
    };
    lists.check("articles by votes against", list).await;
    let asked = ArticleFilter {
        ticket: Some(data::ticket(77)),
        ..all(View::Draft)
    };
    let list =
        async |tx: &mut Tx, w: &Window| tx.articles(&asked, ArticleSort::Latest, w).await.map(drop);
    lists.check("articles of a ticket", list).await;
    for sort in [EmptySearchSort::Count, EmptySearchSort::Latest] {
        let list =
            async |tx: &mut Tx, w: &Window| tx.empty_searches(false, sort, w).await.map(drop);
        lists
            .check(&format!("empty searches by {sort:?}"), list)
            .await;
    }
    let article = data::article(7);
    let list = async |tx: &mut Tx, w: &Window| tx.article_revisions(article, w).await.map(drop);
    lists.check("revisions of an article", list).await;
}

bsm_tests::on_both_engines! {
    every_list_is_read_by_an_index,
}
