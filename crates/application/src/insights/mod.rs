//! How customers fare.

mod activity;
mod list;
mod read;

pub use activity::activity;
pub use list::{InsightQuery, InsightsPage, list};
pub use read::{Insight, get};
