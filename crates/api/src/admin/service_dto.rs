//! A service as staff see it.

use bsm_application::services::ServiceDetail;
use bsm_domain::form::Form;
use bsm_domain::ids::ServiceId;
use bsm_domain::markdown;
use bsm_domain::service::{PriceKind, ServiceIcon, ServiceStatus};
use bsm_persistence::services::ServiceVersionRow;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::dto::search::Highlights;
use crate::http::people::Person;

/// What one version of a service says.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AdminServiceContent {
    /// What it is called.
    pub name: String,
    /// In one line.
    pub summary: String,
    /// In full, in Markdown.
    pub description: String,
    /// The description as safe HTML.
    pub description_html: String,
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
    /// Who answers for it.
    #[schema(required)]
    pub owner: Option<Person>,
    /// What a customer fills in to order it.
    pub form: Form,
}

impl From<ServiceVersionRow> for AdminServiceContent {
    fn from(row: ServiceVersionRow) -> Self {
        Self {
            name: row.name,
            summary: row.summary,
            description_html: markdown::render(&row.description).html,
            description: row.description,
            icon: row.icon,
            category: row.category,
            price_kind: row.price_kind,
            price_minor: row.price_minor,
            currency: row.currency,
            delivery_days: row.delivery_days,
            owner: row
                .owner_id
                .zip(row.owner_name)
                .map(|(id, name)| Person::staff(id, name)),
            form: row.form.0,
        }
    }
}

/// A service with its working copy and what is live.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AdminService {
    /// Its id.
    pub id: ServiceId,
    /// Where it stands.
    pub status: ServiceStatus,
    /// Counts its changes.
    pub version: i64,
    /// The version last published.
    #[schema(required)]
    pub published_version: Option<i64>,
    /// Whether the working copy is a draft that is not live.
    pub has_draft: bool,
    /// The working copy.
    #[serde(flatten)]
    pub content: AdminServiceContent,
    /// What was last published.
    #[schema(required)]
    pub published: Option<AdminServiceContent>,
    /// When it was drafted.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// When it was last published.
    #[schema(required)]
    pub published_at: Option<DateTime<Utc>>,
    /// Where a search found its words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub highlights: Option<Highlights>,
}

impl AdminService {
    /// The service, with marks where a search looked for folded terms.
    #[must_use]
    pub fn of(detail: ServiceDetail, terms: Option<&[String]>) -> Self {
        let row = detail.service;
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
            status: row.status,
            version: row.version,
            published_version: row.live_version,
            has_draft: row.draft_version.is_some(),
            content: shown.into(),
            published: detail.live.map(AdminServiceContent::from),
            created_at: row.created_at,
            updated_at: row.updated_at,
            published_at: row.published_at,
            highlights,
        }
    }
}
