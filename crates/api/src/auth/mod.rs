//! Who calls: access tokens, the extractors that prove an audience, and the calls under
//! `/api/auth/`.

pub mod caller;
pub mod token;
