//! An installation under test: its database, its people, its processes.

use std::process::Command;
use std::sync::atomic::AtomicU64;

use bsm_api::auth::token::AccessTokens;
use bsm_domain::actor::{Portal, Role};
use bsm_domain::clock::{Clock as _, SystemClock};
use bsm_domain::ids::{SessionId, UserId};
use bsm_persistence::Db;
use bsm_persistence::sessions::NewSession;
use bsm_tests::bsm::{Folder, Running, bsm, free_port};
use bsm_tests::{Client, seed};

pub const SECRET: &str = "a secret of the tests, 32 bytes or more";

/// Somebody with a session.
#[derive(Debug, Clone, Copy)]
pub struct Somebody {
    pub id: UserId,
    session: SessionId,
    portal: Portal,
}

impl Somebody {
    pub fn is_staff(self) -> bool {
        self.portal == Portal::Admin
    }
}

/// Four customers, an agent and an admin, and where their data are.
pub struct Site {
    pub data: Folder,
    /// `DATABASE_URL`.
    pub url: String,
    pub customers: Vec<Somebody>,
    pub agent: Somebody,
    pub admin: Somebody,
    /// How long a client ever waited to be told to come again, in microseconds.
    pub slowest_refusal: AtomicU64,
    tokens: AccessTokens,
    http: Client,
}

impl Site {
    /// On SQLite, in a folder of its own.
    pub async fn sqlite() -> Self {
        let data = Folder::new();
        let url = format!("sqlite:{}/bsm.sqlite", data.path().display());
        Self::on(data, url).await
    }

    /// On an empty database.
    pub async fn at(url: &str) -> Self {
        Self::on(Folder::new(), url.to_owned()).await
    }

    /// The same anew, after its folder was emptied: people and sessions are others.
    pub async fn fill_again(&mut self) {
        let data = std::mem::replace(&mut self.data, Folder::new());
        *self = Self::on(data, self.url.clone()).await;
    }

    async fn on(data: Folder, url: String) -> Self {
        let db = Db::connect(&url).await.expect("the database opens");
        db.migrate().await.expect("the migrations run");
        let mut customers = Vec::new();
        for n in 0..4 {
            let id = seed::customer(&db, &format!("c{n}@reliable.example"), None).await;
            customers.push(sign_in(&db, id, Portal::Customer).await);
        }
        let agent = seed::staff(&db, "agent@reliable.example", Role::Agent).await;
        let admin = seed::staff(&db, "admin@reliable.example", Role::Admin).await;
        let site = Self {
            data,
            url,
            customers,
            agent: sign_in(&db, agent, Portal::Admin).await,
            admin: sign_in(&db, admin, Portal::Admin).await,
            slowest_refusal: AtomicU64::new(0),
            tokens: AccessTokens::new(SECRET.as_bytes()),
            http: Client::new("", None),
        };
        db.close().await;
        site
    }

    /// A process that is ready.
    pub fn start(&self) -> Running {
        Running::start(&self.data, &settings(&self.url))
    }

    /// A process of this command at this port, that may not be ready yet.
    pub fn launch(&self, command: Command, port: u16) -> Running {
        Running::launch(command, port, &settings(&self.url))
    }

    /// The same as a process was before, at the same port.
    pub fn relaunch(&self, base: &str) -> Running {
        let port = base.rsplit(':').next().and_then(|p| p.parse().ok());
        self.launch(bsm(&self.data), port.unwrap_or_else(free_port))
    }

    /// A caller with a token that is good for ten minutes. All share their connections.
    pub fn client(&self, who: Somebody) -> Client {
        self.http.with_token(self.token(who))
    }

    /// A token that is good for ten minutes.
    pub fn token(&self, who: Somebody) -> String {
        let now = SystemClock.now();
        let token = self.tokens.issue(who.id, who.session, who.portal, now);
        token.expect("a token")
    }

    /// The database, beside the processes.
    pub async fn db(&self) -> Db {
        Db::connect(&self.url).await.expect("the database opens")
    }
}

/// The settings of every process on this database.
pub fn settings(url: &str) -> [(&str, &str); 3] {
    let log = "warn,bsm=info,bsm_api=info,bsm_application=info";
    [
        ("DATABASE_URL", url),
        ("BSM_JWT_SECRET", SECRET),
        ("RUST_LOG", log),
    ]
}

pub async fn sign_in(db: &Db, id: UserId, portal: Portal) -> Somebody {
    let now = SystemClock.now();
    let session = NewSession {
        id: SessionId::generate(),
        user_id: id,
        portal,
        user_agent: "tests".into(),
        address: "127.0.0.1".into(),
        created_at: now,
        expires_at: now + chrono::Duration::days(1),
    };
    db.write(async |tx| tx.insert_session(&session).await)
        .await
        .expect("signed in");
    Somebody {
        id,
        session: session.id,
        portal,
    }
}
