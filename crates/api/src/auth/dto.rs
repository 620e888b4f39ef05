//! What the calls under `/api/auth/` say and answer.

use bsm_domain::actor::Portal;
use bsm_domain::ids::SessionId;
use bsm_domain::preferences::Theme;
use bsm_persistence::sessions::SessionRow;
use bsm_persistence::users::UserRow;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::dto::user::User;
use crate::http::body::rules;
use crate::http::patch;

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

/// What changes of one's own account; what is left out stays.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"theme": "dark"}))]
pub struct MeUpdate {
    /// The name.
    #[schema(min_length = 1, max_length = 120, nullable = false)]
    #[validate(custom(function = rules::one_line))]
    pub(super) name: Option<String>,
    /// The language of the portals, as a BCP 47 tag; null for the browser's.
    #[serde(default, deserialize_with = "patch::double")]
    #[schema(value_type = Option<String>, max_length = 35, format = "language", example = "en")]
    pub(super) language: Option<Option<String>>,
    /// The time zone of dates, by its IANA name; null for the browser's.
    #[serde(default, deserialize_with = "patch::double")]
    #[schema(value_type = Option<String>, max_length = 64, format = "time-zone", example = "Europe/Berlin")]
    pub(super) time_zone: Option<Option<String>>,
    /// Light or dark.
    #[schema(nullable = false)]
    pub(super) theme: Option<Theme>,
}

/// Another password.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"current_password": "the old one", "password": "correct horse battery"}))]
pub struct PasswordChange {
    /// The present one.
    #[schema(min_length = 1, max_length = 128, format = "password")]
    pub(super) current_password: String,
    /// The new one.
    #[schema(min_length = 10, max_length = 128)]
    pub(super) password: String,
}

/// Who forgot their password.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"email": "ana@acme.example"}))]
pub struct PasswordForgot {
    /// Their address.
    #[schema(min_length = 1, max_length = 254)]
    #[validate(custom(function = rules::email))]
    pub(super) email: String,
}

/// A sign-in of one's own.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnSession {
    /// Its id.
    pub id: SessionId,
    /// Whether it is the one that asks.
    pub current: bool,
    /// The portal.
    pub portal: Portal,
    /// What the client said it is.
    pub user_agent: String,
    /// The network address it came from.
    #[schema(example = "203.0.113.9")]
    pub address: String,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it was last renewed.
    pub last_used_at: DateTime<Utc>,
}

impl OwnSession {
    /// A sign-in as seen from another one, or from itself.
    pub(super) fn of(row: SessionRow, current: Option<SessionId>) -> Self {
        Self {
            id: row.id,
            current: Some(row.id) == current,
            portal: row.portal,
            user_agent: row.user_agent,
            address: row.address,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
        }
    }
}
