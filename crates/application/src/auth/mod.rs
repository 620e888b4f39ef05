//! Signing in and out, and who a request belongs to.

mod authenticate;
mod forgot;
mod login;
mod logout;
mod me;
pub(crate) mod password;
mod password_change;
mod password_link;
mod password_requests;
mod password_reset;
mod profile;
mod refresh;
mod refresh_token;
mod register;
pub(crate) mod session;
mod sessions;

pub use authenticate::authenticate;
pub use forgot::forgot;
pub use login::{known_addresses, login};
pub use logout::logout;
pub use me::me;
pub use password_change::password_change;
pub use password_link::{PasswordLink, password_link, password_link_by_operator};
pub use password_requests::{dismiss_password_request, password_requests};
pub use password_reset::password_reset;
pub use profile::{UpdateMe, update_me};
pub use refresh::refresh;
pub use register::register;
pub use session::{Client, SESSION_LIFETIME, SignedIn};
pub use sessions::{end_session, sessions, sign_out_everywhere};
