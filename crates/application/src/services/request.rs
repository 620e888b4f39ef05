//! A customer orders a service: the order becomes a ticket.

use bsm_domain::actor::{Actor, Role};
use bsm_domain::form::{Answer, Form};
use bsm_domain::ids::{ServiceId, TicketId};
use bsm_domain::ticket::{Priority, TicketCategory};
use bsm_persistence::Tx;
use bsm_persistence::services::ServiceVersionRow;
use bsm_persistence::tickets::StoredAnswer;
use serde_json::{Map, Value};

use crate::tickets::{Opening, TicketDetail, detail_of, open};
use crate::{App, Error, FieldError, Result, Stamp};

/// An order.
#[derive(Debug, Clone)]
pub struct RequestService {
    /// The version whose form was filled in; the live one where it is left out.
    pub service_version: Option<i64>,
    /// What was filled in, by field.
    pub form: Map<String, Value>,
    /// What else the customer has to say, in Markdown.
    pub note: Option<String>,
}

/// Orders an active service. A form that was open while a newer version went live can still be
/// sent: the order is checked against, and kept with, the version it was made on.
///
/// # Errors
/// [`Error::Forbidden`] for staff; [`Error::NotFound`] where the service is not active;
/// [`Error::Invalid`] where the form breaks a rule or the version was never published.
pub async fn request(
    app: &App,
    actor: &Actor,
    id: ServiceId,
    input: RequestService,
) -> Result<TicketDetail> {
    if actor.role != Role::Customer {
        return Err(Error::Forbidden);
    }
    let stamp = Stamp::of(app, actor);
    let ticket_id = TicketId::generate();
    let ordered = app
        .db
        .write(async |tx| {
            let version = version_of(tx, id, input.service_version).await?;
            let answers = answers(&version.form.0, &input.form)?;
            let description = input
                .note
                .clone()
                .unwrap_or_else(|| format!("Ordered from the catalog: {}.", version.name));
            let opening = Opening {
                requester: actor.user_id,
                organization: actor.organization_id,
                subject: version.name.clone(),
                description,
                priority: Priority::Normal,
                category: TicketCategory::ServiceRequest,
                service: Some((id, version.n)),
                answers,
                follow_up_of: None,
            };
            let ticket = open(tx, &stamp, ticket_id, opening).await?;
            detail_of(tx, actor, ticket).await
        })
        .await;
    match ordered {
        // It was deleted while the order was written.
        Err(Error::Db(e)) if e.is_foreign_key_violation() => Err(Error::NotFound),
        other => other,
    }
}

/// The version that is ordered: one that is or was live, of a service that is active.
async fn version_of(tx: &mut Tx, id: ServiceId, n: Option<i64>) -> Result<ServiceVersionRow> {
    let service = tx.active_service(id).await?.ok_or(Error::NotFound)?;
    let Some(n) = n.filter(|n| *n != service.shown.n) else {
        return Ok(service.shown);
    };
    tx.service_version(id, n)
        .await?
        .filter(|version| version.version_published_at.is_some())
        .ok_or_else(|| {
            Error::Invalid(vec![FieldError::unknown_reference(
                "/service_version",
                "names no published version of this service",
            )])
        })
}

fn answers(form: &Form, values: &Map<String, Value>) -> Result<Vec<StoredAnswer>> {
    match form.evaluate(values) {
        Ok(answers) => Ok(answers.into_iter().map(stored).collect()),
        Err(errors) => Err(Error::Invalid(
            errors
                .into_iter()
                .map(|e| FieldError {
                    pointer: format!("/form{}", e.pointer),
                    code: e.code,
                    detail: e.detail,
                })
                .collect(),
        )),
    }
}

fn stored(answer: Answer) -> StoredAnswer {
    StoredAnswer {
        field: answer.field,
        label: answer.label,
        kind: Some(answer.kind),
        value: answer.value,
        raw: answer.raw,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn answers_are_kept_with_their_labels_and_errors_point_into_the_form() {
        let form: Form = serde_json::from_value(json!({"fields": [
            {"id": "seats", "kind": "number", "label": "Seats", "required": true, "max": 5}
        ]}))
        .unwrap();
        let values = |value: Value| value.as_object().cloned().unwrap_or_default();
        let kept = answers(&form, &values(json!({"seats": 3}))).unwrap();
        assert_eq!(
            (kept[0].label.as_str(), kept[0].value.as_str()),
            ("Seats", "3")
        );
        let Err(Error::Invalid(errors)) = answers(&form, &values(json!({"seats": 6}))) else {
            panic!("six seats are too many");
        };
        assert_eq!(
            (errors[0].pointer.as_str(), errors[0].code),
            ("/form/seats", "too_large")
        );
    }
}
