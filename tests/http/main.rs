//! The product over HTTP, on both engines.

mod events;
mod state_table;
