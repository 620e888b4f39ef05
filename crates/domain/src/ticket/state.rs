//! The state machine of a ticket: a table, and one function that reads it.

use super::TicketStatus;
use TicketStatus::{Closed, New, OnHold, Open, Pending, Resolved};

/// What somebody does to a ticket, as far as its status is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Staff choose a status by hand.
    StaffSet(TicketStatus),
    /// Staff write a public reply.
    StaffReply,
    /// Staff make somebody the assignee.
    StaffAssign,
    /// The customer replies.
    CustomerReply,
    /// The customer closes ("withdraw", "that solved it").
    CustomerClose,
    /// The customer says it is not solved.
    CustomerReopen,
    /// Nobody said a word for the days that auto-close waits.
    Timer,
}

/// Why an act is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The table has no such transition.
    #[error("a ticket that is {from} cannot become {to}", to = .to.map_or("that", TicketStatus::as_str))]
    Transition {
        /// The present status.
        from: TicketStatus,
        /// The wanted one, where one was named.
        to: Option<TicketStatus>,
    },
    /// A closed ticket takes no more replies: a follow-up ticket is the way.
    #[error("the ticket is closed; open a follow-up ticket instead")]
    Closed,
}

/// What staff may set by hand, per status. Nothing leads back to `new`, nothing out of `closed`.
pub type StaffTargets = &'static [TicketStatus];

/// The statuses staff may set from here, the present one not among them.
#[must_use]
pub const fn staff_targets(from: TicketStatus) -> StaffTargets {
    match from {
        New => &[Open, Pending, OnHold, Resolved],
        Open => &[Pending, OnHold, Resolved],
        Pending => &[Open, OnHold, Resolved],
        OnHold => &[Open, Pending, Resolved],
        Resolved => &[Open, Closed],
        Closed => &[],
    }
}

/// The status after the act; the same one where the act leaves it alone.
///
/// # Errors
/// [`Refused`] where the table does not allow the act; the ticket then stays as it is.
pub fn next_status(from: TicketStatus, act: Act) -> Result<TicketStatus, Refused> {
    let no_way = |to| Err(Refused::Transition { from, to });
    match (act, from) {
        (Act::StaffSet(to), _) if to == from => Ok(from),
        (Act::StaffSet(to), _) if staff_targets(from).contains(&to) => Ok(to),
        (Act::StaffSet(to), _) => no_way(Some(to)),

        (Act::StaffReply | Act::CustomerReply, Closed) => Err(Refused::Closed),
        (Act::StaffReply | Act::StaffAssign, New) => Ok(Open),
        (Act::StaffReply | Act::StaffAssign, _) => Ok(from),

        (Act::CustomerReply, Pending | Resolved) => Ok(Open),
        (Act::CustomerReply, _) => Ok(from),

        (Act::CustomerClose, Closed) => no_way(Some(Closed)),
        (Act::CustomerClose, _) => Ok(Closed),

        (Act::CustomerReopen, Resolved) => Ok(Open),
        (Act::CustomerReopen, _) => no_way(Some(Open)),

        (Act::Timer, Resolved) => Ok(Closed),
        (Act::Timer, _) => no_way(Some(Closed)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The product guide's table, written out once more by hand: rows are the present status,
    /// columns the acts, `-` a refusal, `x` the refusal of a closed ticket.
    const TABLE: &str = "
        from     new open pending on_hold resolved closed | reply    assign   creply   cclose creopen timer
        new      new open pending on_hold resolved -      | open     open     new      closed -       -
        open     -   open pending on_hold resolved -      | open     open     open     closed -       -
        pending  -   open pending on_hold resolved -      | pending  pending  open     closed -       -
        on_hold  -   open pending on_hold resolved -      | on_hold  on_hold  on_hold  closed -       -
        resolved -   open -       -       resolved closed | resolved resolved open     closed open    closed
        closed   -   -    -       -       -        closed | x        closed   x        -      -       -
    ";

    #[test]
    fn every_status_and_every_act_follow_the_table() {
        let acts: Vec<Act> = TicketStatus::ALL
            .iter()
            .map(|s| Act::StaffSet(*s))
            .chain([
                Act::StaffReply,
                Act::StaffAssign,
                Act::CustomerReply,
                Act::CustomerClose,
                Act::CustomerReopen,
                Act::Timer,
            ])
            .collect();
        let mut seen = 0;
        for line in TABLE.lines().skip(2).filter(|l| !l.trim().is_empty()) {
            let mut cells = line.split_whitespace().filter(|c| *c != "|");
            let from: TicketStatus = cells.next().unwrap().parse().unwrap();
            for act in &acts {
                let wanted = cells.next().unwrap();
                let got = next_status(from, *act);
                match wanted {
                    "-" => assert!(
                        matches!(got, Err(Refused::Transition { .. })),
                        "{from} {act:?}"
                    ),
                    "x" => assert_eq!(got, Err(Refused::Closed), "{from} {act:?}"),
                    to => assert_eq!(got, Ok(to.parse().unwrap()), "{from} {act:?}"),
                }
                seen += 1;
            }
        }
        assert_eq!(seen, 6 * 12);
    }
}
