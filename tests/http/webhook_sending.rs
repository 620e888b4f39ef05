//! Deliveries on their way: signed, tried again, given up, sent again, and none lost.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bsm_api::webhooks::payload;
use bsm_application::webhooks::{Gate, Pace, SystemResolver};
use bsm_tests::{Answer, Client, Desk, Manner, Receiver, hasty, sending};
use serde_json::{Value, json};
use standardwebhooks::Webhook;

const HOOKS: &str = "/api/admin/webhooks";
const PATIENCE: Duration = Duration::from_secs(20);

fn open_gate() -> Gate {
    Gate::new(Arc::new(SystemResolver), true)
}

/// An admin at a server that lets webhooks be sent to this machine.
fn admin(desk: &Desk) -> Client {
    desk.admin
        .at(&desk.beside(|state| state.gate = open_gate()))
}

async fn hook(admin: &Client, receiver: &Receiver) -> Answer {
    let body = json!({"url": receiver.url(), "event_types": ["ticket.created"]});
    admin.post(HOOKS, body).await.ok(201)
}

/// Waits until the newest delivery of a webhook stands like this.
async fn newest(admin: &Client, id: &str, status: &str) -> Value {
    let began = Instant::now();
    loop {
        let list = admin
            .get(&format!("{HOOKS}/{id}/deliveries?limit=1"))
            .await
            .ok(200);
        if list.body["items"][0]["status"] == status {
            let path = format!("{HOOKS}/{id}/deliveries/{}", list.str("/items/0/id"));
            return admin.get(&path).await.ok(200).body;
        }
        assert!(began.elapsed() < PATIENCE, "not {status}: {}", list.text);
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn verify(secret: &str, got: &bsm_tests::Got) -> bool {
    let mut headers = reqwest::header::HeaderMap::new();
    for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        headers.insert(name, got.header(name).parse().expect("a header"));
    }
    let hook = Webhook::new(secret).expect("a secret");
    hook.verify(got.body.as_bytes(), &headers).is_ok()
}

/// Another implementation than ours believes the signature, of both secrets while both are good.
async fn what_is_sent_is_signed(desk: &Desk) {
    let admin = admin(desk);
    let receiver = Receiver::willing().await;
    let made = hook(&admin, &receiver).await;
    let (id, old) = (made.str("/id").to_owned(), made.str("/secret").to_owned());
    sending(desk, open_gate(), hasty(), async {
        let ticket = desk.ticket_of(&desk.ana, "Signed").await;
        desk.set_status(&ticket, "resolved").await;
        let got = receiver.has(1, PATIENCE).await;
        assert!(verify(&old, &got[0]));
        let mut forged = got[0].clone();
        forged.body = forged.body.replace("ticket.created", "ticket.resolved");
        assert!(!verify(&old, &forged));
        let body = got[0].json();
        assert_eq!(
            (&body["type"], &body["data"]["type"]),
            (&json!("ticket.created"), &json!("ticket.created"))
        );
        assert_eq!(body["timestamp"], body["data"]["occurred_at"]);
        assert_eq!(body["data"]["subject"]["id"], json!(ticket));
        assert_eq!(got[0].header("content-type"), "application/json");
        let log = desk
            .admin
            .get("/api/admin/events/log?types=ticket.created")
            .await
            .ok(200);
        assert_eq!(body["data"], log.body["items"][0], "as the log renders it");

        let rotated = admin
            .post(&format!("{HOOKS}/{id}/rotate-secret"), json!({}))
            .await
            .ok(200);
        let new = rotated.str("/secret").to_owned();
        desk.ticket_of(&desk.ana, "Signed twice").await;
        let got = receiver.has(2, PATIENCE).await;
        assert_eq!(got[1].header("webhook-signature").split(' ').count(), 2);
        assert!(verify(&old, &got[1]) && verify(&new, &got[1]));
        assert!(!verify(&new, &got[0]));
        // A day later the old one is none any more.
        desk.db()
            .write(async |tx| {
                let long_ago = desk.state.app.now() - chrono::Duration::hours(1);
                tx.q("update webhooks set old_secret_until = $1")
                    .bind(long_ago)
                    .execute()
                    .await
            })
            .await
            .expect("moved");
        desk.ticket_of(&desk.ana, "Signed once").await;
        let got = receiver.has(3, PATIENCE).await;
        assert!(!verify(&old, &got[2]) && verify(&new, &got[2]));
        let seen = newest(&admin, &id, "delivered").await;
        assert_eq!(seen["id"], got[2].header("webhook-id"));
        assert_eq!(seen["payload"], got[2].body);
        assert_eq!(
            seen["log"][0]["signature"],
            got[2].header("webhook-signature")
        );
        assert_eq!(
            (&seen["log"][0]["status"], &seen["log"][0]["answer"]),
            (&json!(200), &json!("taken"))
        );
        assert!(!seen.to_string().contains("whsec_"));
    })
    .await;
}

/// Each kind of bad receiver: what stands in the log, that it is tried again with the same id and
/// body, and that it can be sent again once the receiver is well.
async fn receivers_misbehave(desk: &Desk) {
    let admin = admin(desk);
    let elsewhere = Receiver::willing().await;
    let redirect = format!("Location: {}\r\n", elsewhere.url());
    let kinds = [
        (
            Manner::Answer(500, "no\0t\x1b now".into()),
            "refused",
            Some(500),
        ),
        (Manner::Head(302, redirect), "redirected", Some(302)),
        (Manner::Slow(Duration::from_millis(1_600)), "timeout", None),
        (Manner::Cut, "no_connection", None),
        (Manner::Nonsense, "not_http", None),
    ];
    let mut hooks = Vec::new();
    for (manner, error, status) in kinds {
        let receiver = Receiver::start(manner).await;
        let id = hook(&admin, &receiver).await.str("/id").to_owned();
        hooks.push((receiver, id, error, status));
    }
    let down = Receiver::willing().await;
    let body = json!({"url": down.url(), "event_types": ["ticket.created"]});
    drop(down);
    let down = admin.post(HOOKS, body).await.ok(201).str("/id").to_owned();
    sending(desk, open_gate(), hasty(), async {
        desk.ticket_of(&desk.ana, "For all of them").await;
        for (receiver, id, error, status) in &hooks {
            let failed = newest(&admin, id, "failed").await;
            let log = failed["log"].as_array().expect("attempts");
            assert_eq!(log.len(), 4, "all tries: {error}");
            for attempt in log {
                assert_eq!(
                    (&attempt["error"], &attempt["status"]),
                    (&json!(error), &json!(status))
                );
                assert!(
                    attempt["error_detail"]
                        .as_str()
                        .is_some_and(|d| d.ends_with('.'))
                );
            }
            let got = receiver.got();
            assert!(
                got.iter()
                    .all(|g| g.header("webhook-id") == failed["id"] && g.body == failed["payload"])
            );
            receiver.behave(Manner::Answer(204, String::new()));
            let path = format!(
                "{HOOKS}/{id}/deliveries/{}/resend",
                failed["id"].as_str().expect("an id")
            );
            assert_eq!(
                admin.post(&path, json!({})).await.ok(200).str("/status"),
                "waiting"
            );
            let again = newest(&admin, id, "delivered").await;
            assert_eq!(
                (&again["id"], &again["attempts"]),
                (&failed["id"], &json!(5))
            );
            let webhook = admin.get(&format!("{HOOKS}/{id}")).await.ok(200);
            assert_eq!(webhook.body["failing_since"], Value::Null);
        }
        assert_eq!(
            newest(&admin, &down, "failed").await["log"][0]["error"],
            "no_connection"
        );
        let webhook = admin.get(&format!("{HOOKS}/{down}")).await.ok(200);
        assert!(webhook.body["failing_since"].is_string());
    })
    .await;
    assert_eq!(elsewhere.connections(), 0, "redirects are not followed");
}

/// Ten megabytes, and a body without an end: the status counts, no more than the beginning is read,
/// and neither takes longer than an attempt may.
async fn answers_are_read_no_further_than_needed(desk: &Desk) {
    let admin = admin(desk);
    let big = Receiver::start(Manner::Big(10 * 1024 * 1024)).await;
    let endless = Receiver::start(Manner::Endless).await;
    let ids = [
        hook(&admin, &big).await.str("/id").to_owned(),
        hook(&admin, &endless).await.str("/id").to_owned(),
    ];
    sending(desk, open_gate(), hasty(), async {
        desk.ticket_of(&desk.ana, "For both").await;
        let seen = newest(&admin, &ids[0], "delivered").await;
        assert_eq!(seen["log"][0]["answer"].as_str().map(str::len), Some(4096));
        let seen = newest(&admin, &ids[1], "delivered").await;
        let answer = seen["log"][0]["answer"].as_str().expect("text");
        assert!(!answer.is_empty() && answer.len() < 100, "{answer}");
        assert!(
            seen["log"][0]["latency_ms"]
                .as_i64()
                .is_some_and(|ms| ms < 1_500)
        );
    })
    .await;
    // What the network between holds was written, not what was read.
    assert!(big.written() < 9 * 1024 * 1024, "{}", big.written());
}

/// 410 disables at once; so does failing for longer than one may. Both leave event and audit.
async fn some_are_disabled(desk: &Desk) {
    let admin = admin(desk);
    let gone = Receiver::start(Manner::Answer(410, String::new())).await;
    let failing = Receiver::start(Manner::Answer(500, String::new())).await;
    let ids = [
        hook(&admin, &gone).await.str("/id").to_owned(),
        hook(&admin, &failing).await.str("/id").to_owned(),
    ];
    let pace = Pace {
        failing: Duration::from_millis(150),
        ..hasty()
    };
    sending(desk, open_gate(), pace, async {
        desk.ticket_of(&desk.ana, "For both").await;
        for (id, reason) in ids.iter().zip(["gone", "failing"]) {
            let began = Instant::now();
            loop {
                let now = admin.get(&format!("{HOOKS}/{id}")).await.ok(200);
                if now.str("/state") == "disabled" {
                    assert_eq!(now.str("/disabled_reason"), reason);
                    break;
                }
                assert!(began.elapsed() < PATIENCE);
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
        let before = gone.got().len();
        desk.ticket_of(&desk.ana, "For nobody").await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(gone.got().len(), before);
        let disabled =
            "select count(*) from audit where action = 'webhook.disabled' and actor_id is null";
        assert_eq!(desk.count(disabled).await, 2);
        let told = desk
            .admin
            .get("/api/admin/events/log?types=webhook.disabled")
            .await
            .ok(200);
        assert_eq!(told.ids().len(), 2);
        // A test goes also to one that is disabled, and is tried once.
        let path = format!("{HOOKS}/{}/test", ids[1]);
        admin.post(&path, json!({})).await.ok(201);
        let tested = newest(&admin, &ids[1], "failed").await;
        assert_eq!(
            (&tested["event_type"], &tested["attempts"]),
            (&json!("webhook.test"), &json!(1))
        );
        // Once it is enabled, what it was not told comes when it is asked for.
        failing.behave(Manner::Answer(200, String::new()));
        admin
            .post(&format!("{HOOKS}/{}/enable", ids[1]), json!({}))
            .await
            .ok(200);
        let since = json!({"since": "2020-01-01T00:00:00Z"});
        admin
            .post(&format!("{HOOKS}/{}/resend", ids[1]), since)
            .await
            .ok(200);
        let began = Instant::now();
        let wanted = "select count(*) from webhook_deliveries where status = 'delivered'";
        while desk.count(wanted).await < 2 {
            assert!(began.elapsed() < PATIENCE);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(
            desk.count(
                "select count(*) from webhook_deliveries where event_type = 'ticket.created'"
            )
            .await,
            3,
            "each event once for each that was told"
        );
    })
    .await;
}

/// A thousand events while the one receiver is down and the other hangs for ever: the live one beside
/// them gets each at once, and the first gets every one of them when it is back.
async fn nothing_is_lost_and_nobody_waits_for_others(desk: &Desk) {
    let admin = admin(desk);
    let live = Receiver::willing().await;
    let back_later = Receiver::start(Manner::Cut).await;
    let dead = Receiver::start(Manner::Slow(Duration::from_secs(600))).await;
    for receiver in [&live, &back_later, &dead] {
        hook(&admin, receiver).await;
    }
    let count = 1_000;
    let pace = Pace {
        pauses: vec![Duration::from_secs(2); 100],
        at_once: 16,
        ..hasty()
    };
    sending(desk, open_gate(), pace, async {
        let id = desk.ticket_of(&desk.ana, "The first").await;
        live.has(1, PATIENCE).await;
        append(desk, &id, count - 1).await;
        live.has(count, Duration::from_secs(120)).await;
        // The dead ones are still what they were: one event more comes to the living one at once.
        let began = Instant::now();
        desk.ticket_of(&desk.ana, "The last").await;
        live.has(count + 1, PATIENCE).await;
        let took = began.elapsed();
        assert!(
            took < Duration::from_secs(5),
            "it waited for others: {took:?}"
        );
        back_later.behave(Manner::Answer(200, String::new()));
        let began = Instant::now();
        let events: HashSet<String> = HashSet::from_iter(ids(&live));
        assert_eq!(events.len(), count + 1);
        let taken = "select count(*) from webhook_deliveries where status = 'delivered'";
        while desk.count(taken).await < 2 * (i64::try_from(count).expect("few") + 1) {
            assert!(began.elapsed() < Duration::from_secs(120), "some are lost");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert_eq!(HashSet::from_iter(ids(&back_later)), events, "0 lost");
    })
    .await;
}

/// A webhook that reads a long log again gets a page of it a turn, and the others their news in the same.
async fn who_reads_the_log_again_holds_up_nobody(desk: &Desk) {
    let admin = admin(desk);
    let live = Receiver::willing().await;
    let back = Receiver::willing().await;
    let live = hook(&admin, &live).await.str("/id").to_owned();
    let back = hook(&admin, &back).await.str("/id").to_owned();
    let told = async |id: &str| {
        let id: bsm_domain::ids::WebhookId = id.parse().expect("an id");
        let count = desk.db().read(async |tx| {
            tx.q("select count(*) from webhook_deliveries where webhook_id = $1")
                .bind(id)
                .scalar::<i64>()
                .await
        });
        count.await.expect("a count")
    };
    let turn = async || {
        let page = 10;
        let more = bsm_application::webhooks::fan_out(&desk.state.app, page, payload::of_event);
        more.await.expect("read")
    };
    let numbered = async || {
        let began = Instant::now();
        while desk
            .count("select count(*) from events where position is null")
            .await
            > 0
        {
            assert!(began.elapsed() < PATIENCE, "not numbered");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let id = desk.ticket_of(&desk.ana, "The first").await;
    append(desk, &id, 100).await;
    numbered().await;
    while turn().await {}
    assert_eq!((told(&live).await, told(&back).await), (101, 101));
    let since = json!({"since": "2020-01-01T00:00:00Z"});
    admin
        .post(&format!("{HOOKS}/{back}/resend"), since)
        .await
        .ok(200);
    desk.ticket_of(&desk.ana, "News").await;
    numbered().await;
    assert!(turn().await, "the other one is not done");
    assert_eq!((told(&live).await, told(&back).await), (102, 101));
    while turn().await {}
    assert_eq!((told(&live).await, told(&back).await), (102, 102));
}

fn ids(receiver: &Receiver) -> Vec<String> {
    let got = receiver.got();
    got.iter()
        .map(|g| {
            g.json()["data"]["id"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}

/// Events like that of this ticket, without the tickets.
async fn append(desk: &Desk, ticket: &str, count: usize) {
    let page = desk
        .admin
        .get("/api/admin/events/log?types=ticket.created&limit=100")
        .await;
    assert!(page.ok(200).text.contains(ticket));
    let log = desk
        .db()
        .read(async |tx| tx.events_after(0, 100_000).await)
        .await;
    let mut event = log
        .expect("the log")
        .into_iter()
        .filter_map(|row| row.event);
    let event = event.rfind(|e| e.kind.as_str() == "ticket.created");
    let event = event.expect("one");
    for begun in (0..count).step_by(100) {
        desk.db()
            .write(async |tx| {
                for _ in begun..count.min(begun + 100) {
                    let mut event = event.clone();
                    event.id = bsm_domain::ids::EventId::generate();
                    tx.append_event(&event).await?;
                }
                Ok::<_, bsm_persistence::DbError>(())
            })
            .await
            .expect("appended");
    }
}

bsm_tests::served_on_both_engines! {
    what_is_sent_is_signed,
    receivers_misbehave,
    answers_are_read_no_further_than_needed,
    some_are_disabled,
    nothing_is_lost_and_nobody_waits_for_others,
    who_reads_the_log_again_holds_up_nobody,
}
