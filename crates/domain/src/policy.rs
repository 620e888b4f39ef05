//! Who may do what. Pure: every rule of access is in this file.

use serde_json::{Value, json};

use crate::actor::{Actor, Role};
use crate::event::{Audience, Changes, EventKind, SubjectKind};
use crate::ids::{OrganizationId, UserId};
use crate::ticket::{CustomerStatus, TicketStatus};

/// Why somebody may not do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// They may not even know that it exists: answered like what does not exist.
    #[error("not found")]
    Hidden,
    /// They may see it, but not do this.
    #[error("not allowed")]
    Forbidden,
}

/// Whose ticket it is: all that the policy needs to know of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TicketParties {
    /// Who asked.
    pub requester: UserId,
    /// The company they asked for.
    pub organization: Option<OrganizationId>,
}

/// Something done with one ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TicketAction {
    /// See it and its public conversation.
    Read,
    /// Write a public message.
    Reply,
    /// Close or reopen it as the customer.
    CloseOrReopen,
    /// Rate its resolution.
    Rate,
    /// Change fields, write and read notes, read its history.
    Work,
}

/// Decides about one ticket.
///
/// # Errors
/// [`Denied::Hidden`] where the ticket must seem not to exist, [`Denied::Forbidden`] where it is
/// visible but this act is not theirs.
pub fn decide(actor: &Actor, action: TicketAction, ticket: &TicketParties) -> Result<(), Denied> {
    match actor.role {
        Role::Agent | Role::Admin => match action {
            _ if !sight_of(actor).shows(ticket.organization) => Err(Denied::Hidden),
            TicketAction::Read | TicketAction::Reply | TicketAction::Work => Ok(()),
            TicketAction::CloseOrReopen | TicketAction::Rate => Err(Denied::Forbidden),
        },
        Role::Customer => {
            let own = ticket.requester == actor.user_id;
            let manages = ticket.organization.is_some()
                && ticket.organization == actor.managed_organization();
            match action {
                TicketAction::Read | TicketAction::Reply | TicketAction::CloseOrReopen
                    if own || manages =>
                {
                    Ok(())
                }
                TicketAction::Rate if own => Ok(()),
                TicketAction::Rate | TicketAction::Work if own || manages => Err(Denied::Forbidden),
                _ => Err(Denied::Hidden),
            }
        }
    }
}

/// Something that depends on the role alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Capability {
    /// Answer tickets, write articles, read feedback, people, services.
    Work,
    /// Change services, people and organizations.
    Manage,
}

/// Decides by role. A key for one organization has neither: what can be limited to an organization
/// asks for a [`Sight`] instead, so that whatever does not is closed to such a key.
///
/// # Errors
/// [`Denied::Forbidden`] where the role does not have the capability.
pub fn require(actor: &Actor, capability: Capability) -> Result<(), Denied> {
    if has(actor, capability) && sight_of(actor).organization().is_none() {
        Ok(())
    } else {
        Err(Denied::Forbidden)
    }
}

fn has(actor: &Actor, capability: Capability) -> bool {
    match capability {
        Capability::Work => actor.role.is_staff(),
        Capability::Manage => actor.role == Role::Admin,
    }
}

/// Of whose things staff may see any: of everybody's, or with a key for one organization of that
/// one's. Only this module can make one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sight(Option<OrganizationId>);

impl Sight {
    /// The one organization; `None` for all, and for what belongs to none.
    #[must_use]
    pub const fn organization(self) -> Option<OrganizationId> {
        self.0
    }

    /// Whether something of this organization, or of none, can be seen.
    #[must_use]
    pub fn shows(self, organization: Option<OrganizationId>) -> bool {
        self.0.is_none() || self.0 == organization
    }

    /// What a list shows that asks for one organization, or for any; `None` for nothing at all.
    #[must_use]
    pub fn narrow(self, wanted: Option<OrganizationId>) -> Option<Option<OrganizationId>> {
        match (self.0, wanted) {
            (None, wanted) => Some(wanted),
            (Some(own), None) => Some(Some(own)),
            (Some(own), Some(wanted)) => (own == wanted).then_some(Some(own)),
        }
    }

    /// Whether something of this organization, or of none, can be seen.
    ///
    /// # Errors
    /// [`Denied::Hidden`] where it cannot.
    pub fn admits(self, organization: Option<OrganizationId>) -> Result<(), Denied> {
        if self.shows(organization) {
            Ok(())
        } else {
            Err(Denied::Hidden)
        }
    }
}

fn sight_of(actor: &Actor) -> Sight {
    Sight(actor.api_key().and_then(|key| key.organization))
}

/// What staff with this capability see, for use cases that can be limited to an organization.
///
/// # Errors
/// [`Denied::Forbidden`] where the role does not have the capability.
pub fn sight(actor: &Actor, capability: Capability) -> Result<Sight, Denied> {
    if has(actor, capability) {
        Ok(sight_of(actor))
    } else {
        Err(Denied::Forbidden)
    }
}

/// Whether somebody of this role may be added or changed, or become it: a key never makes staff,
/// so that nobody who holds one can let themselves in.
///
/// # Errors
/// [`Denied::Forbidden`] where not.
pub fn may_make(actor: &Actor, role: Role) -> Result<(), Denied> {
    if role.is_staff() && actor.api_key().is_some() {
        Err(Denied::Forbidden)
    } else {
        Ok(())
    }
}

/// Whether the actor may do what only a person at the desk does, whatever a key is for.
///
/// # Errors
/// [`Denied::Forbidden`] for keys.
pub fn in_person(actor: &Actor) -> Result<(), Denied> {
    if actor.api_key().is_none() {
        Ok(())
    } else {
        Err(Denied::Forbidden)
    }
}

/// Which tickets a list may show. Only this module can make one, so that a list without a scope
/// does not compile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TicketScope(ScopeKind);

/// The kinds of scope, for those who turn them into SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScopeKind {
    /// Every ticket.
    All,
    /// The tickets of one requester.
    Requester(UserId),
    /// The tickets of one organization.
    Organization(OrganizationId),
}

impl TicketScope {
    /// What this scope lets through.
    #[must_use]
    pub const fn kind(self) -> ScopeKind {
        self.0
    }
}

/// All tickets, for staff; with a key for one organization, all of that one.
///
/// # Errors
/// [`Denied::Forbidden`] for customers.
pub fn staff_scope(actor: &Actor) -> Result<TicketScope, Denied> {
    let sight = sight(actor, Capability::Work)?;
    let kind = sight
        .organization()
        .map_or(ScopeKind::All, ScopeKind::Organization);
    Ok(TicketScope(kind))
}

/// Whether there is nothing of customers that this actor may not see.
#[must_use]
pub fn sees_all(actor: &Actor) -> bool {
    actor.role.is_staff() && sight_of(actor).organization().is_none()
}

/// A customer's own tickets.
#[must_use]
pub const fn own_scope(actor: &Actor) -> TicketScope {
    TicketScope(ScopeKind::Requester(actor.user_id))
}

/// The tickets of the organization a customer manages; their own where they manage none.
#[must_use]
pub fn organization_scope(actor: &Actor) -> TicketScope {
    actor.managed_organization().map_or_else(
        || own_scope(actor),
        |id| TicketScope(ScopeKind::Organization(id)),
    )
}

/// What the policy needs to know of an event to decide who may learn of it.
#[derive(Debug, Clone, Copy)]
pub struct EventParties {
    /// What happened.
    pub kind: EventKind,
    /// What it is about.
    pub subject_kind: SubjectKind,
    /// The id of that.
    pub subject_id: uuid::Uuid,
    /// The requester of a ticket.
    pub requester: Option<UserId>,
    /// The organization of a ticket.
    pub organization: Option<OrganizationId>,
}

/// The settings whose effect customers can see.
const SHOWN_SETTINGS: [&str; 5] = [
    "registration_open",
    "rating_window_days",
    "brand_name",
    "accent_colour",
    "logo",
];

/// What staff get to see of an event's changes, all of them the same, and whoever admins hand the
/// log to: webhooks.
#[must_use]
pub fn staff_changes(kind: EventKind, changes: &Changes) -> Option<Changes> {
    (kind.audience() != Audience::Internal).then(|| changes.clone())
}

/// What a listener gets to see of an event's changes; nothing at all where it is not for them.
#[must_use]
pub fn visible_changes(actor: &Actor, event: &EventParties, changes: &Changes) -> Option<Changes> {
    if actor.role.is_staff() {
        return shows_event(actor, event)
            .then(|| staff_changes(event.kind, changes))
            .flatten();
    }
    match event.kind.audience() {
        Audience::Internal | Audience::Staff => None,
        Audience::Everyone => {
            let hidden = event.kind == EventKind::SettingsUpdated
                && !changes
                    .0
                    .keys()
                    .any(|f| SHOWN_SETTINGS.contains(&f.as_str()));
            (!hidden).then(Changes::none)
        }
        Audience::Person => (event.subject_kind == SubjectKind::User
            && event.subject_id == actor.user_id.0)
            .then(Changes::none),
        Audience::TicketParties => {
            let parties = TicketParties {
                requester: event.requester?,
                organization: event.organization,
            };
            decide(actor, TicketAction::Read, &parties).ok()?;
            customer_changes(event.kind, changes)
        }
    }
}

/// Whether staff learn of an event: all of it, but with a key for one organization only what is
/// known to be that one's. Of people the log does not say whose they are.
fn shows_event(actor: &Actor, event: &EventParties) -> bool {
    let sight = sight_of(actor);
    let of = match event.subject_kind {
        SubjectKind::Ticket => event.organization,
        SubjectKind::Organization => Some(OrganizationId(event.subject_id)),
        _ => None,
    };
    sight.shows(of)
}

/// The part of a ticket's changes that its customer can see: never the assignee, and the status
/// as the customer reads it. An update with nothing visible left is no event for them.
fn customer_changes(kind: EventKind, changes: &Changes) -> Option<Changes> {
    let mut visible = Changes::none();
    for (field, change) in &changes.0 {
        match field.as_str() {
            "priority" | "category" | "subject" | "message" | "score" => {
                visible.0.insert(field.clone(), change.clone());
            }
            "status" => {
                let (from, to) = (
                    customer_status(&change["from"]),
                    customer_status(&change["to"]),
                );
                if from != to {
                    visible = visible.with("status", from, to);
                }
            }
            _ => {}
        }
    }
    (kind != EventKind::TicketUpdated || !visible.is_empty()).then_some(visible)
}

fn customer_status(status: &Value) -> Value {
    status
        .as_str()
        .and_then(|s| s.parse::<TicketStatus>().ok())
        .map_or(Value::Null, |s| json!(CustomerStatus::from(s).as_str()))
}
