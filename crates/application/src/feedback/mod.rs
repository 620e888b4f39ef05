//! What customers said, as staff read it.

mod list;

pub use list::list;
