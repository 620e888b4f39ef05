//! People, as admins manage them.

mod create;
pub(crate) mod input;
mod read;
mod update;

pub(crate) use create::add;
pub use create::{create, create_by_operator};
pub use input::NewPerson;
pub use read::{get, list};
pub use update::{UpdateUser, update};
