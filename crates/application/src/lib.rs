//! Use cases: what people and programs do with the product, one verb a file. No HTTP here.

pub mod api_keys;
mod app;
pub mod articles;
pub mod audit;
pub mod auth;
pub mod categories;
pub mod dashboard;
pub mod demo;
mod error;
pub mod events;
pub mod feedback;
pub mod insights;
pub mod jobs;
pub mod moving;
pub mod organizations;
pub mod retries;
mod search;
pub mod services;
pub mod settings;
mod stamp;
pub mod tickets;
pub mod users;
pub mod webhooks;

pub use app::{App, AppSettings};
pub use error::{Conflict, Error, Expected, FieldError, Result};
pub use stamp::Stamp;
