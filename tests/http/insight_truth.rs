//! The figures that are kept while people work, against a slow reading of what they did.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use bsm_application::services::{self, RequestService};
use bsm_application::tickets::{
    self, CreateForCustomer, CreateTicket, RateTicket, Reference, UpdateTicket,
};
use bsm_application::users::{self, UpdateUser};
use bsm_application::{App, Error, Expected};
use bsm_domain::actor::{Actor, Role, Through};
use bsm_domain::clock::{Clock, Time};
use bsm_domain::figures::percentile::{MEDIAN, P90, of_sorted};
use bsm_domain::ids::{ServiceId, SessionId, TicketId, UserId};
use bsm_domain::ticket::{MessageVisibility, Priority, TicketCategory, TicketStatus};
use bsm_persistence::customer_insights::InsightRow;
use bsm_tests::Desk;
use bsm_tests::chance::Chance;
use bsm_tests::seed::{self, at};
use serde_json::Map;

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
            through: Through::Session(SessionId::generate()),
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

bsm_tests::served_on_both_engines! {
    kept_figures_equal_the_truth,
}
