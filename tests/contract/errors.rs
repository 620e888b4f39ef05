//! Every operation lists the errors that it can answer with.

use bsm_tests::document::{Operation, all_operations};

fn must_list(operation: &Operation) -> Vec<(u16, &'static str)> {
    let mut wanted = vec![(500, "it can fail"), (503, "the database can be away")];
    let path = &operation.path;
    if !operation.is_open() {
        wanted.push((401, "it needs a sign-in"));
    }
    if path.starts_with("/api/customer/") || path.starts_with("/api/admin/") {
        wanted.push((403, "it is for one audience"));
    }
    if path.contains('{') {
        wanted.push((404, "it names a thing"));
    }
    if !operation.query_names().is_empty() {
        wanted.push((400, "it has parameters"));
    }
    if operation.takes_header("If-Match") {
        wanted.extend([
            (400, "If-Match can be malformed"),
            (412, "If-Match can be old"),
        ]);
        let header = operation.parameters("header");
        if header
            .iter()
            .any(|p| p["name"] == "If-Match" && p["required"] == true)
        {
            wanted.push((428, "If-Match is required"));
        }
    }
    if operation.takes_header("Last-Event-ID") {
        wanted.push((400, "Last-Event-ID can be malformed"));
    }
    if operation.body().is_some() {
        wanted.push((415, "its body is JSON"));
    }
    if operation.body().is_some() || operation.method == "POST" {
        wanted.extend([
            (400, "a body can be broken"),
            (413, "a body can be large"),
            (422, "a body can break a rule"),
        ]);
    }
    let special: &[(&str, &[u16])] = &[
        ("auth.login", &[401, 429]),
        ("auth.refresh", &[401, 403]),
        ("auth.logout", &[403]),
        ("auth.register", &[403, 409, 429]),
        ("auth.password_reset", &[410, 429]),
        ("tickets.update", &[409]),
        ("tickets.close", &[409]),
        ("tickets.reopen", &[409]),
        ("tickets.rate", &[409]),
        ("ticket_messages.create", &[409]),
        ("services.delete", &[409]),
        ("services.publish", &[409]),
        ("services.retire", &[409]),
        ("articles.create", &[409]),
        ("articles.update", &[409]),
        ("articles.publish", &[409]),
        ("articles.archive", &[409]),
        ("organizations.create", &[409]),
        ("organizations.update", &[409]),
        ("users.create", &[409]),
        ("users.update", &[409]),
    ];
    let own = special.iter().filter(|s| s.0 == operation.id);
    wanted.extend(
        own.flat_map(|s| s.1)
            .map(|status| (*status, "its own conflicts")),
    );
    wanted
}

#[test]
fn every_operation_lists_its_errors() {
    for operation in all_operations() {
        for (status, why) in must_list(&operation) {
            let answer = &operation.value["responses"][status.to_string()];
            assert!(
                answer.is_object(),
                "{} does not list {status}: {why}",
                operation.name()
            );
        }
    }
}

#[test]
fn every_error_is_a_problem() {
    for operation in all_operations() {
        let answers = operation.value["responses"].as_object().expect("answers");
        for (status, answer) in answers.iter().filter(|(s, _)| s.as_str() >= "400") {
            let what = format!("{} {status}", operation.name());
            let schema = &answer["content"]["application/problem+json"]["schema"];
            assert!(schema.is_object(), "{what} is no problem");
            assert_eq!(
                answer["content"].as_object().map(serde_json::Map::len),
                Some(1),
                "{what}"
            );
            let described = answer["description"].as_str().unwrap_or_default();
            assert!(
                described.contains('`'),
                "{what} does not name its code: {described}"
            );
        }
        let good = answers.keys().any(|s| s.starts_with('2'));
        assert!(good, "{} cannot succeed", operation.name());
    }
}
