//! The commands beside `serve`.

use bsm_tests::bsm::{Folder, Running, bsm, printed};
use serde_json::json;

#[tokio::test]
async fn the_first_admin_is_made_at_the_command_line() {
    let data = Folder::new();
    let server = Running::start(&data, &[("BSM_PUBLIC_URL", "https://desk.example.com")]);
    // Outside the demo nobody can sign in with a known password.
    for email in ["admin@demo.example", "admin", "admin@localhost"] {
        let refused = server.try_sign_in(email, "demo-password").await;
        assert!(matches!(refused.status, 401 | 422), "{}", refused.text);
    }

    let made = bsm(&data)
        .args([
            "user",
            "create",
            "--email",
            "boss@desk.example",
            "--name",
            "Boss",
            "--role",
            "admin",
        ])
        .env("BSM_PUBLIC_URL", "https://desk.example.com")
        .output()
        .expect("it runs");
    let text = printed(&made);
    assert!(made.status.success(), "{text}");
    let link = text
        .lines()
        .find(|l| l.starts_with("https://"))
        .expect("a link");
    let token = link
        .strip_prefix("https://desk.example.com/admin/set-password#token=")
        .expect("the page of the admin portal");

    let reset = json!({"token": token, "password": "the password of the boss"});
    let _ = server
        .nobody()
        .post("/api/auth/password/reset", reset.clone())
        .await
        .ok(204);
    let again = server
        .nobody()
        .post("/api/auth/password/reset", reset)
        .await
        .ok(410);
    assert_eq!(again.code(), "link_invalid");
    let boss = server
        .sign_in("boss@desk.example", "the password of the boss")
        .await;
    assert_eq!(boss.get("/api/auth/me").await.ok(200).str("/role"), "admin");

    let twice = bsm(&data)
        .args([
            "user",
            "create",
            "--email",
            "Boss@desk.example",
            "--name",
            "B",
            "--role",
            "agent",
        ])
        .output()
        .expect("it runs");
    assert!(!twice.status.success());
    assert!(
        printed(&twice).contains("already in use") && printed(&twice).contains("password-link"),
        "{}",
        printed(&twice)
    );
}

#[test]
fn an_empty_desk_says_how_to_make_its_first_admin_and_the_link_leads_to_it() {
    let data = Folder::new();
    let server = Running::start(&data, &[]);
    let base = server.base.clone();
    let made = bsm(&data)
        .args(["user", "create", "--email", "boss@desk.example"])
        .args(["--name", "Boss", "--role", "admin"])
        .env("BSM_BIND", base.trim_start_matches("http://"))
        .output()
        .expect("it runs");
    let text = printed(&made);
    // Nothing but the address that is listened on was said: the link must lead there.
    let page = format!("{base}/admin/set-password#token=");
    assert!(text.lines().any(|l| l.starts_with(&page)), "{text}");
    let said = printed(&server.stop());
    assert!(said.contains("bsm user create --email"), "{said}");

    let again = printed(&Running::start(&data, &[]).stop());
    assert!(!again.contains("bsm user create"), "{again}");
}

#[test]
fn a_health_check_can_ask_with_the_binary_alone() {
    let data = Folder::new();
    let ready = |bind: &str| {
        let asked = bsm(&data).arg("ready").env("BSM_BIND", bind).output();
        asked.expect("it runs")
    };
    let server = Running::start(&data, &[]);
    let address = server.base.trim_start_matches("http://").to_owned();
    let port = address.rsplit(':').next().expect("a port").to_owned();
    for bind in [address.clone(), format!("0.0.0.0:{port}")] {
        let asked = ready(&bind);
        assert!(asked.status.success(), "{}", printed(&asked));
    }
    server.stop();
    let asked = ready(&address);
    assert!(!asked.status.success());
    assert!(printed(&asked).contains(&address), "{}", printed(&asked));
}

#[test]
fn a_password_link_is_for_somebody() {
    let data = Folder::new();
    assert!(
        bsm(&data)
            .arg("migrate")
            .output()
            .expect("it runs")
            .status
            .success()
    );
    let output = bsm(&data)
        .args(["user", "password-link", "--email", "nobody@desk.example"])
        .output()
        .expect("it runs");
    assert!(!output.status.success());
    assert!(
        printed(&output).contains("not found"),
        "{}",
        printed(&output)
    );
}

#[test]
fn help_is_the_manual() {
    let data = Folder::new();
    let output = bsm(&data)
        .args(["serve", "--help"])
        .output()
        .expect("it runs");
    let text = printed(&output);
    for name in [
        "DATABASE_URL",
        "BSM_DATA_DIR",
        "BSM_BIND",
        "BSM_PUBLIC_URL",
        "BSM_JWT_SECRET",
        "BSM_ALLOWED_ORIGINS",
        "BSM_TRUSTED_PROXIES",
        "BSM_LIMITS",
        "BSM_DEMO",
    ] {
        assert!(text.contains(name), "{name} is missing in {text}");
    }
}
