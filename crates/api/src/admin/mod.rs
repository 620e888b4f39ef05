//! What staff call, under `/api/admin/`.

mod organizations;
mod user_dto;
mod users;

use utoipa_actix_web::service_config::ServiceConfig;

/// The calls of this audience, relative to `/api/admin`.
pub fn routes(config: &mut ServiceConfig<'_>) {
    organizations::routes(config);
    users::routes(config);
}
