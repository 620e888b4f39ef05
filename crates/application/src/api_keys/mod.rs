//! Keys with which programs call the API. Only admins, and only in person, make, read and revoke
//! them; see docs/adr/0014-api-keys.md.

mod authenticate;
mod create;
mod read;
mod record;
mod revoke;
mod update;
mod uses;

pub use authenticate::{authenticate, authenticate_again};
pub use create::{CreatedKey, NewKey, create};
pub use read::{KeyState, get, list, state_of};
pub use revoke::revoke;
pub use update::update;
pub use uses::KeyUses;
