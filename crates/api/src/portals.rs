//! The two portals, carried inside the binary: files that Vite built, and one page for every
//! address below them.

use std::borrow::Cow;

use actix_web::http::header::{
    self, AcceptEncoding, ContentEncoding, ContentType, Encoding, Header as _,
};
use actix_web::{HttpRequest, HttpResponse, ResponseError as _, Route, guard, web};
use bytes::Bytes;
use rust_embed::{EmbeddedFile, RustEmbed};
use serde_json::json;

use crate::http::problem::Problem;

#[derive(RustEmbed)]
#[folder = "../../frontend-customer/dist"]
#[allow_missing = true]
struct CustomerFiles;

#[derive(RustEmbed)]
#[folder = "../../frontend-admin/dist"]
#[allow_missing = true]
struct AdminFiles;

/// Mounts both portals and the way to the first of them.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .route("/", reads().to(|| async { redirect("/customer/") }))
        .route("/customer", reads().to(|| async { redirect("/customer/") }))
        .route("/admin", reads().to(|| async { redirect("/admin/") }))
        .route("/customer/config.json", reads().to(portal_config))
        .route("/admin/config.json", reads().to(portal_config))
        .route("/customer/{path:.*}", reads().to(file::<CustomerFiles>))
        .route("/admin/{path:.*}", reads().to(file::<AdminFiles>));
}

/// `GET`, and `HEAD` for those who only ask whether it is there: the server sends no body then.
fn reads() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

fn redirect(to: &'static str) -> HttpResponse {
    HttpResponse::TemporaryRedirect()
        .insert_header((header::LOCATION, to))
        .finish()
}

/// Where a portal that this process serves finds the API: at its own origin. A portal on a host
/// of its own brings its own file.
async fn portal_config() -> HttpResponse {
    HttpResponse::Ok().json(json!({"api_base": ""}))
}

async fn file<F: RustEmbed>(request: HttpRequest, path: web::Path<String>) -> HttpResponse {
    if let Some(found) = F::get(&path) {
        return send::<F>(&request, &path, found);
    }
    // A missing file is missing; any other address is a page of the portal.
    let is_file = path
        .rsplit('/')
        .next()
        .is_some_and(|name| name.contains('.'));
    match F::get("index.html") {
        Some(page) if !is_file => send::<F>(&request, "index.html", page),
        _ => Problem::not_found().error_response(),
    }
}

fn send<F: RustEmbed>(request: &HttpRequest, path: &str, file: EmbeddedFile) -> HttpResponse {
    let hash = file.metadata.sha256_hash();
    let tag: String = hash
        .iter()
        .take(12)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let tag = format!("\"{tag}\"");
    // Vite puts a hash of the content into the names below `assets/`.
    let caching = if path.starts_with("assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let known = request.headers().get(header::IF_NONE_MATCH);
    let known = known.map(|v| v.as_bytes().strip_prefix(b"W/").unwrap_or(v.as_bytes()));
    let unchanged = known == Some(tag.as_bytes());
    let mut response = if unchanged {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response
        // Weak: the same file in each of its encodings.
        .insert_header((header::ETAG, format!("W/{tag}")))
        .insert_header((header::CACHE_CONTROL, caching));
    if unchanged {
        return response.finish();
    }
    if path == "index.html" {
        response.content_type(ContentType::html());
    } else {
        response.content_type(file.metadata.mimetype());
    }
    let data = match compressed::<F>(request, path) {
        Some((encoding, smaller)) => {
            response
                .insert_header(encoding)
                .insert_header((header::VARY, "accept-encoding"));
            smaller.data
        }
        None => file.data,
    };
    response.body(match data {
        Cow::Borrowed(data) => Bytes::from_static(data),
        Cow::Owned(data) => Bytes::from(data),
    })
}

/// The file as it was compressed when the portals were built, in the smallest encoding that the
/// client takes. Without one the server compresses it as it does every answer.
fn compressed<F: RustEmbed>(
    request: &HttpRequest,
    path: &str,
) -> Option<(ContentEncoding, EmbeddedFile)> {
    let accepted = AcceptEncoding::parse(request).ok()?;
    [
        (ContentEncoding::Brotli, "br"),
        (ContentEncoding::Gzip, "gz"),
    ]
    .into_iter()
    .find_map(|(encoding, ending)| {
        let wanted = accepted.negotiate([Encoding::Known(encoding)].iter())?;
        (wanted == Encoding::Known(encoding)).then_some(())?;
        Some((encoding, F::get(&format!("{path}.{ending}"))?))
    })
}
