//! The streams over HTTP, against a real database file.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use actix_web::HttpServer;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Service, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::test::{TestRequest, init_service};
use bsm_application::events::{EventHub, HubOptions};
use bsm_application::{App, AppSettings};
use bsm_domain::actor::{Portal, Role};
use bsm_domain::clock::{Clock as _, SystemClock};
use bsm_domain::event::{Changes, Event, EventKind, SubjectKind};
use bsm_domain::ids::{EventId, OrganizationId, SessionId, UserId};
use bsm_persistence::{Db, DbError};
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use crate::auth::token::{AccessTokens, LIFETIME_SECONDS};
use crate::state::AppState;

const SECRET: &[u8] = b"a secret of thirty-two bytes, or more";

struct Desk {
    state: AppState,
    file: PathBuf,
}

#[derive(Clone, Copy)]
struct Guest {
    user: UserId,
    session: SessionId,
    portal: Portal,
}

impl Drop for Desk {
    fn drop(&mut self) {
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", self.file.display()));
        }
    }
}

impl Desk {
    async fn open() -> Self {
        Self::with(HubOptions::default()).await
    }

    async fn with(options: HubOptions) -> Self {
        let file = std::env::temp_dir().join(format!("bsm-streams-{}.db", Uuid::now_v7()));
        let db = Db::connect(&format!("sqlite:{}", file.display()))
            .await
            .unwrap();
        db.migrate().await.unwrap();
        let (events, _) = EventHub::start(db.clone(), options).await.unwrap();
        let settings = AppSettings {
            public_url: "http://localhost".into(),
            secret: Arc::from(SECRET),
        };
        let state = AppState {
            app: App::new(db, Arc::new(SystemClock), settings),
            tokens: AccessTokens::new(SECRET),
            events,
        };
        Self { state, file }
    }

    async fn guest(&self, role: Role) -> Guest {
        let guest = Guest {
            user: UserId::generate(),
            session: SessionId::generate(),
            portal: Portal::of(role),
        };
        let now = SystemClock.now();
        self.run(async |tx| {
            tx.q(
                "insert into users (id, email, name, role, active, theme, created_at, updated_at, \
                 version) values ($1, $2, 'A Guest', $3, true, 'auto', $4, $4, 1)",
            )
            .bind(guest.user)
            .bind(format!("{}@desk.example", guest.user))
            .bind(role)
            .bind(now)
            .execute()
            .await?;
            tx.q(
                "insert into sessions (id, user_id, portal, used_generation, user_agent, address, \
                 created_at, last_used_at, expires_at) values ($1, $2, $3, 0, '', '', $4, $4, $5)",
            )
            .bind(guest.session)
            .bind(guest.user)
            .bind(guest.portal)
            .bind(now)
            .bind(now + chrono::Duration::days(1))
            .execute()
            .await
        })
        .await;
        guest
    }

    async fn run(&self, work: impl AsyncFn(&mut bsm_persistence::Tx) -> Result<u64, DbError>) {
        self.state.app.db.write(work).await.unwrap();
    }

    async fn happen(&self, event: Event) {
        self.run(async |tx| tx.append_event(&event).await.map(|()| 1))
            .await;
    }

    /// A token that is so many seconds old.
    fn token(&self, guest: Guest, age: i64) -> String {
        let then = SystemClock.now() - chrono::Duration::seconds(age);
        self.state
            .tokens
            .issue(guest.user, guest.session, guest.portal, then)
            .unwrap()
    }

    async fn get(&self, guest: Guest, age: i64, last: &[&str]) -> ServiceResponse<BoxBody> {
        let app = init_service(crate::server::app(&self.state)).await;
        let path = format!("/api/{}/events", guest.portal);
        let token = self.token(guest, age);
        let mut request = TestRequest::get()
            .uri(&path)
            .insert_header(("Authorization", format!("Bearer {token}")));
        for id in last {
            request = request.append_header(("Last-Event-ID", *id));
        }
        match app.call(request.to_request()).await {
            Ok(response) => response.map_into_boxed_body(),
            Err(error) => panic!("{error}"),
        }
    }

    async fn listen(&self, guest: Guest, last: Option<&str>) -> Heard {
        let response = self.get(guest, 0, last.as_slice()).await;
        assert_eq!(response.status(), StatusCode::OK);
        Heard(Box::pin(response.into_body()))
    }
}

struct Heard(Pin<Box<BoxBody>>);

impl Heard {
    /// The next event: its id, name and data. Comments are passed over.
    async fn next(&mut self) -> Option<(Option<String>, String, Value)> {
        loop {
            let body = &mut self.0;
            let chunk = timeout(
                Duration::from_secs(10),
                std::future::poll_fn(|cx| body.as_mut().poll_next(cx)),
            )
            .await
            .expect("nothing comes")?;
            let chunk = chunk.unwrap();
            let text = std::str::from_utf8(&chunk).unwrap();
            assert!(text.ends_with("\n\n"), "{text:?}");
            let field = |name: &str| {
                let mut lines = text.lines();
                lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
            };
            if let (Some(name), Some(data)) = (field("event"), field("data")) {
                return Some((
                    field("id").map(str::to_owned),
                    name.to_owned(),
                    serde_json::from_str(data).unwrap(),
                ));
            }
        }
    }

    async fn expect(&mut self, id: &str, name: &str) -> Value {
        let (got, kind, data) = self.next().await.expect("the stream has ended");
        assert_eq!((got.as_deref(), kind.as_str()), (Some(id), name));
        data
    }

    /// The next event after any number of those with this data.
    async fn after(&mut self, passed: &Value) -> (Option<String>, String, Value) {
        loop {
            let event = self.next().await.expect("the stream has ended");
            if event.2 != *passed {
                return event;
            }
        }
    }

    async fn expect_bye(&mut self, reason: &str) {
        let bye = self.next().await;
        assert_eq!(bye, Some((None, "bye".into(), json!({"reason": reason}))));
        assert_eq!(self.next().await, None);
    }
}

fn about(kind: EventKind, subject_kind: SubjectKind, id: Uuid) -> Event {
    Event {
        id: EventId::generate(),
        kind,
        occurred_at: SystemClock.now(),
        actor: None,
        subject_kind,
        subject_id: id,
        subject_number: None,
        requester: None,
        organization: None,
        changes: Changes::none(),
    }
}

fn ticket(kind: EventKind, requester: UserId, changes: Changes) -> Event {
    Event {
        subject_number: Some(12),
        requester: Some(requester),
        organization: Some(OrganizationId::generate()),
        changes,
        ..about(kind, SubjectKind::Ticket, Uuid::now_v7())
    }
}

fn status(from: &str, to: &str) -> Changes {
    Changes::none().with("status", json!(from), json!(to))
}

#[actix_web::test]
async fn each_audience_reads_what_it_may_see() {
    let desk = Desk::open().await;
    let (agent, ana, ben) = (
        desk.guest(Role::Agent).await,
        desk.guest(Role::Customer).await,
        desk.guest(Role::Customer).await,
    );
    let mut staff = desk.listen(agent, None).await;
    let mut colleague = desk.listen(agent, None).await;
    let mut hers = desk.listen(ana, None).await;
    let mut his = desk.listen(ben, None).await;
    for heard in [&mut staff, &mut colleague, &mut hers, &mut his] {
        assert_eq!(heard.expect("0", "hello").await, json!({"position": "0"}));
    }

    let assigned = status("new", "open").with("assignee", json!(null), json!(agent.user));
    let first = ticket(EventKind::TicketUpdated, ana.user, assigned);
    desk.happen(first.clone()).await;
    let note = ticket(EventKind::TicketNoteAdded, ana.user, Changes::none());
    desk.happen(note).await;
    let waits = ticket(
        EventKind::TicketUpdated,
        ana.user,
        status("open", "on_hold"),
    );
    desk.happen(waits).await;
    let draft = about(
        EventKind::ArticleUpdated,
        SubjectKind::Article,
        Uuid::now_v7(),
    );
    desk.happen(draft).await;
    let session = about(
        EventKind::SessionEnded,
        SubjectKind::Session,
        Uuid::now_v7(),
    );
    desk.happen(session).await;
    let live = about(
        EventKind::ArticlePublished,
        SubjectKind::Article,
        Uuid::now_v7(),
    );
    desk.happen(live).await;

    for heard in [&mut staff, &mut colleague] {
        let data = heard.expect("1", "ticket.updated").await;
        assert_eq!(data["id"], "1");
        assert_eq!(data["type"], "ticket.updated");
        let number = json!({"kind": "ticket", "id": first.subject_id, "number": "TKT-12"});
        assert_eq!(data["subject"], number);
        assert_eq!(data["changes"]["assignee"]["to"], json!(agent.user));
        heard.expect("2", "ticket.note_added").await;
        let data = heard.expect("3", "ticket.updated").await;
        assert_eq!(data["changes"]["status"]["to"], "on_hold");
        heard.expect("4", "article.updated").await;
        let data = heard.expect("6", "article.published").await;
        assert_eq!(data["subject"].get("number"), None);
        assert_eq!(data["actor"], Value::Null);
    }
    let data = hers.expect("1", "ticket.updated").await;
    let seen = json!({"status": {"from": "new", "to": "open"}});
    assert_eq!(data["changes"], seen);
    hers.expect("6", "article.published").await;
    his.expect("6", "article.published").await;
}

#[actix_web::test]
async fn the_answer_is_a_stream_that_nothing_keeps_back() {
    let desk = Desk::open().await;
    let agent = desk.guest(Role::Admin).await;
    let response = desk.get(agent, 0, &[]).await;
    let header = |name: &str| response.headers().get(name).unwrap().to_str().unwrap();
    assert_eq!(header("content-type"), "text/event-stream");
    assert_eq!(header("cache-control"), "no-cache");
    assert_eq!(header("x-accel-buffering"), "no");
    assert_eq!(header("content-encoding"), "identity");
}

#[actix_web::test]
async fn a_stream_resumes_or_says_that_it_cannot() {
    let desk = Desk::open().await;
    let agent = desk.guest(Role::Agent).await;
    for _ in 0..5 {
        let event = ticket(EventKind::TicketCreated, agent.user, Changes::none());
        desk.happen(event).await;
    }
    let mut heard = desk.listen(agent, Some("2")).await;
    heard.expect("2", "hello").await;
    for id in ["3", "4", "5"] {
        heard.expect(id, "ticket.created").await;
    }
    for ahead in ["6", "9223372036854775807"] {
        let mut heard = desk.listen(agent, Some(ahead)).await;
        heard.expect("5", "hello").await;
        heard.expect("5", "reset").await;
    }
    desk.run(async |tx| {
        let purge = tx.q("delete from events where position <= 3");
        purge.execute().await
    })
    .await;
    let mut heard = desk.listen(agent, Some("2")).await;
    heard.expect("5", "hello").await;
    heard.expect("5", "reset").await;
    let mut heard = desk.listen(agent, Some("3")).await;
    heard.expect("3", "hello").await;
    heard.expect("4", "ticket.created").await;

    for odd in [&["x"][..], &[""], &["-1"], &["07"], &["1", "2"]] {
        let response = desk.get(agent, 0, odd).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{odd:?}");
    }
}

#[actix_web::test]
async fn a_stream_ends_with_what_gave_the_right_to_it() {
    let desk = Desk::open().await;
    let ana = desk.guest(Role::Customer).await;
    let other = desk.guest(Role::Customer).await;

    let mut heard = desk.listen(ana, None).await;
    heard.expect("0", "hello").await;
    for session in [other.session, ana.session] {
        let end = about(EventKind::SessionEnded, SubjectKind::Session, session.0);
        desk.happen(end).await;
    }
    heard.expect_bye("session_ended").await;

    let mut heard = desk.listen(ana, None).await;
    heard.expect("2", "hello").await;
    for user in [other.user, ana.user] {
        let change = about(EventKind::UserUpdated, SubjectKind::User, user.0);
        desk.happen(change).await;
    }
    let data = heard.expect("4", "user.updated").await;
    assert_eq!(data["subject"]["id"], json!(ana.user));
    heard.expect_bye("rights_changed").await;

    let response = desk.get(ana, LIFETIME_SECONDS - 2, &[]).await;
    let mut heard = Heard(Box::pin(response.into_body()));
    heard.expect("4", "hello").await;
    heard.expect_bye("token_expired").await;

    let mut heard = desk.listen(ana, None).await;
    heard.expect("4", "hello").await;
    desk.state.events.stop();
    heard.expect_bye("shutdown").await;
}

#[actix_web::test]
async fn the_tick_tells_the_position_and_looks_again_at_the_rights() {
    let desk = Desk::with(HubOptions {
        tick: Duration::from_millis(200),
        ..HubOptions::default()
    })
    .await;
    let (ana, agent) = (
        desk.guest(Role::Customer).await,
        desk.guest(Role::Agent).await,
    );
    let (mut hers, mut staff) = (desk.listen(ana, None).await, desk.listen(agent, None).await);
    hers.expect("0", "hello").await;
    staff.expect("0", "hello").await;
    let created = ticket(EventKind::TicketCreated, agent.user, Changes::none());
    desk.happen(created).await;
    // A tick may have come before.
    let moved = hers.after(&json!({"position": "0"})).await;
    assert_eq!(
        moved,
        (
            Some("1".into()),
            "position".into(),
            json!({"position": "1"})
        )
    );
    let (_, kind, _) = staff.after(&json!({"position": "0"})).await;
    assert_eq!(kind, "ticket.created");

    // Changes that left no event: a mistake elsewhere, or a hand in the database.
    desk.run(async |tx| {
        let query = tx.q("update sessions set ended_at = created_at where id = $1");
        query.bind(ana.session).execute().await?;
        let query = tx.q("update users set role = 'admin' where id = $1");
        query.bind(agent.user).execute().await
    })
    .await;
    for (heard, reason) in [(&mut hers, "session_ended"), (&mut staff, "rights_changed")] {
        let bye = heard.after(&json!({"position": "1"})).await;
        assert_eq!(bye, (None, "bye".into(), json!({"reason": reason})));
        assert_eq!(heard.next().await, None);
    }
}

#[actix_web::test]
async fn a_client_that_leaves_takes_its_stream_along() {
    let desk = Desk::with(HubOptions {
        heartbeat: Duration::from_millis(100),
        ..HubOptions::default()
    })
    .await;
    let token = desk.token(desk.guest(Role::Agent).await, 0);
    let state = desk.state.clone();
    let server = HttpServer::new(move || crate::server::app(&state))
        .workers(1)
        .disable_signals()
        .bind(("127.0.0.1", 0))
        .unwrap();
    let address = server.addrs()[0];
    let server = server.run();
    let handle = server.handle();
    actix_web::rt::spawn(server);

    let client = tokio::task::spawn_blocking(move || {
        let mut client = TcpStream::connect(address).unwrap();
        let request = format!(
            "GET /api/admin/events HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer {token}\r\n\r\n"
        );
        client.write_all(request.as_bytes()).unwrap();
        let mut heard = String::new();
        while !heard.contains("event: hello") {
            let mut buffer = [0; 1024];
            let n = client.read(&mut buffer).unwrap();
            assert!(n > 0, "closed: {heard}");
            heard.push_str(std::str::from_utf8(&buffer[..n]).unwrap());
        }
        client
    });
    let client = client.await.unwrap();
    assert_eq!(desk.state.events.listeners(), 1);
    drop(client);
    timeout(Duration::from_secs(5), async {
        while desk.state.events.listeners() > 0 {
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await
    .expect("the stream outlives its client");
    handle.stop(false).await;
}
