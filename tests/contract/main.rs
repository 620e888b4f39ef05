//! The OpenAPI documents: valid, complete, and the ones that are committed.

mod bounds;
mod coverage;
mod documents;
mod errors;
mod promises;
