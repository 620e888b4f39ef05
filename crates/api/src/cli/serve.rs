//! `bsm serve`

use std::io::IsTerminal as _;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use actix_web::dev::Server;
use bsm_api::assemble::{application, assemble};
use bsm_api::metrics;
use bsm_api::server::{self, Options};
use bsm_api::settings::ServeSettings;
use bsm_api::sockets::raise_file_limit;
use bsm_api::store::{Purpose, Store};
use bsm_application::{categories, demo, users};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use super::{Outcome, out};

/// How long a process that was told to stop goes on taking requests while its readiness says that
/// it should get none; a quarter of the time to stop, where that is less.
const NOTICE: Duration = Duration::from_secs(1);

/// How long a connection may take nothing; its client connects again, and resumes.
const STALLED: Duration = Duration::from_secs(60);

pub(super) async fn run(settings: ServeSettings) -> Outcome {
    log();
    raise_file_limit();
    let store = Store::open(&settings.store, Purpose::Serve).await?;
    // Taken before the demo data is written: a second start fails at once.
    let listener = bind("BSM_BIND", settings.bind)?;
    let metrics_listener = settings
        .metrics_bind
        .map(|address| bind("BSM_METRICS_BIND", address))
        .transpose()?;
    let address = listener.local_addr()?;
    let public_url = settings.store.public_url(address);
    let mut app = application(store.db.clone(), &store.secret, &public_url);
    app.settings.demo = settings.demo;
    if settings.demo {
        demo::prepare(&app).await?;
    }
    categories::adopt(&app).await?;
    let has_admin = users::has_admin(&app).await?;
    let (state, delivery) = assemble(app, &store.secret, &settings).await?;
    let options = Options {
        workers: settings.workers,
        stalled: STALLED,
        drain: Duration::from_secs(settings.drain_seconds),
        portals: settings.portals,
    };
    let server = server::listen(state.clone(), listener, &options)?;
    let metrics = match metrics_listener {
        Some(listener) => Some(metrics::listen(state.clone(), listener)?),
        None => None,
    };
    let metrics_handle = metrics.as_ref().map(Server::handle);
    let jobs = state.jobs.clone();
    let webhooks = state.webhooks.clone();
    let moved = state.events.moved();
    greet(&public_url, &settings, has_admin);

    let handle = server.handle();
    let metrics = metrics.map(tokio::spawn);
    let notice = NOTICE.min(options.drain / 4);
    tokio::spawn(async move {
        let asked = asked_to_stop().await;
        state.draining.begin();
        tracing::info!("stopping");
        // Streams say goodbye and end; then nothing keeps the workers.
        state.jobs.stop();
        state.webhooks.stop();
        state.events.stop();
        if asked == Asked::ByAManager {
            // Requests go on being taken until whoever sends them has seen the readiness.
            tokio::time::sleep(notice).await;
        }
        handle.stop(true).await;
    });
    let (served, (), ()) = tokio::join!(server, jobs.run(), webhooks.run(moved));
    served?;
    delivery.await?;
    // Last: monitoring sees the requests that are finished.
    if let (Some(handle), Some(metrics)) = (metrics_handle, metrics) {
        handle.stop(true).await;
        metrics.await??;
    }
    store.db.close().await;
    Ok(())
}

/// Takes an address; where that fails, says which setting it comes from.
fn bind(setting: &str, address: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(address).map_err(|e| format!("cannot listen on {address} ({setting}): {e}"))
}

/// Who wants the process to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// Somebody at a terminal, with Ctrl-C.
    ByHand,
    /// What looks after it, with SIGTERM.
    ByAManager,
}

async fn asked_to_stop() -> Asked {
    let mut terminate = match signal(SignalKind::terminate()) {
        Ok(signal) => signal,
        Err(_) => return std::future::pending().await,
    };
    tokio::select! {
        _ = terminate.recv() => Asked::ByAManager,
        _ = tokio::signal::ctrl_c() => Asked::ByHand,
    }
}

/// Logs go to standard error; `RUST_LOG` chooses what, warnings and what the product itself has to say without it.
fn log() {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("warn,bsm=info,bsm_api=info,bsm_application=info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        // Colours are for people at a terminal, not for journals and files.
        .with_ansi(std::io::stderr().is_terminal())
        // A closed standard error must not bring the server down.
        .log_internal_errors(false)
        .init();
}

fn greet(public_url: &str, settings: &ServeSettings, has_admin: bool) {
    out::line(&format!(
        "BSM Platform {} is running.",
        env!("CARGO_PKG_VERSION")
    ));
    if settings.portals {
        out::line(&format!(
            "  Customer portal  {public_url}/customer/dashboard"
        ));
        out::line(&format!("  Admin portal     {public_url}/admin/portal"));
    }
    out::line(&format!("  API reference    {public_url}/api/docs/"));
    if settings.demo {
        out::line(&format!(
            "Demo logins, all with the password {}:",
            demo::PASSWORD
        ));
        out::line(
            "  customers  ana@acme.example (manages Acme), ben@acme.example, carla@globex.example",
        );
        out::line("  staff      admin@demo.example, agent@demo.example, agent2@demo.example");
    }
    if !has_admin {
        out::line(
            "Nobody can sign in to the admin portal yet. Make the first admin, with the same settings:",
        );
        out::line("  bsm user create --email you@example.com --name 'Your Name' --role admin");
    }
    out::line("Stop with Ctrl-C.");
}
