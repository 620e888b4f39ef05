//! The client of BSM Platform's API.
//!
//! [`customer`] and [`admin`] are made from the OpenAPI documents when this crate is built: a method an
//! operation, a type a schema. Beside them stand a few helpers that a generator cannot know of.

mod events;
mod pages;
mod webhooks;

pub use events::{Listener, Message, NotHeard};
pub use pages::read_all;
pub use webhooks::{NotBelieved, verify_webhook};

/// What customers can call.
#[allow(warnings, clippy::all, clippy::pedantic)]
pub mod customer {
    include!(concat!(env!("OUT_DIR"), "/customer.rs"));
}

/// What staff can call.
#[allow(warnings, clippy::all, clippy::pedantic)]
pub mod admin {
    include!(concat!(env!("OUT_DIR"), "/admin.rs"));
}

/// The HTTP client that sends this API key, or access token, with every call:
/// `customer::Client::new_with_client(url, authorized(token)?)`.
///
/// # Errors
/// Where the token cannot stand in a header, or no client can be made.
pub fn authorized(
    token: &str,
) -> Result<reqwest::Client, Box<dyn std::error::Error + Send + Sync>> {
    let mut bearer = reqwest::header::HeaderValue::from_str(&format!("Bearer {token}"))?;
    bearer.set_sensitive(true);
    let headers = [(reqwest::header::AUTHORIZATION, bearer)]
        .into_iter()
        .collect();
    Ok(reqwest::Client::builder()
        .default_headers(headers)
        .build()?)
}
