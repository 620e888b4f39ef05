//! How the desk looks: what the portals need to know before anybody has signed in.

use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, ETAG, HeaderName, HeaderValue, IF_NONE_MATCH,
};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, get, web};
use bsm_application::settings;
use bsm_persistence::settings::SettingsRow;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::http::problem::Problem;
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(show).service(logo);
}

/// The logo of the desk.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Logo {
    /// Its path at the API. Another logo has another one.
    #[schema(example = "/api/branding/logo/9f86d081…")]
    pub url: String,
    /// Its width in pixels.
    pub width: i64,
    /// Its height in pixels.
    pub height: i64,
}

impl Logo {
    /// The logo of these settings.
    #[must_use]
    pub fn of(row: &SettingsRow) -> Option<Self> {
        Some(Self {
            url: format!("/api/branding/logo/{}", row.logo.as_deref()?),
            width: row.logo_width?,
            height: row.logo_height?,
        })
    }
}

/// How the desk looks, and whether it is open.
#[derive(Debug, Serialize, ToSchema)]
pub struct Branding {
    /// What it calls itself; null for the names of the portals.
    #[schema(required)]
    brand_name: Option<String>,
    /// Its colour; null for those of the portals.
    #[schema(required, example = "#1a7f5a")]
    accent_colour: Option<String>,
    /// Its logo.
    #[schema(required)]
    logo: Option<Logo>,
    /// Whether people may make themselves accounts in the customer portal.
    registration_open: bool,
}

/// Tells how the desk looks.
///
/// Without signing in; the portals dress by it. May be kept and asked for again with
/// `If-None-Match`.
#[utoipa::path(tag = "Branding", operation_id = "branding.get",
    params(("If-None-Match" = Option<String>, Header, description = "The ETag of what is known.")),
    responses((status = 200, description = "How it looks.", body = Branding,
            headers(("ETag" = String, description = "Names this very look."))),
        (status = 304, description = "As it is known.",
            headers(("ETag" = String, description = "Names what is known.")))))]
#[get("")]
async fn show(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    let row = settings::branding(&state.app).await?;
    let tag = format!("\"{}\"", row.version);
    let mut response = answer(&request, &tag, "no-cache");
    if is_known(&request, &tag) {
        return Ok(response.finish());
    }
    Ok(response.json(Branding {
        logo: Logo::of(&row),
        brand_name: row.brand_name,
        accent_colour: row.accent_colour,
        registration_open: row.registration_open,
    }))
}

/// Shows the logo.
///
/// Without signing in. An address shows one picture for ever, so that it can be kept; it is gone
/// when the logo is another one.
#[utoipa::path(tag = "Branding", operation_id = "branding.logo",
    params(("hash" = String, Path, description = "As in the logo's `url`."),
        ("If-None-Match" = Option<String>, Header, description = "The ETag of what is known.")),
    responses((status = 200, description = "The picture.", content(
            (Vec<u8> = "image/png"), (Vec<u8> = "image/jpeg"), (Vec<u8> = "image/webp")),
            headers(("ETag" = String, description = "Names this very picture."))),
        (status = 304, description = "As it is known.",
            headers(("ETag" = String, description = "Names what is known.")))))]
#[get("/logo/{hash}")]
async fn logo(
    state: web::Data<AppState>,
    request: HttpRequest,
    hash: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let logo = settings::logo(&state.app, &hash).await?;
    let tag = format!("\"{}\"", logo.hash);
    let mut response = answer(&request, &tag, "public, max-age=31536000, immutable");
    // Opened by itself it is a picture in a box, whatever its bytes might also be.
    response.insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"));
    // Portals on other hosts show it, too.
    let anywhere = HeaderValue::from_static("cross-origin");
    response.insert_header((
        HeaderName::from_static("cross-origin-resource-policy"),
        anywhere,
    ));
    if is_known(&request, &tag) {
        return Ok(response.finish());
    }
    Ok(response
        .content_type(logo.kind.media_type())
        .body(logo.content))
}

fn is_known(request: &HttpRequest, tag: &str) -> bool {
    let known = request.headers().get_all(IF_NONE_MATCH);
    known
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        // The library that compresses answers makes strong tags weak ones.
        .any(|known| known.trim().trim_start_matches("W/") == tag)
}

fn answer(request: &HttpRequest, tag: &str, caching: &'static str) -> HttpResponseBuilder {
    let mut response = if is_known(request, tag) {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response
        .insert_header((ETAG, tag))
        .insert_header((CACHE_CONTROL, caching));
    response
}
