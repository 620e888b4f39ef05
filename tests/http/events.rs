//! The event streams.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use bsm_api::auth::token::LIFETIME_SECONDS;
use bsm_api::server::{self, Options};
use bsm_api::state::AppState;
use bsm_application::events::{EventHub, HubOptions};
use bsm_domain::actor::Portal;
use bsm_domain::clock::{Clock as _, SystemClock};
use bsm_domain::event::{Changes, Event, EventKind, SubjectKind};
use bsm_domain::ids::{EventId, OrganizationId, UserId};
use bsm_tests::{Client, Desk, Heard, served_on_both_engines};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::time::{sleep, timeout};
use uuid::Uuid;

const STAFF: &str = "/api/admin/events";
const CUSTOMER: &str = "/api/customer/events";

served_on_both_engines! {
    each_audience_reads_what_it_may_see,
    a_stream_is_kept_and_buffered_by_nobody,
    a_stream_resumes_or_says_that_it_cannot,
    a_stream_ends_with_the_right_to_it,
    a_stream_ends_with_its_server,
    the_tick_moves_on_and_looks_again_at_the_rights,
    a_client_that_leaves_takes_its_stream_along,
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

fn ticket(
    kind: EventKind,
    requester: UserId,
    organization: Option<OrganizationId>,
    changes: Changes,
) -> Event {
    Event {
        subject_number: Some(12),
        requester: Some(requester),
        organization,
        changes,
        ..about(kind, SubjectKind::Ticket, Uuid::now_v7())
    }
}

fn status(from: &str, to: &str) -> Changes {
    Changes::none().with("status", json!(from), json!(to))
}

/// Writes events, and on PostgreSQL waits until they have their positions.
async fn happen(desk: &Desk, events: impl IntoIterator<Item = Event>) {
    let db = &desk.state.app.db;
    for event in events {
        db.write(async |tx| tx.append_event(&event).await)
            .await
            .unwrap();
    }
    let waiting = async || db.read(async |tx| tx.oldest_unnumbered_event().await).await;
    while waiting().await.unwrap().is_some() {
        sleep(Duration::from_millis(5)).await;
    }
}

async fn run(desk: &Desk, sql: &'static str, id: Uuid) {
    let db = &desk.state.app.db;
    db.write(async |tx| tx.q(sql).bind(id).execute().await)
        .await
        .unwrap();
}

async fn each_audience_reads_what_it_may_see(desk: &Desk) {
    let mut staff = desk.agent.stream(STAFF, None).await;
    let mut colleague = desk.admin.stream(STAFF, None).await;
    let mut manager = desk.ana.stream(CUSTOMER, None).await;
    let mut requester = desk.ben.stream(CUSTOMER, None).await;
    let mut stranger = desk.carla.stream(CUSTOMER, None).await;
    for stream in [
        &mut staff,
        &mut colleague,
        &mut manager,
        &mut requester,
        &mut stranger,
    ] {
        assert_eq!(stream.expect("0", "hello").await, json!({"position": "0"}));
    }
    let bens = |kind, changes| ticket(kind, desk.ben.id, Some(desk.acme), changes);
    let agent = json!(desk.agent.id);
    let assigned = status("new", "open").with("assignee", Value::Null, agent.clone());
    let first = bens(EventKind::TicketUpdated, assigned);
    let subject = json!({"kind": "ticket", "id": first.subject_id, "number": "TKT-12"});
    let article = || (SubjectKind::Article, Uuid::now_v7());
    let of = |kind, (subject, id)| about(kind, subject, id);
    happen(
        desk,
        [
            first,
            bens(EventKind::TicketNoteAdded, Changes::none()),
            bens(EventKind::TicketUpdated, status("open", "on_hold")),
            of(EventKind::ArticleUpdated, article()),
            of(
                EventKind::SessionEnded,
                (SubjectKind::Session, Uuid::now_v7()),
            ),
            of(EventKind::UserUpdated, (SubjectKind::User, desk.dora.id.0)),
            of(EventKind::ArticlePublished, article()),
        ],
    )
    .await;

    for stream in [&mut staff, &mut colleague] {
        let data = stream.expect("1", "ticket.updated").await;
        assert_eq!(
            (&data["id"], &data["type"]),
            (&json!("1"), &json!("ticket.updated"))
        );
        assert_eq!((&data["subject"], &data["actor"]), (&subject, &Value::Null));
        assert_eq!(
            data["changes"]["assignee"],
            json!({"from": null, "to": agent})
        );
        stream.expect("2", "ticket.note_added").await;
        let data = stream.expect("3", "ticket.updated").await;
        assert_eq!(data["changes"]["status"]["to"], "on_hold");
        stream.expect("4", "article.updated").await;
        stream.expect("6", "user.updated").await;
        let data = stream.expect("7", "article.published").await;
        assert_eq!(data["subject"].get("number"), None);
    }
    for stream in [&mut manager, &mut requester] {
        let data = stream.expect("1", "ticket.updated").await;
        assert_eq!(data["subject"], subject);
        assert_eq!(
            data["changes"],
            json!({"status": {"from": "new", "to": "open"}})
        );
    }
    for stream in [&mut manager, &mut requester, &mut stranger] {
        stream.expect("7", "article.published").await;
    }
}

async fn a_stream_is_kept_and_buffered_by_nobody(desk: &Desk) {
    let request = desk.agent.request(Method::GET, STAFF);
    let answer = request.header("Accept-Encoding", "br, gzip").send().await;
    let answer = answer.unwrap();
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "text/event-stream");
    assert_eq!(header("cache-control"), "no-cache");
    assert_eq!(header("x-accel-buffering"), "no");
    assert_eq!(header("content-encoding"), "identity");

    assert_eq!(
        desk.nobody().get(STAFF).await.ok(401).code(),
        "unauthenticated"
    );
    assert_eq!(desk.ana.get(STAFF).await.ok(403).code(), "forbidden");
    assert_eq!(desk.agent.get(CUSTOMER).await.ok(403).code(), "forbidden");
}

async fn a_stream_resumes_or_says_that_it_cannot(desk: &Desk) {
    let created = || ticket(EventKind::TicketCreated, desk.ben.id, None, Changes::none());
    happen(
        desk,
        [created(), created(), created(), created(), created()],
    )
    .await;
    let agent = &desk.agent;
    let mut stream = agent.stream(STAFF, Some("2")).await;
    stream.expect("2", "hello").await;
    for id in ["3", "4", "5"] {
        stream.expect(id, "ticket.created").await;
    }
    happen(desk, [created()]).await;
    stream.expect("6", "ticket.created").await;

    let never = Uuid::nil();
    run(
        desk,
        "delete from events where position <= 3 and id <> $1",
        never,
    )
    .await;
    let mut stream = agent.stream(STAFF, Some("3")).await;
    stream.expect("3", "hello").await;
    stream.expect("4", "ticket.created").await;
    for unreachable in ["0", "2", "7", "9223372036854775807"] {
        let mut stream = agent.stream(STAFF, Some(unreachable)).await;
        stream.expect("6", "hello").await;
        stream.expect("6", "reset").await;
    }

    for odd in ["", "x", "-1", "+1", "07", "1.0", "9223372036854775808"] {
        let request = agent
            .request(Method::GET, STAFF)
            .header("Last-Event-ID", odd);
        let answer = bsm_tests::send(request).await.ok(400);
        assert_eq!(answer.code(), "invalid_header", "{odd:?}");
    }
}

async fn a_stream_ends_with_the_right_to_it(desk: &Desk) {
    let end_of = |id: Uuid| about(EventKind::SessionEnded, SubjectKind::Session, id);
    let mut stream = desk.ana.stream(CUSTOMER, None).await;
    stream.expect("0", "hello").await;
    happen(
        desk,
        [end_of(desk.ben.session.0), end_of(desk.ana.session.0)],
    )
    .await;
    stream.expect_bye("session_ended").await;

    let change_of = |id: UserId| about(EventKind::UserUpdated, SubjectKind::User, id.0);
    let mut stream = desk.ana.stream(CUSTOMER, None).await;
    stream.expect("2", "hello").await;
    happen(desk, [change_of(desk.ben.id), change_of(desk.ana.id)]).await;
    let data = stream.expect("4", "user.updated").await;
    assert_eq!(data["subject"]["id"], json!(desk.ana.id));
    stream.expect_bye("rights_changed").await;

    // A token with two seconds left.
    let then = SystemClock.now() - chrono::Duration::seconds(LIFETIME_SECONDS - 2);
    let (id, session) = (desk.ana.id, desk.ana.session);
    let token = desk.state.tokens.issue(id, session, Portal::Customer, then);
    let mut stream = Client::new(&desk.base, token).stream(CUSTOMER, None).await;
    stream.expect("4", "hello").await;
    stream.expect_bye("token_expired").await;
}

async fn a_stream_ends_with_its_server(desk: &Desk) {
    let mut stream = desk.agent.stream(STAFF, None).await;
    stream.expect("0", "hello").await;
    desk.state.events.stop();
    stream.expect_bye("shutdown").await;
}

/// Serves the desk's database once more, with other times.
async fn serve_again(desk: &Desk, options: HubOptions) -> (SocketAddr, AppState) {
    let (events, _) = EventHub::start(desk.state.app.db.clone(), options)
        .await
        .unwrap();
    let state = AppState {
        events,
        ..desk.state.clone()
    };
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let options = Options {
        workers: Some(1),
        drain: Duration::from_secs(1),
        stalled: Duration::from_secs(60),
        portals: false,
    };
    tokio::spawn(server::listen(state.clone(), listener, &options).unwrap());
    (address, state)
}

fn token(desk: &Desk, person: &bsm_tests::Person, portal: Portal) -> String {
    let now = SystemClock.now();
    let tokens = &desk.state.tokens;
    tokens
        .issue(person.id, person.session, portal, now)
        .unwrap()
}

async fn the_tick_moves_on_and_looks_again_at_the_rights(desk: &Desk) {
    let options = HubOptions {
        tick: Duration::from_millis(200),
        ..HubOptions::default()
    };
    let (address, state) = serve_again(desk, options).await;
    let client = |token| Client::new(&format!("http://{address}"), Some(token));
    let ana = client(token(desk, &desk.ana, Portal::Customer));
    let agent = client(token(desk, &desk.agent, Portal::Admin));
    let mut hers = ana.stream(CUSTOMER, None).await;
    let mut staffs = agent.stream(STAFF, None).await;
    hers.expect("0", "hello").await;
    staffs.expect("0", "hello").await;
    let others = ticket(
        EventKind::TicketCreated,
        desk.carla.id,
        None,
        Changes::none(),
    );
    happen(desk, [others]).await;
    // The event is not for her, but her place moves past it.
    let mut heard = hers.next().await.unwrap();
    while heard.data["position"] == "0" {
        heard = hers.next().await.unwrap();
    }
    let moved = Heard {
        id: Some("1".into()),
        name: "position".into(),
        data: json!({"position": "1"}),
    };
    assert_eq!(heard, moved);
    while staffs.next().await.unwrap().name != "ticket.created" {}

    // Changes that left no event: a hand in the database.
    let session = desk.ana.session.0;
    run(
        desk,
        "update sessions set ended_at = created_at where id = $1",
        session,
    )
    .await;
    run(
        desk,
        "update users set role = 'admin' where id = $1",
        desk.agent.id.0,
    )
    .await;
    hers.expect_bye("session_ended").await;
    staffs.expect_bye("rights_changed").await;
    state.events.stop();
}

async fn a_client_that_leaves_takes_its_stream_along(desk: &Desk) {
    let options = HubOptions {
        heartbeat: Duration::from_millis(100),
        ..HubOptions::default()
    };
    let (address, state) = serve_again(desk, options).await;
    let mut socket = tokio::net::TcpStream::connect(address).await.unwrap();
    let token = token(desk, &desk.agent, Portal::Admin);
    let request =
        format!("GET {STAFF} HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer {token}\r\n\r\n");
    socket.write_all(request.as_bytes()).await.unwrap();
    let mut heard = Vec::new();
    // The comment comes without any event.
    while !String::from_utf8_lossy(&heard).contains("\n:\n\n") {
        assert!(socket.read_buf(&mut heard).await.unwrap() > 0, "closed");
    }
    assert_eq!(state.events.listeners(), 1);
    drop(socket);
    timeout(Duration::from_secs(5), async {
        while state.events.listeners() > 0 {
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await
    .expect("the stream outlives its client");
    state.events.stop();
}
