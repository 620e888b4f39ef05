//! Signing in and out, and who a request belongs to.

mod authenticate;
mod login;
mod logout;
mod me;
pub(crate) mod password;
mod password_link;
mod password_reset;
mod refresh;
mod refresh_token;
mod register;
pub(crate) mod session;

pub use authenticate::authenticate;
pub use login::login;
pub use logout::logout;
pub use me::me;
pub use password_link::{PasswordLink, password_link, password_link_by_operator};
pub use password_reset::password_reset;
pub use refresh::refresh;
pub use register::register;
pub use session::{Client, SESSION_LIFETIME, SignedIn};
