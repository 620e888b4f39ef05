//! The API beside a bare handler and the bare engine: the same operations on the same desk, in turns, so
//! that whatever else the machine does, it does to all three.

mod engine;
mod handler;
mod json;
pub mod operations;
pub mod prepare;
mod script;
mod serve;
pub mod table;
mod words;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::{Connection as _, PgConnection, SqliteConnection};
use uuid::Uuid;

use crate::cpu;
use crate::http::request;
use crate::load;
use crate::server::Server;
use crate::sql::Engine;
use crate::volume::Size;
use engine::Bare;
use handler::BareHandler;
use operations::{MANY, OPERATIONS, Operation};
use prepare::Desk;

pub use serve::serve;

/// What one side did in one round.
#[derive(Debug, Clone, Copy)]
pub struct Done {
    /// Operations a second.
    pub rate: f64,
    /// Time of the processors that its process took for one.
    pub cpu: Duration,
    /// How many were refused because the server was busy.
    pub refused: usize,
}

/// One operation with one number of clients, measured: a value a round.
#[derive(Debug)]
pub struct Cell {
    /// Which.
    pub operation: &'static Operation,
    /// So many clients.
    pub clients: usize,
    /// The product.
    pub api: Vec<Done>,
    /// The same statements behind the same framework.
    pub handler: Vec<Done>,
    /// The statements alone, a second.
    pub engine: Vec<f64>,
}

impl Cell {
    fn new(operation: &'static Operation, clients: usize) -> Self {
        Self {
            operation,
            clients,
            api: Vec::new(),
            handler: Vec::new(),
            engine: Vec::new(),
        }
    }
}

/// How long and how often.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// Of each side in each round.
    pub length: Duration,
    /// Rounds.
    pub rounds: usize,
}

/// All of an engine.
#[derive(Debug)]
pub struct Ratios {
    /// Which.
    pub engine: Engine,
    /// What the load generator can do: requests a second to a handler that does nothing.
    pub nothing: Done,
    /// One row of the table each.
    pub cells: Vec<Cell>,
}

/// Measures all operations on a desk that [`prepare::prepare`] has made ready.
///
/// # Panics
/// Where anything but success is answered.
pub async fn measure(
    server: &Server,
    url: &str,
    folder: &Path,
    size: Size,
    effort: Effort,
) -> Ratios {
    let agent = agent(url).await;
    let bare = BareHandler::start(url, agent).await;
    let nothing = side(&bare.address, bare.pid(), MANY, effort.length, |_, _| {
        request("GET", "/nothing", "", "")
    });
    let nothing = nothing.await;
    let mut desk = Desk::of(size);
    let mut cells = Vec::new();
    for operation in &OPERATIONS {
        for clients in operation.clients {
            desk.sign_in(server).await;
            let desk = Arc::new(desk.clone());
            let engine = Bare {
                url,
                folder,
                agent,
                first: desk.first,
                numbers: desk.numbers(operation.on),
            };
            let mut cell = Cell::new(operation, *clients);
            // The first round warms all three up.
            for round in 0..=effort.rounds {
                let api = api(server, &desk, operation, *clients, effort.length).await;
                let handler = handler(&bare, &desk, operation, *clients, effort.length).await;
                let engine = engine.rate(operation, *clients, effort.length).await;
                if round > 0 {
                    cell.api.push(api);
                    cell.handler.push(handler);
                    cell.engine.push(engine);
                }
            }
            cells.push(cell);
        }
    }
    Ratios {
        engine: Engine::of(url),
        nothing,
        cells,
    }
}

/// The product does an operation.
///
/// # Panics
/// Where anything but success is answered.
pub async fn api(
    server: &Server,
    desk: &Arc<Desk>,
    operation: &'static Operation,
    clients: usize,
    length: Duration,
) -> Done {
    let (numbers, desk) = (desk.numbers(operation.on), Arc::clone(desk));
    let next = move |client, n| (operation.ask)(&desk, client, pick(client, n, numbers));
    side(server.address(), server.pid(), clients, length, next).await
}

async fn handler(
    bare: &BareHandler,
    desk: &Arc<Desk>,
    operation: &'static Operation,
    clients: usize,
    length: Duration,
) -> Done {
    let (numbers, first) = (desk.numbers(operation.on), desk.first);
    let next = move |client, n| {
        let number = pick(client, n, numbers);
        let customer = operation.on.customer(client, number, first);
        let path = format!("/{}?number={number}&client={customer}", operation.name);
        request("GET", &path, "", "")
    };
    side(&bare.address, bare.pid(), clients, length, next).await
}

async fn side(
    address: &str,
    pid: u32,
    clients: usize,
    length: Duration,
    next: impl Fn(usize, u64) -> Vec<u8> + Send + Sync + 'static,
) -> Done {
    let before = cpu::time(pid);
    let measured = load::run(address, clients, length, next).await;
    let taken = cpu::time(pid) - before;
    let answers = u32::try_from(measured.answers()).unwrap_or(u32::MAX);
    Done {
        rate: measured.rate(),
        cpu: taken / answers.max(1),
        refused: measured.refused(),
    }
}

/// A number among so many, that looks like chance.
pub fn pick(client: usize, n: u64, (first, count): (i64, i64)) -> i64 {
    let mut seed = (client as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    seed = (seed ^ n.wrapping_add(1)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    seed = (seed ^ (seed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    let chance = i64::try_from((seed ^ (seed >> 31)) >> 2).unwrap_or(0);
    first + chance % count
}

/// The id of one of staff.
async fn agent(url: &str) -> Uuid {
    let sql = "select id from users where email = 'agent@demo.example'";
    let found = match Engine::of(url) {
        Engine::Sqlite => {
            let mut c = SqliteConnection::connect(url).await.expect("a database");
            sqlx::query_scalar(sql).fetch_one(&mut c).await
        }
        Engine::Postgres => {
            let mut c = PgConnection::connect(url).await.expect("a database");
            sqlx::query_scalar(sql).fetch_one(&mut c).await
        }
    };
    found.expect("the demo desk's agent")
}
