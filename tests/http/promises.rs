//! What clients are promised, asked of the server: every call that reads answers what the table
//! says, and nobody else's call is answered at all.

use bsm_tests::document::{Audience, Operation};
use bsm_tests::promises::{Contract, Promise};
use bsm_tests::{Client, Desk, Samples, send};
use reqwest::Method;
use serde_json::Value;

fn operation(promise: &Promise) -> Operation {
    let audience: Audience = promise.audiences()[0];
    let found = promise.operation(audience);
    found.unwrap_or_else(|| panic!("{} does not exist", promise.call))
}

async fn every_call_that_reads_gives_what_is_promised(desk: &Desk) {
    let samples = Samples::of(desk).await;
    let nobody = desk.nobody();
    for promise in Contract::read().promises() {
        if promise.method() != Method::GET || promise.is("stream") {
            continue;
        }
        let client: &Client = match promise.who.as_str() {
            "open" => &nobody,
            "staff" => &desk.agent,
            "admin" => &desk.admin,
            _ => &desk.ana,
        };
        let answer = client.get(&samples.path(&operation(&promise))).await;
        assert_eq!(answer.status, 200, "{}: {}", promise.call, answer.text);
        for path in &promise.gives {
            let there = has(&answer.body, path);
            assert!(there, "{}: no {path} in {}", promise.call, answer.text);
        }
    }
}

/// Whether the path leads to something. What is null or an empty list has nothing below it, and
/// marks of a search are there after a search only.
fn has(value: &Value, path: &str) -> bool {
    if path.is_empty() || value.is_null() {
        return true;
    }
    let (step, rest) = path.split_once('.').unwrap_or((path, ""));
    if step == "highlights" {
        return true;
    }
    let name = step.trim_end_matches("[]");
    match (value.get(name), step.ends_with("[]")) {
        (None, _) => optional(name),
        (Some(inner), false) => has(inner, rest),
        (Some(inner), true) => inner
            .as_array()
            .is_some_and(|items| items.iter().all(|item| has(item, rest))),
    }
}

/// What a field of a form may leave out.
fn optional(name: &str) -> bool {
    [
        "help",
        "required",
        "default",
        "options",
        "min",
        "max",
        "pattern",
        "visible_if",
    ]
    .contains(&name)
}

async fn every_call_refuses_whom_it_is_not_for(desk: &Desk) {
    let samples = Samples::of(desk).await;
    let nobody = desk.nobody();
    for promise in Contract::read().promises() {
        let refused: &[(&Client, u16)] = match promise.who.as_str() {
            "open" => &[],
            "person" => &[(&nobody, 401)],
            "customer" => &[(&nobody, 401), (&desk.agent, 403), (&desk.admin, 403)],
            "staff" => &[(&nobody, 401), (&desk.ana, 403)],
            "admin" => &[(&nobody, 401), (&desk.ana, 403), (&desk.agent, 403)],
            other => panic!("{}: who is {other}?", promise.call),
        };
        let operation = operation(&promise);
        for (client, status) in refused {
            let mut request = client
                .request(operation.method.clone(), &samples.path(&operation))
                .header("Origin", &desk.base)
                .header("If-Match", "*");
            if let Some(body) = samples.body(&operation) {
                request = request.json(&body);
            }
            let answer = send(request).await;
            assert_eq!(answer.status, *status, "{}: {}", promise.call, answer.text);
        }
    }
}

async fn what_stands_beside_the_documents_answers(desk: &Desk) {
    let nobody = desk.nobody();
    for path in Contract::read().list("beside_the_documents") {
        let answer = nobody.get(&path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    }
    let first = nobody.get("/").await;
    assert_eq!(
        (first.status, first.header("location")),
        (307, "/customer/")
    );
}

bsm_tests::served_on_both_engines! {
    every_call_that_reads_gives_what_is_promised,
    every_call_refuses_whom_it_is_not_for,
    what_stands_beside_the_documents_answers,
}
