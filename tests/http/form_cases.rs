//! The server refuses what a page would hide or require: every case of `tests/form-cases.json`,
//! published and ordered over HTTP. The evaluators of both languages are held to the same table.

use std::collections::BTreeMap;

use bsm_tests::{Client, Desk};
use serde_json::{Map, Value, json};

/// Answers of these kinds are never given.
const TOLD_ONLY: [&str; 2] = ["section", "note"];

fn cases() -> Vec<Value> {
    let table: Value =
        serde_json::from_str(include_str!("../form-cases.json")).expect("a table of cases");
    table["cases"].as_array().expect("cases").clone()
}

/// A live service with this form; none where the form itself is refused, as one whose conditions
/// can never be compared.
async fn publish(admin: &Client, form: &Value) -> Option<String> {
    let body = json!({"name": "A case", "form": form});
    let made = admin.post("/api/admin/services", body).await;
    if made.status == 422 {
        return None;
    }
    let path = format!("/api/admin/services/{}", made.ok(201).str("/id"));
    let live = admin.post(&format!("{path}/publish"), json!({})).await;
    Some(live.ok(200).str("/id").to_owned())
}

/// The visible fields that somebody filled in, in the form's order.
fn answered(case: &Value) -> Vec<&str> {
    let visible = case["visible"].as_array().expect("visible");
    let fields = case["form"]["fields"].as_array().expect("fields");
    let asks = |id: &Value| {
        let kind = fields.iter().find(|f| f["id"] == *id).map(|f| &f["kind"]);
        kind.is_some_and(|k| !TOLD_ONLY.iter().any(|told| k == told))
    };
    let blank = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    };
    visible
        .iter()
        .filter(|id| asks(id))
        .filter_map(Value::as_str)
        .filter(|id| !blank(&case["values"][id]))
        .collect()
}

async fn what_a_page_would_refuse_is_refused(desk: &Desk) {
    let mut services: BTreeMap<String, Option<String>> = BTreeMap::new();
    let (mut accepted, mut refused) = (0, 0);
    for case in cases() {
        let name = case["name"].as_str().expect("a name");
        let form = case["form"].to_string();
        if !services.contains_key(&form) {
            let service = publish(&desk.admin, &case["form"]).await;
            services.insert(form.clone(), service);
        }
        let Some(service) = &services[&form] else {
            continue;
        };
        let path = format!("/api/customer/services/{service}/requests");
        let before = desk.count("select count(*) from tickets").await;
        let order = json!({"form": case["values"]});
        let answer = desk.ana.post(&path, order).await;
        let wanted = case["errors"].as_array().expect("errors");
        if let Some(field) = with_control(&case["values"]) {
            // No body may hold one, whatever the form says of white space around an answer.
            let told = (format!("/form/{field}"), "forbidden_character".to_owned());
            assert!(
                answer.bad_fields().contains(&told),
                "{name}: {}",
                answer.text
            );
        } else if wanted.is_empty() {
            accepted += 1;
            assert_eq!(answer.status, 201, "{name}: {}", answer.text);
            let given = answer.body["answers"].as_array().expect("answers");
            let given: Vec<&str> = given.iter().filter_map(|a| a["field"].as_str()).collect();
            assert_eq!(given, answered(&case), "{name}");
        } else {
            refused += 1;
            assert_eq!(answer.status, 422, "{name}: {}", answer.text);
            let told = answer.body["errors"].as_array().expect("errors");
            let told: Vec<Value> = told.iter().map(without_words).collect();
            let wanted: Vec<Value> = wanted.iter().map(of_the_body).collect();
            assert_eq!(told, wanted, "{name}");
            let after = desk.count("select count(*) from tickets").await;
            assert_eq!(before, after, "{name}: something was ordered all the same");
        }
    }
    let unpublished = services.values().filter(|s| s.is_none()).count();
    assert!(
        accepted >= 150 && refused >= 50,
        "{accepted} accepted, {refused} refused, {unpublished} forms not published"
    );
}

/// The field whose text holds a control character that is no tab and no line end.
fn with_control(values: &Value) -> Option<&String> {
    let bad = |c: char| c.is_control() && !"\t\n\r".contains(c);
    let values = values.as_object().expect("values");
    let holds = |v: &Value| v.as_str().is_some_and(|text| text.contains(bad));
    values
        .iter()
        .find(|(_, v)| holds(v))
        .map(|(field, _)| field)
}

fn without_words(error: &Value) -> Value {
    let mut error = error.as_object().cloned().unwrap_or_else(Map::new);
    error.remove("detail");
    Value::Object(error)
}

/// The table points into the values, the API into the body that they stand in.
fn of_the_body(error: &Value) -> Value {
    let pointer = error["pointer"].as_str().expect("a pointer");
    json!({"pointer": format!("/form{pointer}"), "code": error["code"]})
}

bsm_tests::served_on_both_engines! {
    what_a_page_would_refuse_is_refused,
}
