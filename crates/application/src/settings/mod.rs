//! What admins decide for the whole desk.

mod logo;
mod read;
mod update;

pub use logo::{remove_logo, set_logo};
pub use read::{branding, get, logo};
pub use update::{UpdateSettings, update};
