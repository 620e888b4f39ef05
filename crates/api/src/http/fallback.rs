//! Requests that no route takes: a 404, or a 405 where the path exists with other methods.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest, HttpResponse, ResponseError as _, web};
use utoipa::openapi::{PathItem, Paths};

use super::problem::{Code, Problem};

/// The paths of the API and the methods they have, taken from the routes' descriptions.
pub struct KnownPaths(BTreeMap<Vec<String>, BTreeSet<&'static str>>);

impl KnownPaths {
    /// Reads them from what is mounted.
    #[must_use]
    pub fn of(paths: &Paths) -> Self {
        let known = paths.paths.iter().map(|(path, item)| {
            let parts = path.split('/').map(str::to_owned).collect();
            (parts, methods(item))
        });
        Self(known.collect())
    }

    /// The methods of a path. `/tickets/counts` is no ticket: the template with the fewest variables is
    /// meant.
    fn methods(&self, path: &str) -> BTreeSet<&'static str> {
        let parts: Vec<&str> = path.split('/').collect();
        let fitting = self.0.iter().filter(|(template, _)| fits(template, &parts));
        let variables =
            |template: &[String]| template.iter().filter(|t| t.starts_with('{')).count();
        fitting
            .min_by_key(|(template, _)| variables(template))
            .map(|(_, methods)| methods.clone())
            .unwrap_or_default()
    }

    /// The paths without a variable that a path with one fits as well, each with its methods: other
    /// methods would be taken for those of a thing with that id.
    fn shadowing(&self) -> HashMap<String, BTreeSet<&'static str>> {
        let is_fixed = |template: &[String]| template.iter().all(|part| !part.starts_with('{'));
        let fixed = self.0.iter().filter(|(template, _)| is_fixed(template));
        fixed
            .filter(|(path, _)| {
                let parts: Vec<&str> = path.iter().map(String::as_str).collect();
                let mut others = self.0.keys().filter(|template| *template != *path);
                others.any(|template| fits(template, &parts))
            })
            .map(|(path, methods)| (path.join("/"), methods.clone()))
            .collect()
    }
}

fn methods(item: &PathItem) -> BTreeSet<&'static str> {
    let all = [
        ("GET", &item.get),
        ("POST", &item.post),
        ("PUT", &item.put),
        ("PATCH", &item.patch),
        ("DELETE", &item.delete),
    ];
    let there = all.into_iter().filter(|(_, there)| there.is_some());
    there.map(|(method, _)| method).collect()
}

fn fits(template: &[String], parts: &[&str]) -> bool {
    template.len() == parts.len()
        && template
            .iter()
            .zip(parts)
            .all(|(t, p)| t.starts_with('{') && !p.is_empty() || t == p)
}

/// Answers what no route took.
pub async fn fallback(request: HttpRequest, known: web::Data<KnownPaths>) -> HttpResponse {
    let methods = known.methods(request.path());
    if methods.is_empty() {
        return Problem::not_found().error_response();
    }
    not_allowed(&methods)
}

fn not_allowed(methods: &BTreeSet<&'static str>) -> HttpResponse {
    let allowed = methods.iter().copied().collect::<Vec<_>>().join(", ");
    let detail = format!("This path takes {allowed}.");
    let mut response = Problem::new(Code::MethodNotAllowed, detail).error_response();
    if let Ok(value) = HeaderValue::from_str(&allowed) {
        response.headers_mut().insert(header::ALLOW, value);
    }
    response
}

/// The paths that look like a thing and its id, but are none.
pub struct FixedPaths(HashMap<String, BTreeSet<&'static str>>);

impl FixedPaths {
    /// Those of them all.
    #[must_use]
    pub fn of(known: &KnownPaths) -> Self {
        Self(known.shadowing())
    }
}

/// Middleware: refuses the methods that a fixed path has not, before they are taken for those of a thing
/// whose id it could be.
///
/// # Errors
/// Those of the handlers, unchanged.
pub async fn middleware(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let fixed = request.app_data::<web::Data<FixedPaths>>();
    let refusal = fixed
        .and_then(|fixed| fixed.0.get(request.path()))
        .filter(|methods| !methods.contains(request.method().as_str()))
        .map(not_allowed);
    match refusal {
        None => Ok(next.call(request).await?.map_into_left_body()),
        Some(response) => Ok(request.into_response(response).map_into_right_body()),
    }
}
