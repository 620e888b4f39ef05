//! Webhooks: other systems are told what happens, as Standard Webhooks says.
//!
//! The log of events is read once for all of them ([`fan_out`]): what one wants becomes a delivery,
//! a row that waits. From there each delivery goes its own way ([`Engine`]): attempted under a lease,
//! again after growing pauses, given up after about three days. A receiver that is slow or gone
//! holds up nothing but what is its own.

mod create;
mod delete;
mod engine;
mod fan_out;
mod gate;
mod input;
mod pace;
mod read;
mod record;
mod resend;
mod rotate;
mod seal;
mod settle;
mod sign;
mod state;
mod test;
mod update;
mod wire;

pub use create::{CreateWebhook, create};
pub use delete::delete;
pub use engine::{Counts, Engine};
pub use fan_out::fan_out;
pub use gate::{Gate, Refusal, Resolve, Resolved, SystemResolver};
pub use pace::Pace;
pub use read::{DeliveryDetail, WebhookDetail, deliveries, delivery, get, list};
pub use resend::{resend, resend_since};
pub use rotate::rotate;
pub use sign::signature;
pub use state::{disable, enable};
pub use test::test;
pub use update::{UpdateWebhook, update};
pub use wire::{Outgoing, Post, Posted, Reply, Trouble};
