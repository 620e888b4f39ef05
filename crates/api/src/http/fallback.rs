//! Requests that no route takes: a 404, or a 405 where the path exists with other methods.

use std::collections::BTreeSet;

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, ResponseError as _, web};
use serde_json::Value;

use super::problem::{Code, Problem};

/// The paths of the API and the methods they have, taken from the OpenAPI documents.
#[derive(Clone)]
pub struct KnownPaths(Vec<(Vec<String>, BTreeSet<&'static str>)>);

impl KnownPaths {
    /// Reads them from the documents.
    #[must_use]
    pub fn of(documents: &[&Value]) -> Self {
        let mut known = Vec::new();
        let paths = documents.iter().filter_map(|d| d["paths"].as_object());
        for (path, item) in paths.flatten() {
            let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"].into_iter();
            let methods = methods.filter(|m| item.get(m.to_lowercase()).is_some());
            let parts = path.split('/').map(str::to_owned).collect();
            known.push((parts, methods.collect()));
        }
        Self(known)
    }

    fn methods(&self, path: &str) -> BTreeSet<&'static str> {
        let parts: Vec<&str> = path.split('/').collect();
        let fits = |template: &[String]| {
            template.len() == parts.len()
                && template
                    .iter()
                    .zip(&parts)
                    .all(|(t, p)| t.starts_with('{') && !p.is_empty() || t == p)
        };
        let fitting = self.0.iter().filter(|(template, _)| fits(template));
        fitting.flat_map(|(_, methods)| methods).copied().collect()
    }
}

/// Answers what no route took.
pub async fn fallback(request: HttpRequest, known: web::Data<KnownPaths>) -> HttpResponse {
    let methods = known.methods(request.path());
    if methods.is_empty() {
        return Problem::not_found().error_response();
    }
    let allowed = methods.into_iter().collect::<Vec<_>>().join(", ");
    let detail = format!("This path takes {allowed}.");
    let mut response = Problem::new(Code::MethodNotAllowed, detail).error_response();
    if let Ok(value) = HeaderValue::from_str(&allowed) {
        response.headers_mut().insert(header::ALLOW, value);
    }
    response
}
