//! The database goes away under load and comes back, in all the ways it can.

use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::time::{Duration, Instant};

use bsm_tests::bsm::Running;
use bsm_tests::chance::Chance;
use bsm_tests::try_send;
use reqwest::Method;
use serde_json::json;
use sqlx::{Connection as _, PgConnection};

use crate::cluster::Cluster;
use crate::figures::{millis, tell};
use crate::kills::wait_for_positions;
use crate::listener::{Listener, Manner, log};
use crate::site::Site;
use crate::sizes::{seed, sizes};
use crate::writer::{Again, CRASHES, Writers, check_kept};

/// Until a write is told that the database is away.
const TOLD: Duration = Duration::from_secs(2);
/// From the database's return until writes succeed again.
const BACK: Duration = Duration::from_secs(5);

struct Scene {
    cluster: Cluster,
    site: Arc<Site>,
    process: Running,
    ticket: String,
    writers: Writers,
    listeners: Vec<Listener>,
}

impl Scene {
    async fn begin() -> Self {
        let cluster = Cluster::start();
        let site = Arc::new(Site::at(&cluster.url).await);
        let process = site.start();
        let bases = [process.base.clone()];
        let seed = seed();
        let mut listeners = Vec::new();
        for who in [site.agent, site.customers[0]] {
            let manner = (Manner::Steady, Chance::new(seed));
            listeners.push(Listener::start(&site, &bases, 0, who, manner).await);
        }
        let writers = Writers::start(&site, &bases, 8, seed, (CRASHES, Again::OneInFour));
        writers.more(20).await;
        let list = format!("{}/api/admin/tickets?limit=1", process.base);
        let list = site.client(site.agent).request(Method::GET, &list);
        let list = try_send(list).await.expect("an answer").ok(200);
        Self {
            ticket: list.ids().remove(0),
            cluster,
            site,
            process,
            writers,
            listeners,
        }
    }

    /// While the database is away: writes are told so in time, the process lives and is not ready.
    async fn is_told(&self, time: Duration) {
        let nobody = self.site.client(self.site.agent);
        let base = &self.process.base;
        let began = Instant::now();
        let mut writes = 0;
        while began.elapsed() < time || writes < 2 {
            let asked = Instant::now();
            let answer = self.write(&format!("Away {writes}")).await;
            let took = asked.elapsed();
            // The first may have found the last moment of the database.
            if answer.status == 200 && began.elapsed() < Duration::from_secs(2) {
                continue;
            }
            assert_eq!(answer.status, 503, "{}", answer.text);
            assert!(
                answer.headers.contains_key("retry-after"),
                "{}",
                answer.text
            );
            assert!(took <= TOLD, "told after {took:?}");
            writes += 1;
            let healthz = nobody.request(Method::GET, &format!("{base}/healthz"));
            let _ = try_send(healthz).await.expect("it lives").ok(200);
            let readyz = nobody.request(Method::GET, &format!("{base}/readyz"));
            let readyz = readyz.send().await.expect("an answer");
            assert_eq!(readyz.status(), 503, "it says that it is ready");
        }
    }

    /// A write that leaves no ticket: what the agent has begun to say in one.
    async fn write(&self, text: &str) -> bsm_tests::Answer {
        let client = self.site.client(self.site.agent);
        let path = format!(
            "{}/api/admin/tickets/{}/draft",
            self.process.base, self.ticket
        );
        let body = json!({"visibility": "public", "reply": text, "note": ""});
        let request = client.request(Method::PUT, &path).json(&body);
        try_send(request).await.expect("an answer")
    }

    /// The database is back: so is the desk, by itself, with all it had.
    async fn recovers(self, what: &str, back: Instant) {
        while self.write("Back").await.status != 200 {
            assert!(
                back.elapsed() < BACK,
                "{what}: no writes {:?} after",
                back.elapsed()
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let recovered = back.elapsed();
        assert!(
            recovered <= BACK,
            "{what}: writes again after {recovered:?}"
        );
        self.writers.more(20).await;
        let made = self.writers.stop().await;
        let slowest = Duration::from_micros(self.site.slowest_refusal.load(SeqCst));
        assert!(
            slowest <= TOLD,
            "{what}: a write under way was told after {slowest:?}"
        );
        wait_for_positions(&self.site).await;
        check_kept(&self.site, &made).await;
        for listener in self.listeners {
            let of = (!listener.who.is_staff()).then_some(listener.who);
            listener.check(&log(&self.site, of).await).await;
        }
        tell(
            &format!("PostgreSQL {what}"),
            &format!(
                "{} tickets acknowledged, 0 lost, 0 doubled, 0 events missed; 503 after at most {}; writes again {} after it was back",
                made.len(),
                millis(slowest),
                millis(recovered)
            ),
        );
        drop(self.process);
        drop(self.cluster);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_stopped_comes_back() {
    let scene = Scene::begin().await;
    scene.cluster.stop("fast");
    scene.is_told(sizes().away).await;
    let back = Instant::now();
    scene.cluster.start_again();
    scene.recovers("stopped", back).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_frozen_comes_back() {
    let scene = Scene::begin().await;
    scene.cluster.signal_all("STOP");
    scene.is_told(sizes().away).await;
    scene.cluster.signal_all("CONT");
    scene.recovers("frozen", Instant::now()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_killed_comes_back() {
    let scene = Scene::begin().await;
    scene.cluster.stop("immediate");
    scene.is_told(Duration::from_secs(1)).await;
    scene.cluster.start_again();
    scene.recovers("killed", Instant::now()).await;
}

/// All its connections are cut, and others take every one that there may be.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_are_eaten_come_back() {
    let scene = Scene::begin().await;
    let connect = || PgConnection::connect(&scene.cluster.url);
    let mut first = connect().await.expect("a connection");
    let mut eaten = Vec::new();
    // Until there is none left, for the server either: what it has is cut each time.
    let began = Instant::now();
    // Several times in a row: a connection that is being made is in no list yet.
    let mut quiet = 0;
    while quiet < 5 {
        let cut = "select count(pg_terminate_backend(pid)) from pg_stat_activity \
                   where application_name <> 'eater' and pid <> pg_backend_pid() \
                   and backend_type = 'client backend'";
        while let Ok(mut one) = connect().await {
            sqlx::query("set application_name = 'eater'")
                .execute(&mut one)
                .await
                .expect("set");
            eaten.push(one);
        }
        let (cut,): (i64,) = sqlx::query_as(cut)
            .fetch_one(&mut first)
            .await
            .expect("cut");
        assert!(began.elapsed() < Duration::from_secs(30), "{cut} are left");
        if cut > 0 {
            quiet = 0;
            continue;
        }
        quiet += 1;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    scene.is_told(Duration::from_secs(2)).await;
    for one in eaten {
        let _ = one.close().await;
    }
    let _ = first.close().await;
    scene
        .recovers("without a free connection", Instant::now())
        .await;
}
