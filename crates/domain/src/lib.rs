//! The rules of the service desk: what a ticket is, who may do what, what a form accepts, how
//! text is rendered and searched. No async, no SQL, no HTTP; nothing here reads the time but
//! [`clock::SystemClock`].

pub mod actor;
pub mod address;
pub mod api_key;
pub mod article;
pub mod bounds;
pub mod category;
pub mod clock;
mod codes;
#[cfg(feature = "sqlx")]
mod column;
pub mod email;
pub mod event;
pub mod figures;
pub mod form;
pub mod ids;
pub mod image;
pub mod markdown;
pub mod password;
pub mod people_file;
pub mod policy;
pub mod preferences;
pub mod rating;
pub mod service;
pub mod settings;
pub mod text;
pub mod ticket;
pub mod webhook;

pub use codes::UnknownCode;
