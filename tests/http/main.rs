//! The product over HTTP, on both engines.

mod events;
mod privacy;
mod state_table;
