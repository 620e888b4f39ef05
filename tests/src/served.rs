//! A served product with the people of two companies and a desk.

use std::net::TcpListener;
use std::num::NonZeroU32;
use std::time::Duration;

use bsm_api::assemble::{application, assemble};
use bsm_api::auth::call_limits::{CallLimits, CallQuotas};
use bsm_api::auth::limits::Limits;
use bsm_api::server::{self, Options};
use bsm_api::settings::{LimitsMode, Secret, ServeSettings, StoreSettings};
use bsm_api::state::AppState;
use bsm_domain::actor::{OrganizationRole, Portal, Role};
use bsm_domain::api_key::Scope;
use bsm_domain::ids::{OrganizationId, SessionId, UserId};
use bsm_persistence::Db;
use bsm_persistence::sessions::NewSession;
use serde_json::json;

use crate::{Client, TestDb, seed};

/// A running product: Acme with its manager Ana, Ben and Fay, Globex with Carla, Dora and Emil without
/// a company, two agents and an admin.
pub struct Desk {
    /// Where it is served.
    pub base: String,
    /// What its handlers work with.
    pub state: AppState,
    /// The companies.
    pub acme: OrganizationId,
    /// The other one.
    pub globex: OrganizationId,
    /// Manages Acme.
    pub ana: Person,
    /// Member of Acme.
    pub ben: Person,
    /// Another one.
    pub fay: Person,
    /// Member of Globex.
    pub carla: Person,
    /// A customer without an organization.
    pub dora: Person,
    /// Another one.
    pub emil: Person,
    /// An agent.
    pub agent: Person,
    /// Another one.
    pub agent2: Person,
    /// The admin.
    pub admin: Person,
    db: TestDb,
    server: actix_web::dev::ServerHandle,
}

/// Signs the tokens of all replicas.
pub const SECRET: &str = "a secret of the tests, 32 bytes or more";

/// Another process of the product, as far as a test can tell: a pool, a delivery of events and a
/// server of its own on the desk's database.
pub struct Replica {
    /// Where it is served.
    pub base: String,
    state: AppState,
    server: actix_web::dev::ServerHandle,
}

impl Replica {
    /// Stops it.
    pub async fn close(self) {
        self.state.events.stop();
        self.server.stop(false).await;
        self.state.app.db.close().await;
    }
}

/// Somebody signed in.
pub struct Person {
    /// Who.
    pub id: UserId,
    /// Their sign-in.
    pub session: SessionId,
    /// Calls with their token.
    pub client: Client,
}

/// Something that calls with an API key.
pub struct Program {
    /// The key's id.
    pub id: String,
    /// Calls with the key.
    pub client: Client,
}

impl std::ops::Deref for Program {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl std::ops::Deref for Person {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Desk {
    /// Serves the product over a database.
    ///
    /// # Panics
    /// Where it does not start.
    pub async fn open(db: TestDb) -> Self {
        let secret = Secret::from(SECRET);
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let settings = settings(&base);
        let app = application((*db).clone(), &secret, &base);
        let (state, _delivery) = assemble(app, &secret, &settings).await.expect("assembled");
        let server = server::listen(state.clone(), listener, &options()).expect("listening");
        let handle = server.handle();
        tokio::spawn(server);

        let acme = seed::organization(&db, "Acme").await;
        let globex = seed::organization(&db, "Globex").await;
        let member = |o| Some((o, OrganizationRole::Member));
        let manager = Some((acme, OrganizationRole::Manager));
        let ana = seed::customer(&db, "ana@acme.example", manager).await;
        let ben = seed::customer(&db, "ben@acme.example", member(acme)).await;
        let fay = seed::customer(&db, "fay@acme.example", member(acme)).await;
        let carla = seed::customer(&db, "carla@globex.example", member(globex)).await;
        let dora = seed::customer(&db, "dora@dora.example", None).await;
        let emil = seed::customer(&db, "emil@emil.example", None).await;
        let agent = seed::staff(&db, "agent@demo.example", Role::Agent).await;
        let agent2 = seed::staff(&db, "agent2@demo.example", Role::Agent).await;
        let admin = seed::staff(&db, "admin@demo.example", Role::Admin).await;
        let person = async |id, portal| sign_in(&state, &base, id, portal).await;
        Self {
            ana: person(ana, Portal::Customer).await,
            ben: person(ben, Portal::Customer).await,
            fay: person(fay, Portal::Customer).await,
            carla: person(carla, Portal::Customer).await,
            dora: person(dora, Portal::Customer).await,
            emil: person(emil, Portal::Customer).await,
            agent: person(agent, Portal::Admin).await,
            agent2: person(agent2, Portal::Admin).await,
            admin: person(admin, Portal::Admin).await,
            acme,
            globex,
            base,
            state,
            db,
            server: handle,
        }
    }

    /// Another replica. PostgreSQL only: an embedded database serves one process.
    ///
    /// # Panics
    /// Where it does not start.
    pub async fn replica(&self) -> Replica {
        let secret = Secret::from(SECRET);
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let db = Db::connect(self.db.url()).await.expect("another pool");
        let app = application(db, &secret, &self.base);
        let assembled = assemble(app, &secret, &settings(&base)).await;
        let (state, _delivery) = assembled.expect("assembled");
        let options = Options {
            workers: Some(1),
            drain: Duration::from_secs(1),
            stalled: Duration::from_secs(60),
            portals: false,
        };
        let server = server::listen(state.clone(), listener, &options).expect("listening");
        let handle = server.handle();
        tokio::spawn(server);
        Replica {
            base,
            state,
            server: handle,
        }
    }

    /// Somebody who is not signed in.
    #[must_use]
    pub fn nobody(&self) -> Client {
        Client::new(&self.base, None)
    }

    /// Somebody who is not signed in, at a second server of the same product that has the usual
    /// rate limits. It goes with the test.
    ///
    /// # Panics
    /// Where it does not start.
    #[must_use]
    pub fn limited(&self) -> Client {
        self.limited_to(&quotas(6_000, 1_200, 600))
    }

    /// The same with limits of so many calls.
    ///
    /// # Panics
    /// Where it does not start.
    #[must_use]
    pub fn limited_to(&self, quotas: &CallQuotas) -> Client {
        let base = self.beside(|state| {
            state.limits = Limits::standard();
            state.calls = CallLimits::of(quotas);
        });
        Client::new(&base, None)
    }

    /// A second server of the same product with another state. It goes with the test.
    ///
    /// # Panics
    /// Where it does not start.
    #[must_use]
    pub fn beside(&self, change: impl FnOnce(&mut AppState)) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let mut state = self.state.clone();
        change(&mut state);
        let server = server::listen(state, listener, &options()).expect("listening");
        tokio::spawn(server);
        base
    }

    /// A program with a new key of the admin's, for these scopes, and one organization or all.
    ///
    /// # Panics
    /// Where the product refuses to make it.
    pub async fn program(&self, scopes: &[Scope], organization: Option<OrganizationId>) -> Program {
        let body = json!({
            "name": "A program", "scopes": scopes, "organization_id": organization,
        });
        let made = self.admin.post("/api/admin/api-keys", body).await.ok(201);
        Program {
            id: made.str("/id").to_owned(),
            client: Client::new(&self.base, Some(made.str("/key").to_owned())),
        }
    }

    /// Another sign-in of a person.
    ///
    /// # Panics
    /// Where it cannot be written.
    pub async fn sign_in(&self, id: UserId, portal: Portal) -> Person {
        sign_in(&self.state, &self.base, id, portal).await
    }

    /// Somebody of the same role as this caller, just signed in.
    ///
    /// # Panics
    /// Where they cannot be added.
    pub async fn stand_in(&self, client: &Client) -> Client {
        let me = client.get("/api/auth/me").await;
        let role = match me.body["role"].as_str() {
            None => return self.nobody(),
            Some(role) => role.parse::<Role>().expect("a role"),
        };
        let email = format!("{}@stand-in.example", SessionId::generate());
        let id = if role.is_staff() {
            seed::staff(&self.db, &email, role).await
        } else {
            seed::customer(&self.db, &email, None).await
        };
        self.sign_in(id, Portal::of(role)).await.client
    }

    /// The database underneath.
    #[must_use]
    pub fn db(&self) -> &TestDb {
        &self.db
    }

    /// The number that a `select count(*)` finds.
    ///
    /// # Panics
    /// Where it is no such statement.
    pub async fn count(&self, sql: &'static str) -> i64 {
        let read = self.db.read(async |tx| tx.q(sql).scalar().await);
        read.await.expect("a count")
    }

    /// Waits until whatever happened so far has its place in the order of events: a stream that
    /// is opened then begins with what comes after.
    ///
    /// # Panics
    /// Where that takes longer than five seconds.
    pub async fn all_events_have_positions(&self) {
        for _ in 0..500 {
            let waiting = self.db.read(async |tx| tx.oldest_unnumbered_event().await);
            if waiting.await.expect("the log").is_none() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("events stay without positions");
    }

    /// Stops and removes everything.
    pub async fn close(self) {
        self.state.events.stop();
        self.server.stop(false).await;
        self.db.remove().await;
    }
}

/// A session and its token, without a password: hashing takes its time, and signing in has tests
/// of its own.
async fn sign_in(state: &AppState, base: &str, id: UserId, portal: Portal) -> Person {
    let now = state.app.now();
    let session = NewSession {
        id: SessionId::generate(),
        user_id: id,
        portal,
        user_agent: "tests".into(),
        address: "127.0.0.1".into(),
        created_at: now,
        expires_at: now + chrono::Duration::days(1),
    };
    state
        .app
        .db
        .write(async |tx| tx.insert_session(&session).await)
        .await
        .expect("signed in");
    let token = state
        .tokens
        .issue(id, session.id, portal, now)
        .expect("a token");
    Person {
        id,
        session: session.id,
        client: Client::new(base, Some(token)),
    }
}

fn options() -> Options {
    Options {
        workers: Some(2),
        drain: Duration::from_secs(1),
        stalled: Duration::from_secs(60),
        portals: true,
    }
}

fn settings(base: &str) -> ServeSettings {
    ServeSettings {
        store: StoreSettings {
            database_url: None,
            data_dir: std::env::temp_dir(),
            public_url: Some(base.to_owned()),
            jwt_secret: None,
        },
        bind: ([127, 0, 0, 1], 0).into(),
        allowed_origins: vec!["http://help.bsm.localhost:1".into()],
        trusted_proxies: String::new(),
        limits: LimitsMode::Off,
        quotas: quotas(6_000, 1_200, 600),
        demo: false,
        portals: true,
        metrics_bind: None,
        webhook_allow_private: false,
        drain_seconds: 1,
        workers: None,
    }
}

/// So many calls a minute from an address, of a person, with a key.
///
/// # Panics
/// Where one of them is 0.
#[must_use]
pub fn quotas(address: u32, user: u32, key: u32) -> CallQuotas {
    let of = |n| NonZeroU32::new(n).expect("more than none");
    CallQuotas {
        limit_address: of(address),
        limit_user: of(user),
        limit_key: of(key),
    }
}
