//! The product over HTTP, on both engines.

mod accounts;
mod bodies;
mod events;
mod lists;
mod privacy;
mod refusals;
mod roles;
mod sign_in;
mod state_table;
