//! Typed ids. Each is a UUIDv7: unique, and rising with the time it was made.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
            utoipa::ToSchema,
        )]
        #[serde(transparent)]
        #[schema(value_type = Uuid)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new id. Ids made later sort after this one, to the millisecond.
            #[must_use]
            pub fn generate() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::try_parse(text).map(Self)
            }
        }

        #[cfg(feature = "sqlx")]
        crate::column::uuid_column!($name);
    };
}

id!(/// A person who can sign in.
    UserId);
id!(/// A customer company.
    OrganizationId);
id!(/// One sign-in of one person: a family of refresh tokens.
    SessionId);
id!(/// A ticket; people call it by its number.
    TicketId);
id!(/// One public reply or internal note.
    MessageId);
id!(/// A catalog item customers can order.
    ServiceId);
id!(/// A knowledge base article.
    ArticleId);
id!(/// Words that were searched for in the knowledge base and not found.
    EmptySearchId);
id!(/// One time that a ticket was resolved.
    ResolutionId);
id!(/// A heading of the catalog or of the knowledge base.
    CategoryId);
id!(/// One rating of one resolution.
    RatingId);
id!(/// A key with which a program calls the API.
    ApiKeyId);
id!(/// A row of the event log.
    EventId);
id!(/// A single-use link to set a password.
    PasswordLinkId);
id!(/// That somebody asked for a new password.
    PasswordRequestId);
id!(/// An address of another system that is told what happens.
    WebhookId);
id!(/// One event for one webhook.
    DeliveryId);
