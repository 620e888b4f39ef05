//! Whether lists, searches and figures cost the same however much there is.

mod asked;
mod pages;
mod target;

use std::time::Duration;

use crate::load::{self, Measured};
use crate::server::Server;
use asked::{Asked, Who};
pub use target::{Kind, verdict};

/// In so many rounds each thing is asked for: how far apart they are tells what a ratio is worth.
const ROUNDS: u32 = 5;

/// How long each took.
#[derive(Debug)]
pub struct Row {
    /// What was asked for.
    pub name: String,
    /// What it is measured by.
    pub kind: Kind,
    /// Half of the answers came within this time; nothing where there is no such page,
    /// or where the server was too busy to answer any.
    pub median: Option<Duration>,
    /// The same of each of its rounds.
    pub medians: Vec<Duration>,
    /// 99 of 100.
    pub p99: Option<Duration>,
    /// Answers a second.
    pub rate: f64,
}

/// Tokens of everybody who asks.
struct Tokens {
    agent: String,
    admin: String,
    customer: String,
}

impl Tokens {
    async fn sign_in(server: &Server) -> Self {
        Self {
            agent: server.sign_in("agent@demo.example").await,
            admin: server.sign_in("admin@demo.example").await,
            customer: server.sign_in("p0@volume.example").await,
        }
    }

    fn of(&self, who: Who) -> &str {
        match who {
            Who::Agent => &self.agent,
            Who::Admin => &self.admin,
            Who::Customer => &self.customer,
        }
    }
}

/// Asks for everything, with eight clients; for the thousandth page right after the first of its list.
pub async fn measure(server: &Server, length: Duration) -> Vec<Row> {
    let mut rows = Vec::new();
    let first = Tokens::sign_in(server).await;
    for asked in asked::all(server, first.of(Who::Agent)).await {
        // Anew each time: they end after some minutes, and walking to a page takes long.
        let tokens = Tokens::sign_in(server).await;
        let token = tokens.of(asked.who);
        rows.push(row(server, &asked, token, length).await);
        if asked.kind == Kind::Pages {
            let path = pages::thousandth(server, &asked.path, token).await;
            rows.push(deep(server, &asked, path.as_deref(), token, length).await);
        }
    }
    rows
}

/// The first pages alone, for those who ask for one after the other on several servers.
pub struct Lists {
    asked: Vec<Asked>,
    tokens: Tokens,
}

impl Lists {
    /// Signs in; their tokens last for some minutes.
    pub async fn of(server: &Server) -> Self {
        let tokens = Tokens::sign_in(server).await;
        let asked = asked::all(server, tokens.of(Who::Agent)).await;
        Self { asked, tokens }
    }

    /// What they are called, in order.
    pub fn names(&self) -> Vec<String> {
        self.asked.iter().map(|a| a.name.clone()).collect()
    }

    /// Answers a second of one of them, with eight clients.
    pub async fn rate(&self, server: &Server, at: usize, length: Duration) -> f64 {
        let asked = &self.asked[at];
        let token = self.tokens.of(asked.who);
        let seen = load::get(server.address(), &asked.path, token, 8, length).await;
        seen.rate()
    }
}

async fn row(server: &Server, asked: &Asked, token: &str, length: Duration) -> Row {
    let address = server.address();
    // Once to fill caches, which any desk has filled.
    let _ = load::get(address, &asked.path, token, 2, Duration::ZERO).await;
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        rounds.push(load::get(address, &asked.path, token, 8, length / ROUNDS).await);
    }
    let medians = rounds.iter().filter_map(|round| round.quantile(0.5));
    let medians = medians.collect();
    let seen = Measured::together(rounds);
    Row {
        name: asked.name.clone(),
        kind: asked.kind,
        medians,
        median: seen.quantile(0.5),
        p99: seen.quantile(0.99),
        rate: seen.rate(),
    }
}

async fn deep(
    server: &Server,
    asked: &Asked,
    path: Option<&str>,
    token: &str,
    length: Duration,
) -> Row {
    let (name, kind) = (format!("{}, page 1,000", asked.name), Kind::Deep);
    let Some(path) = path else {
        return Row {
            name,
            kind,
            median: None,
            medians: Vec::new(),
            p99: None,
            rate: 0.0,
        };
    };
    let (path, who) = (path.to_owned(), asked.who);
    row(
        server,
        &Asked {
            name,
            who,
            kind,
            path,
        },
        token,
        length,
    )
    .await
}
