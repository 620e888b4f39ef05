//! A ticket is opened: by its customer, by staff on a customer's behalf, or by ordering a service.

use bsm_domain::actor::{Actor, Role};
use bsm_domain::event::{Changes, EventKind};
use bsm_domain::ids::{OrganizationId, ServiceId, TicketId, UserId};
use bsm_domain::policy::{self, Capability, TicketAction};
use bsm_domain::text;
use bsm_domain::ticket::{Act, Priority, TicketCategory, TicketNumber, next_status};
use bsm_persistence::Tx;
use bsm_persistence::history::HistoryValue;
use bsm_persistence::tickets::{NewTicket, StoredAnswer, TicketRow};

use super::change::{Fields, apply, code, event, record};
use super::figures;
use super::read::{Reference, TicketDetail, detail_of, find};
use crate::{App, Error, FieldError, Result, Stamp};

/// Most different words of one text of a ticket that the search knows; a conversation has many.
pub(crate) const TICKET_WORDS: usize = 2_000;

/// What a customer asks.
#[derive(Debug, Clone)]
pub struct CreateTicket {
    /// In one line.
    pub subject: String,
    /// In Markdown.
    pub description: String,
    /// How soon somebody should look.
    pub priority: Priority,
    /// What kind of wish; never `service_request`, which only an order makes.
    pub category: TicketCategory,
    /// The ticket this one goes on from.
    pub follow_up_of: Option<Reference>,
}

/// What staff write down for a customer.
#[derive(Debug, Clone)]
pub struct CreateForCustomer {
    /// The customer.
    pub requester: UserId,
    /// What they ask.
    pub ticket: CreateTicket,
    /// Who is to work on it.
    pub assignee: Option<UserId>,
}

/// A ticket about to be opened, whoever opens it.
pub(crate) struct Opening {
    pub(crate) requester: UserId,
    pub(crate) organization: Option<OrganizationId>,
    pub(crate) subject: String,
    pub(crate) description: String,
    pub(crate) priority: Priority,
    pub(crate) category: TicketCategory,
    pub(crate) service: Option<(ServiceId, i64)>,
    pub(crate) answers: Vec<StoredAnswer>,
    pub(crate) follow_up_of: Option<TicketId>,
}

/// A customer opens a ticket.
///
/// # Errors
/// [`Error::Invalid`] where `follow_up_of` names no ticket they may see.
pub async fn create(app: &App, actor: &Actor, input: CreateTicket) -> Result<TicketDetail> {
    let stamp = Stamp::of(app, actor);
    let id = TicketId::generate();
    app.db
        .write(async |tx| {
            let follow_up_of = previous(tx, actor, input.follow_up_of).await?;
            let opening = Opening {
                requester: actor.user_id,
                organization: actor.organization_id,
                subject: input.subject.clone(),
                description: input.description.clone(),
                priority: input.priority,
                category: input.category,
                service: None,
                answers: Vec::new(),
                follow_up_of,
            };
            let ticket = open(tx, &stamp, id, opening).await?;
            detail_of(tx, actor, ticket).await
        })
        .await
}

/// Staff open a ticket for a customer.
///
/// # Errors
/// [`Error::Forbidden`] for customers; [`Error::Invalid`] where the requester is no active
/// customer, the assignee no active member of staff, or `follow_up_of` no ticket.
pub async fn create_for_customer(
    app: &App,
    actor: &Actor,
    input: CreateForCustomer,
) -> Result<TicketDetail> {
    let sight = policy::sight(actor, Capability::Work)?;
    let stamp = Stamp::of(app, actor);
    let id = TicketId::generate();
    app.db
        .write(async |tx| {
            let requester = tx
                .user(input.requester)
                .await?
                .filter(|u| u.active && u.role == Role::Customer && sight.shows(u.organization_id))
                .ok_or_else(|| invalid("/requester_id", "names no active customer"))?;
            if let Some(assignee) = input.assignee {
                staff_member(tx, assignee).await?;
            }
            let wish = &input.ticket;
            let follow_up_of = previous(tx, actor, wish.follow_up_of).await?;
            let opening = Opening {
                requester: requester.id,
                organization: requester.organization_id,
                subject: wish.subject.clone(),
                description: wish.description.clone(),
                priority: wish.priority,
                category: wish.category,
                service: None,
                answers: Vec::new(),
                follow_up_of,
            };
            let mut ticket = open(tx, &stamp, id, opening).await?;
            if input.assignee.is_some() {
                let status = next_status(ticket.status, Act::StaffAssign)?;
                let fields = Fields {
                    status: Some(status),
                    assignee: Some(input.assignee),
                    ..Fields::default()
                };
                apply(tx, &stamp, &mut ticket, fields).await?;
                ticket = tx.ticket(id).await?.ok_or(Error::NotFound)?;
            }
            detail_of(tx, actor, ticket).await
        })
        .await
}

/// Writes the ticket, its place in the search, its first row of history and its event.
pub(crate) async fn open(
    tx: &mut Tx,
    stamp: &Stamp,
    id: TicketId,
    opening: Opening,
) -> Result<TicketRow> {
    let number = tx.next_ticket_number().await?;
    let answers: Vec<&str> = opening.answers.iter().map(|a| a.value.as_str()).collect();
    let name = TicketNumber(number).to_string();
    let mut texts = vec![name.as_str(), &opening.subject, &opening.description];
    texts.extend(answers);
    let words = text::document(&texts, TICKET_WORDS);
    tx.insert_ticket(&NewTicket {
        id,
        number,
        subject: opening.subject,
        description: opening.description,
        priority: opening.priority,
        category: opening.category,
        requester_id: opening.requester,
        organization_id: opening.organization,
        service: opening.service,
        answers: opening.answers,
        follow_up_of: opening.follow_up_of,
        created_at: stamp.at,
    })
    .await?;
    tx.index_ticket(id, number, &words).await?;
    let ticket = tx.ticket(id).await?.ok_or(Error::NotFound)?;
    record(
        tx,
        stamp,
        &ticket,
        "created",
        HistoryValue::Nothing,
        code(ticket.status),
    )
    .await?;
    tx.append_event(&event(
        stamp,
        &ticket,
        EventKind::TicketCreated,
        Changes::none(),
    ))
    .await?;
    figures::follow(tx, None, &ticket).await?;
    Ok(ticket)
}

/// The ticket that a new one follows up on; the actor must be able to see it.
async fn previous(
    tx: &mut Tx,
    actor: &Actor,
    reference: Option<Reference>,
) -> Result<Option<TicketId>> {
    let Some(reference) = reference else {
        return Ok(None);
    };
    match find(tx, actor, reference, TicketAction::Read).await {
        Ok(ticket) => Ok(Some(ticket.id)),
        Err(Error::NotFound) => Err(invalid("/follow_up_of", "names no ticket")),
        Err(other) => Err(other),
    }
}

/// An assignee must be somebody who can work.
pub(crate) async fn staff_member(tx: &mut Tx, id: UserId) -> Result<()> {
    match tx.user(id).await? {
        Some(user) if user.active && user.role.is_staff() => Ok(()),
        _ => Err(invalid("/assignee_id", "names no active member of staff")),
    }
}

fn invalid(pointer: &str, detail: &str) -> Error {
    Error::Invalid(vec![FieldError::unknown_reference(pointer, detail)])
}
