//! Figures: over which time they speak, where the edges of days, weeks and months lie, and how
//! averages are rounded. Defined once, so that the API, the pages and any export say the same.
//! The database counts and sums; nothing here knows it.

mod bucket;
mod counts;
pub mod percentile;
mod period;
mod rounding;
mod slots;
mod zone;

pub use bucket::{BUCKETS_MAX, Bucket, Interval};
pub use counts::Counts;
pub use period::{BadPeriod, Period, earliest, latest};
pub use rounding::{average, percent, share};
pub use slots::{DAY, QUARTER, Split, slot, split};
pub use zone::{UnknownZone, Zone};
