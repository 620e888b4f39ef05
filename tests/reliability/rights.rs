//! Who loses the right to be here loses it in the other process too. All the ways to lose it:
//! `http::deadlines::rights_end_in_time_on_another_replica`.

use std::time::Duration;

use bsm_tests::{Stream, TestDb, send};
use reqwest::Method;
use serde_json::json;
use tokio::time::{Instant, timeout};

use crate::figures::{millis, tell};
use crate::site::Site;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_old_token_dies_in_the_other_process() {
    let db = TestDb::postgres().await;
    let site = Site::at(db.url()).await;
    let (here, there) = (site.start(), site.start());
    let who = site.customers[0];
    let old = site.client(who);
    let events = format!("{}/api/customer/events", there.base);
    let answer = old.request(Method::GET, &events).send().await;
    let mut stream = Stream::of(answer.expect("a stream"));
    assert_eq!(stream.next().await.expect("an event").name, "hello");
    let me = || send(old.request(Method::GET, &format!("{}/api/auth/me", there.base)));
    let _ = me().await.ok(200);

    let path = format!("{}/api/admin/users/{}", here.base, who.id);
    let request = site.client(site.admin).request(Method::PATCH, &path);
    let request = request.header("If-Match", "*");
    send(request.json(&json!({"active": false}))).await.ok(200);
    let done = Instant::now();
    while me().await.status != 401 {
        assert!(
            done.elapsed() < Duration::from_secs(1),
            "let in after a second"
        );
    }
    let refused = done.elapsed();
    assert!(refused < Duration::from_secs(1), "{refused:?}");
    let rest = Duration::from_secs(5).saturating_sub(done.elapsed());
    let end = timeout(rest, async { while stream.next().await.is_some() {} });
    assert!(end.await.is_ok(), "the stream is open after five seconds");
    tell(
        "a deactivation, at the other replica",
        &format!(
            "token refused after {}, stream ended after {}",
            millis(refused),
            millis(done.elapsed())
        ),
    );
    db.remove().await;
}
