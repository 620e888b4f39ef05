//! A desk that is written to for minutes: customers who sign in, and tickets that can be answered,
//! moved and rated as often as anybody likes.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::operations::On;
use crate::server::Server;
use crate::sql::Engine;
use crate::volume::{self, FIRST, SIGN_IN, Size};

/// So many customers ask at the same time: what one customer writes waits for what they wrote before.
pub const CLIENTS: u8 = SIGN_IN;
/// So many tickets of each kind.
pub const EACH: u16 = 3_200;

/// What the sides ask about.
#[derive(Debug, Clone)]
pub struct Desk {
    /// Tickets of the whole desk begin with this number,
    pub any: i64,
    /// open ones with this one, of the customers by turns,
    pub first: i64,
    /// more of them, which the API alone gives other states, with this one,
    pub apart: i64,
    /// and resolved ones with this one.
    pub resolved: i64,
    /// The token of one of staff.
    pub agent: String,
    /// Those of the customers.
    pub customers: Vec<String>,
    /// How many changes of states were asked for.
    pub changes: Arc<AtomicU64>,
}

impl Desk {
    /// Where the numbers of these tickets begin on a desk of so many others.
    pub fn of(size: Size) -> Self {
        let first = FIRST + size.tickets;
        let each = i64::from(EACH);
        Self {
            any: FIRST,
            first,
            apart: first + each,
            resolved: first + 2 * each,
            agent: String::new(),
            customers: Vec::new(),
            changes: Arc::default(),
        }
    }

    /// The first of the tickets that an operation is about, and how many there are.
    pub fn numbers(&self, on: On) -> (i64, i64) {
        match on {
            On::Any => (self.any, self.first - self.any),
            On::Open => (self.first, i64::from(EACH)),
            On::Resolved => (self.resolved, i64::from(EACH)),
        }
    }

    /// Signs everybody in, before their tokens end.
    ///
    /// # Panics
    /// Where somebody is refused.
    pub async fn sign_in(&mut self, server: &Server) {
        self.agent = server.sign_in("agent@demo.example").await;
        self.customers.clear();
        for n in 0..CLIENTS {
            let email = format!("p{n}@volume.example");
            self.customers.push(server.sign_in(&email).await);
        }
    }
}

/// Writes the tickets into a desk that [`volume::fill`] has made, of 3,200 tickets or more.
///
/// # Panics
/// Where the database refuses.
pub async fn prepare(engine: Engine, url: &str, size: Size) {
    let desk = Desk::of(size);
    let (first, resolved) = (desk.first, desk.resolved);
    let e = engine;
    let client = format!("n % {CLIENTS}");
    let now = e.time(e.now());
    let agent = "(select id from users where email = 'agent@demo.example')";
    let ours = format!(
        "between {} and {}",
        e.id(1, "0"),
        e.id(1, &(CLIENTS - 1).to_string())
    );
    let each = u32::from(EACH) / u32::from(CLIENTS);
    let reset = match e {
        Engine::Sqlite => "select 1",
        Engine::Postgres => "select setval('ticket_numbers', (select max(number) from tickets))",
    };
    // What an installation has by itself: SQLite no statistics, PostgreSQL those of autovacuum.
    let statistics = match e {
        Engine::Sqlite => "select 1",
        Engine::Postgres => "analyze",
    };
    let words = match e {
        Engine::Sqlite => "(rowid, public, internal) select number, subject, ''",
        Engine::Postgres => {
            "(ticket_id, number, public, everything) select id, number, \
             to_tsvector('simple', subject), to_tsvector('simple', subject)"
        }
    };
    let no = if e == Engine::Sqlite { "0" } else { "false" };
    let statements = vec![
        format!(
            "insert into tickets (id, number, subject, description, status, priority, category, \
             requester_id, organization_id, assignee_id, answers, resolutions, score, first_response_at, \
             first_response_seconds, resolved_at, resolution_seconds, created_at, updated_at, version, \
             customer_updated_at, customer_version) select {}, n + {first}, 'The printer of floor ' || n, \
             'It prints nothing.', case when s then 'resolved' else 'open' end, 'normal', 'question', {}, {}, \
             {agent}, '[]', case when s then 1 else 0 end, case when s then 5 end, {now}, 60, \
             case when s then {now} end, case when s then 600 end, {now}, {now}, 1, {now}, 1 \
             from (select n, n >= {} as s from {} x) y",
            e.id(6, "n"),
            e.id(1, &client),
            e.id(2, &client),
            resolved - first,
            e.series(0, 3 * i64::from(EACH)),
        ),
        format!("insert into ticket_search {words} from tickets where number >= {first}"),
        format!(
            "insert into resolutions (id, ticket_id, n, requester_id, organization_id, assignee_id, \
             resolved_at, reopened, score) select id, id, 1, requester_id, organization_id, assignee_id, \
             resolved_at, {no}, score from tickets where number >= {resolved}"
        ),
        format!(
            "insert into ratings (id, ticket_id, resolution, score, reasons, customer_id, organization_id, \
             assignee_id, resolved_at, created_at, updated_at) select id, id, 1, score, '[]', requester_id, \
             organization_id, assignee_id, resolved_at, resolved_at, resolved_at from tickets \
             where number >= {resolved}"
        ),
        format!(
            "update customer_figures set tickets_total = tickets_total + {0}, \
             tickets_open = tickets_open + {1}, tickets_resolved = tickets_resolved + {2}, \
             answered = answered + {0}, solved = solved + {2}, ratings = ratings + {2}, \
             score_sum = score_sum + {3} where customer_id {ours}",
            3 * each,
            2 * each,
            each,
            5 * each,
        ),
        reset.to_owned(),
        statistics.to_owned(),
    ];
    volume::execute(engine, url, statements).await;
}
