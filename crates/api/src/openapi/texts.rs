//! The texts that are sent: which characters they may hold. The server says what is wrong with a text in
//! words of its own (`http/body.rs`, `bsm_domain::text`); here the same rules are patterns, written so
//! that every dialect of regular expressions reads them alike, and simple enough to make texts from. That
//! white space alone says nothing is not among them.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::walk::referred;

/// Any character of a text: no control character but tab, line feed and carriage return.
const ANY: &str = r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]";
/// Any character of a line.
const IN_LINE: &str = r"[^\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]";
/// Base64 with its padding (RFC 4648, section 4), the unused bits zero.
const BASE64: &str =
    "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$";

/// Says of each text in a body, and of each free text in a query, what it may hold.
pub(super) fn describe(document: &mut Value) {
    let mut bodies = BTreeSet::new();
    let mut found = Vec::new();
    super::walk::each_operation(document, |_, _, operation| {
        found.extend(references(&operation["requestBody"]));
        let parameters = operation
            .get_mut("parameters")
            .and_then(Value::as_array_mut);
        for parameter in parameters.into_iter().flatten() {
            if parameter["in"] == "query" {
                one("", "", &mut parameter["schema"]);
            }
        }
    });
    while let Some(name) = found.pop() {
        if bodies.insert(name.clone()) {
            found.extend(references(&document["components"]["schemas"][&name]));
        }
    }
    for name in bodies {
        let schema = &mut document["components"]["schemas"][&name];
        one(&name, "", schema);
        within(&name, schema);
    }
}

/// The names of the schemas that a value refers to.
fn references(value: &Value) -> Vec<String> {
    let mut found: Vec<String> = referred(value).map(str::to_owned).into_iter().collect();
    match value {
        Value::Array(items) => found.extend(items.iter().flat_map(references)),
        Value::Object(members) => found.extend(members.values().flat_map(references)),
        _ => {}
    }
    found
}

/// Goes through the properties of a schema of this name.
fn within(schema: &str, value: &mut Value) {
    let properties = value.get_mut("properties").and_then(Value::as_object_mut);
    for (name, property) in properties.into_iter().flatten() {
        one(schema, name, property);
        within(schema, property);
    }
    for choice in ["oneOf", "anyOf", "allOf"] {
        let parts = value.get_mut(choice).and_then(Value::as_array_mut);
        for part in parts.into_iter().flatten() {
            one(schema, "", part);
            within(schema, part);
        }
    }
    if let Some(items) = value.get_mut("items") {
        one(schema, "", items);
        within(schema, items);
    }
    if value
        .get("additionalProperties")
        .is_some_and(Value::is_object)
    {
        value["propertyNames"] = json!({"pattern": format!("^{ANY}*$")});
        one(schema, "", &mut value["additionalProperties"]);
    }
}

/// Says of one text what it may hold, where nothing says so yet.
fn one(schema: &str, name: &str, text: &mut Value) {
    let is_text = match &text["type"] {
        Value::Array(types) => types.iter().any(|t| t == "string"),
        kind => kind == "string",
    };
    if text["format"] == "language" {
        text["pattern"] = json!("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$");
        return;
    }
    if text["format"] == "time-zone" {
        text["pattern"] = json!("^[A-Za-z][A-Za-z0-9_+/-]*$");
        return;
    }
    // How it is shown, not what it may hold.
    if is_text && text["format"] == "password" {
        text["pattern"] = json!(format!("^{ANY}*$"));
        return;
    }
    let is_known = ["pattern", "format", "enum"]
        .iter()
        .any(|k| text.get(k).is_some());
    if !is_text || is_known {
        return;
    }
    let pattern = match (schema, name) {
        ("Registration" | "UserCreate" | "PasswordForgot", "email") => {
            text["format"] = json!("idn-email");
            return;
        }
        (_, "content") => BASE64.to_owned(),
        (_, "subject" | "name" | "title" | "category" | "brand_name" | "summary") => {
            format!("^{IN_LINE}*$")
        }
        (of, "note") if of.contains("Article") => format!("^{IN_LINE}*$"),
        (of, "description") if of.starts_with("Webhook") => format!("^{IN_LINE}*$"),
        ("Choice", "label" | "value") => format!("^{IN_LINE}*$"),
        _ => format!("^{ANY}*$"),
    };
    text["pattern"] = json!(pattern);
}
