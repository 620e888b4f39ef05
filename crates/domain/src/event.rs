//! What happened: the rows of the event log.

use std::fmt;
use std::str::FromStr;

use serde_json::{Map, Value, json};

use crate::clock::Time;
use crate::codes::UnknownCode;
use crate::ids::{EventId, OrganizationId, UserId};

macro_rules! event_kinds {
    ($($(#[$doc:meta])* $variant:ident = $code:literal to $audience:ident),+ $(,)?) => {
        /// The type of an event: `noun.what_happened`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum EventKind { $($(#[$doc])* $variant),+ }

        impl EventKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The type as it stands on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// Who may learn of it at all.
            #[must_use]
            pub const fn audience(self) -> Audience {
                match self { $(Self::$variant => Audience::$audience),+ }
            }
        }
    };
}

/// Who may learn of an event at all; the policy decides for each listener.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Nobody outside: it drives the product itself.
    Internal,
    /// Agents and admins.
    Staff,
    /// Staff, and customers who may see its ticket.
    TicketParties,
    /// Staff and every customer.
    Everyone,
    /// Staff, and the person it is about.
    Person,
}

event_kinds!(
    /// A ticket was opened.
    TicketCreated = "ticket.created" to TicketParties,
    /// Fields of a ticket changed, other than by being resolved.
    TicketUpdated = "ticket.updated" to TicketParties,
    /// A ticket entered `resolved`.
    TicketResolved = "ticket.resolved" to TicketParties,
    /// A public message was added.
    TicketMessageAdded = "ticket.message_added" to TicketParties,
    /// An internal note was added.
    TicketNoteAdded = "ticket.note_added" to Staff,
    /// A resolution was rated, or its rating changed.
    TicketRated = "ticket.rated" to TicketParties,
    /// Somebody of staff has looked at a rating, or took that back.
    RatingSeen = "ticket.rating_seen" to Staff,
    /// A service was drafted for the first time.
    ServiceCreated = "service.created" to Staff,
    /// A draft of a service was saved.
    ServiceUpdated = "service.updated" to Staff,
    /// A version of a service went live.
    ServicePublished = "service.published" to Everyone,
    /// A service left the catalog.
    ServiceRetired = "service.retired" to Everyone,
    /// A service that nothing refers to was deleted.
    ServiceDeleted = "service.deleted" to Staff,
    /// An article was drafted for the first time.
    ArticleCreated = "article.created" to Staff,
    /// A draft of an article was saved.
    ArticleUpdated = "article.updated" to Staff,
    /// A revision of an article went live.
    ArticlePublished = "article.published" to Everyone,
    /// An article left the knowledge base.
    ArticleArchived = "article.archived" to Everyone,
    /// An article that was never published was deleted.
    ArticleDeleted = "article.deleted" to Staff,
    /// A category was made.
    CategoryCreated = "category.created" to Staff,
    /// A category has another name, picture or place, or took in another one.
    CategoryUpdated = "category.updated" to Everyone,
    /// A category that nothing stands under was deleted.
    CategoryDeleted = "category.deleted" to Staff,
    /// A person was added.
    UserCreated = "user.created" to Staff,
    /// A person's fields changed.
    UserUpdated = "user.updated" to Person,
    /// A person asked for a new password.
    PasswordRequested = "password.requested" to Staff,
    /// Somebody was handed a link, or their request was dismissed.
    PasswordRequestClosed = "password.request_closed" to Staff,
    /// An organization was added.
    OrganizationCreated = "organization.created" to Staff,
    /// An organization changed.
    OrganizationUpdated = "organization.updated" to Staff,
    /// An API key was made.
    ApiKeyCreated = "api_key.created" to Staff,
    /// An API key has another name.
    ApiKeyUpdated = "api_key.updated" to Staff,
    /// An API key was revoked: its streams are closed on every replica.
    ApiKeyRevoked = "api_key.revoked" to Staff,
    /// The settings of the desk changed; customers learn of what they can see of it.
    SettingsUpdated = "settings.updated" to Everyone,
    /// A webhook was added.
    WebhookCreated = "webhook.created" to Staff,
    /// A webhook changed, or was enabled.
    WebhookUpdated = "webhook.updated" to Staff,
    /// A webhook is told nothing more, by an admin or because of its receiver.
    WebhookDisabled = "webhook.disabled" to Staff,
    /// A webhook was deleted.
    WebhookDeleted = "webhook.deleted" to Staff,
    /// A sign-in ended: its streams are closed on every replica. Subject is the session.
    SessionEnded = "session.ended" to Internal,
);

impl fmt::Display for EventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for EventKind {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .copied()
            .find(|k| k.as_str() == text)
            .ok_or_else(|| UnknownCode(text.to_owned(), "an event type".to_owned()))
    }
}

#[cfg(feature = "sqlx")]
crate::column::text_column!(EventKind);

crate::codes::codes!(
    /// What an event is about.
    SubjectKind {
        /// A ticket; also for its messages, notes and ratings.
        Ticket = "ticket",
        /// A catalog item.
        Service = "service",
        /// A knowledge base article.
        Article = "article",
        /// A category of services or articles.
        Category = "category",
        /// A person.
        User = "user",
        /// A customer company.
        Organization = "organization",
        /// A sign-in.
        Session = "session",
        /// A key with which a program calls the API.
        ApiKey = "api_key",
        /// The settings of the desk.
        Settings = "settings",
        /// An address of another system that is told what happens.
        Webhook = "webhook",
    }
);

/// What changed: field to its value before and after. Holds codes and ids, never names or free
/// text, so that a person can be erased later.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes(pub Map<String, Value>);

impl Changes {
    /// Nothing but the fact itself.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds a field that went from one value to another.
    #[must_use]
    pub fn with(mut self, field: &str, from: Value, to: Value) -> Self {
        self.0
            .insert(field.to_owned(), json!({"from": from, "to": to}));
        self
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// An event that is about to be written, in the transaction of the change it tells of.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Its id; its place in the order is given when the transaction has committed.
    pub id: EventId,
    /// What happened.
    pub kind: EventKind,
    /// When.
    pub occurred_at: Time,
    /// Who did it; nobody for a timer.
    pub actor: Option<UserId>,
    /// What it is about.
    pub subject_kind: SubjectKind,
    /// The id of that.
    pub subject_id: uuid::Uuid,
    /// The number of a ticket.
    pub subject_number: Option<i64>,
    /// The requester of a ticket: with [`Self::organization`] what the policy looks at.
    pub requester: Option<UserId>,
    /// The organization of a ticket.
    pub organization: Option<OrganizationId>,
    /// What changed.
    pub changes: Changes,
}
