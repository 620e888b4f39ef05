//! Counts requests by what they lead to, and how long they take to answer.

use std::time::Instant;

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Data;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use crate::state::AppState;

/// Upper edges in seconds: a read takes milliseconds, a statement is cut off after fifteen seconds.
const EDGES: [f64; 13] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0,
];

/// The route of requests that none takes, whatever their path.
const NO_ROUTE: &str = "none";

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    method: &'static str,
    route: String,
}

#[derive(Clone)]
pub(super) struct Requests {
    answered: Family<Answered, Counter>,
    took: Family<Route, Histogram, fn() -> Histogram>,
    running: Gauge,
}

impl Requests {
    pub(super) fn new(registry: &mut Registry) -> Self {
        let requests = Self {
            answered: Family::default(),
            took: Family::new_with_constructor(|| Histogram::new(EDGES)),
            running: Gauge::default(),
        };
        registry.register(
            "bsm_http_requests",
            "Requests that were answered",
            requests.answered.clone(),
        );
        registry.register(
            "bsm_http_request_duration_seconds",
            "Time until an answer began, without its body",
            requests.took.clone(),
        );
        registry.register(
            "bsm_http_requests_in_flight",
            "Requests being answered",
            requests.running.clone(),
        );
        requests
    }

    fn count(&self, method: &Method, route: Option<String>, status: StatusCode, began: Instant) {
        let method = known(method);
        let route = route.unwrap_or_else(|| NO_ROUTE.to_owned());
        let route = Route { method, route };
        let took = began.elapsed().as_secs_f64();
        self.took.get_or_create(&route).observe(took);
        let answered = Answered {
            method,
            route: route.route,
            status: status.as_u16(),
        };
        self.answered.get_or_create(&answered).inc();
    }
}

/// A method by its name; anybody can make up methods, so the others are one.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// Goes down again however a request ends: also where its client goes away.
struct Running(Gauge);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// Middleware: counts the request.
///
/// # Errors
/// Those of the handlers, unchanged.
pub async fn middleware(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let state = request.app_data::<Data<AppState>>();
    let Some(requests) = state.map(|s| s.metrics.http.clone()) else {
        return next.call(request).await;
    };
    let began = Instant::now();
    let method = request.method().clone();
    requests.running.inc();
    let _running = Running(requests.running.clone());
    let answer = next.call(request).await;
    match &answer {
        Ok(response) => {
            let route = response.request().match_pattern();
            requests.count(&method, route, response.status(), began);
        }
        Err(error) => {
            let status = error.as_response_error().status_code();
            requests.count(&method, None, status, began);
        }
    }
    answer
}
