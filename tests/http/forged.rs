//! Tokens and keys that we did not write, or that are good no longer: 401, on every operation.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bsm_domain::api_key::{self, Scope};
use bsm_tests::document::{Operation, all_operations};
use bsm_tests::{Client, Desk, SECRET, Samples};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};

fn signed(algorithm: Algorithm, key: &str, claims: &Value) -> String {
    let key = EncodingKey::from_secret(key.as_bytes());
    encode(&Header::new(algorithm), claims, &key).expect("a token")
}

/// What the admin's own token says, and what each forger changes of it.
async fn forgeries(desk: &Desk) -> Vec<(&'static str, String)> {
    let now = desk.state.app.now().timestamp();
    let claims = json!({
        "iss": "bsm", "aud": "admin", "sub": desk.admin.id, "sid": desk.admin.session,
        "iat": now, "exp": now + 600,
    });
    let good = signed(Algorithm::HS256, SECRET, &claims);
    let me = Client::new(&desk.base, Some(good.clone()));
    me.get("/api/admin/audit").await.ok(200);

    let with = |field: &str, value: Value| {
        let mut claims = claims.clone();
        claims[field] = value;
        signed(Algorithm::HS256, SECRET, &claims)
    };
    let without = |field: &str| {
        let mut claims = claims.clone();
        claims.as_object_mut().expect("claims").remove(field);
        signed(Algorithm::HS256, SECRET, &claims)
    };
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let (head, signature) = good.rsplit_once('.').expect("three parts");
    let header = head.split('.').next().expect("a header");
    let mut promoted = claims.clone();
    promoted["sub"] = json!(desk.agent.id);

    let login = json!({"email": "forger@forger.example", "password": "a password of one's own"});
    let mut register = login.clone();
    register["name"] = json!("A forger");
    let nobody = desk.nobody();
    nobody.post("/api/auth/register", register).await.ok(201);
    let signed_in = nobody.post("/api/auth/login", login).await.ok(200);
    let cookie = signed_in.headers["set-cookie"].to_str().expect("text");
    let refresh = cookie.split(['=', ';']).nth(1).expect("a refresh token");

    let every = |name: &str, more: Value| {
        let mut body = json!({"name": name, "scopes": Scope::ALL});
        for (field, value) in more.as_object().expect("fields") {
            body[field] = value.clone();
        }
        body
    };
    let make = async |body: Value| desk.admin.post("/api/admin/api-keys", body).await.ok(201);
    let revoked = make(every("revoked", json!({}))).await;
    let path = format!("/api/admin/api-keys/{}/revoke", revoked.str("/id"));
    desk.admin.post(&path, json!({})).await.ok(200);
    let soon = desk.state.app.now() + chrono::Duration::milliseconds(1_500);
    let expired = make(every("expired", json!({"expires_at": soon}))).await;
    let standing = make(every("standing", json!({}))).await;
    let key = standing.str("/key");
    // One letter of the secret is another one, once with the checksum of before, once with the
    // right one.
    let other = if &key[40..41] == "a" { "b" } else { "a" };
    let typo = [&key[..40], other, &key[41..]].concat();
    let id = api_key::read(key).expect("a key");
    let secret = [&key[26..40], other, &key[41..69]].concat();
    let guessed = api_key::write(id, &secret);
    assert_ne!(guessed, key);
    let unknown = api_key::write(bsm_domain::ids::ApiKeyId::generate(), &key[26..69]);

    tokio::time::sleep(std::time::Duration::from_millis(1_600)).await;
    vec![
        ("expired", with("exp", json!(now - 1))),
        ("not yet valid", with("nbf", json!(now + 300))),
        ("no exp", without("exp")),
        ("exp as text", with("exp", json!((now + 600).to_string()))),
        ("no sub", without("sub")),
        ("wrong audience", with("aud", json!("elsewhere"))),
        ("no audience", without("aud")),
        ("wrong issuer", with("iss", json!("somebody"))),
        ("no issuer", without("iss")),
        (
            "alg none",
            format!(
                "{}.{}.",
                part(&json!({"alg": "none", "typ": "JWT"})),
                part(&claims)
            ),
        ),
        (
            "another key",
            signed(
                Algorithm::HS256,
                "another secret, 32 bytes or more",
                &claims,
            ),
        ),
        ("no key", signed(Algorithm::HS256, "", &claims)),
        ("HS512", signed(Algorithm::HS512, SECRET, &claims)),
        ("HS384", signed(Algorithm::HS384, SECRET, &claims)),
        (
            "changed payload",
            format!("{header}.{}.{signature}", part(&promoted)),
        ),
        ("no signature", format!("{head}.")),
        ("a refresh token", refresh.to_owned()),
        ("empty", String::new()),
        ("huge", "a".repeat(8_000)),
        ("a key with a typo", typo),
        ("a key with a guessed secret", guessed),
        ("a key of no id", unknown),
        ("a revoked key", revoked.str("/key").to_owned()),
        ("an expired key", expired.str("/key").to_owned()),
        ("the hint of a key", standing.str("/hint").replace('…', "")),
    ]
}

async fn status(client: &Client, operation: &Operation, samples: &Samples) -> u16 {
    let mut request = client.request(operation.method.clone(), &samples.path(operation));
    if operation.takes_header("If-Match") {
        request = request.header("If-Match", "*");
    }
    if let Some(body) = samples.body(operation) {
        request = request.json(&body);
    }
    bsm_tests::send(request).await.status
}

async fn every_forgery_is_refused_everywhere(desk: &Desk) {
    let samples = Samples::of(desk).await;
    let forged = forgeries(desk).await;
    let mut tried = 0;
    for operation in all_operations().iter().filter(|o| !o.is_open()) {
        for (what, token) in &forged {
            let client = desk.admin.with_token(token.clone());
            let got = status(&client, operation, &samples).await;
            assert_eq!(got, 401, "{}: {what}", operation.name());
            tried += 1;
        }
    }
    assert!(tried > 2_000, "{tried}");
}

bsm_tests::served_on_both_engines! {
    every_forgery_is_refused_everywhere,
}
