//! Use cases: what people and programs do with the product, one verb a file. No HTTP here.

mod app;
pub mod articles;
pub mod auth;
mod error;
mod search;
pub mod services;
mod stamp;
pub mod tickets;

pub use app::{App, AppSettings};
pub use error::{Conflict, Error, Expected, FieldError, Result};
pub use stamp::Stamp;
