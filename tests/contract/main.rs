//! The OpenAPI documents: valid, complete, and the ones that are committed.

mod bounds;
mod coverage;
mod documents;
mod drift;
mod errors;
mod evolution;
mod examples;
mod promises;
