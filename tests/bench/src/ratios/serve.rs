//! The bare handler: the same statements behind the same web framework with the same number of workers,
//! rows written as JSON, and nothing else. What the product adds is what it costs more.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use actix_web::{App, HttpResponse, HttpServer, web};
use serde::Deserialize;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, PgPool, SqliteConnection, SqlitePool};
use tokio::sync::Mutex;
use uuid::Uuid;

use super::operations::OPERATIONS;
use super::script::{self, Script, Value, Values};
use super::words::filled;
use crate::sql::Engine;

/// How PostgreSQL plans, as the product has it; `pgbench` is told the same.
pub const PLANS: [(&str, &str); 2] = [("jit", "off"), ("enable_memoize", "off")];
/// The product's eight connections, but those of a worker are its own: that measured best.
const POOL: u32 = 4;

/// A worker's way to the database.
enum Pool {
    Sqlite(SqlitePool, Arc<Mutex<SqliteConnection>>),
    Postgres(PgPool),
}

struct State {
    pool: Pool,
    scripts: Vec<Script>,
    constants: Values,
}

/// Which ticket, and for which customer.
#[derive(Deserialize)]
struct About {
    number: i64,
    client: i64,
}

/// How SQLite is opened, as the product does.
///
/// # Panics
/// Where the URL is none.
pub fn sqlite(url: &str) -> SqliteConnectOptions {
    let options = SqliteConnectOptions::from_str(url).expect("a URL");
    options
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .pragma("cache_size", "-65536")
        .pragma("mmap_size", "268435456")
        .pragma("temp_store", "memory")
}

/// Serves the database at a URL on an address until it is killed. One of staff has this id.
///
/// # Panics
/// Where the address is taken or the database is not there.
pub fn serve(url: &str, address: &str, agent: Uuid) {
    let engine = Engine::of(url);
    let url = url.to_owned();
    let run = async move {
        let writer = match engine {
            Engine::Sqlite => {
                let connection = sqlite(&url).connect().await.expect("a database");
                Some(Arc::new(Mutex::new(connection)))
            }
            Engine::Postgres => None,
        };
        let server = HttpServer::new(move || {
            let pool = match &writer {
                Some(writer) => {
                    let options = SqlitePoolOptions::new().max_connections(POOL);
                    Pool::Sqlite(options.connect_lazy_with(sqlite(&url)), Arc::clone(writer))
                }
                None => {
                    let options = PgPoolOptions::new().max_connections(POOL);
                    let to = PgConnectOptions::from_str(&url).expect("a URL");
                    Pool::Postgres(options.connect_lazy_with(to.options(PLANS)))
                }
            };
            let scripts = OPERATIONS
                .iter()
                .map(|o| Script::parse(&filled(engine, o.sql)));
            let state = State {
                pool,
                scripts: scripts.collect(),
                constants: constants(engine, agent),
            };
            App::new()
                .app_data(web::Data::new(state))
                .route("/nothing", web::to(HttpResponse::Ok))
                .route("/{operation}", web::to(answer))
        });
        // As many workers as the product has without a setting.
        let server = server.bind(address).expect("an address");
        server.run().await.expect("served");
    };
    actix_web::rt::System::new().block_on(run);
}

/// Values that the product binds and that are the same at each call.
pub fn constants(engine: Engine, agent: Uuid) -> Values {
    let mut values = Values::default();
    let agent = match engine {
        Engine::Sqlite => Value::Bytes(agent.as_bytes().to_vec()),
        Engine::Postgres => Value::Id(agent),
    };
    values.set("agent", agent);
    for (name, value) in texts(engine) {
        values.set(name, Value::Text(value.to_owned()));
    }
    values
}

/// Those of them that are texts.
pub fn texts(engine: Engine) -> Vec<(&'static str, &'static str)> {
    let mut texts = vec![
        ("status", "open"),
        ("priority", "high"),
        ("kind", "article"),
        ("scope", "live"),
    ];
    match engine {
        Engine::Sqlite => texts.extend([
            ("term", "w00123"),
            ("beyond", "w00123\u{10ffff}"),
            ("terms", "(\"w00123\")"),
            ("words", "\"printer\"*"),
        ]),
        Engine::Postgres => texts.extend([("terms", "'w00123':*"), ("words", "'printer':*")]),
    }
    texts
}

async fn answer(
    state: web::Data<State>,
    operation: web::Path<String>,
    about: web::Query<About>,
) -> actix_web::Result<HttpResponse> {
    let at = OPERATIONS.iter().position(|o| o.name == *operation);
    let at = at.ok_or_else(|| actix_web::error::ErrorNotFound("no such operation"))?;
    let mut values = state.constants.clone();
    values.set("number", Value::Int(about.number));
    values.set("client", Value::Int(about.client));
    let (script, mut out) = (&state.scripts[at], Vec::with_capacity(16 * 1024));
    let done = match &state.pool {
        Pool::Sqlite(_, writer) if OPERATIONS[at].writes => {
            script::run_sqlite(&mut *writer.lock().await, script, values, Some(&mut out)).await
        }
        Pool::Sqlite(read, _) => match read.acquire().await {
            Ok(mut c) => script::run_sqlite(&mut c, script, values, Some(&mut out)).await,
            Err(e) => Err(e),
        },
        Pool::Postgres(pool) => match pool.acquire().await {
            Ok(mut c) => script::run_postgres(&mut c, script, values, Some(&mut out)).await,
            Err(e) => Err(e),
        },
    };
    done.map_err(actix_web::error::ErrorInternalServerError)?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .body(out))
}
