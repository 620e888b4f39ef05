//! The one way a ticket's fields change: every act ends here, so that history, version, times and
//! event never disagree.

use bsm_domain::event::{Changes, Event, EventKind, SubjectKind};
use bsm_domain::ids::{EventId, UserId};
use bsm_domain::ticket::{CustomerStatus, Priority, TicketCategory, TicketStatus};
use bsm_persistence::Tx;
use bsm_persistence::history::{HistoryValue, NewHistory};
use bsm_persistence::tickets::TicketRow;
use serde_json::json;

use super::figures;
use super::resolutions;
use crate::{Result, Stamp};

/// The fields that are to have new values.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields {
    pub(crate) status: Option<TicketStatus>,
    pub(crate) priority: Option<Priority>,
    pub(crate) category: Option<TicketCategory>,
    pub(crate) assignee: Option<Option<UserId>>,
    pub(crate) subject: Option<String>,
}

impl Fields {
    /// The status alone.
    pub(crate) fn status(status: TicketStatus) -> Self {
        Self {
            status: Some(status),
            ..Self::default()
        }
    }
}

/// Writes those fields that really change, with their history, and one event. Whether a status may
/// follow the present one is decided before. Returns whether anything changed.
pub(crate) async fn apply(
    tx: &mut Tx,
    stamp: &Stamp,
    ticket: &mut TicketRow,
    fields: Fields,
) -> Result<bool> {
    let before = ticket.clone();
    let mut changes = Changes::none();
    let mut rows = Vec::new();

    if let Some(to) = fields.status.filter(|to| *to != before.status) {
        enter(ticket, to, stamp);
        changes = changes.with("status", json!(before.status), json!(to));
        rows.push(("status", code(before.status), code(to)));
    }
    if let Some(to) = fields.priority.filter(|to| *to != before.priority) {
        ticket.priority = to;
        changes = changes.with("priority", json!(before.priority), json!(to));
        rows.push(("priority", code(before.priority), code(to)));
    }
    if let Some(to) = fields.category.filter(|to| *to != before.category) {
        ticket.category = to;
        changes = changes.with("category", json!(before.category), json!(to));
        rows.push(("category", code(before.category), code(to)));
    }
    if let Some(to) = fields.assignee.filter(|to| *to != before.assignee_id) {
        ticket.assignee_id = to;
        changes = changes.with("assignee", json!(before.assignee_id), json!(to));
        rows.push(("assignee", person(before.assignee_id), person(to)));
    }
    if let Some(to) = fields.subject.filter(|to| *to != before.subject) {
        // Free text stays out of events and history: that it changed is enough to know.
        ticket.subject = to;
        changes = changes.with("subject", json!(null), json!(null));
        rows.push(("subject", HistoryValue::Nothing, HistoryValue::Nothing));
    }
    if changes.is_empty() {
        return Ok(false);
    }

    ticket.version += 1;
    ticket.updated_at = stamp.at;
    if seen_by_customer(&before, ticket) {
        ticket.customer_version += 1;
        ticket.customer_updated_at = stamp.at;
    }
    tx.update_ticket(ticket).await?;
    resolutions::follow(tx, stamp, &before, ticket).await?;
    for (field, from, to) in rows {
        record(tx, stamp, ticket, field, from, to).await?;
    }
    let resolved = before.status != ticket.status && ticket.status == TicketStatus::Resolved;
    let kind = if resolved {
        EventKind::TicketResolved
    } else {
        EventKind::TicketUpdated
    };
    tx.append_event(&event(stamp, ticket, kind, changes))
        .await?;
    figures::follow(tx, Some(&before), ticket).await?;
    Ok(true)
}

/// What entering a status means for the times of a ticket.
fn enter(ticket: &mut TicketRow, to: TicketStatus, stamp: &Stamp) {
    match to {
        TicketStatus::Resolved => {
            ticket.resolutions += 1;
            ticket.resolved_at = Some(stamp.at);
            ticket.score = None;
            ticket.waiting_since = None;
            ticket.reopened_at = None;
        }
        TicketStatus::Closed => {
            ticket.closed_at = Some(stamp.at);
            ticket.waiting_since = None;
            ticket.reopened_at = None;
        }
        // Back to work: the resolution is undone, its rating stays in the history.
        _ => {
            ticket.resolved_at = None;
            ticket.score = None;
            if to == TicketStatus::Pending {
                ticket.waiting_since = None;
            }
        }
    }
    ticket.status = to;
}

fn seen_by_customer(before: &TicketRow, after: &TicketRow) -> bool {
    CustomerStatus::from(before.status) != CustomerStatus::from(after.status)
        || before.priority != after.priority
        || before.category != after.category
        || before.subject != after.subject
}

/// A code or number in the history.
pub(crate) fn code(value: impl ToString) -> HistoryValue {
    HistoryValue::Code(value.to_string())
}

fn person(id: Option<UserId>) -> HistoryValue {
    id.map_or(HistoryValue::Nothing, HistoryValue::Person)
}

/// Writes one row of history.
pub(crate) async fn record(
    tx: &mut Tx,
    stamp: &Stamp,
    ticket: &TicketRow,
    field: &'static str,
    from: HistoryValue,
    to: HistoryValue,
) -> Result<()> {
    tx.insert_history(&NewHistory {
        ticket_id: ticket.id,
        at: stamp.at,
        actor_id: stamp.by,
        via: stamp.via,
        key_id: stamp.key,
        field,
        from,
        to,
    })
    .await?;
    Ok(())
}

/// An event about this ticket.
pub(crate) fn event(stamp: &Stamp, ticket: &TicketRow, kind: EventKind, changes: Changes) -> Event {
    Event {
        id: EventId::generate(),
        kind,
        occurred_at: stamp.at,
        actor: stamp.by,
        subject_kind: SubjectKind::Ticket,
        subject_id: ticket.id.0,
        subject_number: Some(ticket.number),
        requester: Some(ticket.requester_id),
        organization: ticket.organization_id,
        changes,
    }
}
