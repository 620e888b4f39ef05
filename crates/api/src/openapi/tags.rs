//! The groups of operations, in the order in which somebody who reads a document needs them.

use serde_json::{Value, json};

use super::walk::each_operation;

const TAGS: [(&str, &str); 17] = [
    (
        "Sign-in",
        "Getting access tokens, renewing them, giving them up.",
    ),
    (
        "Account",
        "One's own account: name, password, where one is signed in.",
    ),
    (
        "Tickets",
        "What customers ask for, and the conversation about it.",
    ),
    (
        "Rating",
        "What customers say about how a ticket was resolved.",
    ),
    ("Services", "The catalog, and orders from it."),
    (
        "Knowledge base",
        "Articles, their drafts and revisions, and what readers did not find.",
    ),
    (
        "Public knowledge base",
        "The articles that everybody may read, without a sign-in.",
    ),
    (
        "Categories",
        "The headings under which services and articles stand.",
    ),
    (
        "Feedback",
        "Ratings and resolutions as the desk reads them.",
    ),
    ("Customer insights", "Figures of each customer."),
    ("Dashboard", "What the desk's first screen shows."),
    (
        "People",
        "Users, organizations, their sign-ins, and the audit of what was done.",
    ),
    ("Settings", "Settings of the desk."),
    ("Branding", "How the desk looks."),
    ("Events", "What happens, as it happens."),
    ("Keys", "With what programs call the API."),
    (
        "Webhooks",
        "Other systems that are told what happens, and what came of it.",
    ),
];

/// Describes the tags that the document uses; one that is not in the table has its name alone, which a
/// test refuses.
pub(super) fn describe(document: &mut Value) {
    let mut used = Vec::new();
    each_operation(document, |_, _, operation| {
        let tags = operation["tags"].as_array().into_iter().flatten();
        used.extend(tags.filter_map(Value::as_str).map(str::to_owned));
    });
    let known = TAGS
        .iter()
        .filter(|(name, _)| used.iter().any(|u| u == name));
    let mut tags: Vec<Value> = known
        .map(|(name, description)| json!({"name": name, "description": description}))
        .collect();
    used.sort();
    used.dedup();
    let unknown = used
        .iter()
        .filter(|u| TAGS.iter().all(|(name, _)| name != u));
    tags.extend(unknown.map(|name| json!({"name": name})));
    document["tags"] = Value::Array(tags);
}
