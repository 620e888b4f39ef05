//! Services of the catalog: codes, what a service says, and the rules of its price and form.

use crate::codes::codes;
use crate::form::{FieldError, Form};
use crate::ids::UserId;

codes!(
    /// Where a service stands.
    ServiceStatus {
        /// Never published.
        Draft = "draft",
        /// In the catalog.
        Active = "active",
        /// Taken out of the catalog.
        Retired = "retired",
    }
);

codes!(
    /// What a service costs.
    PriceKind {
        /// Nothing.
        Free = "free",
        /// An amount in a currency.
        Fixed = "fixed",
        /// What is agreed upon.
        OnRequest = "on_request",
    }
);

codes!(
    /// The picture on a service's card.
    ServiceIcon {
        /// People who help; the default.
        Headset = "headset",
        /// Repair.
        Wrench = "wrench",
        /// Protection.
        Shield = "shield",
        /// Hosting.
        Cloud = "cloud",
        /// Machines.
        Server = "server",
        /// A portable computer.
        Laptop = "laptop",
        /// Telephony.
        Phone = "phone",
        /// Access.
        Key = "key",
        /// Data.
        Database = "database",
        /// Figures.
        Chart = "chart",
        /// Learning.
        Book = "book",
        /// People.
        Users = "users",
        /// A start.
        Rocket = "rocket",
        /// Software.
        Code = "code",
        /// Paper.
        Printer = "printer",
        /// Letters.
        Mail = "mail",
    }
);

/// The category of a service or article where nobody chose one.
pub const DEFAULT_CATEGORY: &str = "General";

/// Greatest price, in the currency's minor unit.
pub const PRICE_MINOR_MAX: i64 = 100_000_000_000;

/// Longest delivery time, in days.
pub const DELIVERY_DAYS_MAX: i64 = 3_650;

/// All that a version of a service says.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceContent {
    /// What it is called.
    pub name: String,
    /// In one line.
    pub summary: String,
    /// In full, in Markdown.
    pub description: String,
    /// The picture on its card.
    pub icon: ServiceIcon,
    /// Under which heading it stands.
    pub category: String,
    /// What kind of price it has.
    pub price_kind: PriceKind,
    /// A fixed price, in the currency's minor unit.
    pub price_minor: Option<i64>,
    /// The currency of a fixed price (ISO 4217).
    pub currency: Option<String>,
    /// In how many days it is usually delivered.
    pub delivery_days: Option<i64>,
    /// Who answers for it.
    pub owner: Option<UserId>,
    /// What a customer fills in to order it.
    pub form: Form,
}

impl ServiceContent {
    /// Checks what fields must be to each other: a fixed price has an amount and a currency, other
    /// kinds have neither; the form can be filled in.
    ///
    /// # Errors
    /// Every broken rule, with pointers such as `/currency` and `/form/fields/0/id`.
    pub fn check(&self) -> Result<(), Vec<FieldError>> {
        let mut errors = self.price_errors();
        if let Err(found) = self.form.check() {
            errors.extend(found.into_iter().map(|error| FieldError {
                pointer: format!("/form{}", error.pointer),
                ..error
            }));
        }
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
    }

    fn price_errors(&self) -> Vec<FieldError> {
        let fixed = self.price_kind == PriceKind::Fixed;
        let broken = |pointer: &str, given: bool| {
            (given != fixed).then(|| FieldError {
                pointer: pointer.to_owned(),
                code: if fixed { "required" } else { "not_allowed" },
                detail: if fixed {
                    "A fixed price has an amount and a currency.".to_owned()
                } else {
                    "Only a fixed price has an amount and a currency.".to_owned()
                },
            })
        };
        [
            broken("/price_minor", self.price_minor.is_some()),
            broken("/currency", self.currency.is_some()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(
        price_kind: PriceKind,
        price_minor: Option<i64>,
        currency: Option<&str>,
    ) -> ServiceContent {
        ServiceContent {
            name: "Laptop".into(),
            summary: String::new(),
            description: String::new(),
            icon: ServiceIcon::Laptop,
            category: DEFAULT_CATEGORY.into(),
            price_kind,
            price_minor,
            currency: currency.map(str::to_owned),
            delivery_days: None,
            owner: None,
            form: Form::default(),
        }
    }

    fn broken(content: &ServiceContent) -> Vec<(String, &'static str)> {
        let errors = content.check().err().unwrap_or_default();
        errors.into_iter().map(|e| (e.pointer, e.code)).collect()
    }

    #[test]
    fn a_fixed_price_has_both_and_others_neither() {
        assert!(broken(&content(PriceKind::Fixed, Some(0), Some("EUR"))).is_empty());
        assert!(broken(&content(PriceKind::Free, None, None)).is_empty());
        assert_eq!(
            broken(&content(PriceKind::Fixed, None, Some("EUR"))),
            [("/price_minor".to_owned(), "required")]
        );
        assert_eq!(
            broken(&content(PriceKind::OnRequest, Some(1), Some("EUR"))),
            [
                ("/price_minor".to_owned(), "not_allowed"),
                ("/currency".to_owned(), "not_allowed")
            ]
        );
    }

    #[test]
    fn a_broken_form_is_reported_inside_the_service() {
        let mut service = content(PriceKind::Free, None, None);
        service.form = serde_json::from_value(serde_json::json!({
            "fields": [{"id": "No", "kind": "number", "label": "How many?"}]
        }))
        .unwrap();
        assert_eq!(
            broken(&service),
            [("/form/fields/0/id".to_owned(), "bad_format")]
        );
    }
}
