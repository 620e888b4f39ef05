//! What is measured, on each of the three sides: what the API is asked, and the statements it then runs.

use std::sync::atomic::Ordering;

use uuid::Uuid;

use super::prepare::{CLIENTS, Desk, EACH};
use crate::http::{bearer, request};

/// Which tickets an operation is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// Any; also where it is about no single one.
    Any,
    /// Those that are worked on.
    Open,
    /// Those that can be rated.
    Resolved,
}

impl On {
    /// The number of the customer whom a client speaks for: a ticket's own, else one of the client's own,
    /// so that nobody waits for what another client writes about the same customer.
    pub fn customer(self, client: usize, number: i64, first: i64) -> i64 {
        let clients = i64::from(CLIENTS);
        match self {
            Self::Any => i64::try_from(client).unwrap_or(0) % clients,
            Self::Open | Self::Resolved => (number - first).rem_euclid(clients),
        }
    }
}

/// One operation.
#[derive(Debug)]
pub struct Operation {
    /// In tables, and in addresses of the bare handler.
    pub name: &'static str,
    /// What it does, in words.
    pub what: &'static str,
    /// Its statements, before the engine's words are filled in.
    pub sql: &'static str,
    /// With how many clients.
    pub clients: &'static [usize],
    /// Whether it writes: on SQLite there is one writer.
    pub writes: bool,
    /// Which tickets.
    pub on: On,
    /// What the API is asked, by a client of this number, for a ticket of this number.
    pub ask: fn(&Desk, usize, i64) -> Vec<u8>,
}

/// The numbers of clients of the busiest measurements, which the targets speak of.
pub const MANY: usize = 32;
const ALL: &[usize] = &[1, 8, MANY];
const BUSY: &[usize] = &[MANY];

/// All of them.
pub const OPERATIONS: [Operation; 10] = [
    Operation {
        name: "read",
        what: "read one ticket",
        sql: include_str!("../../sql/read.sql"),
        clients: ALL,
        writes: false,
        on: On::Any,
        ask: |desk, _, number| by_staff(desk, "GET", &format!("/tickets/TKT-{number}"), ""),
    },
    Operation {
        name: "own",
        what: "list 25 of a customer",
        sql: include_str!("../../sql/own.sql"),
        clients: ALL,
        writes: false,
        on: On::Any,
        ask: |desk, client, _| by_customer(desk, client, "GET", "/tickets", ""),
    },
    Operation {
        name: "desk",
        what: "list 25 with two filters",
        sql: include_str!("../../sql/desk.sql"),
        clients: BUSY,
        writes: false,
        on: On::Any,
        ask: |desk, _, _| by_staff(desk, "GET", "/tickets?status=open&priority=high", ""),
    },
    Operation {
        name: "counts",
        what: "counts",
        sql: include_str!("../../sql/counts.sql"),
        clients: BUSY,
        writes: false,
        on: On::Any,
        ask: |desk, _, _| by_staff(desk, "GET", "/tickets/counts", ""),
    },
    Operation {
        name: "search",
        what: "search tickets",
        sql: include_str!("../../sql/search.sql"),
        clients: BUSY,
        writes: false,
        on: On::Any,
        ask: |desk, _, _| by_staff(desk, "GET", "/tickets?q=w00123", ""),
    },
    Operation {
        name: "articles",
        what: "search articles",
        sql: include_str!("../../sql/articles.sql"),
        clients: BUSY,
        writes: false,
        on: On::Any,
        ask: |desk, client, _| by_customer(desk, client, "GET", "/knowledge-base?q=printer", ""),
    },
    Operation {
        name: "create",
        what: "create a ticket",
        sql: include_str!("../../sql/create.sql"),
        clients: ALL,
        writes: true,
        on: On::Any,
        ask: |desk, client, _| {
            let body = r#"{"subject":"The printer is silent","description":"Since this morning it prints nothing."}"#;
            by_customer(desk, client, "POST", "/tickets", body)
        },
    },
    Operation {
        name: "reply",
        what: "reply",
        sql: include_str!("../../sql/reply.sql"),
        clients: BUSY,
        writes: true,
        on: On::Open,
        ask: |desk, _, number| {
            let body = r#"{"body":"We are on it, please wait.","visibility":"public"}"#;
            by_staff(
                desk,
                "POST",
                &format!("/tickets/TKT-{number}/messages"),
                body,
            )
        },
    },
    Operation {
        name: "status",
        what: "change a status",
        sql: include_str!("../../sql/status.sql"),
        clients: BUSY,
        writes: true,
        on: On::Open,
        ask: change,
    },
    Operation {
        name: "rate",
        what: "change a rating",
        sql: include_str!("../../sql/rate.sql"),
        clients: BUSY,
        writes: true,
        on: On::Resolved,
        ask: |desk, client, number| {
            let customer = On::Resolved.customer(client, number, desk.first);
            let client = usize::try_from(customer).unwrap_or(0);
            let body = format!(
                r#"{{"score":5,"comment":"{}","reasons":[]}}"#,
                Uuid::now_v7()
            );
            by_customer(
                desk,
                client,
                "PUT",
                &format!("/tickets/TKT-{number}/rating"),
                &body,
            )
        },
    },
];

/// Each ticket in its turn, to a status that it does not have: to set one that it has does nothing.
fn change(desk: &Desk, _: usize, _: i64) -> Vec<u8> {
    let turn = desk.changes.fetch_add(1, Ordering::Relaxed);
    let each = u64::from(EACH);
    // Behind those that the other sides change.
    let number = desk.apart + i64::try_from(turn % each).unwrap_or(0);
    let status = if (turn / each).is_multiple_of(2) {
        "pending"
    } else {
        "on_hold"
    };
    let body = format!(r#"{{"status":"{status}"}}"#);
    by_staff(desk, "PATCH", &format!("/tickets/TKT-{number}"), &body)
}

fn by_staff(desk: &Desk, method: &str, path: &str, body: &str) -> Vec<u8> {
    let headers = headers(&desk.agent, method);
    request(method, &format!("/api/admin{path}"), &headers, body)
}

fn by_customer(desk: &Desk, client: usize, method: &str, path: &str, body: &str) -> Vec<u8> {
    let token = &desk.customers[client % desk.customers.len()];
    let headers = headers(token, method);
    request(method, &format!("/api/customer{path}"), &headers, body)
}

/// As the portals send them.
fn headers(token: &str, method: &str) -> String {
    let authorization = bearer(token);
    match method {
        "POST" => format!("{authorization}Idempotency-Key: {}\r\n", Uuid::now_v7()),
        "PATCH" => format!("{authorization}If-Match: *\r\n"),
        _ => authorization,
    }
}
