//! People, as admins manage them.

mod access;
mod create;
pub mod import;
pub(crate) mod input;
mod read;
mod update;

pub use access::{end_session, end_sessions, password_links, sessions};
pub(crate) use create::add;
pub(crate) use create::event;
pub use create::{create, create_by_operator};
pub use input::NewPerson;
pub use read::{get, has_admin, list};
pub use update::{UpdateUser, update};
