//! What staff send to draft and change a service.

use bsm_application::services::UpdateService;
use bsm_domain::form::Form;
use bsm_domain::ids::UserId;
use bsm_domain::service::{DEFAULT_CATEGORY, PriceKind, ServiceContent, ServiceIcon};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::http::body::rules;
use crate::http::patch;

/// A new service. What is left out is empty, `General`, `headset`, `on_request`.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "A new laptop", "category": "Hardware", "icon": "laptop", "price_kind": "fixed", "price_minor": 129_900, "currency": "EUR"}))]
pub struct AdminServiceCreate {
    /// What it is called.
    #[schema(min_length = 2, max_length = 120)]
    #[validate(custom(function = rules::line_of::<2>))]
    name: String,
    /// In one line.
    #[schema(max_length = 240, nullable = false)]
    #[validate(custom(function = rules::no_line_break))]
    summary: Option<String>,
    /// In full, in Markdown.
    #[schema(max_length = 20_000, nullable = false)]
    description: Option<String>,
    /// The picture on its card.
    #[schema(nullable = false)]
    icon: Option<ServiceIcon>,
    /// Under which heading it stands.
    #[schema(min_length = 1, max_length = 60, nullable = false)]
    #[validate(custom(function = rules::one_line))]
    category: Option<String>,
    /// What kind of price it has.
    #[schema(nullable = false)]
    price_kind: Option<PriceKind>,
    /// A fixed price, in the currency's minor unit.
    #[schema(minimum = 0, maximum = 100_000_000_000_i64)]
    price_minor: Option<i64>,
    /// The currency of a fixed price (ISO 4217).
    #[schema(pattern = "^[A-Z]{3}$", max_length = 3)]
    currency: Option<String>,
    /// In how many days it is usually delivered.
    #[schema(minimum = 0, maximum = 3_650)]
    delivery_days: Option<i64>,
    /// Who answers for it: a member of staff.
    owner_id: Option<UserId>,
    /// What a customer fills in to order it.
    #[schema(nullable = false)]
    form: Option<Form>,
}

impl From<AdminServiceCreate> for ServiceContent {
    fn from(body: AdminServiceCreate) -> Self {
        Self {
            name: body.name.trim().to_owned(),
            summary: body.summary.unwrap_or_default().trim().to_owned(),
            description: body.description.unwrap_or_default(),
            icon: body.icon.unwrap_or(ServiceIcon::Headset),
            category: body
                .category
                .map_or_else(|| DEFAULT_CATEGORY.to_owned(), |c| c.trim().to_owned()),
            price_kind: body.price_kind.unwrap_or(PriceKind::OnRequest),
            price_minor: body.price_minor,
            currency: body.currency,
            delivery_days: body.delivery_days,
            owner: body.owner_id,
            form: body.form.unwrap_or_default(),
        }
    }
}

/// A change of the working copy: what is left out stays, null empties.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"summary": "Ready to work, on your desk in five days.", "delivery_days": 5}))]
pub struct AdminServiceUpdate {
    /// What it is called.
    #[schema(min_length = 2, max_length = 120, nullable = false)]
    #[validate(custom(function = rules::line_of::<2>))]
    name: Option<String>,
    /// In one line.
    #[schema(max_length = 240, nullable = false)]
    #[validate(custom(function = rules::no_line_break))]
    summary: Option<String>,
    /// In full, in Markdown.
    #[schema(max_length = 20_000, nullable = false)]
    description: Option<String>,
    /// The picture on its card.
    #[schema(nullable = false)]
    icon: Option<ServiceIcon>,
    /// Under which heading it stands.
    #[schema(min_length = 1, max_length = 60, nullable = false)]
    #[validate(custom(function = rules::one_line))]
    category: Option<String>,
    /// What kind of price it has.
    #[schema(nullable = false)]
    price_kind: Option<PriceKind>,
    /// A fixed price, in the currency's minor unit.
    #[serde(default, deserialize_with = "patch::double")]
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 100_000_000_000_i64)]
    price_minor: Option<Option<i64>>,
    /// The currency of a fixed price (ISO 4217).
    #[serde(default, deserialize_with = "patch::double")]
    #[schema(value_type = Option<String>, pattern = "^[A-Z]{3}$", max_length = 3)]
    currency: Option<Option<String>>,
    /// In how many days it is usually delivered.
    #[serde(default, deserialize_with = "patch::double")]
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 3_650)]
    delivery_days: Option<Option<i64>>,
    /// Who answers for it: a member of staff.
    #[serde(default, deserialize_with = "patch::double")]
    #[schema(value_type = Option<uuid::Uuid>)]
    owner_id: Option<Option<UserId>>,
    /// What a customer fills in to order it; replaces the whole form.
    #[schema(nullable = false)]
    form: Option<Form>,
}

impl From<AdminServiceUpdate> for UpdateService {
    fn from(body: AdminServiceUpdate) -> Self {
        let trimmed = |text: Option<String>| text.map(|t| t.trim().to_owned());
        Self {
            name: trimmed(body.name),
            summary: trimmed(body.summary),
            description: body.description,
            icon: body.icon,
            category: trimmed(body.category),
            price_kind: body.price_kind,
            price_minor: body.price_minor,
            currency: body.currency,
            delivery_days: body.delivery_days,
            owner: body.owner_id,
            form: body.form,
        }
    }
}
