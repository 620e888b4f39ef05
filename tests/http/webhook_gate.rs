//! Where webhooks are never sent to, asked when an address is saved and when a connection is made.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bsm_api::webhooks::HttpPost;
use bsm_application::webhooks::{Gate, Outgoing, Post as _, Resolve, Resolved, SystemResolver};
use bsm_domain::webhook::AttemptError;
use bsm_tests::{Client, Desk, Receiver, hasty, sending};
use serde_json::json;

/// Answers each question with the next of its addresses, and then with the last.
struct Rebinding {
    addresses: Vec<IpAddr>,
    asked: AtomicUsize,
}

impl Rebinding {
    fn new(addresses: &[IpAddr]) -> Arc<Self> {
        let addresses = addresses.to_vec();
        let asked = AtomicUsize::new(0);
        Arc::new(Self { addresses, asked })
    }
}

impl Resolve for Rebinding {
    fn resolve(&self, _: &str) -> Resolved {
        let n = self.asked.fetch_add(1, Ordering::Relaxed);
        let found = vec![self.addresses[n.min(self.addresses.len() - 1)]];
        Box::pin(async move { Ok(found) })
    }
}

const PUBLIC: IpAddr = IpAddr::V4(Ipv4Addr::new(93, 184, 215, 14));
const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Every way to write an address of this machine or of a private network that we know of.
fn forms(port: u16) -> Vec<String> {
    [
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "127.255.255.254",
        "2130706433",
        "017700000001",
        "0x7f000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "0x7f.1",
        "127.0.0.1.",
        "%31%32%37.0.0.1",
        "１２７.0.0.1",
        "127。0。0。1",
        "0",
        "0.0.0.0",
        "10.0.0.1",
        "167772161",
        "172.16.0.1",
        "172.31.255.254",
        "192.168.1.1",
        "0xc0a80101",
        "169.254.169.254",
        "0xa9fea9fe",
        "100.64.0.1",
        "192.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "a.localhost",
        "localhost.localdomain",
        "printer.local",
        "metadata.google.internal",
        "[::]",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b:1::7f00:1]",
        "[2002:7f00:1::]",
        "[2001:0:7f00:1::]",
        "[2001:db8::1]",
        "[fe80::1]",
        "[fec0::1]",
        "[fc00::1]",
        "[fd00::1]",
        "[ff02::1]",
        "user@127.0.0.1",
        "user:password@8.8.8.8",
        "8.8.8.8@127.0.0.1",
    ]
    .iter()
    .map(|host| format!("http://{host}:{port}/hook"))
    .collect()
}

async fn forbidden_addresses_are_refused_when_saved(desk: &Desk) {
    let canary = Receiver::willing().await;
    let forms = forms(canary.port());
    assert!(forms.len() >= 40);
    for form in &forms {
        let url = form.replacen("http://", "https://", 1);
        let answer = desk
            .admin
            .post("/api/admin/webhooks", json!({"url": url}))
            .await;
        assert_eq!(answer.status, 422, "{url}: {}", answer.text);
        assert_eq!(answer.bad_fields()[0].0, "/url", "{url}");
    }
    assert_eq!(canary.connections(), 0);
    assert_eq!(desk.count("select count(*) from webhooks").await, 0);
}

/// The same addresses, as if they had got into the database: nothing connects to them.
#[tokio::test]
async fn forbidden_addresses_are_refused_when_connecting() {
    let canary = Receiver::willing().await;
    let resolvers: [Arc<dyn Resolve>; 2] = [Arc::new(SystemResolver), Rebinding::new(&[LOOPBACK])];
    for resolver in resolvers {
        let post = HttpPost::new(Gate::new(resolver, false));
        for form in forms(canary.port()) {
            for url in [form.replacen("http://", "https://", 1), form.clone()] {
                let answer = post.post(outgoing(&url)).await;
                let error = answer.expect_err(&url).error;
                assert_eq!(error, AttemptError::ForbiddenAddress, "{url}");
            }
        }
    }
    assert_eq!(canary.connections(), 0);
    // The canary can be heard at all.
    let open = HttpPost::new(Gate::new(Arc::new(SystemResolver), true));
    assert_eq!(
        open.post(outgoing(&canary.url()))
            .await
            .expect("an answer")
            .status,
        200
    );
    assert_eq!(canary.connections(), 1);
}

fn outgoing(url: &str) -> Outgoing {
    Outgoing {
        url: url.to_owned(),
        headers: [
            ("webhook-id", "1".into()),
            ("webhook-timestamp", "1".into()),
            ("webhook-signature", "v1,".into()),
        ],
        body: "{}".into(),
        timeout: Duration::from_secs(2),
    }
}

/// A name that led to a public address when it was saved leads to this machine when it is used.
async fn a_name_that_leads_elsewhere_later_is_not_followed(desk: &Desk) {
    let canary = Receiver::willing().await;
    let gate = Gate::new(Rebinding::new(&[PUBLIC, LOOPBACK]), false);
    let base = desk.beside(|state| state.gate = gate.clone());
    let admin: Client = desk.admin.at(&base);
    let url = format!("https://hooks.example.com:{}/", canary.port());
    let made = admin
        .post("/api/admin/webhooks", json!({"url": url}))
        .await
        .ok(201);
    let path = format!("/api/admin/webhooks/{}", made.str("/id"));
    let test = admin.post(&format!("{path}/test"), json!({})).await.ok(201);
    let location = test.header("location").to_owned();
    sending(desk, gate, hasty(), async {
        loop {
            let now = admin.get(&location).await.ok(200);
            if now.str("/status") != "waiting" {
                assert_eq!(now.str("/status"), "failed");
                assert_eq!(now.str("/log/0/error"), "forbidden_address");
                assert_eq!(now.body["log"][0]["answer"], json!(null));
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
    assert_eq!(canary.connections(), 0);
    // One that does not lead anywhere public is refused at once.
    let gate = Gate::new(Rebinding::new(&[LOOPBACK]), false);
    let base = desk.beside(|state| state.gate = gate);
    let refused = desk
        .admin
        .at(&base)
        .post("/api/admin/webhooks", json!({"url": url}))
        .await;
    assert_eq!(refused.status, 422);
}

bsm_tests::served_on_both_engines! {
    forbidden_addresses_are_refused_when_saved,
    a_name_that_leads_elsewhere_later_is_not_followed,
}
