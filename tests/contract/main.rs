//! The OpenAPI documents: valid, complete, and the ones that are committed.

mod documents;
mod errors;
