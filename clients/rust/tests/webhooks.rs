//! Signatures: the specification's example, and what must not be believed.

use std::time::{Duration, SystemTime};

use bsm_client::{NotBelieved, verify_webhook};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
/// The example that the libraries of the Standard Webhooks specification share.
const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
const AT: u64 = 1_614_265_330;
const BODY: &[u8] = br#"{"test": 2432232314}"#;

fn verify(
    secrets: &[&str],
    (id, signature): (&'static str, &'static str),
    body: &[u8],
    now: u64,
) -> Result<serde_json::Value, NotBelieved> {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(now);
    let header = |name: &str| match name {
        "webhook-id" => Some(id),
        "webhook-timestamp" => Some("1614265330"),
        "webhook-signature" => Some(signature),
        _ => None,
    };
    verify_webhook(secrets, header, body, now)
}

#[test]
fn the_known_example_is_believed() {
    let event = verify(&[SECRET], (ID, SIGNATURE), BODY, AT + 299).expect("believed");
    assert_eq!(event["test"], 2_432_232_314_u32);
    assert!(verify(&["whsec_b3RoZXI=", SECRET], (ID, SIGNATURE), BODY, AT).is_ok());
}

#[test]
fn everything_else_is_not() {
    use NotBelieved::{Header, Secret, Signature, Time};
    let v2 = "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    let other: &[u8] = br#"{"test": 2432232315}"#;
    for (secret, given, body, now, why) in [
        ("whsec_b3RoZXI=", (ID, SIGNATURE), BODY, AT, Signature),
        (SECRET, (ID, SIGNATURE), other, AT, Signature),
        (SECRET, ("msg_other", SIGNATURE), BODY, AT, Signature),
        (SECRET, (ID, v2), BODY, AT, Signature),
        (SECRET, (ID, "v1,?"), BODY, AT, Signature),
        (SECRET, (ID, SIGNATURE), BODY, AT + 301, Time),
        (SECRET, (ID, SIGNATURE), BODY, AT - 301, Time),
        ("whsec_?", (ID, SIGNATURE), BODY, AT, Secret),
    ] {
        assert_eq!(verify(&[secret], given, body, now), Err(why));
    }
    let none = verify_webhook(&[SECRET], |_| None, BODY, SystemTime::now());
    assert_eq!(none, Err(Header));
}
