//! Categories: admins keep the headings under which services and articles stand.

mod adopt;
mod create;
mod delete;
mod ensure;
mod list;
mod merge;
mod record;
mod rename;
mod shelf;
mod update;

pub use adopt::adopt;
pub use create::{NewCategory, create};
pub use delete::delete;
pub(crate) use ensure::ensure;
pub use list::{CategoryInUse, detail, list};
pub use merge::merge;
pub use shelf::Shelf;
pub(crate) use shelf::shelves;
pub use update::{UpdateCategory, update};
