//! Who calls: access tokens, API keys, the extractors that prove an audience, and the calls under
//! `/api/auth/`.

mod account;
pub mod call_limits;
pub mod caller;
pub mod cookie;
mod dto;
pub mod key_access;
pub mod limits;
mod pauses;
mod profile;
mod sign_in;
pub mod token;

use utoipa_actix_web::service_config::ServiceConfig;

/// The calls of everybody, relative to `/api/auth`.
pub fn routes(config: &mut ServiceConfig<'_>) {
    sign_in::routes(config);
    account::routes(config);
    profile::routes(config);
}
