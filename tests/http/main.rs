//! The product over HTTP, on both engines.

mod access;
mod accounts;
mod article_readers;
mod article_revisions;
mod article_sources;
mod audit;
mod bodies;
mod categories;
mod dashboard;
mod deadlines;
mod events;
mod feedback;
mod forgot;
mod import;
mod insights;
mod jobs;
mod lists;
mod organizations;
mod privacy;
mod profile;
mod promises;
mod refusals;
mod roles;
mod settings;
mod sign_in;
mod state_table;
