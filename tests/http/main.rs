//! The product over HTTP.

mod events;
