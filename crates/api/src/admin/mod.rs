//! What staff call, under `/api/admin/`.

mod service_bodies;
mod service_dto;
mod services;

use utoipa_actix_web::service_config::ServiceConfig;

/// The calls of this audience, relative to `/api/admin`.
pub fn routes(config: &mut ServiceConfig<'_>) {
    services::routes(config);
}
