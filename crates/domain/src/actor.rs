//! Who acts.

use crate::codes::codes;
use crate::ids::{OrganizationId, SessionId, UserId};

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
        /// A file of people, imported by an admin.
        Import = "import",
        /// A background rule such as auto-close.
        Timer = "timer",
        /// The product itself: migrations, demo data, the command line.
        System = "system",
    }
);

/// A signed-in person, as of this request. Their rights are read from the database each time,
/// never from the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The person.
    pub user_id: UserId,
    /// The sign-in that this request belongs to.
    pub session_id: SessionId,
    /// What they may do.
    pub role: Role,
    /// The company of a customer.
    pub organization_id: Option<OrganizationId>,
    /// Their role there.
    pub organization_role: Option<OrganizationRole>,
}

impl Actor {
    /// The organization whose tickets this person manages, if any.
    #[must_use]
    pub fn managed_organization(&self) -> Option<OrganizationId> {
        match (self.role, self.organization_role) {
            (Role::Customer, Some(OrganizationRole::Manager)) => self.organization_id,
            _ => None,
        }
    }
}
