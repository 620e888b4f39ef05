//! A desk of some size, the same each time: 20,000 tickets, and 20,000 of whatever they
//! name: a small table is rightly read whole.

use bsm_domain::ids::{
    ArticleId, MessageId, OrganizationId, RatingId, ServiceId, TicketId, UserId, WebhookId,
};
use bsm_persistence::{Db, DbError, EngineKind, Query, Tx};
use bsm_tests::seed::at;
use serde_json::{Value, json};
use sqlx::types::Json;
use uuid::Uuid;

const TICKETS: u32 = 100_000;
/// So many tickets have messages, a history and events.
const TALKED: u32 = 20_000;
const CUSTOMERS: u32 = 20_000;
const AGENTS: u32 = 20;
const ORGANIZATIONS: u32 = 20_000;
const SERVICES: u32 = 20_000;
const ARTICLES: u32 = 20_000;
const WEBHOOKS: u32 = 20;
const EMPTY_SEARCHES: u32 = 20_000;
const API_KEYS: u32 = 20_000;
/// Rows of one statement: SQLite looks for the name of each value among all of them, so that many
/// small statements are faster than few large ones.
const ROWS: u32 = 50;

const CATEGORIES: [&str; 6] = [
    "Support",
    "Security",
    "Hardware",
    "Consulting",
    "Billing",
    "General",
];

fn id(kind: u32, n: u32) -> Uuid {
    Uuid::from_u128((u128::from(kind) << 96) | u128::from(n))
}

/// A customer; every tenth has no organization.
pub fn customer(n: u32) -> UserId {
    UserId(id(1, n % CUSTOMERS))
}

/// An agent.
pub fn agent(n: u32) -> UserId {
    UserId(id(2, n % AGENTS))
}

/// The organization of the customer of the same number.
pub fn organization(n: u32) -> OrganizationId {
    OrganizationId(id(3, n % ORGANIZATIONS))
}

/// A service.
pub fn service(n: u32) -> ServiceId {
    ServiceId(id(4, n % SERVICES))
}

/// A webhook.
pub fn webhook(n: u32) -> WebhookId {
    WebhookId(id(11, n % WEBHOOKS))
}

/// An article.
pub fn article(n: u32) -> ArticleId {
    ArticleId(id(6, n % ARTICLES))
}

/// A ticket.
pub fn ticket(n: u32) -> TicketId {
    TicketId(id(5, n))
}

fn visibility(n: u32) -> &'static str {
    if n.is_multiple_of(2) {
        "public"
    } else {
        "customers"
    }
}

/// Most people are content.
fn score(n: u32) -> i64 {
    match dice(n, 100) {
        0..5 => 1,
        5..10 => 2,
        10..20 => 3,
        20..50 => 4,
        _ => 5,
    }
}

/// Words that few, some and all things have.
fn words(n: u32) -> String {
    format!("common rare{} often{}", n % 997, n % 37)
}

/// Numbers that look like chance and are the same each time.
fn dice(n: u32, sides: u32) -> u32 {
    (n.wrapping_mul(2_654_435_761) >> 8) % sides
}

/// Writes `count` rows in few statements; `row` pushes what stands between two brackets.
async fn rows(
    tx: &mut Tx,
    head: &'static str,
    count: u32,
    row: impl Fn(&mut Values<'_, '_>, u32),
) -> Result<(), DbError> {
    for start in (0..count).step_by(ROWS as usize) {
        let mut query = tx.q(head);
        for n in start..count.min(start + ROWS) {
            query.push(if n == start { "(" } else { ", (" });
            row(
                &mut Values {
                    query: &mut query,
                    first: true,
                },
                n,
            );
            query.push(")");
        }
        query.execute().await?;
    }
    Ok(())
}

struct Values<'q, 'c> {
    query: &'q mut Query<'c>,
    first: bool,
}

impl Values<'_, '_> {
    fn add<V: bsm_persistence::Val>(&mut self, value: V) -> &mut Self {
        if !self.first {
            self.query.push(", ");
        }
        self.first = false;
        self.query.push_bind(value);
        self
    }

    fn text(&mut self, value: &str) -> &mut Self {
        self.add(value.to_owned())
    }

    fn json(&mut self, value: Value) -> &mut Self {
        self.add(Json(value))
    }
}

/// Fills a database. PostgreSQL looks at what is there, as it would by itself.
pub async fn fill(db: &Db) {
    db.write(async |tx| {
        people(tx).await?;
        access(tx).await?;
        webhooks(tx).await?;
        catalog(tx).await
    })
    .await
    .expect("filled");
    if db.engine() == EngineKind::Postgres {
        // It looks up each reference as it thought best when the table was last looked at.
        analyze(db).await;
    }
    db.write(async |tx| {
        if tx.engine() == EngineKind::Postgres {
            // A statement writes more here than any of the product's.
            tx.q("set local statement_timeout = 0").execute().await?;
        }
        tickets(tx).await?;
        figures(tx).await?;
        conversations(tx).await?;
        search(tx).await
    })
    .await
    .expect("filled");
    if db.engine() == EngineKind::Postgres {
        analyze(db).await;
    }
}

/// Lets the engine count what is there, for its planner.
pub async fn analyze(db: &Db) {
    db.write(async |tx| tx.q("analyze").execute().await)
        .await
        .expect("analyzed");
}

async fn people(tx: &mut Tx) -> Result<(), DbError> {
    let head =
        "insert into organizations (id, name, name_key, created_at, updated_at, version) values ";
    rows(tx, head, ORGANIZATIONS, |v, n| {
        let name = format!("company {n}");
        let when = at(i64::from(n));
        v.add(organization(n))
            .text(&name)
            .text(&name)
            .add(when)
            .add(when)
            .add(1_i64);
    })
    .await?;
    let head = "insert into users (id, email, name, role, organization_id, organization_role, active, \
        theme, last_seen_at, created_at, updated_at, version) values ";
    rows(tx, head, CUSTOMERS + AGENTS, |v, n| {
        let staff = n >= CUSTOMERS;
        let person = if staff {
            agent(n - CUSTOMERS)
        } else {
            customer(n)
        };
        let member = !staff && n % 10 != 9;
        let when = at(i64::from(n));
        v.add(person)
            .text(&format!("p{n}@p.example"))
            .text(&words(n));
        v.text(if staff { "agent" } else { "customer" });
        v.add(member.then(|| organization(n)))
            .add(member.then(|| "member".to_owned()));
        v.add(dice(n, 20) > 0).text("auto");
        v.add((n % 3 > 0).then(|| at(i64::from(dice(n, 50_000)))));
        v.add(when).add(when).add(1_i64);
    })
    .await
}

/// One person signs in all the time, and the audit tells of it.
async fn access(tx: &mut Tx) -> Result<(), DbError> {
    let head = "insert into sessions (id, user_id, portal, used_generation, user_agent, address, \
        created_at, last_used_at, expires_at, ended_at) values ";
    rows(tx, head, CUSTOMERS, |v, n| {
        let owner = if n % 4 == 0 { customer(0) } else { customer(n) };
        let when = at(i64::from(n * 10));
        v.add(id(8, n)).add(owner).text("customer").add(1_i64);
        v.text("a browser").text("203.0.113.9");
        v.add(when).add(when).add(at(70_000));
        v.add((n % 8 > 0).then_some(when));
    })
    .await?;
    let head = "insert into password_links (id, user_id, token_hash, created_by, created_at, \
        expires_at) values ";
    rows(tx, head, CUSTOMERS, |v, n| {
        let when = at(i64::from(n * 10));
        v.add(id(9, n)).add(customer(n % 400));
        v.text(&format!("hash {n}")).add(agent(n));
        v.add(when).add(when);
    })
    .await?;
    let head = "insert into audit (id, at, actor_id, via, action, subject_kind, subject_id, detail) \
        values ";
    rows(tx, head, TICKETS, |v, n| {
        let rare = n % 997 == 0;
        v.add(id(10, n)).add(at(i64::from(n * 3))).add(agent(n));
        v.text("portal")
            .text(if rare { "user.created" } else { "user.updated" });
        v.text("user").add(customer(n).0).json(json!({}));
    })
    .await?;
    let head = "insert into api_keys (id, name, hint, key_hash, scopes, created_by, created_at, version) values ";
    rows(tx, head, API_KEYS, |v, n| {
        v.add(id(17, n)).text("A key").text("a hint").text("a hash");
        v.text("tickets:read").add(agent(n));
        v.add(at(i64::from(n * 3))).add(1_i64);
    })
    .await
}

/// A few webhooks that were told much.
async fn webhooks(tx: &mut Tx) -> Result<(), DbError> {
    let head = "insert into webhooks (id, url, description, event_types, secret, state, position, \
        created_at, updated_at, version) values ";
    rows(tx, head, WEBHOOKS, |v, n| {
        v.add(webhook(n))
            .text("https://hooks.example.com/")
            .text("");
        v.json(json!([])).add(vec![0_u8]).text("active").add(0_i64);
        v.add(at(0)).add(at(0)).add(1_i64);
    })
    .await?;
    let head = "insert into webhook_deliveries (id, webhook_id, event_type, payload, status, \
        attempts, tries, created_at, ended_at) values ";
    rows(tx, head, TICKETS, |v, n| {
        let rare = n % 97 == 0;
        let when = at(i64::from(n * 3));
        v.add(id(12, n)).add(webhook(n));
        v.text(if rare {
            "ticket.rated"
        } else {
            "ticket.updated"
        })
        .text("{}");
        v.text(if rare { "failed" } else { "delivered" });
        v.add(1_i64).add(1_i64).add(when).add(when);
    })
    .await
}

async fn catalog(tx: &mut Tx) -> Result<(), DbError> {
    let head = "insert into customer_services (id, status, live_version, draft_version, version, \
        created_at, updated_at, published_at, draft_category, live_category) values ";
    rows(tx, head, SERVICES, |v, n| {
        let draft = n % 10 == 9;
        let when = at(i64::from(n * 50));
        v.add(service(n))
            .text(if draft { "draft" } else { "active" });
        v.add((!draft).then_some(1_i64))
            .add(draft.then_some(1_i64))
            .add(1_i64);
        v.add(when).add(when).add((!draft).then_some(when));
        let category = CATEGORIES[dice(n, 6) as usize];
        v.text(category).add((!draft).then(|| category.to_owned()));
    })
    .await?;
    let head = "insert into service_versions (service_id, n, name, summary, description, icon, category, \
        price_kind, form, created_at) values ";
    rows(tx, head, SERVICES, |v, n| {
        v.add(service(n))
            .add(1_i64)
            .text(&words(n))
            .text("")
            .text("")
            .text("headset");
        v.text(CATEGORIES[dice(n, 6) as usize])
            .text("free")
            .json(json!({"fields": []}));
        v.add(at(i64::from(n * 50)));
    })
    .await?;
    let head = "insert into knowledge_base (id, status, latest_revision, live_revision, helpful, not_helpful, \
        version, created_at, updated_at, published_at, draft_category, live_category, live_visibility, \
        unhelpfulness) values ";
    rows(tx, head, ARTICLES, |v, n| {
        let draft = n % 10 == 9;
        let when = at(i64::from(n * 50));
        v.add(article(n).0)
            .text(if draft { "draft" } else { "published" })
            .add(1_i64);
        v.add((!draft).then_some(1_i64))
            .add(0_i64)
            .add(0_i64)
            .add(1_i64);
        v.add(when).add(when).add((!draft).then_some(when));
        let category = CATEGORIES[dice(n, 6) as usize];
        v.text(category).add((!draft).then(|| category.to_owned()));
        v.add((!draft).then(|| visibility(n).to_owned()));
        v.add(i64::from(dice(n, 9_000)));
    })
    .await?;
    for view in ["draft", "live", "public"] {
        let head = "insert into article_tags (view, article_id, tag, at) values ";
        rows(tx, head, ARTICLES, |v, n| {
            v.text(view).add(article(n)).text(&format!("tag{}", n % 12));
            v.add(at(i64::from(n * 50)));
        })
        .await?;
    }
    let head = "insert into article_revisions (article_id, n, title, slug, summary, body, category, tags, \
        visibility, created_at) values ";
    rows(tx, head, ARTICLES, |v, n| {
        v.add(article(n).0)
            .add(1_i64)
            .text(&words(n))
            .text(&format!("article-{n}"))
            .text("");
        v.text(&words(n).repeat(20))
            .text(CATEGORIES[dice(n, 6) as usize]);
        v.json(json!([format!("tag{}", n % 12)]));
        v.text(visibility(n)).add(at(i64::from(n * 50)));
    })
    .await?;
    let head =
        "insert into empty_searches (id, words, searches, first_at, last_at, dismissed) values ";
    rows(tx, head, EMPTY_SEARCHES, |v, n| {
        let when = at(i64::from(n * 10));
        v.add(id(9, n))
            .text(&format!("word {n}"))
            .add(i64::from(dice(n, 50)));
        v.add(when).add(when).add(n % 10 == 0);
    })
    .await
}

async fn tickets(tx: &mut Tx) -> Result<(), DbError> {
    let head = "insert into tickets (id, number, subject, description, status, priority, category, \
        requester_id, organization_id, assignee_id, service_id, service_version, answers, resolutions, \
        score, resolved_at, created_at, updated_at, version, customer_updated_at, customer_version) values ";
    rows(tx, head, TICKETS, |v, n| {
        // A desk as it is: most is closed, little is on hold.
        let status = match dice(n, 100) {
            0..5 => "new",
            5..17 => "open",
            17..25 => "pending",
            25..28 => "on_hold",
            28..40 => "resolved",
            _ => "closed",
        };
        let priority =
            ["low", "normal", "normal", "normal", "high", "urgent"][dice(n + 1, 6) as usize];
        let category = [
            "customer_request",
            "incident",
            "question",
            "service_request",
        ][dice(n + 2, 4) as usize];
        let solved = matches!(status, "resolved" | "closed");
        let (created, updated) = (
            at(i64::from(n * 3)),
            at(i64::from(n * 3 + dice(n + 3, 3_000))),
        );
        v.add(ticket(n))
            .add(i64::from(n) + 1)
            .text(&words(n))
            .text(&words(n + 1));
        v.text(status).text(priority).text(category);
        v.add(customer(n))
            .add((n % 10 != 9).then(|| organization(n)));
        v.add((dice(n, 4) > 0).then(|| agent(dice(n + 4, AGENTS))));
        let ordered = category == "service_request";
        v.add(ordered.then(|| service(n)))
            .add(ordered.then_some(1_i64))
            .json(json!([]));
        v.add(i64::from(solved))
            .add((solved && n % 2 == 0).then(|| i64::from(n % 5) + 1));
        v.add(solved.then_some(updated))
            .add(created)
            .add(updated)
            .add(1_i64)
            .add(updated)
            .add(1_i64);
    })
    .await
}

/// What is derived of tickets: seconds, who waits, what was reopened; and each customer's figures.
async fn figures(tx: &mut Tx) -> Result<(), DbError> {
    for statement in [
        "update tickets set first_response_at = updated_at, first_response_seconds = number % 9000 \
         where number % 4 > 0",
        "update tickets set resolution_seconds = number % 90000 where resolved_at is not null",
        "update tickets set waiting_since = updated_at where status in ('new', 'open') and number % 3 > 0",
        "update tickets set reopened_at = updated_at where status = 'open' and number % 9 = 0",
    ] {
        tx.q(statement).execute().await?;
    }
    let head = "insert into customer_figures (customer_id, tickets_total, tickets_new, tickets_open, \
        tickets_pending, tickets_on_hold, tickets_resolved, tickets_closed, answered, solved, \
        first_response_median, first_response_p90, resolution_median, resolution_p90, ratings, score_sum, \
        rating_hundredths, services_requested, moved_at) values ";
    rows(tx, head, CUSTOMERS, |v, n| {
        v.add(customer(n)).add(5_i64);
        for salt in 0..8 {
            v.add(i64::from(dice(n + salt, 3)));
        }
        for salt in 8..12 {
            v.add((n % 10 > 0).then(|| i64::from(dice(n + salt, 90_000))));
        }
        v.add(i64::from(dice(n, 3))).add(i64::from(dice(n, 9)));
        v.add((n % 3 > 0).then(|| i64::from(dice(n, 400)) + 100));
        v.add(i64::from(dice(n, 5)))
            .add(at(i64::from(dice(n, 50_000))));
    })
    .await
}

async fn conversations(tx: &mut Tx) -> Result<(), DbError> {
    let head = "insert into ticket_messages (id, ticket_id, author_id, visibility, body, created_at) values ";
    rows(tx, head, 2 * TALKED, |v, n| {
        v.add(MessageId(id(7, n)))
            .add(ticket(n % TALKED))
            .add(agent(n));
        v.text(if n % 3 == 0 { "internal" } else { "public" })
            .text("words")
            .add(at(i64::from(n)));
    })
    .await?;
    let head = "insert into ticket_history (id, ticket_id, at, actor_id, via, field, from_value, to_value) values ";
    rows(tx, head, 2 * TALKED, |v, n| {
        v.add(id(8, n))
            .add(ticket(n % TALKED))
            .add(at(i64::from(n)))
            .add(agent(n));
        v.text("portal").text("status").text("new").text("open");
    })
    .await?;
    let head = "insert into ratings (id, ticket_id, resolution, score, reasons, customer_id, organization_id, \
        assignee_id, service_id, resolved_at, created_at, updated_at) values ";
    rows(tx, head, 8_000, |v, n| {
        let when = at(i64::from(n * 7));
        v.add(RatingId(id(9, n)))
            .add(ticket(2 * n))
            .add(1_i64)
            .add(score(n));
        v.json(json!([]))
            .add(customer(2 * n))
            .add(organization(2 * n))
            .add(agent(dice(n, AGENTS)));
        v.add(service(n)).add(when).add(when).add(when);
    })
    .await?;
    let head = "insert into rating_reasons (reason, created_at, rating_id) values ";
    rows(tx, head, 8_000, |v, n| {
        v.text(["slow", "fast", "clear", "expert"][dice(n, 4) as usize])
            .add(at(i64::from(n * 7)))
            .add(RatingId(id(9, n)));
    })
    .await?;
    tx.q("update ratings set seen_at = created_at, seen_by = assignee_id where score > 1")
        .execute()
        .await?;
    for filled in [
        "update ratings set assignee_id = null, service_id = null where score = 3",
        "insert into figure_days (dimension, day, subject_id, resolutions, reopened, rated, score_1, \
         score_2, score_3, score_4, score_5) with recursive d (n) as (select cast(19000 as bigint) \
         union all select n + 1 from d where n < 21000) select 'assignee', d.n, a.id, 1, 2, 3, 4, 5, \
         6, 7, 8 from d, users a where a.role = 'agent' union all select 'service', d.n, s.id, 1, 2, \
         3, 4, 5, 6, 7, 8 from d, (select id from customer_services limit 20) s",
        "insert into resolutions (id, ticket_id, n, requester_id, organization_id, assignee_id, \
         service_id, resolved_at, reopened, score) select id, id, 1, requester_id, organization_id, \
         assignee_id, service_id, updated_at, number % 15 = 0, score from tickets",
        "insert into figure_quarters (quarter, resolutions, reopened, rated, score_1, score_2, \
         score_3, score_4, score_5) with recursive q (n) as (select cast(1989000 as bigint) \
         union all select n + 1 from q where n < 2019000) select n, 1, 2, 3, 4, 5, 6, 7, 8 from q",
    ] {
        tx.q(filled).execute().await?;
    }
    let head = "insert into events (id, position, kind, occurred_at, subject_kind, subject_id, requester_id, \
        changes) values ";
    rows(tx, head, TALKED, |v, n| {
        v.add(id(10, n))
            .add(i64::from(n) + 1)
            .text("ticket.updated")
            .add(at(i64::from(n)));
        v.text("ticket").add(ticket(n)).add(customer(n));
        v.json(json!({}));
    })
    .await
}

/// The words of tickets, people, companies, services and articles.
async fn search(tx: &mut Tx) -> Result<(), DbError> {
    let tickets = match tx.engine() {
        EngineKind::Sqlite => {
            "insert into ticket_search (rowid, public, internal) select number, subject, '' from tickets"
        }
        EngineKind::Postgres => {
            "insert into ticket_search (ticket_id, number, public, everything) select id, number, \
             to_tsvector('simple', subject), to_tsvector('simple', subject) from tickets"
        }
    };
    tx.q(tickets).execute().await?;
    for n in (0..CUSTOMERS).step_by(20) {
        tx.index_content("user", "live", customer(n).0, [&words(n), "", ""])
            .await?;
    }
    for n in (0..ORGANIZATIONS).step_by(20) {
        let id = organization(n).0;
        tx.index_content("organization", "live", id, [&words(n), "", ""])
            .await?;
    }
    for n in (0..SERVICES).step_by(40) {
        for scope in ["draft", "live", "public"] {
            let title = words(n);
            tx.index_content("service", scope, service(n).0, [&title, "", ""])
                .await?;
            tx.index_content("article", scope, article(n).0, [&title, "", ""])
                .await?;
        }
    }
    Ok(())
}
