//! Every status of a ticket, every act, every role.

use bsm_tests::{Answer, Client, Desk};
use serde_json::{Value, json};

/// The product guide's rules, written out by hand. Left: what a role gets that tries the act,
/// whatever the status; `+` may do it. Right: where the act then leads from each status (`wd` is
/// closed without ever having been resolved): the status after it, or what refuses it:
/// `-` 409 invalid_transition, `x` 409 ticket_closed, `n` 409 ticket_not_resolved.
const TABLE: &str = "
act          requester manager colleague stranger agent admin nobody | new      open     pending  on_hold  resolved closed   wd
set:new      403       403     403       403      +     +     401    | new      -        -        -        -        -        -
set:open     403       403     403       403      +     +     401    | open     open     open     open     open     -        -
set:pending  403       403     403       403      +     +     401    | pending  pending  pending  pending  -        -        -
set:on_hold  403       403     403       403      +     +     401    | on_hold  on_hold  on_hold  on_hold  -        -        -
set:resolved 403       403     403       403      +     +     401    | resolved resolved resolved resolved resolved -        -
set:closed   403       403     403       403      +     +     401    | -        -        -        -        closed   closed   closed
assign       403       403     403       403      +     +     401    | open     open     pending  on_hold  resolved closed   closed
answer       403       403     403       403      +     +     401    | open     open     pending  on_hold  resolved x        x
note         403       403     403       403      +     +     401    | new      open     pending  on_hold  resolved closed   closed
reply        +         +       404       404      403   403   401    | new      open     open     on_hold  open     x        x
close        +         +       404       404      403   403   401    | closed   closed   closed   closed   closed   -        -
reopen       +         +       404       404      403   403   401    | -        -        -        -        open     -        -
rate         +         403     404       404      403   403   401    | n        n        n        n        resolved closed   n
";

struct Row<'a> {
    act: &'a str,
    /// Role and what it gets.
    roles: Vec<(&'a str, &'a str)>,
    /// Status before and what the act leads to.
    outcomes: Vec<(&'a str, &'a str)>,
}

fn table() -> Vec<Row<'static>> {
    let mut lines = TABLE.trim().lines().map(|line| {
        let (left, right) = line.split_once('|').expect("two halves");
        let words = |half: &'static str| half.split_whitespace().collect::<Vec<_>>();
        (words(left), words(right))
    });
    let (roles, statuses) = lines.next().expect("a heading");
    let rows: Vec<_> = lines
        .map(|(left, right)| {
            assert_eq!((left.len(), right.len()), (roles.len(), statuses.len()));
            Row {
                act: left[0],
                roles: roles.iter().copied().zip(left).skip(1).collect(),
                outcomes: statuses.iter().copied().zip(right).collect(),
            }
        })
        .collect();
    assert_eq!(rows.len(), 13);
    rows
}

fn caller(desk: &Desk, role: &str) -> Client {
    let person = match role {
        "requester" => &desk.ben,
        "manager" => &desk.ana,
        "colleague" => &desk.fay,
        "stranger" => &desk.carla,
        "agent" => &desk.agent,
        "admin" => &desk.admin,
        _ => return desk.nobody(),
    };
    person.client.clone()
}

async fn perform(desk: &Desk, caller: &Client, act: &str, id: &str) -> Answer {
    let customer = format!("/api/customer/tickets/{id}");
    let admin = format!("/api/admin/tickets/{id}");
    let message = |visibility: &str| json!({"body": "Some words.", "visibility": visibility});
    match act {
        "assign" => {
            let patch = json!({"assignee_id": desk.agent2.id});
            caller.patch(&admin, "*", patch).await
        }
        "answer" => {
            caller
                .post(&format!("{admin}/messages"), message("public"))
                .await
        }
        "note" => {
            caller
                .post(&format!("{admin}/messages"), message("internal"))
                .await
        }
        "reply" => {
            let body = json!({"body": "Some words."});
            caller.post(&format!("{customer}/messages"), body).await
        }
        "close" | "reopen" => caller.post(&format!("{customer}/{act}"), json!({})).await,
        "rate" => {
            caller
                .put(&format!("{customer}/rating"), json!({"score": 4}))
                .await
        }
        set => {
            let status = set.strip_prefix("set:").expect("an act of the table");
            caller.patch(&admin, "*", json!({"status": status})).await
        }
    }
}

/// All that is known of a ticket, as staff and as its requester see it, and how much is in the
/// log.
#[derive(PartialEq, Debug)]
struct Known {
    detail: Value,
    etag: String,
    seen_by_customer: Value,
    customer_etag: String,
    messages: Value,
    history: Value,
    events: i64,
}

impl Known {
    async fn of(desk: &Desk, id: &str) -> Self {
        let detail = desk
            .agent
            .get(&format!("/api/admin/tickets/{id}"))
            .await
            .ok(200);
        let seen = desk
            .ben
            .get(&format!("/api/customer/tickets/{id}"))
            .await
            .ok(200);
        let part = async |part: &str| {
            let path = format!("/api/admin/tickets/{id}/{part}?limit=100");
            desk.agent.get(&path).await.ok(200).body
        };
        Self {
            etag: detail.header("etag").to_owned(),
            detail: detail.body,
            customer_etag: seen.header("etag").to_owned(),
            seen_by_customer: seen.body,
            messages: part("messages").await,
            history: part("history").await,
            events: desk.count("select count(*) from events").await,
        }
    }

    fn status(&self) -> &str {
        self.detail["status"].as_str().unwrap_or_default()
    }
}

/// What an act that is allowed leads to, or the status and code that refuse it.
fn wanted(outcome: &str) -> Result<&str, (u16, &str)> {
    match outcome {
        "-" => Err((409, "invalid_transition")),
        "x" => Err((409, "ticket_closed")),
        "n" => Err((409, "ticket_not_resolved")),
        status => Ok(status),
    }
}

/// The code that goes with a role's refusal.
fn by_role(status: &str) -> (u16, &'static str) {
    match status {
        "401" => (401, "unauthenticated"),
        "403" => (403, "forbidden"),
        "404" => (404, "not_found"),
        other => panic!("{other} is no refusal"),
    }
}

async fn every_status_act_and_role(desk: &Desk) {
    for row in table() {
        for (before, outcome) in &row.outcomes {
            let start = if *before == "wd" { "withdrawn" } else { before };
            let wanted = wanted(outcome);
            let mut id = desk.ticket_in(&desk.ben, start).await;
            let mut known = Known::of(desk, &id).await;
            let (mut refused, mut allowed) = (Vec::new(), Vec::new());
            for (role, right) in &row.roles {
                match (*right, wanted) {
                    ("+", Ok(status)) => allowed.push((*role, status)),
                    ("+", Err(by_status)) => refused.push((*role, by_status)),
                    (right, _) => refused.push((*role, by_role(right))),
                }
            }
            for (role, code) in &refused {
                let answer = perform(desk, &caller(desk, role), row.act, &id).await;
                let got = (answer.status, answer.code());
                assert_eq!(
                    got, *code,
                    "{role}: {} of a ticket that is {start}",
                    row.act
                );
            }
            let after = Known::of(desk, &id).await;
            assert_eq!(
                after, known,
                "{} of {start}: refused, and yet it changed",
                row.act
            );
            for (n, (role, status)) in allowed.into_iter().enumerate() {
                if n > 0 {
                    id = desk.ticket_in(&desk.ben, start).await;
                    known = Known::of(desk, &id).await;
                }
                let what = format!("{role}: {} of a ticket that is {start}", row.act);
                let answer = perform(desk, &caller(desk, role), row.act, &id).await;
                assert!(answer.status < 300, "{what}: {}", answer.text);
                check_allowed(&what, row.act, &known, &Known::of(desk, &id).await, status);
            }
        }
    }
}

/// The act did what it says, wrote its history and its events, and moved only what it may.
fn check_allowed(what: &str, act: &str, before: &Known, after: &Known, status: &str) {
    assert_eq!(after.status(), status, "{what}");
    let seen = if status == "on_hold" { "open" } else { status };
    assert_eq!(after.seen_by_customer["status"], seen, "{what}");
    let moved = before.status() != status;
    let rows = |known: &Known| known.history["items"].as_array().expect("rows").clone();
    let (old, new) = (rows(before), rows(after));
    assert_eq!(new[..old.len()], old, "{what}: history is rewritten");
    let fresh = &new[old.len()..];
    let changes: Vec<_> = fresh.iter().filter(|r| r["field"] == "status").collect();
    assert_eq!(changes.len(), usize::from(moved), "{what}: {fresh:?}");
    for change in changes {
        assert_eq!(change["from"], before.status(), "{what}");
        assert_eq!(change["to"], status, "{what}");
        assert_eq!(change["via"], "portal", "{what}");
        assert!(change["actor"]["id"].is_string(), "{what}");
    }
    let version = |known: &Known| known.detail["version"].as_i64().expect("a version");
    let fields = moved || act == "assign";
    assert_eq!(
        version(after) - version(before),
        i64::from(fields),
        "{what}: version"
    );
    let adds = matches!(act, "answer" | "note" | "reply" | "rate");
    let events = i64::from(fields) + i64::from(adds);
    assert_eq!(after.events - before.events, events, "{what}: events");
    if !moved && matches!(act, "note" | "assign") {
        assert_eq!(
            (&after.seen_by_customer, &after.customer_etag),
            (&before.seen_by_customer, &before.customer_etag),
            "{what}: the customer can see it"
        );
    }
}

/// The timer closes what is resolved, and nothing else.
async fn the_timer_closes_what_is_resolved(desk: &Desk) {
    for (status, closes) in [
        ("new", false),
        ("open", false),
        ("pending", false),
        ("on_hold", false),
        ("resolved", true),
        ("closed", false),
        ("withdrawn", false),
    ] {
        let id = desk.ticket_in(&desk.ben, status).await;
        let before = Known::of(desk, &id).await;
        let ticket = id.parse().expect("an id");
        let done = bsm_application::tickets::auto_close(&desk.state.app, ticket).await;
        assert_eq!(done.is_ok(), closes, "{status}: {done:?}");
        let after = Known::of(desk, &id).await;
        if closes {
            assert_eq!(after.status(), "closed");
            let rows = after.history["items"].as_array().expect("rows");
            let last = rows.last().expect("a row");
            assert_eq!(
                (&last["via"], &last["actor"]),
                (&json!("timer"), &Value::Null)
            );
        } else {
            assert_eq!(
                after, before,
                "{status}: refused, and yet something changed"
            );
        }
    }
}

/// Each resolution is rated by itself; reopening keeps what the old one was given.
async fn every_resolution_has_its_own_rating(desk: &Desk) {
    let id = desk.ticket_in(&desk.ben, "resolved").await;
    let path = format!("/api/customer/tickets/{id}");
    let rate = async |score: u8| {
        desk.ben
            .put(&format!("{path}/rating"), json!({"score": score}))
            .await
    };
    assert_eq!(rate(2).await.ok(200).body["score"], 2);
    assert_eq!(rate(3).await.ok(200).body["score"], 3);
    desk.ben
        .post(&format!("{path}/reopen"), json!({}))
        .await
        .ok(200);
    let open = desk.ben.get(&path).await.ok(200);
    assert_eq!(
        (&open.body["rating"], &open.body["resolved_at"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(rate(5).await.ok(409).code(), "ticket_not_resolved");
    desk.set_status(&id, "resolved").await;
    assert_eq!(rate(5).await.ok(200).body["score"], 5);
    let detail = desk
        .agent
        .get(&format!("/api/admin/tickets/{id}"))
        .await
        .ok(200);
    let scores: Vec<_> = detail.body["ratings"]
        .as_array()
        .expect("ratings")
        .iter()
        .map(|r| (r["resolution"].as_i64(), r["score"].as_i64()))
        .collect();
    assert_eq!(scores, [(Some(2), Some(5)), (Some(1), Some(3))]);
}

/// After 28 days a rating stands.
async fn a_rating_stands_after_28_days(desk: &Desk) {
    let id = desk.ticket_in(&desk.ben, "resolved").await;
    let path = format!("/api/customer/tickets/{id}");
    let rate = async || {
        desk.ben
            .put(&format!("{path}/rating"), json!({"score": 1}))
            .await
    };
    let resolved_since = async |days: i64, seconds: i64| {
        let at = desk.state.app.now()
            - chrono::Duration::days(days)
            - chrono::Duration::seconds(seconds);
        let ticket: bsm_domain::ids::TicketId = id.parse().expect("an id");
        desk.db()
            .write(async |tx| {
                let update = tx.q("update tickets set resolved_at = $1 where id = $2");
                update.bind(at).bind(ticket).execute().await
            })
            .await
            .expect("moved");
    };
    resolved_since(27, 86_000).await;
    rate().await.ok(200);
    assert_eq!(desk.ben.get(&path).await.body["can"]["rate"], true);
    resolved_since(28, 60).await;
    assert_eq!(rate().await.ok(409).code(), "rating_window_closed");
    assert_eq!(desk.ben.get(&path).await.body["can"]["rate"], false);
}

/// What `can` and `allowed_statuses` promise is what the table says.
async fn what_can_be_done_is_told(desk: &Desk) {
    let table = table();
    let outcome = |act: &str, before: &str| {
        let row = table.iter().find(|r| r.act == act).expect("an act");
        let found = row
            .outcomes
            .iter()
            .find(|o| o.0 == before)
            .expect("a status");
        wanted(found.1)
    };
    for before in [
        "new", "open", "pending", "on_hold", "resolved", "closed", "wd",
    ] {
        let start = if before == "wd" { "withdrawn" } else { before };
        let id = desk.ticket_in(&desk.ben, start).await;
        for (who, rates) in [(&desk.ben, true), (&desk.ana, false)] {
            let seen = who
                .get(&format!("/api/customer/tickets/{id}"))
                .await
                .ok(200);
            for act in ["reply", "close", "reopen"] {
                assert_eq!(
                    seen.body["can"][act],
                    outcome(act, before).is_ok(),
                    "{act} {start}"
                );
            }
            let rate = rates && outcome("rate", before).is_ok();
            assert_eq!(seen.body["can"]["rate"], rate, "rate {start}");
        }
        let detail = desk
            .agent
            .get(&format!("/api/admin/tickets/{id}"))
            .await
            .ok(200);
        let told: Vec<_> = detail.body["allowed_statuses"]
            .as_array()
            .expect("statuses")
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let now = detail.str("/status");
        let wanted: Vec<_> = ["new", "open", "pending", "on_hold", "resolved", "closed"]
            .into_iter()
            .filter(|to| *to != now && outcome(&format!("set:{to}"), before).is_ok())
            .collect();
        assert_eq!(told, wanted, "{start}");
    }
}

/// A closed ticket is followed up by another, linked both ways.
async fn a_closed_ticket_is_followed_up(desk: &Desk) {
    let id = desk.ticket_in(&desk.ben, "closed").await;
    let body = json!({"subject": "Again", "description": "It came back.", "follow_up_of": id});
    let next = desk.ben.post("/api/customer/tickets", body).await.ok(201);
    assert_eq!(next.str("/follow_up_of/id"), id);
    let first = desk
        .ben
        .get(&format!("/api/customer/tickets/{id}"))
        .await
        .ok(200);
    assert_eq!(first.body["follow_ups"][0]["id"], next.body["id"]);
    // Somebody else's ticket is like one that does not exist.
    for reference in [id.as_str(), "TKT-99999", "nonsense"] {
        let body = json!({"subject": "Mine", "description": "Now.", "follow_up_of": reference});
        let refused = desk.carla.post("/api/customer/tickets", body).await.ok(422);
        let field = ("/follow_up_of".to_owned(), "unknown_reference".to_owned());
        assert_eq!(refused.bad_fields(), [field], "{reference}");
    }
}

bsm_tests::served_on_both_engines! {
    every_status_act_and_role,
    the_timer_closes_what_is_resolved,
    every_resolution_has_its_own_rating,
    a_rating_stands_after_28_days,
    what_can_be_done_is_told,
    a_closed_ticket_is_followed_up,
}
