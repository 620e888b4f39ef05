//! The same thing by many at once, over two replicas. One process: `http::retries::many_at_once_make_one`,
//! `http::sign_in::two_tabs_may_renew_at_once`, `http::sign_in::refresh_tokens_rotate`.

use bsm_tests::{Answer, Client, TestDb, send};
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::json;

use crate::site::Site;
use crate::writer::create;

const MANY: usize = 50;

/// Half of them at each replica.
fn bases(site: &Site) -> (Vec<bsm_tests::bsm::Running>, Vec<String>) {
    let processes = vec![site.start(), site.start()];
    let bases = processes.iter().map(|p| p.base.clone()).collect();
    (processes, bases)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_calls_with_one_key_make_one_ticket() {
    let db = TestDb::postgres().await;
    let site = Site::at(db.url()).await;
    let (_processes, bases) = bases(&site);
    let who = site.customers[0];
    // Whoever waited five seconds in vain is told so, and asks again.
    let calls = (0..MANY).map(|n| create(&site, &bases, n, (who, "one", "A lamp"), &[409]));
    let answers = join_all(calls).await;
    for answer in &answers {
        assert_eq!(answer.text, answers[0].text);
        assert_eq!(answer.header("location"), answers[0].header("location"));
    }
    let rows: i64 = db
        .read(async |tx| tx.q("select count(*) from tickets").scalar().await)
        .await
        .expect("a count");
    assert_eq!(rows, 1);
    db.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_fifty_changes_of_one_version_one_succeeds() {
    let db = TestDb::postgres().await;
    let site = Site::at(db.url()).await;
    let (_processes, bases) = bases(&site);
    let agent = site.client(site.agent);
    let made = create(&site, &bases, 0, (site.customers[0], "one", "A lamp"), &[]).await;
    let path = format!("/api/admin/tickets/{}", made.str("/id"));
    let etag = send(agent.request(Method::GET, &format!("{}{path}", bases[0]))).await;
    let etag = etag.header("etag").to_owned();
    let calls = (0..MANY).map(|n| {
        let request = agent.request(Method::PATCH, &format!("{}{path}", bases[n % 2]));
        let request = request.header("If-Match", &etag);
        send(request.json(&json!({"subject": format!("Lamp {n}")})))
    });
    let answers: Vec<Answer> = join_all(calls).await;
    let with = |status: u16| answers.iter().filter(move |a| a.status == status);
    assert_eq!((with(200).count(), with(412).count()), (1, MANY - 1));
    let won = with(200).next().expect("one").body.clone();
    for lost in with(412) {
        assert_eq!(lost.body["current"]["subject"], won["subject"]);
    }
    let kept = send(agent.request(Method::GET, &format!("{}{path}", bases[1]))).await;
    assert_eq!(
        (&kept.body["subject"], &kept.body["version"]),
        (&won["subject"], &json!(2))
    );
    db.remove().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_renewals_at_two_replicas_keep_the_session() {
    let db = TestDb::postgres().await;
    let site = Site::at(db.url()).await;
    let (_processes, bases) = bases(&site);
    let email = "nora@nora.example";
    let password = "a password of tests";
    let nobody = Client::new(&bases[0], None);
    let body = json!({"email": email, "password": password, "name": "Nora"});
    nobody.post("/api/auth/register", body).await.ok(201);
    let body = json!({"email": email, "password": password});
    let first = cookie(&nobody.post("/api/auth/login", body).await.ok(200));
    let mut known = first.clone();
    for _ in 0..20 {
        let (a, b) = tokio::join!(renew(&bases[0], &known), renew(&bases[1], &known));
        let (a, b) = (a.ok(200), b.ok(200));
        for (base, answer) in [(&bases[1], &a), (&bases[0], &b)] {
            let token = answer.str("/access_token").to_owned();
            let me = Client::new(base, Some(token)).get("/api/auth/me").await;
            assert_eq!(me.status, 200);
        }
        known = cookie(&b);
    }
    // A copy of what was replaced long ago: the session ends, at both.
    renew(&bases[1], &first).await.ok(401);
    renew(&bases[0], &known).await.ok(401);
    db.remove().await;
}

fn cookie(answer: &Answer) -> String {
    let header = answer.header("set-cookie");
    header.split(';').next().unwrap_or_default().to_owned()
}

async fn renew(base: &str, cookie: &str) -> Answer {
    let request = Client::new(base, None).request(Method::POST, "/api/auth/refresh");
    let request = request.header("Cookie", cookie).header("Origin", base);
    send(request.json(&json!({"portal": "customer"}))).await
}
