//! What admins say of people, and what they are handed.

use bsm_application::auth::PasswordLink;
use bsm_application::users::{NewPerson, UpdateUser};
use bsm_domain::actor::{OrganizationRole, Role};
use bsm_domain::email::{EmailAddress, NotAnAddress};
use bsm_domain::ids::OrganizationId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::http::body::rules;
use crate::http::patch;

/// A new person. They have no password until they are handed a link.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"email": "dora@initech.example", "name": "Dora Diaz", "role": "customer"}))]
pub struct UserCreate {
    /// The address they will sign in with.
    #[schema(min_length = 1, max_length = 254)]
    #[validate(custom(function = rules::email))]
    email: String,
    /// Their name.
    #[schema(min_length = 1, max_length = 120)]
    #[validate(custom(function = rules::one_line))]
    name: String,
    /// What they may do.
    role: Role,
    /// The company of a customer.
    organization_id: Option<OrganizationId>,
    /// What they are within it; `member` where it is left out.
    organization_role: Option<OrganizationRole>,
}

impl TryFrom<UserCreate> for NewPerson {
    type Error = NotAnAddress;

    fn try_from(body: UserCreate) -> Result<Self, NotAnAddress> {
        Ok(Self {
            email: EmailAddress::parse(&body.email)?,
            name: body.name,
            role: body.role,
            organization: body.organization_id,
            organization_role: body.organization_role,
        })
    }
}

/// What changes of a person; what is left out stays.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"active": false}))]
pub struct UserUpdate {
    /// Their name.
    #[schema(min_length = 1, max_length = 120, nullable = false)]
    #[validate(custom(function = rules::one_line))]
    name: Option<String>,
    /// What they may do. Another role ends their sign-ins; whoever becomes staff leaves their
    /// organization.
    #[schema(nullable = false)]
    role: Option<Role>,
    /// The company of a customer; null for none.
    #[serde(default, deserialize_with = "patch::double")]
    #[schema(value_type = Option<OrganizationId>)]
    organization_id: Option<Option<OrganizationId>>,
    /// What they are within it; null for `member`. In another company one begins as `member`.
    #[serde(default, deserialize_with = "patch::double")]
    #[schema(value_type = Option<OrganizationRole>)]
    organization_role: Option<Option<OrganizationRole>>,
    /// Whether they may sign in; `false` ends their sign-ins.
    #[schema(nullable = false)]
    active: Option<bool>,
}

impl From<UserUpdate> for UpdateUser {
    fn from(body: UserUpdate) -> Self {
        Self {
            name: body.name,
            role: body.role,
            organization: body.organization_id,
            organization_role: body.organization_role,
            active: body.active,
        }
    }
}

/// A link with which a person sets their password. It is shown once.
#[derive(Debug, Serialize, ToSchema)]
pub struct PasswordLinkAnswer {
    /// The page to open.
    #[schema(example = "https://desk.example.com/customer/set-password#token=1k0N…")]
    pub url: String,
    /// Until when it is good.
    pub expires_at: DateTime<Utc>,
}

impl From<PasswordLink> for PasswordLinkAnswer {
    fn from(link: PasswordLink) -> Self {
        Self {
            url: link.url,
            expires_at: link.expires_at,
        }
    }
}
