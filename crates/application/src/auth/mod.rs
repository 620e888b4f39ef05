//! Signing in and out, and who a request belongs to.

mod authenticate;
mod login;
mod logout;
mod me;
pub(crate) mod password;
mod refresh;
mod refresh_token;
pub(crate) mod session;

pub use authenticate::authenticate;
pub use login::login;
pub use logout::logout;
pub use me::me;
pub use refresh::refresh;
pub use session::{Client, SESSION_LIFETIME, SignedIn};
