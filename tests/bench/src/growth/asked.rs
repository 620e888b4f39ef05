//! What is asked for: `tests/bench/asked.txt`, with the ids of this desk.

use serde_json::Value;

use super::Kind;
use crate::http::{Connection, bearer, request};
use crate::server::Server;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// One of staff.
    Agent,
    /// An admin, who alone sees accounts.
    Admin,
    /// A customer with a dozen tickets.
    Customer,
}

/// One line of it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// In words.
    pub name: String,
    /// By whom.
    pub who: Who,
    /// What it is measured by.
    pub kind: Kind,
    /// With its query.
    pub path: String,
}

/// Ids of [`crate::volume`]: a customer, and the organization of that customer.
const CUSTOMER: &str = "b5010000-0000-0000-0000-000000000000";
const ORGANIZATION: &str = "b5020000-0000-0000-0000-000000000000";

/// All lines.
///
/// # Panics
/// Where one cannot be read, or the desk has no orders.
pub async fn all(server: &Server, agent: &str) -> Vec<Asked> {
    let me = get(server, "/api/auth/me", agent).await;
    let order = get(server, "/api/admin/tickets?ordered=true&limit=1", agent).await;
    let ids = [
        ("{customer}", CUSTOMER),
        ("{organization}", ORGANIZATION),
        ("{agent}", text(&me["id"])),
        ("{service}", text(&order["items"][0]["service"]["id"])),
    ];
    let lines = include_str!("../../asked.txt").lines();
    let lines = lines.filter(|l| !l.starts_with('#'));
    lines.map(|line| asked(line, &ids)).collect()
}

fn asked(line: &str, ids: &[(&str, &str)]) -> Asked {
    let parts: Vec<_> = line.split('|').map(str::trim).collect();
    let [name, who, kind, path] = parts[..] else {
        panic!("not four columns: {line}");
    };
    let path = ids
        .iter()
        .fold(path.to_owned(), |p, (k, v)| p.replace(k, v));
    Asked {
        name: name.to_owned(),
        who: match who {
            "agent" => Who::Agent,
            "admin" => Who::Admin,
            "customer" => Who::Customer,
            _ => panic!("nobody: {line}"),
        },
        kind: Kind::named(kind).unwrap_or_else(|| panic!("no kind: {line}")),
        path,
    }
}

/// What is answered to one request, as JSON.
///
/// # Panics
/// Where it is anything else.
pub async fn get(server: &Server, path: &str, token: &str) -> Value {
    let mut connection = Connection::open(server.address()).await;
    let answer = connection
        .ask(&request("GET", path, &bearer(token), ""))
        .await;
    serde_json::from_slice(answer.body).expect("JSON")
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no id: {value}"))
}
