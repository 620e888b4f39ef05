//! The client against a running server with demo data, at `BSM_URL`.

use std::collections::HashSet;
use std::env;

use bsm_client::customer::types::{
    CustomerTicketCreate, CustomerTicketDetail, Login, Problem, RatingPut,
};
use bsm_client::{Listener, NotHeard, admin, authorized, customer, read_all};
use futures::TryStreamExt;
use progenitor_client::Error;
use uuid::Uuid;

fn url() -> String {
    env::var("BSM_URL").expect("BSM_URL names a running server")
}

async fn token_of(email: &str) -> String {
    let login = Login::builder().email(email).password("demo-password");
    let client = customer::Client::new(&url());
    let answer = client.auth_login().body(login).send().await;
    answer.expect("a session").access_token.to_string()
}

async fn ana() -> customer::Client {
    let http = authorized(&token_of("ana@acme.example").await).expect("a client");
    customer::Client::new_with_client(&url(), http)
}

async fn opened(client: &customer::Client, subject: &str, key: &str) -> CustomerTicketDetail {
    let ticket = CustomerTicketCreate::builder()
        .subject(subject)
        .description("Since this morning.");
    let call = client.tickets_create().idempotency_key(key).body(ticket);
    call.send().await.expect("a ticket").into_inner()
}

/// The status and the code of a refusal.
fn refusal<T: std::fmt::Debug>(answer: Result<T, Error<Problem>>) -> (u16, String) {
    match answer {
        Err(Error::ErrorResponse(problem)) => (problem.status().as_u16(), problem.code.to_string()),
        other => panic!("not a problem: {other:?}"),
    }
}

#[tokio::test]
async fn a_ticket_is_made_once_however_often_it_is_sent() {
    let ana = ana().await;
    let key = "rust-once";
    let made = opened(&ana, "The printer is silent", key).await;
    assert_eq!(made.status.to_string(), "new");
    let again = opened(&ana, "The printer is silent", key).await;
    assert_eq!(again.number.to_string(), made.number.to_string());
}

#[tokio::test]
async fn a_list_is_read_page_by_page() {
    let ana = ana().await;
    let made = opened(&ana, "On some page", "rust-pages").await;
    let page = |cursor: Option<String>| {
        let mut call = ana.tickets_list().limit(2);
        if let Some(cursor) = cursor {
            call = call.cursor(cursor);
        }
        async move {
            let page = call.send().await?.into_inner();
            Ok::<_, Error<Problem>>((page.items, page.next_cursor))
        }
    };
    let rows = read_all(page).map_ok(|row| row.number.to_string());
    let numbers: HashSet<String> = rows.try_collect().await.expect("all pages");
    assert!(numbers.contains(&made.number.to_string()) && numbers.len() > 2);
}

#[tokio::test]
async fn an_event_is_heard_and_again_after_its_predecessor() {
    let ana = ana().await;
    let http = authorized(&token_of("agent@demo.example").await).expect("a client");
    let events = format!("{}/api/admin/events", url());
    let mut listener = Listener::new(http.clone(), &events, None);
    let hello = listener.next().await.expect("hello");
    assert_eq!(hello.kind, "hello");
    let made = opened(&ana, "Somebody listens", "rust-events").await;
    for mut listener in [listener, Listener::new(http, &events, Some(hello.id))] {
        loop {
            let message = listener.next().await.expect("a message");
            if message.data["subject"]["id"] == made.id.to_string() {
                assert_eq!(message.kind, "ticket.created");
                break;
            }
        }
    }
    let stranger = authorized("not-a-token").expect("a client");
    let refused = Listener::new(stranger, &events, None).next().await;
    assert!(matches!(
        refused,
        Err(NotHeard::Refused { status: 401, .. })
    ));
}

#[tokio::test]
async fn problems_say_what_is_wrong() {
    let ana = ana().await;
    let id = Uuid::nil().to_string();
    let missing = refusal(ana.tickets_get().id(id).send().await);
    assert_eq!(missing, (404, "not_found".to_owned()));

    let made = opened(&ana, "Not resolved yet", "rust-problems").await;
    let call = ana.tickets_rate().id(made.id.to_string());
    let early = refusal(call.body(RatingPut::builder().score(5)).send().await);
    assert_eq!(early, (409, "ticket_not_resolved".to_owned()));

    // What the schema forbids never leaves the client; what only the server knows comes back.
    let http = authorized(&token_of("agent@demo.example").await).expect("a client");
    let body = admin::types::AdminTicketCreate::builder()
        .subject("For nobody")
        .description("Nobody asked.")
        .requester_id(Uuid::nil());
    let desk = admin::Client::new_with_client(&url(), http);
    match desk.tickets_create().body(body).send().await {
        Err(Error::ErrorResponse(problem)) => {
            assert_eq!(problem.status().as_u16(), 422);
            assert_eq!(problem.errors[0].pointer.to_string(), "/requester_id");
        }
        other => panic!("not a problem: {other:?}"),
    }
}
