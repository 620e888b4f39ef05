//! Who acts.

use crate::api_key::Scopes;
use crate::codes::codes;
use crate::ids::{ApiKeyId, OrganizationId, SessionId, UserId};

codes!(
    /// What a person may do at all.
    Role {
        /// Asks for help, orders services, rates.
        Customer = "customer",
        /// Works tickets and articles.
        Agent = "agent",
        /// An agent who also manages services, people and settings.
        Admin = "admin",
    }
);

impl Role {
    /// Agents and admins: those who use the admin portal.
    #[must_use]
    pub const fn is_staff(self) -> bool {
        matches!(self, Self::Agent | Self::Admin)
    }
}

codes!(
    /// What a customer is within an organization.
    OrganizationRole {
        /// Sees own tickets only.
        Member = "member",
        /// Also reads, answers, closes and reopens colleagues' tickets.
        Manager = "manager",
    }
);

codes!(
    /// The portal a session belongs to; the audience of its tokens.
    Portal {
        /// The customer portal.
        Customer = "customer",
        /// The admin portal.
        Admin = "admin",
    }
);

impl Portal {
    /// The portal that people of this role sign in to.
    #[must_use]
    pub const fn of(role: Role) -> Self {
        if role.is_staff() {
            Self::Admin
        } else {
            Self::Customer
        }
    }
}

codes!(
    /// Through what a change came.
    Via {
        /// A person in one of the portals, or their own program with their sign-in.
        Portal = "portal",
        /// A program with an API key, which is named beside it.
        ApiKey = "api_key",
        /// A file of people, imported by an admin.
        Import = "import",
        /// A background rule such as auto-close.
        Timer = "timer",
        /// The product itself: migrations, demo data, the command line.
        System = "system",
    }
);

/// With what somebody showed who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Through {
    /// The sign-in that this request belongs to.
    Session(SessionId),
    /// An API key: its maker acts, but only as far as the key reaches.
    ApiKey(KeyRights),
}

/// How far an API key reaches, as of this request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyRights {
    /// The key.
    pub id: ApiKeyId,
    /// What it is for.
    pub scopes: Scopes,
    /// The one organization whose things it sees; all where there is none.
    pub organization: Option<OrganizationId>,
}

/// A signed-in person, or the maker of an API key, as of this request. Their rights are read from the database each time,
/// never from the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The person.
    pub user_id: UserId,
    /// Their sign-in, or their key.
    pub through: Through,
    /// What they may do.
    pub role: Role,
    /// The company of a customer.
    pub organization_id: Option<OrganizationId>,
    /// Their role there.
    pub organization_role: Option<OrganizationRole>,
}

impl Actor {
    /// The sign-in; none where a key acts.
    #[must_use]
    pub const fn session_id(&self) -> Option<SessionId> {
        match self.through {
            Through::Session(id) => Some(id),
            Through::ApiKey(_) => None,
        }
    }

    /// The key; none where a person is signed in.
    #[must_use]
    pub const fn api_key(&self) -> Option<&KeyRights> {
        match &self.through {
            Through::Session(_) => None,
            Through::ApiKey(key) => Some(key),
        }
    }

    /// The organization whose tickets this person manages, if any.
    #[must_use]
    pub fn managed_organization(&self) -> Option<OrganizationId> {
        match (self.role, self.organization_role) {
            (Role::Customer, Some(OrganizationRole::Manager)) => self.organization_id,
            _ => None,
        }
    }
}
