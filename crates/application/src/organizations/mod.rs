//! Customer companies.

mod create;
mod read;

pub use create::{create, create_by_operator};
pub use read::{get, list};
