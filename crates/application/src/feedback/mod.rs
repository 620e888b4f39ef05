//! What customers said, as staff read it.

mod list;
mod resolutions;
mod seen;
mod summary;

pub use list::{get, list};
pub use resolutions::resolutions;
pub use seen::{seen, unseen};
pub use summary::{FeedbackSummary, Part, summary};
