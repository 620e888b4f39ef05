//! The product over HTTP, on both engines.

mod bodies;
mod events;
mod insights;
mod lists;
mod privacy;
mod refusals;
mod roles;
mod sign_in;
mod state_table;
