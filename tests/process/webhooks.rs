//! Webhooks and real processes: a replica that dies loses nothing.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use bsm_tests::bsm::{Folder, Running};
use bsm_tests::{Manner, Receiver, TestDb};
use serde_json::{Value, json};

const SECRET: (&str, &str) = ("BSM_JWT_SECRET", "a secret of the tests, 32 bytes or more");
const EVENTS: usize = 40;

/// Of two replicas on one database one is killed with deliveries in its hands: the other takes them
/// over when the leases end, and every event arrives, each under one id.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_replica_loses_no_delivery() {
    let db = TestDb::postgres().await;
    let url = db.url().to_owned();
    let settings = [
        ("DATABASE_URL", url.as_str()),
        SECRET,
        ("BSM_DEMO", "true"),
        ("BSM_WEBHOOK_ALLOW_PRIVATE", "true"),
    ];
    let (one, two) = (Folder::new(), Folder::new());
    let first = Running::start(&one, &settings);
    let second = Running::start(&two, &settings);
    let admin = second.sign_in("admin@demo.example", "demo-password").await;
    let ana = second.sign_in("ana@acme.example", "demo-password").await;
    // Slow, so that there are deliveries in the hands of both whenever one is killed.
    let receiver = Receiver::start(Manner::Slow(Duration::from_millis(400))).await;
    let body = json!({"url": receiver.url(), "event_types": ["ticket.created"]});
    let hook = admin.post("/api/admin/webhooks", body).await.ok(201);
    let mut tickets = HashSet::new();
    for n in 0..EVENTS {
        let body = json!({"subject": format!("Ticket {n}"), "description": "It does not work."});
        let made = ana.post("/api/customer/tickets", body).await.ok(201);
        tickets.insert(made.str("/id").to_owned());
    }
    let held = "select count(distinct holder) from webhook_deliveries where holder is not null";
    let began = Instant::now();
    while db
        .read(async |tx| tx.q(held).scalar::<i64>().await)
        .await
        .expect("a count")
        < 2
    {
        assert!(
            began.elapsed() < Duration::from_secs(20),
            "only one replica sends"
        );
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    first.kill();
    let killed = Instant::now();
    let path = format!(
        "/api/admin/webhooks/{}/deliveries?limit=100",
        hook.str("/id")
    );
    loop {
        let list = admin.get(&path).await.ok(200);
        let items = list.body["items"].as_array().expect("items");
        if items.len() == EVENTS && items.iter().all(|i| i["status"] == "delivered") {
            break;
        }
        assert!(killed.elapsed() < Duration::from_secs(60), "{}", list.text);
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let got = receiver.got();
    let of = |pointer: &str| -> HashSet<String> {
        let bodies = got.iter().map(bsm_tests::Got::json);
        let texts = bodies.map(|b: Value| {
            b.pointer(pointer)
                .and_then(Value::as_str)
                .map(str::to_owned)
        });
        texts.flatten().collect()
    };
    assert_eq!(of("/data/subject/id"), tickets, "0 lost");
    let ids: HashSet<_> = got
        .iter()
        .map(|g| g.header("webhook-id").to_owned())
        .collect();
    assert_eq!(ids.len(), EVENTS, "what came twice came under the same id");
    let stopped = second.stop();
    assert!(stopped.status.success());
    db.remove().await;
}
