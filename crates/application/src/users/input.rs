//! What makes a person: checked before anything is written.

use bsm_domain::actor::{OrganizationRole, Role};
use bsm_domain::bounds::NAME_MAX;
use bsm_domain::email::EmailAddress;
use bsm_domain::ids::{OrganizationId, UserId};
use bsm_domain::policy::Sight;
use bsm_domain::text;
use bsm_persistence::Tx;

use crate::{Error, FieldError, Result};

/// A person to be added.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// The address they sign in with.
    pub email: EmailAddress,
    /// Their name: one line of 1 to 120 characters.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The company of a customer.
    pub organization: Option<OrganizationId>,
    /// What they are within it; `member` where it is left out.
    pub organization_role: Option<OrganizationRole>,
}

/// A name as it is kept.
pub(crate) fn name(text: &str) -> Result<String> {
    let name = text.trim();
    let wrong = match name.chars().count() {
        0 => Some(("too_short", "must not be blank")),
        n if n > NAME_MAX => Some(("too_long", "must have at most 120 characters")),
        _ if text::has_line_break(name) || text::forbidden_character(name).is_some() => {
            Some(("forbidden_character", "must be a single line"))
        }
        _ => None,
    };
    match wrong {
        Some((code, detail)) => Err(field("/name", code, detail)),
        None => Ok(name.to_owned()),
    }
}

/// The company of a customer and what they are there; staff have none.
pub(crate) async fn membership(
    tx: &mut Tx,
    role: Role,
    organization: Option<OrganizationId>,
    organization_role: Option<OrganizationRole>,
) -> Result<Option<(OrganizationId, OrganizationRole)>> {
    let Some(id) = organization else {
        return match organization_role {
            None => Ok(None),
            Some(_) => Err(field(
                "/organization_role",
                "not_allowed",
                "only somebody of an organization has a role there",
            )),
        };
    };
    if role.is_staff() {
        return Err(field(
            "/organization_id",
            "not_allowed",
            "only customers belong to an organization",
        ));
    }
    if tx.organization(id).await?.is_none() {
        return Err(Error::Invalid(vec![FieldError::unknown_reference(
            "/organization_id",
            "names no organization",
        )]));
    }
    let role = organization_role.unwrap_or(OrganizationRole::Member);
    Ok(Some((id, role)))
}

/// Whoever sees one organization only puts people nowhere else.
pub(crate) fn within(sight: Sight, organization: Option<OrganizationId>) -> Result<()> {
    if sight.shows(organization) {
        Ok(())
    } else {
        Err(Error::Invalid(vec![FieldError::unknown_reference(
            "/organization_id",
            "names no organization",
        )]))
    }
}

/// Puts a person where searches find them, by name and address.
pub(crate) async fn index(tx: &mut Tx, id: UserId, name: &str, email: &str) -> Result<()> {
    let words = text::fold(&format!("{name} {email}"));
    tx.index_content("user", "live", id.0, [&words, "", ""])
        .await?;
    Ok(())
}

pub(crate) fn field(pointer: &str, code: &'static str, detail: &str) -> Error {
    Error::Invalid(vec![FieldError {
        pointer: pointer.to_owned(),
        code,
        detail: detail.to_owned(),
    }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_line_of_bounded_length() {
        assert_eq!(name("  Ana Alba ").unwrap(), "Ana Alba");
        for odd in ["", "  ", "a\nb", "a\u{0}b", &"x".repeat(121)] {
            assert!(name(odd).is_err(), "{odd:?}");
        }
    }
}
