//! Who may call what: each role calls each operation of both documents.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bsm_domain::api_key::Scope;
use bsm_tests::document::{Audience, Operation, all_operations};
use bsm_tests::{Client, Desk, Program, Samples};
use uuid::Uuid;

/// What one caller gets of one operation: `yes` where they are let in, else the status.
async fn tried(desk: &Desk, client: &Client, operation: &Operation, samples: &Samples) -> String {
    // Customers act on what is Ana's. At the desk an id that nothing has: whoever is let in gets
    // a 404, and nothing changes for those who come after.
    let path = match operation.audience {
        Audience::Customer => samples.path(operation),
        Audience::Admin => samples.path_with(operation, &Uuid::now_v7().to_string()),
    };
    // Whoever signs out everywhere can try nothing more: somebody in their place does.
    let stand_in = match operation.id.as_str() {
        "auth.end_sessions" => Some(desk.stand_in(client).await),
        _ => None,
    };
    let client = stand_in.as_ref().unwrap_or(client);
    let mut request = client
        .request(operation.method.clone(), &path)
        .header("Origin", &desk.base);
    if operation.takes_header("If-Match") {
        request = request.header("If-Match", "*");
    }
    if let Some(body) = samples.body(operation) {
        request = request.json(&body);
    }
    if operation.is_stream() {
        let answer = request.send().await.expect("an answer");
        return match answer.status().as_u16() {
            200 => "yes".into(),
            status => status.to_string(),
        };
    }
    let answer = bsm_tests::send(request).await;
    // People of tests have no password that a sample could name.
    let refused = answer.status == 422 && operation.id != "auth.password";
    assert!(
        answer.status < 500 && !refused,
        "{}: {}",
        operation.name(),
        answer.text
    );
    match (answer.status, answer.code()) {
        (401 | 403, "unauthenticated" | "forbidden") => answer.status.to_string(),
        _ => "yes".into(),
    }
}

/// Programs with keys of the admin's.
struct Keys {
    /// One a scope.
    single: Vec<(Scope, Program)>,
    /// One with each two scopes.
    pairs: Vec<(String, Program)>,
    /// One with all of them.
    every: Program,
    /// One for Acme, with all that it can have.
    of_acme: Program,
}

impl Keys {
    async fn of(desk: &Desk) -> Self {
        let mut single = Vec::new();
        for scope in Scope::ALL {
            single.push((*scope, desk.program(&[*scope], None).await));
        }
        let mut pairs = Vec::new();
        for (n, one) in Scope::ALL.iter().enumerate() {
            for two in &Scope::ALL[n + 1..] {
                let both = desk.program(&[*one, *two], None).await;
                pairs.push((format!("{one} and {two}"), both));
            }
        }
        let limited: Vec<Scope> = Scope::ALL
            .iter()
            .copied()
            .filter(|scope| scope.is_by_organization())
            .collect();
        Self {
            single,
            pairs,
            every: desk.program(Scope::ALL, None).await,
            of_acme: desk.program(&limited, Some(desk.acme)).await,
        }
    }

    /// The ways in by scopes, each sorted as the document writes it; none where no key is let in.
    async fn let_in(&self, desk: &Desk, operation: &Operation, samples: &Samples) -> Vec<String> {
        if operation.is_open() {
            return Vec::new();
        }
        let every = tried(desk, &self.every, operation, samples).await == "yes";
        if operation.audience == Audience::Customer {
            assert!(!every, "{}: a key is let in", operation.name());
            return Vec::new();
        }
        let mut ways = Vec::new();
        for (scope, program) in &self.single {
            if tried(desk, program, operation, samples).await == "yes" {
                ways.push(scope.to_string());
            }
        }
        assert!(every || ways.is_empty(), "{}", operation.name());
        if every && ways.is_empty() {
            for (name, program) in &self.pairs {
                if tried(desk, program, operation, samples).await == "yes" {
                    return vec![name.clone()];
                }
            }
            panic!("{}: only a key with everything is let in", operation.name());
        }
        ways
    }
}

/// The documents name the roles and scopes that were let in, no more and no fewer.
fn says_who_may_call(operation: &Operation, roles: &[&str], programs: &[String]) {
    let said = operation.value["security"].as_array();
    let mut said_roles: Vec<String> = Vec::new();
    let mut said_programs: Vec<String> = Vec::new();
    for way in said.into_iter().flatten() {
        for (scheme, names) in way.as_object().expect("a requirement") {
            let names: Vec<&str> = names
                .as_array()
                .expect("names")
                .iter()
                .map(|n| n.as_str().expect("a name"))
                .collect();
            match scheme.as_str() {
                "bearer" => said_roles.extend(names.iter().map(|n| (*n).to_owned())),
                "api_key" => said_programs.push(names.join(" and ")),
                other => panic!("{}: {other}", operation.name()),
            }
        }
    }
    if operation.is_open() {
        assert!(programs.is_empty(), "{}", operation.name());
    } else {
        assert_eq!(said_roles, roles, "{}", operation.name());
        said_programs.sort();
        let mut measured = programs.to_vec();
        measured.sort();
        assert_eq!(said_programs, measured, "{}", operation.name());
    }
}

/// The table is reviewed by people: a change of it is a change of who may do what. Operations
/// come from the documents, so one that is added fails here until its line is accepted
/// (`cargo insta review`, or `INSTA_UPDATE=always`).
async fn each_role_gets_what_the_table_says(desk: &Desk) {
    let samples = Samples::of(desk).await;
    let nobody = desk.nobody();
    let roles: [(&str, &Client); 4] = [
        ("nobody", &nobody),
        ("customer", &desk.ana),
        ("agent", &desk.agent),
        ("admin", &desk.admin),
    ];
    let keys = Keys::of(desk).await;
    let mut lines = BTreeMap::new();
    for operation in all_operations() {
        let mut let_in = Vec::new();
        let mut line = format!("{:<7} {:<44}", operation.method.as_str(), operation.path);
        for (role, client) in roles {
            let got = tried(desk, client, &operation, &samples).await;
            if got == "yes" {
                let_in.push(role);
            }
            let width = role.len();
            let _ = write!(line, " {got:<width$}");
        }
        let programs = keys.let_in(desk, &operation, &samples).await;
        let of_acme = tried(desk, &keys.of_acme, &operation, &samples).await;
        let _ = write!(line, " {of_acme:<4} {}", programs.join(" or "));
        says_who_may_call(&operation, &let_in, &programs);
        lines.insert(
            (operation.path, operation.method.to_string()),
            line.trim_end().to_owned(),
        );
    }
    let mut table = format!("{:<7} {:<44}", "", "");
    for (role, _) in roles {
        let _ = write!(table, " {role}");
    }
    // A key for Acme with every scope that there is for one organization, then which scopes let
    // an unlimited key in.
    let _ = write!(table, " acme keys");
    for line in lines.values() {
        let _ = write!(table, "\n{line}");
    }
    insta::assert_snapshot!("roles", table);
}

/// A token speaks for its own portal, its own session and the time it was made for.
async fn a_token_is_good_for_what_it_was_made_for(desk: &Desk) {
    use bsm_domain::actor::Portal;
    let now = desk.state.app.now();
    let me = async |token: Option<String>| {
        Client::new(&desk.base, token)
            .get("/api/auth/me")
            .await
            .status
    };
    let issue = |id, session, portal, at| desk.state.tokens.issue(id, session, portal, at);
    let (ana, agent) = (&desk.ana, &desk.agent);
    assert_eq!(
        me(issue(ana.id, ana.session, Portal::Customer, now)).await,
        200
    );
    let old = now - chrono::Duration::seconds(700);
    for (what, token) in [
        ("expired", issue(ana.id, ana.session, Portal::Customer, old)),
        (
            "another portal",
            issue(ana.id, ana.session, Portal::Admin, now),
        ),
        (
            "another's session",
            issue(ana.id, agent.session, Portal::Customer, now),
        ),
        (
            "another person",
            issue(agent.id, ana.session, Portal::Customer, now),
        ),
        (
            "no session",
            issue(
                ana.id,
                bsm_domain::ids::SessionId::generate(),
                Portal::Customer,
                now,
            ),
        ),
        ("garbage", Some("garbage".into())),
        ("no signature", Some("eyJhbGciOiJub25lIn0.e30.".into())),
        ("nothing", None),
    ] {
        assert_eq!(me(token).await, 401, "{what}");
    }
    let good = issue(ana.id, ana.session, Portal::Customer, now).expect("a token");
    let (head, signature) = good.rsplit_once('.').expect("three parts");
    let turned: String = signature.chars().rev().collect();
    assert_eq!(
        me(Some(format!("{head}.{turned}"))).await,
        401,
        "another signature"
    );
    // Never in the address.
    let path = format!("/api/auth/me?access_token={good}");
    assert_eq!(desk.nobody().get(&path).await.status, 401);
}

bsm_tests::served_on_both_engines! {
    each_role_gets_what_the_table_says,
    a_token_is_good_for_what_it_was_made_for,
}
