//! What everybody can call without signing in.

mod articles;
mod branding;

use utoipa_actix_web::service_config::ServiceConfig;

pub use branding::Logo;

/// The public articles, relative to `/knowledge-base-articles`.
pub fn articles(config: &mut ServiceConfig<'_>) {
    articles::routes(config);
}

/// How the desk looks, relative to `/api/branding`.
pub fn branding(config: &mut ServiceConfig<'_>) {
    branding::routes(config);
}
