//! What monitoring reads, and that the samples for it speak of what is really there.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use bsm_tests::bsm::{Folder, Running, bsm, free_port, printed};
use bsm_tests::{Client, TestDb};
use serde_json::json;

const PASSWORD: &str = "a long enough password";
const SECRET: &str = "a secret of the tests, 32 bytes or more";

/// A server with its metrics, on SQLite or on this PostgreSQL database.
struct Watched {
    server: Running,
    metrics: Client,
    _data: Folder,
}

impl Watched {
    fn start(database: Option<&TestDb>) -> Self {
        let data = Folder::new();
        let address = format!("127.0.0.1:{}", free_port());
        let mut settings = vec![("BSM_METRICS_BIND", &*address), ("BSM_JWT_SECRET", SECRET)];
        if let Some(db) = database {
            settings.push(("DATABASE_URL", db.url()));
        }
        Self {
            server: Running::start(&data, &settings),
            metrics: Client::new(&format!("http://{address}"), None),
            _data: data,
        }
    }

    async fn read(&self) -> Metrics {
        let answer = self.metrics.get("/metrics").await.ok(200);
        let kind = answer.header("content-type");
        assert!(kind.starts_with("application/openmetrics-text"), "{kind}");
        Metrics::parse(&answer.text)
    }

    /// The value of a series, once it is as expected.
    async fn wait_for(&self, series: &str, value: f64) {
        for _ in 0..100 {
            if self.read().await.value(series) == Some(value) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{series} is {:?}", self.read().await.value(series));
    }
}

/// A text that was read.
struct Metrics {
    /// Families with their types.
    families: BTreeMap<String, String>,
    samples: BTreeMap<String, f64>,
}

impl Metrics {
    /// Reads the text, which must be well formed: each sample belongs to the family above it.
    fn parse(text: &str) -> Self {
        let mut families = BTreeMap::new();
        let mut samples = BTreeMap::new();
        let mut family = "";
        let body = text.strip_suffix("# EOF\n").expect("a whole text");
        for line in body.lines() {
            if let Some(kind) = line.strip_prefix("# TYPE ") {
                let (name, kind) = kind.split_once(' ').expect("a type");
                family = name;
                let twice = families.insert(name.to_owned(), kind.to_owned());
                assert!(twice.is_none(), "{name} stands twice");
            } else if !line.starts_with("# ") {
                let (series, value) = line.rsplit_once(' ').expect("a sample");
                assert!(series.starts_with(family), "{series} stands below {family}");
                let value = value.parse().expect("a number");
                let twice = samples.insert(series.to_owned(), value);
                assert!(twice.is_none(), "{series} stands twice");
            }
        }
        Self { families, samples }
    }

    fn value(&self, series: &str) -> Option<f64> {
        self.samples.get(series).copied()
    }

    /// The names that queries can use.
    fn names(&self) -> BTreeSet<&str> {
        let name = |series: &str| series.find('{').unwrap_or(series.len());
        self.samples.keys().map(|s| &s[..name(s)]).collect()
    }

    /// The values of a label.
    fn labels(&self, label: &str) -> BTreeSet<&str> {
        let mark = format!("{label}=\"");
        self.samples
            .keys()
            .filter_map(|s| s.split_once(&mark))
            .filter_map(|(_, rest)| rest.split('"').next())
            .collect()
    }
}

fn requests(method: &str, route: &str, status: u16) -> String {
    format!("bsm_http_requests_total{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}}")
}

async fn people_at_work(desk: &Watched) -> Client {
    let server = &desk.server;
    let ana = json!({"email": "ana@acme.example", "name": "Ana", "password": PASSWORD});
    let _ = server
        .nobody()
        .post("/api/auth/register", ana)
        .await
        .ok(201);
    let ana = server.sign_in("ana@acme.example", PASSWORD).await;
    for n in 0..3 {
        let wish = json!({"subject": format!("Wish {n}"), "description": "Please."});
        let ticket = ana.post("/api/customer/tickets", wish).await.ok(201);
        for id in ["/id", "/number"] {
            let path = format!("/api/customer/tickets/{}", ticket.str(id));
            let _ = ana.get(&path).await.ok(200);
        }
    }
    ana
}

#[tokio::test]
async fn nothing_is_served_unless_asked_for() {
    let data = Folder::new();
    let server = Running::start(&data, &[]);
    let _ = server.nobody().get("/metrics").await.ok(404);
}

#[tokio::test]
async fn requests_are_counted_by_route_and_never_by_path() {
    let desk = Watched::start(None);
    let ana = people_at_work(&desk).await;
    for n in 0..20 {
        let path = format!("/api/customer/tickets/TKT-{}", 1000 + n);
        let _ = ana.get(&path).await.ok(404);
        let _ = ana.get(&format!("/nowhere/{n}")).await.ok(404);
        let _ = ana.get(&format!("/api/nowhere/{n}")).await.ok(404);
        let made_up = format!("MADE{n}").parse().expect("a method");
        let _ = ana.request(made_up, "/api/auth/me").send().await;
    }
    let _ = desk
        .server
        .nobody()
        .get("/api/customer/tickets")
        .await
        .ok(401);
    let seen = desk.read().await;
    for (series, value) in [
        (requests("POST", "/api/customer/tickets", 201), 3.0),
        (requests("GET", "/api/customer/tickets/{id}", 200), 6.0),
        (requests("GET", "/api/customer/tickets/{id}", 404), 20.0),
        (requests("GET", "/api/customer/tickets", 401), 1.0),
        (requests("GET", "none", 404), 40.0),
        (requests("POST", "/api/auth/register", 201), 1.0),
        (
            "bsm_http_request_duration_seconds_count{method=\"GET\",route=\"/api/customer/tickets/{id}\"}"
                .into(),
            26.0,
        ),
        ("bsm_http_requests_in_flight".into(), 0.0),
    ] {
        assert_eq!(seen.value(&series), Some(value), "{series}");
    }
    let routes = seen.labels("route");
    assert!(routes.len() < 12, "{routes:?}");
    assert!(
        !routes
            .iter()
            .any(|r| r.contains("TKT") || r.contains("nowhere")),
        "{routes:?}"
    );
    let methods = seen.labels("method");
    assert!(
        methods.is_subset(&["GET", "POST", "other"].into()),
        "{methods:?}"
    );
}

#[tokio::test]
async fn streams_are_counted_while_they_are_open() {
    let desk = Watched::start(None);
    let ana = people_at_work(&desk).await;
    let open = "bsm_event_streams{audience=\"customer\"}";
    desk.wait_for(open, 0.0).await;
    let one = ana.stream("/api/customer/events", None).await;
    let other = ana.stream("/api/customer/events", None).await;
    desk.wait_for(open, 2.0).await;
    drop((one, other));
    // That a client is gone is noticed when there is something to write to it.
    for n in 0..100 {
        let wish = json!({"subject": format!("Another wish {n}"), "description": "Please."});
        let _ = ana.post("/api/customer/tickets", wish).await.ok(201);
        if desk.read().await.value(open) == Some(0.0) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    desk.wait_for(open, 0.0).await;
    desk.wait_for("bsm_event_streams{audience=\"admin\"}", 0.0)
        .await;
}

#[tokio::test]
async fn database_and_events_are_seen_on_both_engines() {
    let db = TestDb::postgres().await;
    for (database, engine, pools) in [
        (None, "sqlite", &["read", "write"][..]),
        (Some(&db), "postgresql", &["all"][..]),
    ] {
        let desk = Watched::start(database);
        people_at_work(&desk).await;
        let head = {
            let mut head = 0.0;
            for _ in 0..100 {
                head = desk
                    .read()
                    .await
                    .value("bsm_event_log_position")
                    .unwrap_or(0.0);
                // A registration and three tickets.
                if head >= 4.0 {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            head
        };
        desk.wait_for("bsm_event_delivered_position", head).await;
        desk.wait_for("bsm_event_delivery_lag", 0.0).await;
        desk.wait_for("bsm_event_unnumbered_seconds", 0.0).await;
        desk.wait_for("bsm_job_held{name=\"auto_close\"}", 1.0)
            .await;
        let seen = desk.read().await;
        let done = seen.value("bsm_job_last_success_timestamp_seconds{name=\"auto_close\"}");
        let started = seen.value("process_start_time_seconds");
        assert!(
            done.is_some_and(|d| d + 1.0 >= started.unwrap_or(f64::MAX)),
            "{done:?}"
        );
        let failures = seen.value("bsm_job_failures_total{name=\"auto_close\"}");
        assert_eq!(failures, Some(0.0));
        assert_eq!(seen.labels("engine"), [engine].into());
        assert_eq!(seen.value("bsm_database_up"), Some(1.0));
        assert_eq!(seen.labels("pool"), pools.iter().copied().collect());
        for pool in pools {
            let of_pool = |name: &str| seen.value(&format!("{name}{{pool=\"{pool}\"}}"));
            assert!(of_pool("bsm_database_acquires_total").is_some_and(|n| n >= 4.0));
            assert!(of_pool("bsm_database_acquire_seconds_total").is_some_and(|s| s > 0.0));
            assert!(of_pool("bsm_database_connections_max").is_some_and(|n| n >= 1.0));
            assert_eq!(of_pool("bsm_database_acquire_failures_total"), Some(0.0));
        }
        let started = seen.value("process_start_time_seconds").expect("a start");
        let now = std::time::UNIX_EPOCH.elapsed().expect("now").as_secs_f64();
        assert!((0.0..300.0).contains(&(now - started)), "{started} {now}");
    }
    db.remove().await;
}

#[tokio::test]
async fn a_database_that_is_away_is_told() {
    let db = TestDb::postgres().await;
    let desk = Watched::start(Some(&db));
    desk.wait_for("bsm_database_up", 1.0).await;
    db.remove().await;
    desk.wait_for("bsm_database_up", 0.0).await;
    let seen = desk.read().await;
    let failures = "bsm_database_acquire_failures_total{pool=\"all\"}";
    assert!(seen.value(failures).is_some_and(|n| n > 0.0));
    assert_eq!(seen.value("bsm_event_log_position"), None);
}

#[tokio::test]
async fn an_address_in_use_is_told_with_its_setting() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let data = Folder::new();
    let output = bsm(&data)
        .arg("serve")
        .env("BSM_BIND", "127.0.0.1:0")
        .env("BSM_METRICS_BIND", &address)
        .output()
        .expect("it runs");
    assert!(!output.status.success());
    let text = printed(&output);
    assert!(
        text.contains("BSM_METRICS_BIND") && text.contains(&address),
        "{text}"
    );
}

#[tokio::test]
async fn alerts_dashboard_and_manual_speak_of_what_is_there() {
    let desk = Watched::start(None);
    let _ = people_at_work(&desk).await;
    let seen = desk.read().await;
    let known = seen.names();
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let file = |name: &str| std::fs::read_to_string(format!("{root}/{name}")).expect("a file");
    for name in [
        "docs/monitoring/alerts.yml",
        "docs/monitoring/dashboard.json",
        "docs/operations.md",
    ] {
        let text = file(name);
        let found: BTreeSet<_> = text
            .split(|c: char| !(c.is_ascii_lowercase() || c == '_'))
            .filter(|word| word.starts_with("bsm_") || word.starts_with("process_"))
            // A module whose log level the manual speaks of, and how API keys begin.
            .filter(|word| !["bsm_api", "bsm_"].contains(word))
            .map(str::to_owned)
            .collect();
        assert!(found.len() >= 8, "{name} names {found:?}");
        for metric in &found {
            assert!(
                known.contains(metric.as_str()),
                "{name}: there is no {metric}"
            );
        }
    }
    let manual = file("docs/operations.md");
    for (family, kind) in &seen.families {
        let suffix = match kind.as_str() {
            "counter" => "_total",
            "histogram" => "_bucket",
            "info" => "_info",
            _ => "",
        };
        let name = format!("{family}{suffix}");
        assert!(
            manual.contains(&format!("`{name}`")),
            "docs/operations.md does not tell of {name}"
        );
    }
    serde_json::from_str::<serde_json::Value>(&file("docs/monitoring/dashboard.json"))
        .expect("the dashboard is JSON");
}
