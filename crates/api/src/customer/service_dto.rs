//! A service as customers see it: always the live version.

use bsm_domain::form::Form;
use bsm_domain::ids::ServiceId;
use bsm_domain::markdown;
use bsm_domain::service::{PriceKind, ServiceIcon};
use bsm_persistence::services::ServiceRow;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::dto::search::Highlights;

/// A service in the catalog.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CustomerService {
    /// Its id.
    pub id: ServiceId,
    /// What it is called.
    pub name: String,
    /// In one line.
    pub summary: String,
    /// The picture on its card.
    pub icon: ServiceIcon,
    /// Under which heading it stands.
    pub category: String,
    /// What kind of price it has.
    pub price_kind: PriceKind,
    /// A fixed price, in the currency's minor unit.
    #[schema(required)]
    pub price_minor: Option<i64>,
    /// The currency of a fixed price (ISO 4217).
    #[schema(required, example = "EUR")]
    pub currency: Option<String>,
    /// In how many days it is usually delivered.
    #[schema(required)]
    pub delivery_days: Option<i64>,
    /// The version that is shown; an order names it.
    pub service_version: i64,
    /// When it was last published.
    #[schema(required)]
    pub published_at: Option<DateTime<Utc>>,
    /// Whether there is something to fill in to order it.
    pub has_form: bool,
    /// Where a search found its words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub highlights: Option<Highlights>,
}

impl CustomerService {
    /// The service, with marks where a search looked for folded terms.
    #[must_use]
    pub fn of(row: ServiceRow, terms: Option<&[String]>) -> Self {
        let shown = row.shown;
        let highlights = terms.map(|terms| {
            let text = format!(
                "{}\n{}",
                shown.summary,
                markdown::plain_text(&shown.description)
            );
            Highlights::of(&shown.name, &text, terms)
        });
        Self {
            id: row.id,
            name: shown.name,
            summary: shown.summary,
            icon: shown.icon,
            category: shown.category,
            price_kind: shown.price_kind,
            price_minor: shown.price_minor,
            currency: shown.currency,
            delivery_days: shown.delivery_days,
            service_version: shown.n,
            published_at: row.published_at,
            has_form: !shown.form.fields.is_empty(),
            highlights,
        }
    }
}

/// A service on its own page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CustomerServiceDetail {
    /// The fields of the list.
    #[serde(flatten)]
    pub service: CustomerService,
    /// In full, in Markdown.
    pub description: String,
    /// The description as safe HTML.
    pub description_html: String,
    /// What is filled in to order it.
    pub form: Form,
}

impl From<ServiceRow> for CustomerServiceDetail {
    fn from(row: ServiceRow) -> Self {
        Self {
            description: row.shown.description.clone(),
            description_html: markdown::render(&row.shown.description).html,
            form: row.shown.form.0.clone(),
            service: CustomerService::of(row, None),
        }
    }
}
