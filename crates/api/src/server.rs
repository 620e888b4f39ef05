//! Puts the routes together and listens.

use std::net::TcpListener;
use std::time::Duration;

use actix_cors::Cors;
use actix_web::body::MessageBody;
use actix_web::dev::{Server, ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header;
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, Error, HttpServer, web};
use utoipa_actix_web::{AppExt, scope};

use crate::auth::call_limits;
use crate::auth::caller::{customers_only, identify, staff_only};
use crate::http::body::payload_config;
use crate::http::fallback::{self, FixedPaths, KnownPaths, fallback};
use crate::http::{headers, once, patience, request_id, strict};
use crate::state::AppState;
use crate::{
    admin, auth, customer, docs, health, metrics, openapi_routes, portals, public, sockets,
};

/// How a server listens.
#[derive(Debug, Clone)]
pub struct Options {
    /// Threads that answer requests; without it one a core.
    pub workers: Option<usize>,
    /// How long running requests may take after a request to stop.
    pub drain: Duration,
    /// How long a connection may take nothing of what is sent to it before it is closed.
    pub stalled: Duration,
    /// Whether this process serves the portals beside the API.
    pub portals: bool,
}

/// All routes of the product around one state.
pub fn app(
    state: AppState,
    with_portals: bool,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody + use<>>,
        Error = Error,
        InitError = (),
    > + use<>,
> {
    let cors = cors(&state);
    let (api, described) = App::new()
        .app_data(web::Data::new(state))
        .app_data(payload_config())
        .into_utoipa_app()
        .service(
            scope::scope("/api/auth")
                .wrap(from_fn(identify))
                .configure(auth::routes),
        )
        .service(
            scope::scope("/api/customer")
                .wrap(from_fn(once::middleware))
                .wrap(from_fn(customers_only))
                .configure(customer::routes),
        )
        .service(
            scope::scope("/api/admin")
                .wrap(from_fn(once::middleware))
                .wrap(from_fn(staff_only))
                .configure(admin::routes),
        )
        .service(scope::scope("/knowledge-base-articles").configure(public::articles))
        .service(scope::scope("/api/branding").configure(public::branding))
        .split_for_parts();
    let known = KnownPaths::of(&described.paths);
    api.app_data(web::Data::new(FixedPaths::of(&known)))
        .app_data(web::Data::new(known))
        .configure(openapi_routes::routes)
        .configure(docs::routes)
        .service(health::healthz)
        .service(health::readyz)
        .configure(|config| {
            if with_portals {
                portals::routes(config);
            }
        })
        .default_service(web::to(fallback))
        .wrap(from_fn(fallback::middleware))
        .wrap(from_fn(strict::middleware))
        .wrap(from_fn(call_limits::middleware))
        // Around the rules for origins, which keep one `Vary` only of those they find.
        .wrap(cors)
        .wrap(Compress::default())
        .wrap(from_fn(patience::middleware))
        .wrap(from_fn(headers::middleware))
        .wrap(from_fn(request_id::middleware))
        .wrap(from_fn(metrics::middleware))
}

/// Pages of allowed origins may call the API with its cookies; others may not read its answers.
fn cors(state: &AppState) -> Cors {
    let mut cors = Cors::default()
        .allowed_methods([
            Method::GET,
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
        ])
        .allowed_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::ACCEPT,
            header::IF_MATCH,
            header::HeaderName::from_static("idempotency-key"),
            header::HeaderName::from_static("last-event-id"),
        ])
        .expose_headers([
            header::CONTENT_DISPOSITION,
            header::ETAG,
            header::LOCATION,
            header::RETRY_AFTER,
            call_limits::POLICY,
            call_limits::STANDING,
            request_id::HEADER,
        ])
        .supports_credentials()
        .block_on_origin_mismatch(false)
        .max_age(600);
    for origin in state.origins.known() {
        cors = cors.allowed_origin(origin);
    }
    cors
}

/// Serves on a listener until it is stopped.
///
/// # Errors
/// Where the listener cannot be used.
pub fn listen(
    state: AppState,
    listener: TcpListener,
    options: &Options,
) -> std::io::Result<Server> {
    let with_portals = options.portals;
    let mut server = HttpServer::new(move || app(state.for_this_thread(), with_portals))
        .backlog(4096)
        .max_connections(16_384)
        .client_request_timeout(Duration::from_secs(10))
        .on_connect(sockets::closes_stalled(options.stalled))
        .shutdown_timeout(options.drain.as_secs())
        .disable_signals();
    if let Some(workers) = options.workers {
        server = server.workers(workers);
    }
    Ok(server.listen(listener)?.run())
}
