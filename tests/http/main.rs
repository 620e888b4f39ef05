//! The product over HTTP, on both engines.

mod bodies;
mod events;
mod privacy;
mod refusals;
mod roles;
mod state_table;
