//! Customer companies.

mod create;
mod read;
mod record;
mod update;

pub(crate) use create::add;
pub use create::{create, create_by_operator};
pub use read::{get, list};
pub(crate) use record::{Name, index_again};
pub use update::update;
