//! The product over HTTP, on both engines.

mod access;
mod accounts;
mod article_revisions;
mod audit;
mod bodies;
mod categories;
mod events;
mod import;
mod insights;
mod lists;
mod organizations;
mod privacy;
mod refusals;
mod roles;
mod sign_in;
mod state_table;
