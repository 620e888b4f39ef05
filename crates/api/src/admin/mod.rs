//! What staff call, under `/api/admin/`.

mod events;

use utoipa_actix_web::service_config::ServiceConfig;

/// The calls of this audience, relative to `/api/admin`.
pub fn routes(config: &mut ServiceConfig<'_>) {
    events::routes(config);
}
