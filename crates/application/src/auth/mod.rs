//! Signing in and out, and who a request belongs to.

mod authenticate;

pub use authenticate::authenticate;
