//! What admins write into the form of a webhook, checked.

use bsm_domain::bounds::WEBHOOK_DESCRIPTION_MAX;
use bsm_domain::event::{Audience, EventKind};

use super::gate::Gate;
use crate::{Error, FieldError, Result};

/// An address as it is kept.
///
/// # Errors
/// [`Error::Invalid`] where it may not be sent to.
pub(super) async fn url(gate: &Gate, text: &str) -> Result<String> {
    match gate.check(text).await {
        Ok(url) => Ok(url.into()),
        Err(refusal) => Err(invalid("/url", "not_allowed", &refusal.to_string())),
    }
}

/// A description as it is kept: one line, none at all being fine.
pub(super) fn description(text: &str) -> Result<String> {
    let text = text.trim();
    if text.chars().count() > WEBHOOK_DESCRIPTION_MAX || bsm_domain::text::has_line_break(text) {
        let detail = format!("must be one line of at most {WEBHOOK_DESCRIPTION_MAX} characters");
        return Err(invalid("/description", "too_long", &detail));
    }
    Ok(text.to_owned())
}

/// Types of events as they are kept: each once, in the order of their list.
pub(super) fn event_types(wanted: &[EventKind]) -> Result<Vec<String>> {
    if wanted
        .iter()
        .any(|kind| kind.audience() == Audience::Internal)
    {
        let detail = "is no type that others learn of";
        return Err(invalid("/event_types", "not_allowed", detail));
    }
    let kinds = EventKind::ALL.iter().filter(|kind| wanted.contains(kind));
    Ok(kinds.map(|kind| kind.as_str().to_owned()).collect())
}

fn invalid(pointer: &str, code: &'static str, detail: &str) -> Error {
    Error::Invalid(vec![FieldError {
        pointer: pointer.to_owned(),
        code,
        detail: detail.to_owned(),
    }])
}
