//! What customers call, under `/api/customer/`.

mod articles;
mod conversation;
mod events;
mod rating_reasons;
mod service_dto;
mod services;
mod ticket_dto;
mod tickets;

use utoipa_actix_web::service_config::ServiceConfig;

/// The calls of this audience, relative to `/api/customer`.
pub fn routes(config: &mut ServiceConfig<'_>) {
    tickets::routes(config);
    conversation::routes(config);
    rating_reasons::routes(config);
    events::routes(config);
    services::routes(config);
    articles::routes(config);
}
