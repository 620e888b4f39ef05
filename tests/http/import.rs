//! People from a file.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use bsm_tests::{Answer, Client, Desk};
use reqwest::Method;
use serde_json::{Value, json};

const PATH: &str = "/api/admin/users/import";

async fn send(client: &Client, query: &str, file: impl Into<Vec<u8>>) -> Answer {
    let request = client
        .request(Method::POST, &format!("{PATH}{query}"))
        .header("Content-Type", "text/csv; charset=utf-8")
        .body(file.into());
    bsm_tests::send(request).await
}

fn counts(answer: &Answer) -> [u64; 4] {
    ["create", "update", "unchanged", "error"]
        .map(|kind| answer.body["counts"][kind].as_u64().expect("a count"))
}

/// Line, outcome, and the codes of what is wrong, of the lines that are refused.
fn problems(answer: &Answer) -> Vec<(u64, String)> {
    let lines = answer.body["lines"].as_array().expect("lines");
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    lines
        .iter()
        .filter(|l| l["outcome"] == "error")
        .map(|l| {
            let all = l["problems"].as_array().expect("problems");
            let codes: Vec<_> = all
                .iter()
                .map(|p| format!("{} {}", text(&p["column"]), text(&p["code"])))
                .collect();
            assert!(!codes.is_empty(), "{l}");
            (l["line"].as_u64().expect("a number"), codes.join(", "))
        })
        .collect()
}

/// All that a file may touch, as it is now.
async fn state(desk: &Desk) -> [i64; 7] {
    [
        desk.count("select count(*) from users").await,
        desk.count("select cast(sum(version) as bigint) from users")
            .await,
        desk.count("select count(*) from organizations").await,
        desk.count("select count(*) from events").await,
        desk.count("select count(*) from audit").await,
        desk.count("select count(*) from sessions where ended_at is null")
            .await,
        desk.count("select count(*) from content_search where kind in ('user', 'organization')")
            .await,
    ]
}

/// A file of 10,000 people of a hundred companies, and what is wrong with twelve more lines.
fn ten_thousand() -> (String, Vec<(u64, String)>) {
    let mut file =
        String::from("\u{feff}name;organization;email;organization_role;active;role\r\n");
    for n in 0..10_000 {
        let role = if n % 100 == 0 { "manager" } else { "" };
        let active = if n % 50 == 7 { "no" } else { "yes" };
        let _ = write!(
            file,
            "\"Person {n}; of {}\";Company {};p{n}@import.example;{role};{active};customer\r\n",
            n % 100,
            n % 100
        );
    }
    let bad = [
        (";;not-an-address;;;", "email bad_format"),
        ("Eve;;;;;", "email required"),
        ("=HYPERLINK(1);;f1@import.example;;;", "name formula"),
        ("Eve;@SUM(1);f2@import.example;;;", "organization formula"),
        ("Eve;;P5@IMPORT.example;;;", "email duplicate"),
        ("Eve;;f3@import.example;;;boss", "role not_allowed"),
        ("Eve;;f4@import.example;;maybe;", "active not_allowed"),
        (
            "Eve;Company 1;f5@import.example;;;agent",
            "organization not_allowed",
        ),
        (
            "Eve;;f6@import.example;manager;;",
            "organization_role not_allowed",
        ),
        (";;f7@import.example;;;", "name required"),
        ("Eve;;f8@import.example", " too_few_cells"),
        ("Eve;;f9@import.example;;;;;", " too_many_cells"),
        (
            "Ada;;admin@demo.example;;no;agent",
            "role admin_protected, active admin_protected",
        ),
    ];
    let mut problems = Vec::new();
    for (n, (line, what)) in (10_002..).zip(bad) {
        let _ = write!(file, "{line}\r\n");
        problems.push((n, what.to_owned()));
    }
    let _ = write!(file, "{};;f10@import.example;;;\r\n", "x".repeat(121));
    problems.push((10_015, "name too_long".to_owned()));
    (file, problems)
}

/// The whole way: what would happen, that it does not happen, that it happens, and that the same
/// file then changes nothing. Others write in between without waiting long.
async fn ten_thousand_people_come_once(desk: &Desk) {
    let (file, wanted) = ten_thousand();
    let before = state(desk).await;
    let begun = Instant::now();
    let dry = send(
        &desk.admin,
        "?dry_run=true&create_organizations=true",
        file.clone(),
    )
    .await;
    let dry_took = begun.elapsed();
    let dry = dry.ok(200);
    assert_eq!(counts(&dry), [10_000, 0, 0, 14]);
    assert_eq!(problems(&dry), wanted);
    assert_eq!(
        dry.body["organizations"].as_array().map(Vec::len),
        Some(100)
    );
    assert_eq!(dry.body["lines"][9_999]["line"], 10_001);
    assert_eq!(state(desk).await, before, "a dry run writes nothing");

    let begun = Instant::now();
    let importing = send(&desk.admin, "?create_organizations=true", file.clone());
    let others = async {
        let mut longest = Duration::ZERO;
        let path = format!("/api/admin/users/{}", desk.ben.id);
        for n in 0..40 {
            tokio::time::sleep(Duration::from_millis(40)).await;
            let asked = Instant::now();
            let name = json!({"name": format!("Ben {n}")});
            desk.admin.patch(&path, "*", name).await.ok(200);
            longest = longest.max(asked.elapsed());
        }
        longest
    };
    let (done, longest) = tokio::join!(importing, others);
    let took = begun.elapsed();
    let done = done.ok(200);
    assert_eq!(counts(&done), [10_000, 0, 0, 14]);
    assert_eq!(problems(&done), wanted);
    assert_eq!(
        done.body["organizations"].as_array().map(Vec::len),
        Some(100)
    );
    assert!(
        longest < Duration::from_secs(3),
        "another writer waited {longest:?}"
    );

    let people = desk.count("select count(*) from users where email like '%@import.example'");
    assert_eq!(people.await, 10_000);
    let managers = desk.count(
        "select count(*) from users where email like '%@import.example' and organization_role = 'manager'",
    );
    assert_eq!(managers.await, 100);
    let idle = "select count(*) from users where email like '%@import.example' and not active";
    assert_eq!(desk.count(idle).await, 200);
    let versions = "select count(*) from users where email like '%@import.example' and version = 1";
    assert_eq!(desk.count(versions).await, 10_000);
    for (sql, rows) in [
        (
            "select count(*) from events where kind = 'user.created'",
            10_000,
        ),
        (
            "select count(*) from events where kind = 'organization.created'",
            100,
        ),
        (
            "select count(*) from audit where action = 'user.created' and via = 'import'",
            10_000,
        ),
        (
            "select count(*) from audit where action = 'organization.created' and via = 'import'",
            100,
        ),
    ] {
        assert_eq!(desk.count(sql).await, rows, "{sql}");
    }
    let found = desk.agent.get("/api/admin/users?q=p4321").await.ok(200);
    assert_eq!(found.str("/items/0/name"), "Person 4321; of 21");
    assert_eq!(found.str("/items/0/organization/name"), "Company 21");

    let before = state(desk).await;
    let begun = Instant::now();
    let again = send(&desk.admin, "?create_organizations=true", file)
        .await
        .ok(200);
    let again_took = begun.elapsed();
    assert_eq!(counts(&again), [0, 0, 10_000, 14]);
    assert_eq!(problems(&again), wanted);
    assert_eq!(again.body["organizations"], json!([]));
    assert_eq!(
        state(desk).await,
        before,
        "the same file again changes nothing"
    );
    println!(
        "dry run {dry_took:?}, import {took:?}, again {again_took:?}, longest wait {longest:?}"
    );
}

/// What is there changes where a line says so; what it does not say stays.
async fn lines_change_what_they_speak_of(desk: &Desk) {
    let ben = async || {
        desk.agent
            .get(&format!("/api/admin/users/{}", desk.ben.id))
            .await
            .ok(200)
    };
    let (begun, session) = (ben().await, &desk.ben);
    assert_eq!(session.get("/api/auth/me").await.status, 200);
    let file = "email,name,organization\nben@acme.example,Ben Berg,\ndora@dora.example,,ACMÉ\n";
    let done = send(&desk.admin, "", file).await.ok(200);
    assert_eq!(counts(&done), [0, 2, 0, 0]);
    assert_eq!(done.body["lines"][0]["changes"], json!(["name"]));
    assert_eq!(
        done.body["lines"][1]["changes"],
        json!(["organization", "organization_role"])
    );
    let now = ben().await;
    assert_eq!(
        (now.str("/name"), &now.body["version"]),
        ("Ben Berg", &json!(2))
    );
    for kept in [
        "/email",
        "/role",
        "/organization/name",
        "/organization_role",
        "/created_at",
    ] {
        assert_eq!(now.str(kept), begun.str(kept), "{kept}");
    }
    assert_eq!(
        session.get("/api/auth/me").await.status,
        200,
        "a name ends no session"
    );
    let found = desk.agent.get("/api/admin/users?q=berg").await;
    assert_eq!(found.ids(), [desk.ben.id.to_string()]);

    // Another role and `active` end sessions, as by hand.
    let file = "email,role,active\nben@acme.example,agent,\ncarla@globex.example,,false\n";
    let done = send(&desk.admin, "", file).await.ok(200);
    assert_eq!(counts(&done), [0, 2, 0, 0]);
    assert_eq!(session.get("/api/auth/me").await.status, 401);
    assert_eq!(desk.carla.get("/api/auth/me").await.status, 401);
    assert!(
        ben().await.body["organization"].is_null(),
        "staff have no company"
    );

    // A company that is not there is not made unless one says so.
    let file = "email,name,organization\nnew@new.example,New,Initech\n";
    let refused = send(&desk.admin, "", file).await.ok(200);
    assert_eq!(
        problems(&refused),
        [(2, "organization unknown_organization".to_owned())]
    );
    let none = "select count(*) from organizations where name = 'Initech'";
    assert_eq!(desk.count(none).await, 0);
    let done = send(&desk.admin, "?create_organizations=true", file)
        .await
        .ok(200);
    assert_eq!(done.body["organizations"], json!(["Initech"]));
    // Nobody has a password yet: a link is what they get.
    let id = done.str("/lines/0/user_id").to_owned();
    let link = format!("/api/admin/users/{id}/password-link");
    desk.admin.post(&link, json!({})).await.ok(200);
}

/// What was left of a broken import is done by giving the same file again.
async fn a_broken_import_goes_on(desk: &Desk) {
    let mut file = String::from("email,name\n");
    for n in 0..1_500 {
        let _ = writeln!(file, "p{n}@import.example,Person {n}");
    }
    let request = desk
        .admin
        .request(Method::POST, PATH)
        .header("Content-Type", "text/csv")
        .body(file.clone())
        .timeout(Duration::from_millis(150));
    let broken = request.send().await;
    let people = "select count(*) from users where email like '%@import.example'";
    let there = desk.count(people).await;
    assert!(broken.is_err() || there == 1_500);
    let done = send(&desk.admin, "", file.clone()).await.ok(200);
    let [create, update, unchanged, error] = counts(&done);
    assert_eq!((create + unchanged, update, error), (1_500, 0, 0));
    assert_eq!(desk.count(people).await, 1_500);
    // Each line with all that belongs to it, and once.
    for sql in [
        "select count(*) from audit where action = 'user.created'",
        "select count(*) from events where kind = 'user.created'",
        "select count(distinct subject_id) from events where kind = 'user.created'",
    ] {
        assert_eq!(desk.count(sql).await, 1_500, "{sql}");
    }
    let again = send(&desk.admin, "", file).await.ok(200);
    assert_eq!(counts(&again), [0, 0, 1_500, 0]);
}

/// Two admins give the same file at the same moment: everybody comes once.
async fn the_same_file_twice_at_once(desk: &Desk) {
    let mut file = String::from("email,name,organization\n");
    for n in 0..400 {
        let _ = writeln!(file, "p{n}@import.example,Person {n},Company {}", n % 20);
    }
    let give = || send(&desk.admin, "?create_organizations=true", file.clone());
    let (a, b) = tokio::join!(give(), give());
    let (a, b) = (counts(&a.ok(200)), counts(&b.ok(200)));
    assert_eq!(a[0] + b[0], 400, "{a:?} {b:?}");
    assert_eq!((a[3], b[3]), (0, 0));
    let people = "select count(*) from users where email like '%@import.example'";
    assert_eq!(desk.count(people).await, 400);
    assert_eq!(desk.count("select count(*) from organizations").await, 22);
}

/// What is no such file is refused whole, and so is who may not.
async fn what_is_no_such_file_is_refused(desk: &Desk) {
    let fields = async |file: &[u8]| {
        let answer = send(&desk.admin, "", file).await;
        (answer.status, answer.bad_fields())
    };
    let one = |pointer: &str, code: &str| (422_u16, vec![(pointer.to_owned(), code.to_owned())]);
    assert_eq!(fields(b"").await, one("/email", "required"));
    assert_eq!(
        fields(b"email,password\n").await,
        one("/password", "unknown_field")
    );
    assert_eq!(fields(b"email,Email\n").await, one("/email", "duplicate"));
    assert_eq!(fields(b"\xfe\xff\0e\0m").await, one("", "bad_encoding"));
    let many = "email\n".to_owned() + &"a@b.example\n".repeat(20_001);
    assert_eq!(fields(many.as_bytes()).await, one("", "too_many"));

    let answer = desk.admin.post(PATH, json!({"email": "a@b.example"})).await;
    assert_eq!(
        (answer.status, answer.code()),
        (415, "unsupported_media_type")
    );
    let large = vec![b'x'; 8 * 1024 * 1024 + 1];
    let answer = send(&desk.admin, "", large).await;
    assert_eq!((answer.status, answer.code()), (413, "body_too_large"));
    let odd = send(&desk.admin, "?dry=true", "email\n").await;
    assert_eq!((odd.status, odd.code()), (400, "invalid_query"));
    let odd = send(&desk.admin, "?dry_run=maybe", "email\n").await;
    assert_eq!((odd.status, odd.code()), (400, "invalid_query"));

    let file = "email,name\nx@x.example,X\n";
    assert_eq!(send(&desk.agent, "", file).await.status, 403);
    assert_eq!(send(&desk.ana, "", file).await.status, 403);
    assert_eq!(send(&desk.nobody(), "", file).await.status, 401);
    assert_eq!(
        desk.count("select count(*) from users where email = 'x@x.example'")
            .await,
        0
    );
    // Only the first line: nothing to do.
    let none = send(&desk.admin, "", "email,name\n").await.ok(200);
    assert_eq!(counts(&none), [0, 0, 0, 0]);
}

bsm_tests::served_on_both_engines! {
    ten_thousand_people_come_once,
    lines_change_what_they_speak_of,
    a_broken_import_goes_on,
    the_same_file_twice_at_once,
    what_is_no_such_file_is_refused,
}
