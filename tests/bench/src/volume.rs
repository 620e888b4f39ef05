//! A desk of any size, the same in every run, written by the database itself: statements that make
//! hundreds of thousands of rows each, on top of the demo desk, whose people sign in.

use std::time::{Duration, Instant};

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};

use crate::sql::{Engine, dice};

/// How much of everything.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Tickets.
    pub tickets: i64,
    /// Messages of each.
    pub messages: i64,
}

impl Size {
    /// Ten messages each; three where there are a million tickets.
    pub fn of(tickets: i64) -> Self {
        let messages = if tickets > 100_000 { 3 } else { 10 };
        Self { tickets, messages }
    }

    fn customers(self) -> i64 {
        (self.tickets / 10).max(100)
    }
}

/// Numbers of what is made begin here: the demo desk has those before.
pub const FIRST: i64 = 1_000;
/// So many customers, from the first one, sign in with the password of the demo desk's people.
pub const SIGN_IN: u8 = 32;
/// The first ticket was opened then.
const BEGAN: i64 = 1_735_689_600;
/// Over so many seconds they came.
const LASTED: i64 = 300 * 24 * 3_600;

/// Fills the database at a URL; how long it took.
///
/// # Panics
/// Where the database refuses.
pub async fn fill(engine: Engine, url: &str, size: Size) -> Duration {
    let began = Instant::now();
    execute(engine, url, statements(engine, size)).await;
    began.elapsed()
}

/// Runs statements on the database at a URL, fast rather than safely.
///
/// # Panics
/// Where the database refuses.
pub async fn execute(engine: Engine, url: &str, statements: Vec<String>) {
    match engine {
        Engine::Sqlite => {
            let c = SqliteConnection::connect(url).await.expect("a database");
            let settings = [
                "pragma journal_mode = wal",
                "pragma synchronous = off",
                "pragma cache_size = -400000",
            ];
            run(c, &settings, statements).await;
        }
        Engine::Postgres => {
            let c = PgConnection::connect(url).await.expect("a database");
            let settings = [
                "set synchronous_commit = off",
                "set maintenance_work_mem = '512MB'",
            ];
            run(c, &settings, statements).await;
        }
    }
}

async fn run<C: Connection>(mut c: C, settings: &[&str], statements: Vec<String>)
where
    for<'c> &'c mut C: Executor<'c>,
{
    let settings = settings.iter().map(|s| (*s).to_owned());
    for sql in settings.chain(statements) {
        let shown: String = sql.chars().take(60).collect();
        let done = c.execute(AssertSqlSafe(sql)).await;
        done.unwrap_or_else(|e| panic!("{shown}: {e}"));
    }
    c.close().await.expect("closed");
}

fn statements(e: Engine, size: Size) -> Vec<String> {
    let mut all = Vec::new();
    let customers = size.customers();
    let organizations = (customers / 10).max(20);
    let at = |n: &str| e.time(&format!("{BEGAN} + ({n}) * {LASTED} / {}", size.tickets));
    let person = |n: &str| e.id(1, n);
    let company = |n: &str| e.id(2, n);
    let ticket = |n: &str| e.id(3, n);
    let began = e.time(&BEGAN.to_string());

    all.push(format!(
        "insert into organizations (id, name, name_key, created_at, updated_at, version) \
         select {}, 'Company ' || n, 'company ' || n, {began}, {began}, 1 from {} x",
        company("n"),
        e.series(0, organizations)
    ));
    all.push(format!(
        "insert into users (id, email, name, role, organization_id, organization_role, active, theme, \
         created_at, updated_at, version) select {}, 'p' || n || '@volume.example', {} || ' ' || {}, \
         'customer', {}, 'member', {}, 'auto', {}, {began}, 1 from {} x",
        person("n"),
        e.word('f', &dice("n", 1, 2_000)),
        e.word('l', &dice("n", 2, 9_000)),
        company(&format!("n % {organizations}")),
        if e == Engine::Sqlite { "1" } else { "true" },
        e.time(&format!("{BEGAN} + n")),
        e.series(0, customers)
    ));
    all.push(format!(
        "update users set password_hash = \
         (select password_hash from users where email = 'ana@acme.example') \
         where id between {} and {}",
        person("0"),
        person(&(SIGN_IN - 1).to_string())
    ));

    // A desk as it is: most is closed, little is on hold.
    let roll = dice("n", 3, 100);
    let status = format!(
        "(case when {roll} < 2 then 'new' when {roll} < 6 then 'open' when {roll} < 9 then 'pending' \
         when {roll} < 10 then 'on_hold' when {roll} < 20 then 'resolved' else 'closed' end)"
    );
    let solved = format!("{roll} >= 10");
    let waits = format!("{roll} < 6");
    let updated = at(&format!("n + {}", dice("n", 4, 500)));
    // The server would close what was resolved long ago while it is measured.
    all.push("update settings set auto_close_days = 0".to_owned());
    let agent = "(select id from users where role = 'agent' order by id limit 1)";
    let service =
        "(select id from customer_services where live_version is not null order by id limit 1)";
    let ordered = format!("{} = 0", dice("n", 5, 10));
    let subject = format!(
        "{} || ' ' || {} || {}",
        e.word('w', &dice("n", 6, 1_000)),
        e.word('r', &dice("n", 7, 90_000)),
        format_args!(
            "case when {} = 0 then ' printer' else ' laptop' end",
            dice("n", 8, 5)
        ),
    );
    let description = (0..8)
        .map(|k| e.word('v', &dice("n", 20 + k, 20_000)))
        .collect::<Vec<_>>()
        .join(" || ' ' || ");
    all.push(format!(
        "insert into tickets (id, number, subject, description, status, priority, category, requester_id, \
         organization_id, assignee_id, service_id, service_version, answers, resolutions, score, \
         first_response_at, first_response_seconds, resolved_at, resolution_seconds, waiting_since, \
         created_at, updated_at, version, customer_updated_at, customer_version) \
         select {}, n + {FIRST}, {subject}, {description}, {status}, {}, \
         case when {ordered} then 'service_request' else {} end, {}, {}, \
         case when {} > 0 then {agent} end, case when {ordered} then {service} end, \
         case when {ordered} then 1 end, '[]', case when {solved} then 1 else 0 end, \
         case when {solved} and n % 2 = 0 then 1 + {} end, \
         case when {roll} >= 2 then {updated} end, case when {roll} >= 2 then {} end, \
         case when {solved} then {updated} end, case when {solved} then {} end, \
         case when {waits} then {updated} end, {}, {updated}, 3, {updated}, 3 from {} x",
        ticket("n"),
        e.pick(&["low", "normal", "normal", "high", "urgent"], &dice("n", 9, 5)),
        e.pick(&["customer_request", "incident", "question"], &dice("n", 10, 3)),
        person(&dice("n", 11, u32::try_from(customers).unwrap_or(u32::MAX))),
        company(&format!("{} % {organizations}", dice("n", 11, u32::try_from(customers).unwrap_or(u32::MAX)))),
        dice("n", 12, 5),
        dice("n", 13, 5),
        dice("n", 14, 90_000),
        dice("n", 15, 900_000),
        at("n"),
        e.series(0, size.tickets)
    ));
    for k in 0..size.messages {
        let body = (0..6)
            .map(|w| {
                e.word(
                    'v',
                    &dice("n", 60 + 10 * u32::try_from(k).unwrap_or(0) + w, 20_000),
                )
            })
            .collect::<Vec<_>>()
            .join(" || ' ' || ");
        let author = if k % 2 == 0 {
            agent.to_owned()
        } else {
            "t.requester_id".to_owned()
        };
        all.push(format!(
            "insert into ticket_messages (id, ticket_id, author_id, visibility, body, created_at) \
             select {}, t.id, {author}, 'public', {body}, t.updated_at from \
             (select number - {FIRST} as n, id, requester_id, updated_at from tickets where number >= {FIRST}) t",
            e.id(10 + u8::try_from(k).unwrap_or(0), "n"),
        ));
    }
    all.push(format!(
        "insert into ticket_history (id, ticket_id, at, actor_id, via, field, from_value, to_value) \
         select {}, id, updated_at, {agent}, 'portal', 'status', 'new', status from tickets \
         where number >= {FIRST}",
        e.id(4, "number")
    ));
    all.push("delete from ticket_count_moves".to_owned());
    all.push("delete from ticket_counts".to_owned());
    all.push(format!(
        "insert into ticket_counts (status, priority, assignee_id, tickets, waiting, reopened) \
         select status, priority, coalesce(assignee_id, {}), count(*), count(waiting_since), \
         count(reopened_at) from tickets group by 1, 2, 3",
        e.nobody()
    ));
    all.push(format!(
        "insert into resolutions (id, ticket_id, n, requester_id, organization_id, assignee_id, service_id, \
         resolved_at, reopened, score) select id, id, 1, requester_id, organization_id, assignee_id, \
         service_id, resolved_at, {}, score from tickets where number >= {FIRST} and resolved_at is not null",
        if e == Engine::Sqlite { "0" } else { "false" }
    ));
    all.push(format!(
        "insert into ratings (id, ticket_id, resolution, score, reasons, customer_id, organization_id, \
         assignee_id, service_id, resolved_at, created_at, updated_at, seen_at, seen_by) \
         select id, id, 1, score, '[]', requester_id, organization_id, assignee_id, service_id, \
         resolved_at, resolved_at, resolved_at, \
         case when number % 50 > 0 then resolved_at end, case when number % 50 > 0 then {agent} end \
         from tickets where number >= {FIRST} and score is not null",
    ));
    figures(e, &mut all);
    all.push(
        "insert into customer_figures (customer_id, tickets_total, tickets_new, tickets_open, \
         tickets_pending, tickets_on_hold, tickets_resolved, tickets_closed, answered, solved, \
         first_response_median, first_response_p90, resolution_median, resolution_p90, ratings, score_sum, \
         rating_hundredths, services_requested, moved_at) select t.requester_id, count(*), \
         sum(case when status = 'new' then 1 else 0 end), sum(case when status = 'open' then 1 else 0 end), \
         sum(case when status = 'pending' then 1 else 0 end), \
         sum(case when status = 'on_hold' then 1 else 0 end), \
         sum(case when status = 'resolved' then 1 else 0 end), \
         sum(case when status = 'closed' then 1 else 0 end), count(first_response_seconds), \
         count(resolution_seconds), min(first_response_seconds), max(first_response_seconds), \
         min(resolution_seconds), max(resolution_seconds), count(score), coalesce(sum(score), 0), \
         cast(avg(score) * 100 as bigint), count(service_id), max(customer_updated_at) \
         from tickets t join users u on u.id = t.requester_id and u.email like '%@volume.example' \
         group by t.requester_id"
            .to_owned(),
    );
    all.push(format!(
        "insert into events (id, position, kind, occurred_at, subject_kind, subject_id, requester_id, changes) \
         select {}, (select coalesce(max(position), 0) from events) + n + 1, 'ticket.updated', {}, 'ticket', \
         {}, {}, '{{}}' from {} x",
        e.id(5, "n"),
        // Those of longer ago than a month are forgotten.
        e.time(&format!("{} - 86400 + n / 10", e.now())),
        ticket("n"),
        person(&dice("n", 11, u32::try_from(customers).unwrap_or(u32::MAX))),
        e.series(0, size.tickets.min(100_000))
    ));
    search(e, &mut all);
    all.push("update event_head set position = (select max(position) from events)".to_owned());
    if e == Engine::Postgres {
        // SQLite has no statistics in an installation either.
        all.push("vacuum analyze".to_owned());
    }
    all
}

/// The roll-ups of resolutions and ratings: each rating was given when its ticket was resolved.
fn figures(e: Engine, all: &mut Vec<String>) {
    let slot = |seconds: u32| match e {
        Engine::Sqlite => {
            format!("cast(strftime('%s', substr(resolved_at, 1, 19)) as integer) / {seconds}")
        }
        Engine::Postgres => {
            format!("floor(extract(epoch from resolved_at))::bigint / {seconds}")
        }
    };
    let scores: String = (1..=5)
        .map(|score| format!(", count(case when score = {score} then 1 end)"))
        .collect();
    let counts = format!("count(*), 0, count(score){scores}");
    let columns = "resolutions, reopened, rated, score_1, score_2, score_3, score_4, score_5";
    all.push("delete from figure_quarters".to_owned());
    all.push(format!(
        "insert into figure_quarters (quarter, {columns}) select {}, {counts} from resolutions group by 1",
        slot(900)
    ));
    all.push("delete from figure_days".to_owned());
    for (dimension, column) in [("assignee", "assignee_id"), ("service", "service_id")] {
        all.push(format!(
            "insert into figure_days (dimension, day, subject_id, {columns}) select '{dimension}', {}, \
             coalesce({column}, {}), {counts} from resolutions group by 2, 3",
            slot(86_400),
            e.nobody(),
        ));
    }
}

/// The words of tickets, with those of their messages.
fn search(e: Engine, all: &mut Vec<String>) {
    match e {
        Engine::Sqlite => all.push(format!(
            "insert into ticket_search (rowid, public, internal) select number, subject || ' ' || \
             description || ' ' || coalesce((select group_concat(body, ' ') from ticket_messages m \
             where m.ticket_id = t.id), ''), '' from tickets t where number >= {FIRST}"
        )),
        Engine::Postgres => {
            all.push("drop index ticket_search_public".to_owned());
            all.push("drop index ticket_search_everything".to_owned());
            all.push(format!(
                "insert into ticket_search (ticket_id, number, public, everything) select id, number, v, v from \
                 (select t.id, t.number, to_tsvector('simple', subject || ' ' || description || ' ' || coalesce(b.bodies, '')) v \
                 from tickets t left join (select ticket_id, string_agg(body, ' ') bodies from \
                 ticket_messages group by ticket_id) b on b.ticket_id = t.id where t.number >= {FIRST}) x"
            ));
            all.push(
                "create index ticket_search_public on ticket_search using gin (public)".to_owned(),
            );
            all.push(
                "create index ticket_search_everything on ticket_search using gin (everything)"
                    .to_owned(),
            );
            all.push(
                "select setval('ticket_numbers', (select max(number) from tickets))".to_owned(),
            );
        }
    }
}
