//! The comparison sees what breaks clients and leaves alone what does not: each is planted once.

use bsm_tests::document::Audience;
use serde_json::{Value, json};

use super::compare::{Break, breaks};
use super::{is_announced, unreleased};

const TICKETS: &str = "/paths/~1api~1admin~1tickets";

/// What is found after a change of the document of today, or of the two paths of it that are changed.
fn after(plant: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut old = (*Audience::Admin.document()).clone();
    let paths = old["paths"].as_object_mut().expect("paths");
    paths.retain(|path, _| path == "/api/admin/tickets" || path == "/api/branding");
    let mut new = old.clone();
    plant(&mut new);
    let found = breaks(&old, &new);
    found
        .iter()
        .map(|b| format!("{} {}", b.operation, b.what))
        .collect()
}

fn at<'a>(document: &'a mut Value, pointer: &str) -> &'a mut Value {
    document
        .pointer_mut(pointer)
        .unwrap_or_else(|| panic!("nothing at {pointer}"))
}

fn schema<'a>(document: &'a mut Value, name: &str) -> &'a mut Value {
    at(document, &format!("/components/schemas/{name}"))
}

fn remove(value: &mut Value, name: &str) {
    let removed = value.as_object_mut().expect("an object").shift_remove(name);
    assert!(removed.is_some(), "there is no {name}");
}

fn drop_word(list: &mut Value, word: &str) {
    let list = list.as_array_mut().expect("a list");
    let before = list.len();
    list.retain(|v| v != word);
    assert!(list.len() < before, "there is no {word}");
}

/// The change must be found, in these words.
fn breaks_with(words: &str, plant: impl FnOnce(&mut Value)) {
    let found = after(plant);
    assert!(
        found.iter().any(|f| f.contains(words)),
        "{words:?} was not found: {found:?}"
    );
}

#[test]
fn the_same_document_breaks_nothing() {
    assert_eq!(after(|_| {}), Vec::<String>::new());
}

#[test]
fn what_breaks_is_found() {
    breaks_with("tickets.list is gone", |d| remove(at(d, TICKETS), "get"));
    breaks_with("tickets.list is called", |d| {
        at(d, &format!("{TICKETS}/get"))["operationId"] = json!("tickets.all");
    });
    breaks_with("tickets.list lost the parameter", |d| {
        let parameters = at(d, &format!("{TICKETS}/get/parameters"));
        parameters.as_array_mut().expect("parameters").remove(0);
    });
    breaks_with("tickets.list needs the new parameter", |d| {
        let parameters = at(d, &format!("{TICKETS}/get/parameters"));
        let new =
            json!({"name": "desk", "in": "query", "required": true, "schema": {"type": "string"}});
        parameters.as_array_mut().expect("parameters").push(new);
    });
    breaks_with("tickets.list does not answer 400", |d| {
        remove(at(d, &format!("{TICKETS}/get/responses")), "400");
    });
    breaks_with("tickets.create 201 lost the header Location", |d| {
        remove(
            at(d, &format!("{TICKETS}/post/responses/201/headers")),
            "Location",
        );
    });
    breaks_with("tickets.list 200 is no application/json", |d| {
        remove(
            at(d, &format!("{TICKETS}/get/responses/200/content")),
            "application/json",
        );
    });
    breaks_with("branding.get needs a sign-in", |d| {
        at(d, "/paths/~1api~1branding/get")["security"] = json!([{"bearer": []}]);
    });
}

#[test]
fn what_breaks_in_a_body_is_found() {
    let create = "AdminTicketCreate";
    breaks_with("tickets.create body lost the field priority", |d| {
        remove(&mut schema(d, create)["properties"], "priority");
    });
    breaks_with("tickets.create body needs the field priority", |d| {
        let required = schema(d, create)["required"].as_array_mut();
        required.expect("a list").push(json!("priority"));
    });
    breaks_with("tickets.create body.subject has a tighter maxLength", |d| {
        schema(d, create)["properties"]["subject"]["maxLength"] = json!(100);
    });
    breaks_with("tickets.create body.subject has a tighter minLength", |d| {
        schema(d, create)["properties"]["subject"]["minLength"] = json!(4);
    });
    breaks_with("tickets.create body.subject has another pattern", |d| {
        schema(d, create)["properties"]["subject"]["pattern"] = json!("^[a-z]+$");
    });
    breaks_with("tickets.create body.subject was", |d| {
        schema(d, create)["properties"]["subject"]["type"] = json!("integer");
    });
    breaks_with(
        "tickets.create body.priority does not take \"urgent\"",
        |d| {
            drop_word(&mut schema(d, "Priority")["enum"], "urgent");
        },
    );
}

#[test]
fn what_breaks_in_an_answer_is_found() {
    let ticket = "AdminTicket";
    breaks_with("tickets.list 200.items[] lost the field subject", |d| {
        let ticket = schema(d, ticket);
        remove(&mut ticket["properties"], "subject");
        drop_word(&mut ticket["required"], "subject");
    });
    breaks_with("tickets.list 200.items[] may lack the field subject", |d| {
        drop_word(&mut schema(d, ticket)["required"], "subject");
    });
    breaks_with("tickets.list 200.items[].version was", |d| {
        schema(d, ticket)["properties"]["version"]["type"] = json!("string");
    });
    breaks_with("tickets.list 200.items[].subject was", |d| {
        schema(d, ticket)["properties"]["subject"]["type"] = json!(["string", "null"]);
    });
}

#[test]
fn what_only_adds_is_no_break() {
    let none = Vec::<String>::new();
    let added = after(|d| {
        let ticket = schema(d, "AdminTicket");
        ticket["properties"]["colour"] = json!({"type": "string"});
        ticket["required"]
            .as_array_mut()
            .expect("a list")
            .push(json!("colour"));
        let create = schema(d, "AdminTicketCreate");
        create["properties"]["colour"] = json!({"type": "string"});
        create["properties"]["subject"]["maxLength"] = json!(400);
        schema(d, "Priority")["enum"]
            .as_array_mut()
            .expect("a list")
            .push(json!("whenever"));
        let parameters = at(d, &format!("{TICKETS}/get/parameters"));
        let new =
            json!({"name": "desk", "in": "query", "required": false, "schema": {"type": "string"}});
        parameters.as_array_mut().expect("parameters").push(new);
        let get = at(d, &format!("{TICKETS}/get"));
        get["responses"]["418"] = json!({"description": "A teapot."});
        d["paths"]["/api/admin/teapots"] =
            json!({"get": {"operationId": "teapots.list", "responses": {}}});
    });
    // A value that is new is in no pattern of a parameter that lists the old ones.
    assert_eq!(added, none);
}

#[test]
fn an_announcement_names_the_operation() {
    let log = "# Changelog\n\n## [Unreleased]\n\n- Breaking: tickets.list: `q` is gone; use `words`.\n\n\
               ## [0.1.0]\n\n- Breaking: users.list: of an older time.\n";
    let of = |operation: &str| Break {
        operation: operation.into(),
        what: String::new(),
    };
    assert!(is_announced(&of("tickets.list"), log));
    assert!(!is_announced(&of("tickets.lis"), log));
    assert!(!is_announced(&of("users.list"), log));
    assert!(!unreleased(log).contains("users.list"));
}
