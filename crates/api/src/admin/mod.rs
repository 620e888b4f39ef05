//! What staff call, under `/api/admin/`.

use utoipa_actix_web::service_config::ServiceConfig;

/// The calls of this audience, relative to `/api/admin`.
pub fn routes(_config: &mut ServiceConfig<'_>) {}
