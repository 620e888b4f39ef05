//! Memory stays bounded, whatever file of people comes.

use std::fmt::Write as _;

use bsm_tests::bsm::{Folder, Running};
use bsm_tests::{Answer, Client};
use reqwest::Method;

const MIB: u64 = 1024 * 1024;

/// The largest files that are taken, each of its own kind of bad: the server never holds more than
/// a few times their size.
#[tokio::test]
async fn the_largest_files_do_not_fill_the_memory() {
    let data = Folder::new();
    let server = Running::start(&data, &[("BSM_DEMO", "true")]);
    let admin = server.sign_in("admin@demo.example", "demo-password").await;
    let small = "email,name\na@b.example,Ana\n".to_owned();
    send(&admin, small).await.ok(200);
    let before = server.peak_memory();

    let good = filled("email,name,organization\n", |n| {
        format!(
            "p{n}@import.example,{n} {},Company {}\n",
            "x".repeat(110),
            n % 5000
        )
    });
    let counts = send(&admin, good).await.ok(200).body["counts"].clone();
    assert_eq!(counts["create"], 20_000, "{counts}");
    let bad = filled("email,name,organization\n", |n| {
        format!("=p{n},={},@{}\n", "x".repeat(150), "y".repeat(150))
    });
    let counts = send(&admin, bad).await.ok(200).body["counts"].clone();
    assert_eq!(counts["error"], 20_000, "{counts}");
    let room = 8 * 1024 * 1024 - 20;
    let open = format!("email,name\n\"{}", "x,\n".repeat(room / 3));
    send(&admin, open).await.ok(200);
    let cells = format!("email{}", ",".repeat(room));
    send(&admin, cells).await.ok(422);
    let lines = format!("email\n{}", "\n".repeat(room));
    send(&admin, lines).await.ok(200);

    let grown = server.peak_memory() - before;
    assert!(grown < 160 * MIB, "it grew by {} MiB", grown / MIB);
    server.stop();
}

/// A file of 20,000 lines.
fn filled(first: &str, line: impl Fn(usize) -> String) -> String {
    let mut file = first.to_owned();
    for n in 0..20_000 {
        let _ = write!(file, "{}", line(n));
    }
    assert!(file.len() <= 8 * 1024 * 1024, "{} bytes", file.len());
    file
}

async fn send(client: &Client, file: String) -> Answer {
    let path = "/api/admin/users/import?dry_run=true&create_organizations=true";
    let request = client
        .request(Method::POST, path)
        .header("Content-Type", "text/csv")
        .body(file);
    bsm_tests::send(request).await
}
