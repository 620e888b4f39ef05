//! Starting, stopping, starting again.

use bsm_tests::TestDb;
use bsm_tests::bsm::{Folder, Running, bsm, printed};
use serde_json::json;

const PASSWORD: &str = "a long enough password";

async fn register(server: &Running, email: &str) {
    let body = json!({"email": email, "name": "Ana", "password": PASSWORD});
    let _ = server
        .nobody()
        .post("/api/auth/register", body)
        .await
        .ok(201);
}

#[tokio::test]
async fn a_restart_keeps_everything() {
    let data = Folder::new();
    let server = Running::start(&data, &[]);
    register(&server, "ana@acme.example").await;
    let ana = server.sign_in("ana@acme.example", PASSWORD).await;
    let wish = json!({"subject": "Keep me", "description": "over a restart"});
    let ticket = ana.post("/api/customer/tickets", wish).await.ok(201);
    let path = format!("/api/customer/tickets/{}", ticket.str("/number"));
    let stopped = server.stop();
    assert!(stopped.status.success(), "{}", printed(&stopped));

    let server = Running::start(&data, &[]);
    let ana = server.sign_in("ana@acme.example", PASSWORD).await;
    let again = ana.get(&path).await.ok(200);
    assert_eq!(again.body, ticket.body);
}

#[tokio::test]
async fn an_access_token_outlives_a_restart_and_not_its_secret() {
    let data = Folder::new();
    let server = Running::start(&data, &[]);
    register(&server, "ana@acme.example").await;
    let answer = server
        .try_sign_in("ana@acme.example", PASSWORD)
        .await
        .ok(200);
    let token = answer.str("/access_token").to_owned();
    server.stop();

    let me = async |server: &Running| {
        bsm_tests::Client::new(&server.base, Some(token.clone()))
            .get("/api/auth/me")
            .await
            .status
    };
    let server = Running::start(&data, &[]);
    assert_eq!(me(&server).await, 200);
    server.stop();
    let other = [("BSM_JWT_SECRET", "another secret, also of 32 bytes or more")];
    let server = Running::start(&data, &other);
    assert_eq!(me(&server).await, 401);
}

#[test]
fn a_second_process_on_the_same_file_is_refused() {
    let data = Folder::new();
    let _first = Running::start(&data, &[]);
    let second = bsm(&data)
        .arg("serve")
        .env("BSM_BIND", "127.0.0.1:0")
        .output()
        .expect("it runs");
    assert!(!second.status.success());
    let text = printed(&second);
    assert!(text.contains("another bsm process is using"), "{text}");
    assert!(text.contains(&data.path().display().to_string()), "{text}");
}

#[test]
fn the_made_secret_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let data = Folder::new();
    Running::start(&data, &[]).stop();
    let secret = data.path().join("secret");
    let mode = std::fs::metadata(&secret)
        .expect("made")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(std::fs::read_to_string(secret).expect("read").len() >= 32);
}

#[tokio::test]
async fn postgres_wants_a_secret_of_32_bytes() {
    let db = TestDb::postgres().await;
    let data = Folder::new();
    let serve = |secret: Option<&str>| {
        let mut command = bsm(&data);
        command
            .arg("serve")
            .env("DATABASE_URL", db.url())
            .env("BSM_BIND", "127.0.0.1:0");
        if let Some(secret) = secret {
            command.env("BSM_JWT_SECRET", secret);
        }
        let output = command.output().expect("it runs");
        assert!(!output.status.success());
        printed(&output)
    };
    assert!(serve(None).contains("BSM_JWT_SECRET is required with PostgreSQL"));
    let short = "31 bytes are not enough, no no.";
    let text = serve(Some(short));
    assert!(
        text.contains("too short") && !text.contains(short),
        "{text}"
    );
    db.remove().await;
}

#[test]
fn what_cannot_be_opened_is_told_without_its_password() {
    let data = Folder::new();
    let url = "postgres://bsm:hunter2hunter2@127.0.0.1:1/nowhere";
    let output = bsm(&data)
        .arg("serve")
        .env("DATABASE_URL", url)
        .env("BSM_JWT_SECRET", "a secret of the tests, 32 bytes or more")
        .output()
        .expect("it runs");
    let text = printed(&output);
    assert!(!output.status.success());
    assert!(
        text.contains("cannot open the database") && !text.contains("hunter2"),
        "{text}"
    );
}
