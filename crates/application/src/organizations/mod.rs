//! Customer companies.

mod create;
mod read;
mod record;
mod update;

pub use create::{create, create_by_operator};
pub use read::{get, list};
pub use update::update;
