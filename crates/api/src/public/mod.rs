//! What everybody can call without signing in.

mod articles;

use utoipa_actix_web::service_config::ServiceConfig;

/// The public articles, relative to `/knowledge-base-articles`.
pub fn articles(config: &mut ServiceConfig<'_>) {
    articles::routes(config);
}
