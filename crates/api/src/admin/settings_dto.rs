//! What admins decide for the whole desk, as it is read and written.

use bsm_application::settings::UpdateSettings;
use bsm_domain::settings::NotAColour;
use bsm_persistence::settings::SettingsRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::http::body::rules;
use crate::http::patch;
use crate::public::Logo;

/// The settings of the desk.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Settings {
    /// Whether people may make themselves accounts in the customer portal.
    pub registration_open: bool,
    /// After how many days without a word a resolved ticket is closed; null for never.
    #[schema(required)]
    pub auto_close_days: Option<i64>,
    /// For how many days after a resolution it can be rated.
    pub rating_window_days: i64,
    /// What the desk calls itself; null for the names of the portals.
    #[schema(required)]
    pub brand_name: Option<String>,
    /// Its colour; null for those of the portals.
    #[schema(required, example = "#1a7f5a")]
    pub accent_colour: Option<String>,
    /// Its logo.
    #[schema(required)]
    pub logo: Option<Logo>,
    /// Counts changes.
    pub version: i64,
}

impl From<SettingsRow> for Settings {
    fn from(row: SettingsRow) -> Self {
        Self {
            registration_open: row.registration_open,
            auto_close_days: row.auto_close_after(),
            rating_window_days: row.rating_window_days,
            logo: Logo::of(&row),
            brand_name: row.brand_name,
            accent_colour: row.accent_colour,
            version: row.version,
        }
    }
}

/// What changes of the settings; what is left out stays.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"auto_close_days": 7, "brand_name": "Acme Care"}))]
pub struct SettingsUpdate {
    /// Whether people may make themselves accounts in the customer portal.
    #[schema(nullable = false)]
    registration_open: Option<bool>,
    /// After how many days without a word a resolved ticket is closed; null for never.
    #[serde(default, deserialize_with = "patch::double")]
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 365)]
    auto_close_days: Option<Option<i64>>,
    /// For how many days after a resolution it can be rated.
    #[schema(minimum = 1, maximum = 365, nullable = false)]
    rating_window_days: Option<i64>,
    /// What the desk calls itself; null for the names of the portals.
    #[serde(default, deserialize_with = "patch::double")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 40)]
    #[validate(custom(function = rules::one_line))]
    brand_name: Option<Option<String>>,
    /// Its colour, as `#rrggbb`; null for those of the portals.
    #[serde(default, deserialize_with = "patch::double")]
    #[schema(value_type = Option<String>, pattern = "^#[0-9A-Fa-f]{6}$", example = "#1a7f5a")]
    accent_colour: Option<Option<String>>,
}

impl TryFrom<SettingsUpdate> for UpdateSettings {
    type Error = NotAColour;

    fn try_from(body: SettingsUpdate) -> Result<Self, NotAColour> {
        let colour = |text: Option<String>| text.map(|t| t.parse()).transpose();
        Ok(Self {
            registration_open: body.registration_open,
            auto_close_days: body.auto_close_days,
            rating_window_days: body.rating_window_days,
            brand_name: body.brand_name,
            accent_colour: body.accent_colour.map(colour).transpose()?,
        })
    }
}

/// A new logo.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"content": "iVBORw0KGgo="}))]
pub struct LogoPut {
    /// The picture's bytes in base64.
    #[schema(format = "byte", min_length = 1, max_length = 349_528)]
    pub(super) content: String,
}
