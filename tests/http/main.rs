//! The product over HTTP, on both engines.

mod access;
mod audit;
mod bodies;
mod events;
mod import;
mod lists;
mod organizations;
mod privacy;
mod refusals;
mod roles;
mod sign_in;
mod state_table;
