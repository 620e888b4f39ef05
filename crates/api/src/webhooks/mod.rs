//! What webhooks put on the wire: bodies, and the client that sends them.

mod client;
pub mod payload;

pub use client::HttpPost;
