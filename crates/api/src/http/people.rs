//! People and organizations inside other answers.

use bsm_domain::actor::Role;
use bsm_domain::ids::{ApiKeyId, OrganizationId, ServiceId, TicketId, UserId};
use serde::Serialize;
use utoipa::ToSchema;

/// On which side of the desk a person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Asks.
    Customer,
    /// Answers.
    Staff,
}

impl From<Role> for Side {
    fn from(role: Role) -> Self {
        if role.is_staff() {
            Self::Staff
        } else {
            Self::Customer
        }
    }
}

/// A person as others see them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Person {
    /// Their id.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// On which side of the desk they are.
    pub role: Side,
}

impl Person {
    /// A customer.
    #[must_use]
    pub const fn customer(id: UserId, name: String) -> Self {
        Self {
            id,
            name,
            role: Side::Customer,
        }
    }

    /// Somebody of the desk.
    #[must_use]
    pub const fn staff(id: UserId, name: String) -> Self {
        Self {
            id,
            name,
            role: Side::Staff,
        }
    }
}

/// An organization as others see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OrganizationRef {
    /// Its id.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
}

impl OrganizationRef {
    /// From the two columns of a join.
    #[must_use]
    pub fn from_join(id: Option<OrganizationId>, name: Option<String>) -> Option<Self> {
        Some(Self {
            id: id?,
            name: name?,
        })
    }
}

/// An API key as other things name it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ApiKeyRef {
    /// Its id.
    pub id: ApiKeyId,
    /// The name it has now.
    pub name: String,
}

impl ApiKeyRef {
    /// From the two columns of a join.
    #[must_use]
    pub fn from_join(id: Option<ApiKeyId>, name: Option<String>) -> Option<Self> {
        Some(Self {
            id: id?,
            name: name?,
        })
    }
}

/// A service as tickets name it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ServiceRef {
    /// Its id.
    pub id: ServiceId,
    /// The name it had in the version that was ordered.
    pub name: String,
}

impl ServiceRef {
    /// From the two columns of a join.
    #[must_use]
    pub fn from_join(id: Option<ServiceId>, name: Option<String>) -> Option<Self> {
        Some(Self {
            id: id?,
            name: name?,
        })
    }
}

/// A ticket as other things name it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TicketRef {
    /// Its id.
    pub id: TicketId,
    /// The number people call it by.
    #[schema(example = "TKT-12")]
    pub number: String,
}
