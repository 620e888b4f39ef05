//! Whether lists, searches and figures cost the same however much there is.

use std::time::Duration;

use crate::load;
use crate::server::Server;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Agent,
    Admin,
    Customer,
}

/// What the portals ask for: each list, each of their filters, searches for words that few and many
/// tickets have, and the figures.
const ASKED: [(&str, Who, &str); 37] = [
    ("tickets", Who::Agent, "/api/admin/tickets"),
    (
        "tickets: open",
        Who::Agent,
        "/api/admin/tickets?status=open",
    ),
    (
        "tickets: new and open",
        Who::Agent,
        "/api/admin/tickets?status=new,open",
    ),
    (
        "tickets: closed",
        Who::Agent,
        "/api/admin/tickets?status=closed",
    ),
    (
        "tickets: on hold",
        Who::Agent,
        "/api/admin/tickets?status=on_hold",
    ),
    (
        "tickets: urgent",
        Who::Agent,
        "/api/admin/tickets?priority=urgent",
    ),
    (
        "tickets: open and urgent",
        Who::Agent,
        "/api/admin/tickets?status=open&priority=urgent",
    ),
    (
        "tickets: mine",
        Who::Agent,
        "/api/admin/tickets?assignee=me",
    ),
    (
        "tickets: mine, unsolved",
        Who::Agent,
        "/api/admin/tickets?assignee=me&status=new,open,pending,on_hold",
    ),
    (
        "tickets: nobody's",
        Who::Agent,
        "/api/admin/tickets?assignee=none&status=new,open",
    ),
    (
        "tickets: incidents",
        Who::Agent,
        "/api/admin/tickets?category=incident",
    ),
    (
        "tickets: orders",
        Who::Agent,
        "/api/admin/tickets?ordered=true",
    ),
    (
        "tickets: waiting longest",
        Who::Agent,
        "/api/admin/tickets?waiting=true&sort=waiting_since",
    ),
    (
        "tickets: opened since",
        Who::Agent,
        "/api/admin/tickets?created_from=2025-09-01T00:00:00Z",
    ),
    (
        "tickets: resolved in a week",
        Who::Agent,
        "/api/admin/tickets?resolved_from=2025-08-01T00:00:00Z&resolved_to=2025-08-08T00:00:00Z",
    ),
    (
        "tickets: oldest change first",
        Who::Agent,
        "/api/admin/tickets?sort=updated_at",
    ),
    (
        "tickets: search, a rare word",
        Who::Agent,
        "/api/admin/tickets?q=w00123",
    ),
    (
        "tickets: search, two words",
        Who::Agent,
        "/api/admin/tickets?q=w00123%20printer",
    ),
    (
        "tickets: search, a common word",
        Who::Agent,
        "/api/admin/tickets?q=printer",
    ),
    (
        "tickets: search, a beginning",
        Who::Agent,
        "/api/admin/tickets?q=w0",
    ),
    ("counts", Who::Agent, "/api/admin/tickets/counts"),
    (
        "counts: open",
        Who::Agent,
        "/api/admin/tickets/counts?status=open",
    ),
    (
        "counts: a common word",
        Who::Agent,
        "/api/admin/tickets/counts?q=printer",
    ),
    ("dashboard", Who::Agent, "/api/admin/dashboard"),
    ("feedback", Who::Agent, "/api/admin/feedback"),
    (
        "feedback: low scores",
        Who::Agent,
        "/api/admin/feedback?score=1,2",
    ),
    (
        "feedback: summary",
        Who::Agent,
        "/api/admin/feedback/summary",
    ),
    ("resolutions", Who::Agent, "/api/admin/resolutions"),
    ("insights", Who::Agent, "/api/admin/customer-insights"),
    (
        "insights: most tickets",
        Who::Agent,
        "/api/admin/customer-insights?sort=-tickets.total",
    ),
    (
        "insights: search",
        Who::Agent,
        "/api/admin/customer-insights?q=company",
    ),
    ("users", Who::Admin, "/api/admin/users"),
    (
        "users: customers",
        Who::Admin,
        "/api/admin/users?role=customer",
    ),
    ("organizations", Who::Admin, "/api/admin/organizations"),
    ("events", Who::Admin, "/api/admin/events/log"),
    ("customer's tickets", Who::Customer, "/api/customer/tickets"),
    (
        "customer's search",
        Who::Customer,
        "/api/customer/tickets?q=printer",
    ),
];

/// How long each took.
#[derive(Debug)]
pub struct Row {
    /// What was asked for.
    pub name: &'static str,
    /// Half of the answers came within this time.
    pub median: Duration,
    /// 99 of 100.
    pub p99: Duration,
    /// Answers a second.
    pub rate: f64,
}

/// Asks for everything, with eight clients.
pub async fn measure(server: &Server, length: Duration) -> Vec<Row> {
    let agent = server.sign_in("agent@demo.example").await;
    let admin = server.sign_in("admin@demo.example").await;
    let customer = server.sign_in("ana@acme.example").await;
    let mut rows = Vec::new();
    for (name, who, path) in ASKED {
        let token = match who {
            Who::Agent => &agent,
            Who::Admin => &admin,
            Who::Customer => &customer,
        };
        // Once to fill caches, which any desk has filled.
        let _ = load::get(server.address(), path, token, 2, Duration::ZERO).await;
        let seen = load::get(server.address(), path, token, 8, length).await;
        rows.push(Row {
            name,
            median: seen.quantile(0.5),
            p99: seen.quantile(0.99),
            rate: seen.rate(),
        });
    }
    rows
}
