//! Tickets, from both sides.

mod auto_close;
mod change;
mod close;
mod create;
mod drafts;
mod figures;
mod list;
mod rate;
mod read;
mod reply;
mod resolutions;
mod update;

pub use auto_close::{Closed, auto_close, close_silent};
pub(crate) use change::event as ticket_event;
pub use close::{close, reopen};
pub use create::{CreateForCustomer, CreateTicket, create, create_for_customer};
pub(crate) use create::{Opening, TICKET_WORDS, open};
pub use drafts::{Draft, DraftTexts, draft, forget_draft, keep_draft};
pub use list::{TicketCounts, counts, list};
pub use rate::{RateTicket, rate};
pub use read::{Reference, TicketDetail, detail, history, messages, past_ratings};
pub(crate) use read::{detail_of, find};
pub use reply::{reply, staff_message};
pub use update::{UpdateTicket, update};
