//! What all handlers share: problems, bodies, parameters, cursors, versions.

pub mod body;
pub mod cursor;
pub mod event_stream;
pub mod list;
pub mod params;
pub mod people;
pub mod problem;
pub mod request_id;
mod schema;
pub mod sse;
pub mod version;
