//! What staff call, under `/api/admin/`.

mod api_keys;
mod article_bodies;
mod article_context;
mod article_dto;
mod article_revisions;
mod articles;
mod audit;
mod categories;
mod conversation;
mod customer_insights;
mod dashboard;
mod drafts;
mod empty_searches;
mod events;
mod feedback;
mod feedback_filters;
mod feedback_summary;
mod files;
mod insight_dto;
mod markdown;
mod organizations;
mod password_requests;
mod resolutions;
mod service_bodies;
mod service_dto;
mod services;
mod settings;
mod settings_dto;
mod ticket_counts;
mod ticket_dto;
mod ticket_filters;
mod ticket_history;
mod tickets;
mod user_access;
mod user_dto;
mod user_import;
mod users;
mod webhook_deliveries;
mod webhook_dto;
mod webhooks;

use utoipa_actix_web::service_config::ServiceConfig;

/// The calls of this audience, relative to `/api/admin`.
pub fn routes(config: &mut ServiceConfig<'_>) {
    // Before `tickets/{id}`, which would take it for an id.
    ticket_counts::routes(config);
    tickets::routes(config);
    conversation::routes(config);
    drafts::routes(config);
    ticket_history::routes(config);
    feedback_summary::routes(config);
    feedback::routes(config);
    resolutions::routes(config);
    customer_insights::routes(config);
    dashboard::routes(config);
    events::routes(config);
    articles::routes(config);
    article_revisions::routes(config);
    article_context::routes(config);
    empty_searches::routes(config);
    markdown::routes(config);
    services::routes(config);
    categories::routes(config);
    organizations::routes(config);
    audit::routes(config);
    users::routes(config);
    settings::routes(config);
    api_keys::routes(config);
    password_requests::routes(config);
    user_access::routes(config);
    user_import::routes(config);
    webhooks::routes(config);
    webhook_deliveries::routes(config);
}
