//! What all handlers share: problems, bodies, parameters, cursors, versions.

pub mod accept;
pub mod body;
pub mod client;
pub mod csv_answer;
pub mod csv_body;
pub mod cursor;
pub mod event_stream;
pub mod fallback;
pub mod headers;
mod json;
pub mod list;
pub mod once;
pub mod origin;
pub mod params;
pub mod patch;
pub mod patience;
pub mod people;
pub mod period;
pub mod problem;
pub mod reader;
pub mod request_id;
mod schema;
pub mod sse;
pub mod stale;
mod stand_in;
pub mod strict;
pub mod version;
