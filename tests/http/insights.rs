//! How customers fare: kept while people work, told over HTTP.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use bsm_application::services::{self, RequestService};
use bsm_application::tickets::{
    self, CreateForCustomer, CreateTicket, RateTicket, Reference, UpdateTicket,
};
use bsm_application::users::{self, UpdateUser};
use bsm_application::{App, Error, Expected};
use bsm_domain::actor::{Actor, Role};
use bsm_domain::clock::{Clock, Time};
use bsm_domain::figures::percentile::{MEDIAN, P90, of_sorted};
use bsm_domain::ids::{ServiceId, SessionId, TicketId, UserId};
use bsm_domain::ticket::{MessageVisibility, Priority, TicketCategory, TicketStatus};
use bsm_persistence::customer_insights::InsightRow;
use bsm_tests::chance::Chance;
use bsm_tests::seed::{self, at};
use bsm_tests::{Client, Desk};
use serde_json::{Map, Value, json};

/// A clock that some chance moves on.
struct Walking(AtomicI64);

impl Clock for Walking {
    fn now(&self) -> Time {
        chrono::DateTime::from_timestamp_micros(self.0.load(Ordering::Relaxed)).expect("a time")
    }
}

/// What happened to a ticket, read row by row from what is never counted: messages and history.
#[derive(Debug)]
struct Truth {
    status: TicketStatus,
    created: Time,
    answered: Option<Time>,
    resolved: Option<Time>,
    seen: Time,
    ordered: bool,
    waiting: Option<Time>,
    waits: Option<Time>,
    reopened: bool,
}

type TicketColumns = (
    TicketId,
    TicketStatus,
    Time,
    Time,
    Option<ServiceId>,
    Option<Time>,
    Option<Time>,
);

async fn truth_of(desk: &Desk, customer: UserId) -> Vec<Truth> {
    let staff = [desk.agent.id, desk.agent2.id, desk.admin.id];
    desk.db()
        .read(async |tx| {
            let tickets: Vec<TicketColumns> = tx
                .q("select id, status, created_at, customer_updated_at, service_id, waiting_since, \
                     reopened_at from tickets where requester_id = $1")
                .bind(customer)
                .all()
                .await?;
            let mut found = Vec::new();
            for (id, status, created, seen, service, waiting, reopened_at) in tickets {
                let messages: Vec<(UserId, Time)> = tx
                    .q(
                        "select author_id, created_at from ticket_messages where ticket_id = $1 \
                         and visibility = 'public' order by created_at",
                    )
                    .bind(id)
                    .all()
                    .await?;
                let history: Vec<(Time, Option<UserId>, String, String)> = tx
                    .q(
                        "select at, actor_id, from_value, to_value from ticket_history \
                         where ticket_id = $1 and field = 'status' order by at, id",
                    )
                    .bind(id)
                    .all()
                    .await?;
                let mut truth = Truth {
                    status,
                    created,
                    answered: None,
                    resolved: None,
                    seen,
                    ordered: service.is_some(),
                    waiting,
                    waits: Some(created),
                    reopened: reopened_at.is_some(),
                };
                let mut reopened = false;
                // One line of time: messages before what they lead to.
                let mut moments: Vec<(Time, u8, usize)> = Vec::new();
                moments.extend(messages.iter().enumerate().map(|(n, m)| (m.1, 0, n)));
                moments.extend(history.iter().enumerate().map(|(n, h)| (h.0, 1, n)));
                moments.sort_unstable();
                for (when, kind, n) in moments {
                    if kind == 0 {
                        if staff.contains(&messages[n].0) {
                            truth.answered = truth.answered.or(Some(when));
                            truth.waits = None;
                        } else {
                            truth.waits = truth.waits.or(Some(when));
                        }
                        continue;
                    }
                    let (_, actor, from, to) = &history[n];
                    let by_customer = actor.is_some_and(|actor| !staff.contains(&actor));
                    match to.as_str() {
                        "resolved" => truth.resolved = Some(when),
                        "closed" => {}
                        _ => truth.resolved = None,
                    }
                    if from == "resolved" && to == "open" && by_customer {
                        reopened = true;
                        truth.waits = Some(truth.waits.unwrap_or(when));
                    }
                    if matches!(to.as_str(), "resolved" | "closed") {
                        reopened = false;
                    }
                    if matches!(to.as_str(), "resolved" | "closed" | "pending") {
                        truth.waits = None;
                    }
                }
                assert_eq!(truth.reopened, reopened, "{id} {history:?}");
                found.push(truth);
            }
            Ok::<_, bsm_persistence::DbError>(found)
        })
        .await
        .expect("the truth")
}

/// The figures that are kept equal those that are counted from nothing.
async fn compare(desk: &Desk, customers: &[UserId], when: &str) {
    for customer in customers {
        let truth = truth_of(desk, *customer).await;
        let (kept, scores, created): (Option<InsightRow>, Vec<(i64,)>, (Time,)) = desk
            .db()
            .read(async |tx| {
                let kept = tx.customer_insight(*customer).await?;
                let scores = tx
                    .q("select score from ratings where customer_id = $1")
                    .bind(*customer)
                    .all()
                    .await?;
                let created = tx
                    .q("select created_at from users where id = $1")
                    .bind(*customer)
                    .one()
                    .await?;
                Ok::<_, bsm_persistence::DbError>((kept, scores, created))
            })
            .await
            .expect("the figures");
        let Some(kept) = kept else {
            continue; // Staff for now.
        };
        let seconds = |end: fn(&Truth) -> Option<Time>| {
            let mut all: Vec<i64> = truth
                .iter()
                .filter_map(|t| end(t).map(|end| (end - t.created).num_seconds()))
                .collect();
            all.sort_unstable();
            [of_sorted(&all, MEDIAN), of_sorted(&all, P90)]
        };
        let count = |status| truth.iter().filter(|t| t.status == status).count() as i64;
        let [first_response_median, first_response_p90] = seconds(|t| t.answered);
        let [resolution_median, resolution_p90] = seconds(|t| t.resolved);
        let sum: i64 = scores.iter().map(|s| s.0).sum();
        let average = sum as f64 / scores.len() as f64;
        let wanted = InsightRow {
            tickets_total: truth.len() as i64,
            tickets_new: count(TicketStatus::New),
            tickets_open: count(TicketStatus::Open),
            tickets_pending: count(TicketStatus::Pending),
            tickets_on_hold: count(TicketStatus::OnHold),
            tickets_resolved: count(TicketStatus::Resolved),
            tickets_closed: count(TicketStatus::Closed),
            first_response_median,
            first_response_p90,
            resolution_median,
            resolution_p90,
            ratings: scores.len() as i64,
            rating_hundredths: (!scores.is_empty())
                .then(|| (average * 100.0 + 1e-9).round() as i64),
            services_requested: truth.iter().filter(|t| t.ordered).count() as i64,
            moved_at: truth.iter().map(|t| t.seen).max().unwrap_or(created.0),
            ..kept.clone()
        };
        assert_eq!(kept, wanted, "{when}");
        for ticket in &truth {
            assert_eq!(ticket.waiting, ticket.waits, "{when}: {ticket:?}");
        }
    }
}

/// The people of a desk at work, whatever they come up with.
struct Play<'a> {
    desk: &'a Desk,
    app: App,
    clock: Arc<Walking>,
    service: ServiceId,
    tickets: Vec<(TicketId, UserId)>,
    chance: Chance,
}

impl Play<'_> {
    async fn actor(&self, id: UserId) -> Actor {
        let user = self
            .desk
            .db()
            .read(async |tx| tx.user(id).await)
            .await
            .expect("read")
            .expect("a person");
        Actor {
            user_id: id,
            session_id: SessionId::generate(),
            role: user.role,
            organization_id: user.organization_id,
            organization_role: user.organization_role,
        }
    }

    /// Somebody does something. It may be refused; it must not fail.
    async fn step(&mut self) {
        let desk = self.desk;
        let seconds = 1 + self.chance.below(40_000) as i64;
        let micros = seconds * 1_000_000 + self.chance.below(1_000_000) as i64;
        self.clock.0.fetch_add(micros, Ordering::Relaxed);
        let customers = [desk.ana.id, desk.ben.id, desk.fay.id, desk.carla.id];
        let some = (!self.tickets.is_empty()).then(|| *self.chance.of(&self.tickets));
        // Mostly whoever asked, sometimes somebody whose ticket it is not.
        let customer = match some {
            Some((_, requester)) if self.chance.below(4) > 0 => requester,
            _ => *self.chance.of(&customers),
        };
        let customer = self.actor(customer).await;
        let agent = *self.chance.of(&[desk.agent.id, desk.agent2.id]);
        let agent = self.actor(agent).await;
        let app = self.app.clone();
        let some = some.map(|(id, _)| id);
        let ticket = Reference::Id(some.unwrap_or_else(TicketId::generate));
        let wish = CreateTicket {
            subject: "Something".into(),
            description: "Words.".into(),
            priority: Priority::Normal,
            category: TicketCategory::Question,
            follow_up_of: None,
        };
        let done = match self.chance.below(16) {
            0 => tickets::create(&app, &customer, wish)
                .await
                .map(|d| Some(d.ticket.id)),
            1 => {
                let input = CreateForCustomer {
                    requester: customer.user_id,
                    ticket: wish,
                    assignee: (self.chance.below(2) == 0).then_some(agent.user_id),
                };
                tickets::create_for_customer(&app, &agent, input)
                    .await
                    .map(|d| Some(d.ticket.id))
            }
            2 => {
                let input = RequestService {
                    service_version: None,
                    form: Map::new(),
                    note: None,
                };
                services::request(&app, &customer, self.service, input)
                    .await
                    .map(|d| Some(d.ticket.id))
            }
            3 | 4 => {
                let visibility = *self.chance.of(MessageVisibility::ALL);
                tickets::staff_message(&app, &agent, ticket, "Words.", visibility)
                    .await
                    .map(|_| None)
            }
            5 => tickets::reply(&app, &customer, ticket, "Words.")
                .await
                .map(|_| None),
            6 => {
                let input = UpdateTicket {
                    status: Some(*self.chance.of(TicketStatus::ALL)),
                    ..UpdateTicket::default()
                };
                tickets::update(&app, &agent, ticket, &Expected::Any, input)
                    .await
                    .map(|_| None)
            }
            7 | 8 => {
                let input = UpdateTicket {
                    status: Some(TicketStatus::Resolved),
                    ..UpdateTicket::default()
                };
                tickets::update(&app, &agent, ticket, &Expected::Any, input)
                    .await
                    .map(|_| None)
            }
            9 => {
                let input = UpdateTicket {
                    assignee: Some(Some(agent.user_id)),
                    priority: Some(Priority::High),
                    ..UpdateTicket::default()
                };
                tickets::update(&app, &agent, ticket, &Expected::Any, input)
                    .await
                    .map(|_| None)
            }
            10 => tickets::reopen(&app, &customer, ticket).await.map(|_| None),
            11 => match (self.chance.below(2), some) {
                (0, Some(id)) => tickets::auto_close(&app, id).await.map(|()| None),
                _ => tickets::close(&app, &customer, ticket).await.map(|_| None),
            },
            12..15 => {
                let input = RateTicket {
                    score: self.chance.below(5) as i64 + 1,
                    comment: None,
                    reasons: Vec::new(),
                };
                tickets::rate(&app, &customer, ticket, input)
                    .await
                    .map(|_| None)
            }
            _ => self.change_a_person().await,
        };
        match done {
            Ok(made) => self.tickets.extend(made.map(|id| (id, customer.user_id))),
            Err(Error::Db(e)) => panic!("{e}"),
            Err(Error::Internal(e)) => panic!("{e}"),
            Err(_) => {}
        }
    }

    /// Another organization, another name, another role and back.
    async fn change_a_person(&mut self) -> Result<Option<TicketId>, Error> {
        let desk = self.desk;
        let admin = self.actor(desk.admin.id).await;
        let (person, input) = match self.chance.below(4) {
            0 => {
                let to = *self.chance.of(&[None, Some(desk.acme), Some(desk.globex)]);
                let input = UpdateUser {
                    organization: Some(to),
                    ..UpdateUser::default()
                };
                (desk.ben.id, input)
            }
            1 => {
                let input = UpdateUser {
                    name: Some(format!("Carla {}", self.chance.below(100))),
                    ..UpdateUser::default()
                };
                (desk.carla.id, input)
            }
            n => {
                let input = UpdateUser {
                    role: Some(if n == 2 { Role::Agent } else { Role::Customer }),
                    ..UpdateUser::default()
                };
                (desk.emil.id, input)
            }
        };
        users::update(&self.app, &admin, person, &Expected::Any, input).await?;
        Ok(None)
    }
}

/// Hundreds of real acts in any order, with the clock going on: at every point the figures that
/// are kept equal the slow truth.
async fn kept_figures_equal_the_truth(desk: &Desk) {
    let service = seed::service(desk.db(), "Anything").await;
    let customers = [
        desk.ana.id,
        desk.ben.id,
        desk.fay.id,
        desk.carla.id,
        desk.emil.id,
    ];
    for seed in 0..3 {
        let clock = Arc::new(Walking(AtomicI64::new(
            at(seed * 500_000 + 1).timestamp_micros(),
        )));
        let mut play = Play {
            desk,
            app: desk.state.app.with_clock(clock.clone()),
            clock,
            service,
            tickets: Vec::new(),
            chance: Chance::new(seed as u64),
        };
        for step in 0..150 {
            play.step().await;
            if step % 25 == 24 {
                compare(desk, &customers, &format!("seed {seed}, step {step}")).await;
            }
        }
    }
    let told = desk.count("select count(*) from ratings").await;
    assert!(told > 10, "only {told} ratings were given");
}

async fn row_of(client: &Client, customer: UserId) -> Value {
    let path = format!("/api/admin/customer-insights/{customer}");
    client.get(&path).await.ok(200).body
}

/// A row says what the contract says, and each count is that of the list it stands for.
async fn a_row_tells_what_its_lists_count(desk: &Desk) {
    let service = seed::service(desk.db(), "Anything").await;
    for status in [
        "new",
        "open",
        "pending",
        "on_hold",
        "resolved",
        "closed",
        "withdrawn",
    ] {
        desk.ticket_in(&desk.ana, status).await;
        desk.ticket_in(&desk.ben, status).await;
    }
    let order = format!("/api/customer/services/{service}/requests");
    let ordered = desk.ana.post(&order, json!({"form": {}})).await.ok(201);
    desk.staff_message(ordered.str("/id"), "public", "On its way.")
        .await;
    desk.set_status(ordered.str("/id"), "resolved").await;
    let rating = format!("/api/customer/tickets/{}/rating", ordered.str("/id"));
    desk.ana.put(&rating, json!({"score": 4})).await.ok(200);

    let row = row_of(&desk.agent, desk.ana.id).await;
    assert_eq!(row["customer"]["email"], "ana@acme.example");
    assert_eq!(row["customer"]["organization"]["name"], "Acme");
    assert_eq!(row["rating"], json!({"average": 4.0, "count": 1}));
    assert_eq!(row["services_requested"], 1);
    assert_eq!(row["services"][0]["service"]["name"], "Anything");
    assert_eq!(row["services"][0]["requests"], 1);
    assert!(row["first_response_seconds"]["median"].is_i64());
    assert!(row["resolution_seconds"]["p90"].is_i64());
    assert!(row["last_activity_at"].is_string() && row["as_of"].is_string());

    let ana = desk.ana.id;
    let mut lists = BTreeMap::from([
        ("/tickets/total", format!("tickets/counts?requester={ana}")),
        (
            "/services_requested",
            format!("tickets/counts?requester={ana}&ordered=true"),
        ),
    ]);
    let statuses = ["new", "open", "pending", "on_hold", "resolved", "closed"];
    let pointers = statuses.map(|s| format!("/tickets/{s}"));
    for (status, pointer) in statuses.iter().zip(&pointers) {
        lists.insert(
            pointer,
            format!("tickets/counts?requester={ana}&status={status}"),
        );
    }
    for (pointer, list) in lists {
        let counts = desk.agent.get(&format!("/api/admin/{list}")).await.ok(200);
        assert_eq!(
            row.pointer(pointer),
            Some(&counts.body["total"]),
            "{pointer}"
        );
    }
    let ratings = desk
        .agent
        .get(&format!("/api/admin/feedback?customer={ana}"))
        .await
        .ok(200);
    assert_eq!(ratings.body["items"].as_array().map(Vec::len), Some(1));

    // A customer without tickets has a row with zeros.
    let dora = row_of(&desk.agent, desk.dora.id).await;
    assert_eq!(dora["tickets"]["total"], 0);
    assert_eq!(dora["rating"], json!({"average": null, "count": 0}));
    for nothing in [
        "first_response_seconds",
        "resolution_seconds",
        "last_activity_at",
    ] {
        assert_eq!(dora[nothing], Value::Null, "{nothing}");
    }

    // A time has the tickets opened in it.
    let all = format!("/api/admin/tickets?requester={ana}&sort=created_at&limit=100");
    let tickets = desk.agent.get(&all).await.ok(200);
    let middle = tickets.body["items"][3]["created_at"]
        .as_str()
        .expect("a time")
        .to_owned();
    for (query, count) in [(format!("from={middle}"), 5), (format!("to={middle}"), 3)] {
        let path = format!("/api/admin/customer-insights/{ana}?{query}");
        let row = desk.agent.get(&path).await.ok(200);
        assert_eq!(row.body["tickets"]["total"], count, "{query}");
        let list = desk
            .agent
            .get(&format!("/api/admin/customer-insights?{query}&q=ana"))
            .await;
        let list = list.ok(200);
        assert_eq!(
            list.body["items"][0]["tickets"], row.body["tickets"],
            "{query}"
        );
    }
}

/// Every figure orders the list; search and organization narrow it; what is wrong is told.
async fn the_list_is_ordered_searched_and_narrowed(desk: &Desk) {
    for (n, who) in [&desk.ana, &desk.ana, &desk.ben, &desk.carla]
        .iter()
        .enumerate()
    {
        let id = desk.ticket_of(who, &format!("Ticket {n}")).await;
        if n < 2 {
            desk.staff_message(&id, "public", "Words.").await;
        }
    }
    let list = "/api/admin/customer-insights";
    let names = async |query: &str| -> Vec<String> {
        let mut names = Vec::new();
        let mut cursor = String::new();
        loop {
            let path = format!("{list}?limit=2{query}{cursor}");
            let page = desk.agent.get(&path).await.ok(200);
            for item in page.body["items"].as_array().expect("items") {
                let name = item["customer"]["email"].as_str().expect("an address");
                names.push(name.split('@').next().unwrap_or_default().to_owned());
            }
            match page.body["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return names,
            }
        }
    };
    assert_eq!(
        names("").await[0],
        "carla",
        "who was active last comes first"
    );
    assert_eq!(names("&sort=-tickets.total").await[0], "ana");
    assert_eq!(names("&sort=tickets.total").await[5], "ana");
    let by_response = names("&sort=first_response_seconds.median").await;
    assert_eq!(
        by_response[5], "ana",
        "who was never answered has a place before"
    );
    assert_eq!(
        names("&sort=created_at").await,
        ["ana", "ben", "fay", "carla", "dora", "emil"]
    );
    assert_eq!(names("&q=carl").await, ["carla"]);
    assert_eq!(names("&q=globex").await, ["carla"]);
    let acme = format!("&organization={}&sort=-tickets.total", desk.acme);
    assert_eq!(names(&acme).await, ["ana", "ben", "fay"]);
    assert!(names("&q=%2D").await.is_empty(), "no word finds nobody");

    let page = desk.agent.get(&format!("{list}?limit=1")).await.ok(200);
    let cursor = page.str("/next_cursor").to_owned();
    let now = "2026-01-01T00:00:00Z";
    for (query, code) in [
        ("sort=tickets".to_owned(), "invalid_query"),
        ("sort=--tickets.total".to_owned(), "invalid_query"),
        (format!("from={now}&to={now}"), "invalid_query"),
        (format!("from={now}&sort=-tickets.total"), "invalid_query"),
        (
            format!("cursor={cursor}&sort=last_activity_at"),
            "invalid_cursor",
        ),
        (
            format!("cursor={cursor}&sort=-tickets.total"),
            "invalid_cursor",
        ),
        (format!("cursor={cursor}x"), "invalid_cursor"),
    ] {
        let answer = desk.agent.get(&format!("{list}?{query}")).await;
        assert_eq!((answer.status, answer.code()), (400, code), "{query}");
    }
    // Those that are no customers have no row; nor has what cannot be an id.
    for id in [
        desk.agent.id.to_string(),
        "TKT-1".into(),
        UserId::generate().to_string(),
    ] {
        for path in [format!("{list}/{id}"), format!("{list}/{id}/activity")] {
            assert_eq!(desk.agent.get(&path).await.status, 404, "{path}");
        }
    }
}

/// What happened around a customer is told newest first, without notes.
async fn activity_is_told_newest_first(desk: &Desk) {
    let id = desk.ticket_of(&desk.ana, "A broken lamp").await;
    desk.staff_message(&id, "internal", "Secret words.").await;
    desk.staff_message(&id, "public", "Words.").await;
    desk.set_status(&id, "resolved").await;
    let rating = format!("/api/customer/tickets/{id}/rating");
    desk.ana.put(&rating, json!({"score": 5})).await.ok(200);
    desk.ticket_of(&desk.ben, "Another's").await;
    let path = format!("/api/admin/customer-insights/{}/activity", desk.ana.id);
    let answer = desk.agent.get(&path).await.ok(200);
    let told: Vec<_> = answer.body["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|item| {
            assert_eq!(item["ticket"]["subject"], "A broken lamp");
            (
                item["type"].as_str().unwrap_or_default(),
                item["actor"]["role"].as_str(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("ticket.rated", Some("customer")),
            ("ticket.resolved", Some("staff")),
            ("ticket.updated", Some("staff")),
            ("ticket.message_added", Some("staff")),
            ("ticket.created", Some("customer")),
        ]
    );
    assert!(!answer.text.contains("note_added"));
}

bsm_tests::served_on_both_engines! {
    kept_figures_equal_the_truth,
    a_row_tells_what_its_lists_count,
    the_list_is_ordered_searched_and_narrowed,
    activity_is_told_newest_first,
}
