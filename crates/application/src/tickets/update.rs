//! Staff change a ticket's fields.

use bsm_domain::actor::Actor;
use bsm_domain::ids::UserId;
use bsm_domain::policy::TicketAction;
use bsm_domain::ticket::{Act, Priority, TicketCategory, TicketStatus, next_status};

use super::change::{Fields, apply};
use super::create::staff_member;
use super::read::{Reference, TicketDetail, detail_of, find_locked};
use crate::{App, Error, Expected, FieldError, Result, Stamp};

/// The fields to change; absent ones stay.
#[derive(Debug, Clone, Default)]
pub struct UpdateTicket {
    /// Where it stands.
    pub status: Option<TicketStatus>,
    /// How soon somebody should look.
    pub priority: Option<Priority>,
    /// What kind of wish it is.
    pub category: Option<TicketCategory>,
    /// Who works on it; `Some(None)` for nobody.
    pub assignee: Option<Option<UserId>>,
    /// In one line.
    pub subject: Option<String>,
}

/// Changes fields, all or none.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]; [`Error::Stale`] where it is not the expected
/// version; [`crate::Conflict::InvalidTransition`]; [`Error::Invalid`] where the assignee is no
/// active member of staff, or `service_request` is chosen for a ticket without a service.
pub async fn update(
    app: &App,
    actor: &Actor,
    reference: Reference,
    expected: &Expected,
    input: UpdateTicket,
) -> Result<TicketDetail> {
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            let mut ticket = find_locked(tx, actor, reference, TicketAction::Work).await?;
            expected.check(ticket.version)?;
            if input.category == Some(TicketCategory::ServiceRequest) && ticket.service_id.is_none()
            {
                return Err(Error::Invalid(vec![FieldError {
                    pointer: "/category".into(),
                    code: "not_allowed",
                    detail: "only an order from the catalog is a service request".into(),
                }]));
            }
            let mut status = match input.status {
                Some(to) => Some(next_status(ticket.status, Act::StaffSet(to))?),
                None => None,
            };
            if let Some(Some(assignee)) = input.assignee {
                staff_member(tx, assignee).await?;
                if status.is_none() {
                    status = Some(next_status(ticket.status, Act::StaffAssign)?);
                }
            }
            let fields = Fields {
                status,
                priority: input.priority,
                category: input.category,
                assignee: input.assignee,
                subject: input.subject.clone(),
            };
            let renamed = fields
                .subject
                .as_ref()
                .is_some_and(|s| *s != ticket.subject);
            if apply(tx, &stamp, &mut ticket, fields).await? && renamed {
                let words = bsm_domain::text::document(&[&ticket.subject], 200);
                tx.index_message(ticket.id, ticket.number, &words, false)
                    .await?;
            }
            let ticket = tx.ticket(ticket.id).await?.ok_or(Error::NotFound)?;
            detail_of(tx, actor, ticket).await
        })
        .await
}
