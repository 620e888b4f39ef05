//! What the calls under `/api/auth/` say and answer.

use bsm_domain::actor::Portal;
use bsm_domain::preferences::Theme;
use bsm_persistence::users::UserRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::dto::user::User;
use crate::http::body::rules;

/// The signed-in person.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Me {
    /// Their account.
    #[serde(flatten)]
    pub user: User,
    /// The language they chose, as a BCP 47 tag.
    #[schema(required, example = "en")]
    pub language: Option<String>,
    /// The time zone they chose, by its IANA name.
    #[schema(required, example = "Europe/Berlin")]
    pub time_zone: Option<String>,
    /// Light or dark.
    pub theme: Theme,
}

impl From<UserRow> for Me {
    fn from(row: UserRow) -> Self {
        Self {
            language: row.language.clone(),
            time_zone: row.time_zone.clone(),
            theme: row.theme,
            user: row.into(),
        }
    }
}

/// A sign-in, new or renewed.
#[derive(Debug, Serialize, ToSchema)]
pub struct LoginAnswer {
    /// What other calls are authorized with.
    pub access_token: String,
    /// How it is sent: `Authorization: Bearer …`.
    #[schema(example = "Bearer")]
    pub token_type: &'static str,
    /// How long it is good for, in seconds.
    #[schema(example = 600)]
    pub expires_in: i64,
    /// Who is signed in.
    pub user: Me,
}

/// Who wants to sign in.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"email": "ana@acme.example", "password": "correct horse battery"}))]
pub struct Login {
    /// Their address.
    #[schema(min_length = 1, max_length = 254)]
    pub(super) email: String,
    /// Their password.
    #[schema(min_length = 1, max_length = 128)]
    pub(super) password: String,
}

/// Which portal's sign-in is meant.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"portal": "customer"}))]
pub struct PortalChoice {
    /// The portal.
    pub(super) portal: Portal,
}

/// Who wants to have an account.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"email": "dora@initech.example", "password": "correct horse battery", "name": "Dora Diaz"}))]
pub struct Registration {
    /// The address they will sign in with.
    #[schema(min_length = 1, max_length = 254)]
    #[validate(custom(function = rules::email))]
    pub(super) email: String,
    /// The password they will sign in with.
    #[schema(min_length = 10, max_length = 128)]
    pub(super) password: String,
    /// Their name.
    #[schema(min_length = 1, max_length = 120)]
    #[validate(custom(function = rules::one_line))]
    pub(super) name: String,
}

/// A new password, by a link.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"token": "1k0N…", "password": "correct horse battery"}))]
pub struct PasswordReset {
    /// What the link carries behind `#token=`.
    #[schema(min_length = 1, max_length = 200)]
    pub(super) token: String,
    /// The new password.
    #[schema(min_length = 10, max_length = 128)]
    pub(super) password: String,
}
