//! Tickets: codes, number, and the state machine.

mod number;
mod state;

pub use number::TicketNumber;
pub use state::{Act, Refused, StaffTargets, next_status, staff_targets};

use crate::codes::codes;

codes!(
    /// Where a ticket stands.
    TicketStatus {
        /// Nobody has looked; never entered again.
        New = "new",
        /// In work.
        Open = "open",
        /// Waits for the customer.
        Pending = "pending",
        /// Waits for somebody else.
        OnHold = "on_hold",
        /// Solved, as staff see it; can be rated and reopened.
        Resolved = "resolved",
        /// Over.
        Closed = "closed",
    }
);

codes!(
    /// A ticket's state as customers see it: `on_hold` reads `open`.
    CustomerStatus {
        /// Received.
        New = "new",
        /// In progress.
        Open = "open",
        /// Waiting for you.
        Pending = "pending",
        /// Resolved.
        Resolved = "resolved",
        /// Closed.
        Closed = "closed",
    }
);

impl From<TicketStatus> for CustomerStatus {
    fn from(status: TicketStatus) -> Self {
        match status {
            TicketStatus::New => Self::New,
            TicketStatus::Open | TicketStatus::OnHold => Self::Open,
            TicketStatus::Pending => Self::Pending,
            TicketStatus::Resolved => Self::Resolved,
            TicketStatus::Closed => Self::Closed,
        }
    }
}

impl CustomerStatus {
    /// The states that read so for a customer.
    #[must_use]
    pub const fn statuses(self) -> &'static [TicketStatus] {
        match self {
            Self::New => &[TicketStatus::New],
            Self::Open => &[TicketStatus::Open, TicketStatus::OnHold],
            Self::Pending => &[TicketStatus::Pending],
            Self::Resolved => &[TicketStatus::Resolved],
            Self::Closed => &[TicketStatus::Closed],
        }
    }
}

codes!(
    /// How soon somebody should look.
    Priority {
        /// Can wait.
        Low = "low",
        /// The default.
        Normal = "normal",
        /// Before the others.
        High = "high",
        /// Now.
        Urgent = "urgent",
    }
);

codes!(
    /// What kind of wish a ticket is.
    TicketCategory {
        /// The default.
        CustomerRequest = "customer_request",
        /// An order from the catalog; made only by ordering.
        ServiceRequest = "service_request",
        /// Something is broken.
        Incident = "incident",
        /// Something is unclear.
        Question = "question",
    }
);

codes!(
    /// Who may read a message.
    MessageVisibility {
        /// The customer and staff.
        Public = "public",
        /// Staff only.
        Internal = "internal",
    }
);
