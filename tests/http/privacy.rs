//! What staff keep to themselves leaves no trace in anything a customer can read.

use std::time::Duration;

use bsm_tests::document::{Audience, Operation, operations};
use bsm_tests::{Answer, Desk, Person, Samples};
use serde_json::{Value, json};
use tokio::time::timeout;

/// Words that stand in internal notes only.
const MARKER: &str = "zebrafinch";

/// Every `GET` that customers and the public can make, with every variant of its parameters.
fn reads() -> Vec<Operation> {
    let all = operations(Audience::Customer);
    let reads: Vec<_> = all
        .into_iter()
        .filter(|o| o.method == "GET" && !o.is_stream())
        .collect();
    assert!(reads.len() >= 5, "the document has hardly any reads");
    reads
}

/// The queries to make of one operation, by the parameters that it has.
fn queries(operation: &Operation) -> Vec<String> {
    let mut queries = vec![String::new()];
    for name in operation.query_names() {
        let values: &[&str] = match name {
            "q" => &[
                MARKER,
                "zebra",
                "zeb",
                "sample",
                "printer",
                "words",
                "silent words",
            ],
            "limit" => &["1", "2", "100"],
            "status" => &[
                "new",
                "open",
                "pending",
                "resolved",
                "closed",
                "open,pending",
            ],
            "scope" => &["mine", "organization"],
            "rated" => &["true", "false"],
            "sort" => &["-updated_at", "updated_at", "-created_at", "created_at"],
            "category" | "tag" => &["Support", MARKER],
            "cursor" => &[],
            other => panic!("{}: say what to ask of {other}", operation.name()),
        };
        queries.extend(values.iter().map(|v| format!("?{name}={v}")));
    }
    // The organization's list in each order, page by page.
    if operation.id == "tickets.list" {
        for sort in ["-updated_at", "updated_at", "-created_at", "created_at"] {
            queries.push(format!("?scope=organization&sort={sort}&limit=2"));
            queries.push(format!("?scope=organization&sort={sort}&q=printer&limit=2"));
        }
    }
    queries
}

/// An answer without what differs from one call to the next.
fn comparable(answer: &Answer) -> String {
    // Each thread of the server lists the headers that pages may read in an order of its own.
    let mut headers: Vec<_> = answer
        .headers
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "date" | "x-request-id"))
        .map(|(name, value)| {
            let mut words: Vec<_> = value.to_str().unwrap_or("?").split(", ").collect();
            words.sort_unstable();
            format!("{name}: {}", words.join(", "))
        })
        .collect();
    headers.sort();
    let mut body = answer.body.clone();
    if let Some(members) = body.as_object_mut() {
        members.remove("request_id");
        // Being seen is one's own doing, by these very calls.
        members.remove("last_seen_at");
    }
    let text = if body.is_null() {
        answer.text.clone()
    } else {
        body.to_string()
    };
    // The length says no more than the body, whose request ids are all of one length.
    headers.retain(|h| !h.starts_with("content-length"));
    format!("{} {headers:?} {text}", answer.status)
}

/// All that a person can read: each call with its answer. Lists are followed to their end.
async fn everything(desk: &Desk, person: &Person, samples: &Samples) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let numbers = desk.ben.get("/api/customer/tickets?limit=100").await;
    let mut tickets = vec![samples.ticket.clone()];
    tickets.extend(numbers.ids());
    for operation in reads() {
        let mut paths = Vec::new();
        for ticket in &tickets {
            let samples = Samples {
                ticket: ticket.clone(),
                ..samples.clone()
            };
            let path = samples.path(&operation);
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        for path in paths {
            for query in queries(&operation) {
                let first = format!("{path}{query}");
                let mut next = Some(first);
                while let Some(call) = next.take() {
                    let answer = person.get(&call).await;
                    assert!(answer.status < 500, "{call}: {}", answer.text);
                    let cursor = answer.body["next_cursor"].as_str();
                    next = cursor.map(|cursor| {
                        let sign = if query.is_empty() { '?' } else { '&' };
                        format!("{path}{query}{sign}cursor={cursor}")
                    });
                    all.push((call, comparable(&answer)));
                }
            }
        }
    }
    all
}

/// A ticket of Ben's with an order of things, so that lists have something to get wrong.
async fn a_life(desk: &Desk) -> (Samples, String) {
    let samples = Samples::of(desk).await;
    for subject in [
        "The printer smokes",
        "The printer is silent",
        "A printer too many",
    ] {
        desk.ticket_of(&desk.ben, subject).await;
    }
    let id = desk.ticket_of(&desk.ben, "The printer is on fire").await;
    desk.change_ticket(&id, json!({"assignee_id": desk.agent.id}))
        .await;
    desk.staff_message(&id, "public", "Some silent words.")
        .await;
    desk.ticket_of(&desk.ben, "The printer again").await;
    (samples, id)
}

/// What staff do among themselves.
async fn act_in_secret(desk: &Desk, id: &str) {
    desk.staff_message(id, "internal", &format!("{MARKER} silent words"))
        .await;
    desk.change_ticket(id, json!({"assignee_id": desk.agent2.id}))
        .await;
    desk.change_ticket(id, json!({"status": "on_hold"})).await;
    desk.staff_message(id, "internal", &format!("More of the {MARKER}."))
        .await;
    desk.change_ticket(id, json!({"assignee_id": null})).await;
}

/// Everything the requester, the manager, a colleague, a stranger and nobody can read is the same
/// to the byte before and after staff wrote notes, assigned the ticket and put it on hold.
async fn notes_assignee_and_hold_leave_no_trace(desk: &Desk) {
    let (samples, id) = a_life(desk).await;
    let nobody = Person {
        id: desk.ben.id,
        session: desk.ben.session,
        client: desk.nobody(),
    };
    let people = [&desk.ben, &desk.ana, &desk.fay, &desk.carla, &nobody];
    let mut before = Vec::new();
    for person in people {
        before.push(everything(desk, person, &samples).await);
    }
    act_in_secret(desk, &id).await;
    for (person, before) in people.into_iter().zip(before) {
        let after = everything(desk, person, &samples).await;
        assert_eq!(before.len(), after.len());
        for ((call, was), (_, is)) in before.iter().zip(&after) {
            assert_eq!(was, is, "{call}: staff's own doings show");
            for secret in [MARKER, "on_hold", "assignee", &desk.agent2.id.to_string()] {
                let asked = call.contains(MARKER) && secret == MARKER;
                assert!(asked || !is.contains(secret), "{call} tells {secret}: {is}");
            }
        }
    }
    // The note is there: staff find it by its words, and the hold shows to them.
    let found = desk
        .agent
        .get(&format!("/api/admin/tickets?q={MARKER}"))
        .await
        .ok(200);
    assert_eq!(found.ids(), std::slice::from_ref(&id));
    assert_eq!(found.body["items"][0]["status"], "on_hold");
    // Neither do a customer's own acts give it away.
    let path = format!("/api/customer/tickets/{id}");
    let reply = desk
        .ben
        .post(&format!("{path}/messages"), json!({"body": "And?"}))
        .await
        .ok(201);
    let seen = desk.ben.get(&path).await.ok(200);
    for answer in [reply, seen] {
        for secret in [MARKER, "on_hold", "assignee"] {
            assert!(!answer.text.contains(secret), "{secret} in {}", answer.text);
        }
    }
}

/// The streams of the requester, the manager and everybody else are silent about it too: the next
/// thing they hear is the next thing they may see.
async fn streams_say_nothing_of_it(desk: &Desk) {
    let (_, id) = a_life(desk).await;
    desk.all_events_have_positions().await;
    let mut streams = Vec::new();
    for person in [&desk.ben, &desk.ana, &desk.carla] {
        let mut stream = person.stream("/api/customer/events", None).await;
        let hello = stream.next().await.expect("hello");
        assert_eq!(hello.name, "hello");
        streams.push((person.id, stream));
    }
    act_in_secret(desk, &id).await;
    desk.staff_message(&id, "public", "Now you may know.").await;
    desk.set_status(&id, "resolved").await;
    for (person, mut stream) in streams {
        if person == desk.carla.id {
            let heard = timeout(Duration::from_millis(1_500), stream.next()).await;
            assert!(heard.is_err(), "a stranger hears {heard:?}");
            continue;
        }
        for name in ["ticket.message_added", "ticket.resolved"] {
            let heard = stream.next().await.expect("an event");
            assert_eq!(heard.name, name, "{:?}", heard.data);
            let text = heard.data.to_string();
            for secret in [MARKER, "on_hold", "assignee", "note"] {
                assert!(!text.contains(secret), "{secret} in {text}");
            }
            if name == "ticket.resolved" {
                let status = json!({"from": "open", "to": "resolved"});
                assert_eq!(heard.data["changes"]["status"], status);
            }
        }
    }
}

/// What one may not see answers like what does not exist, to the byte.
async fn what_one_may_not_see_does_not_exist(desk: &Desk) {
    let samples = Samples::of(desk).await;
    let of_ben = desk.ticket_of(&desk.ben, "Ben's own").await;
    let of_carla = desk.ticket_of(&desk.carla, "Carla's own").await;
    let of_dora = desk.ticket_of(&desk.dora, "Dora's own").await;
    let number = desk
        .agent
        .get(&format!("/api/admin/tickets/{of_ben}"))
        .await
        .ok(200);
    let number = number.str("/number").to_owned();
    let (service, article, slug) = drafts(desk).await;
    let garbage = [
        "00000000-0000-7000-8000-000000000000",
        "TKT-99999",
        "TKT-0",
        "TKT-99999999999999999999",
        "nonsense",
        "%00",
        "1",
        "..%2f..",
        "%F0%9F%92%A9",
        "' or 1=1 --",
    ];
    for operation in operations(Audience::Customer) {
        let guarded = operation.path.starts_with("/api/customer/") && operation.path.contains('{');
        if !guarded {
            continue;
        }
        let hidden: Vec<(&Person, &str)> = match operation.path.split('/').nth(3) {
            Some("tickets") => vec![
                // a colleague's without the right, by id and by number
                (&desk.fay, &of_ben),
                (&desk.fay, &number),
                // another organization's
                (&desk.carla, &of_ben),
                (&desk.ana, &of_carla),
                // one person without an organization and another one
                (&desk.emil, &of_dora),
                (&desk.dora, &of_ben),
                (&desk.ana, &of_dora),
                // things that are no tickets
                (&desk.ana, &samples.service),
            ],
            Some("services") => vec![(&desk.ana, &service), (&desk.ana, &samples.ticket)],
            _ => vec![
                (&desk.ana, &slug),
                (&desk.ana, &article),
                (&desk.ana, &samples.article),
            ],
        };
        let mut first: Option<(String, String)> = None;
        let tries = hidden
            .into_iter()
            .chain(garbage.iter().map(|id| (&desk.ana, *id)));
        for (person, id) in tries {
            let path = samples.path_with(&operation, id);
            let request = person.request(operation.method.clone(), &path);
            let request = match operation.id.as_str() {
                "ticket_messages.create" => request.json(&json!({"body": "Hello"})),
                "tickets.rate" => request.json(&json!({"score": 1})),
                "services.request" => request.json(&json!({"form": {}})),
                _ if operation.method == "GET" => request,
                _ if operation.path.ends_with("/vote") => request.json(&json!({"helpful": true})),
                _ => request.json(&json!({})),
            };
            let answer = bsm_tests::send(request).await;
            assert_eq!(
                (answer.status, answer.code()),
                (404, "not_found"),
                "{path}: {}",
                answer.text
            );
            let said = comparable(&answer);
            match &first {
                None => first = Some((path, said)),
                Some((other, wanted)) => {
                    assert_eq!(
                        &said, wanted,
                        "{} {path} and {other} differ",
                        operation.method
                    );
                }
            }
        }
    }
    let untouched = desk
        .agent
        .get(&format!("/api/admin/tickets/{of_ben}/messages"))
        .await
        .ok(200);
    assert_eq!(untouched.body["items"], json!([]));
}

/// A service and an article that were never published, the article with its slug.
async fn drafts(desk: &Desk) -> (String, String, String) {
    let body = json!({"name": format!("Secret {MARKER}"), "category": MARKER});
    let service = desk.admin.post("/api/admin/services", body).await.ok(201);
    let body = json!({"title": format!("Secret {MARKER}"), "category": MARKER, "body": MARKER,
        "visibility": "public"});
    let article = desk
        .agent
        .post("/api/admin/knowledge-base", body)
        .await
        .ok(201);
    let slug = article.str("/slug").to_owned();
    (
        service.str("/id").to_owned(),
        article.str("/id").to_owned(),
        slug,
    )
}

/// Drafts, and the newer draft beside what is live, show nowhere outside the desk.
async fn drafts_leave_no_trace(desk: &Desk) {
    let samples = Samples::of(desk).await;
    let nobody = Person {
        id: desk.ben.id,
        session: desk.ben.session,
        client: desk.nobody(),
    };
    let mut before = Vec::new();
    for person in [&desk.ben, &nobody] {
        before.push(everything(desk, person, &samples).await);
    }
    desk.all_events_have_positions().await;
    let mut stream = desk.ben.stream("/api/customer/events", None).await;
    assert_eq!(stream.next().await.expect("hello").name, "hello");
    drafts(desk).await;
    let draft = json!({"summary": format!("The {MARKER}"), "category": MARKER});
    let service = format!("/api/admin/services/{}", samples.service);
    desk.admin.patch(&service, "*", draft.clone()).await.ok(200);
    let article = format!("/api/admin/knowledge-base/{}", samples.article);
    desk.agent.patch(&article, "*", draft).await.ok(200);
    for (person, before) in [&desk.ben, &nobody].into_iter().zip(before) {
        let after = everything(desk, person, &samples).await;
        for ((call, was), (_, is)) in before.iter().zip(&after) {
            assert_eq!(was, is, "{call}: a draft shows");
        }
    }
    let heard = timeout(Duration::from_millis(1_500), stream.next()).await;
    assert!(heard.is_err(), "a customer hears of a draft: {heard:?}");
}

/// Agents' counts and lists are theirs alone: a customer's token is refused everywhere there, also
/// with a body or an id that would be wrong.
async fn a_customers_token_opens_nothing_of_the_desk(desk: &Desk) {
    for operation in operations(Audience::Admin) {
        if !operation.path.starts_with("/api/admin/") {
            continue;
        }
        let path = operation.path.replace("{id}", "nonsense");
        for (caller, wanted) in [(&desk.ana.client, 403), (&desk.nobody(), 401)] {
            let request = caller.request(operation.method.clone(), &path).body("{");
            let answer = bsm_tests::send(request).await;
            assert_eq!(answer.status, wanted, "{}", operation.name());
            assert_eq!(answer.body.get("errors"), None::<&Value>);
        }
    }
}

bsm_tests::served_on_both_engines! {
    notes_assignee_and_hold_leave_no_trace,
    streams_say_nothing_of_it,
    what_one_may_not_see_does_not_exist,
    drafts_leave_no_trace,
    a_customers_token_opens_nothing_of_the_desk,
}
