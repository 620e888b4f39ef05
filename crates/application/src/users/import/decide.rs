//! What one line means for one person. Pure.

use bsm_domain::actor::{OrganizationRole, Role};
use bsm_domain::ids::OrganizationId;
use bsm_domain::people_file::{Fault, PersonColumn, PersonLine};
use bsm_persistence::users::UserRow;

/// The company that a line names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Company {
    /// It is there.
    Known(OrganizationId),
    /// It is added with the first line that needs it.
    New,
}

/// A person as a line wants them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) company: Option<Company>,
    pub(super) organization_role: Option<OrganizationRole>,
    pub(super) active: bool,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Decision {
    Create(Target),
    Update(Target, Vec<&'static str>),
    Unchanged,
    Refuse(Vec<Fault>),
}

/// Decides about one line. `company` is what it names, `before` whoever has the address.
pub(super) fn decide(
    line: &PersonLine,
    company: Option<&Company>,
    before: Option<&UserRow>,
) -> Decision {
    let mut faults = Vec::new();
    let role = line.role.or(before.map(|b| b.role));
    let role = role.unwrap_or(Role::Customer);
    if before.is_some_and(|b| b.role == Role::Admin) {
        protect(line, &mut faults);
    }
    let name = line.name.clone().or(before.map(|b| b.name.clone()));
    if name.is_none() {
        let detail = "a new person needs a name";
        faults.push(Fault::of(PersonColumn::Name, "required", detail));
    }
    if role.is_staff() && company.is_some() {
        let detail = "only customers belong to an organization";
        faults.push(Fault::of(PersonColumn::Organization, "not_allowed", detail));
    }
    let had = before.and_then(|b| b.organization_id).map(Company::Known);
    let place = match company {
        Some(company) => Some(company.clone()),
        None if role.is_staff() => None,
        None => had.clone(),
    };
    if place.is_none() && line.organization_role.is_some() && faults.is_empty() {
        let detail = "only somebody of an organization has a role there";
        faults.push(Fault::of(
            PersonColumn::OrganizationRole,
            "not_allowed",
            detail,
        ));
    }
    let (Some(name), true) = (name, faults.is_empty()) else {
        return Decision::Refuse(faults);
    };
    // In another company one begins as a member.
    let stays = before.filter(|_| place == had);
    let organization_role = place.as_ref().map(|_| {
        line.organization_role
            .or(stays.and_then(|b| b.organization_role))
            .unwrap_or(OrganizationRole::Member)
    });
    let active = line.active.or(before.map(|b| b.active)).unwrap_or(true);
    let target = Target {
        name,
        role,
        company: place,
        organization_role,
        active,
    };
    match before {
        None => Decision::Create(target),
        Some(before) => match changes(before, had.as_ref(), &target) {
            none if none.is_empty() => Decision::Unchanged,
            changes => Decision::Update(target, changes),
        },
    }
}

/// A file takes no admin's rights: whoever edits a list of customers does not mean to, and it takes
/// one line to lock everybody out.
fn protect(line: &PersonLine, faults: &mut Vec<Fault>) {
    if line.role.is_some_and(|role| role != Role::Admin) {
        let detail = "is an admin; take that role on the person's own page";
        faults.push(Fault::of(PersonColumn::Role, "admin_protected", detail));
    }
    if line.active == Some(false) {
        let detail = "is an admin; deactivate them on their own page";
        faults.push(Fault::of(PersonColumn::Active, "admin_protected", detail));
    }
}

fn changes(before: &UserRow, had: Option<&Company>, target: &Target) -> Vec<&'static str> {
    [
        ("name", before.name != target.name),
        ("role", before.role != target.role),
        ("organization", had != target.company.as_ref()),
        (
            "organization_role",
            before.organization_role != target.organization_role,
        ),
        ("active", before.active != target.active),
    ]
    .into_iter()
    .filter_map(|(field, changed)| changed.then_some(field))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use bsm_domain::clock::{Clock as _, SystemClock};
    use bsm_domain::email::EmailAddress;
    use bsm_domain::ids::UserId;
    use bsm_domain::preferences::Theme;

    fn line() -> PersonLine {
        PersonLine {
            email: EmailAddress::parse("ana@acme.example").unwrap(),
            name: None,
            role: None,
            organization: None,
            organization_role: None,
            active: None,
        }
    }

    fn ana(role: Role, company: Option<OrganizationId>) -> UserRow {
        let now = SystemClock.now();
        UserRow {
            id: UserId::generate(),
            email: "ana@acme.example".into(),
            name: "Ana".into(),
            role,
            organization_id: company,
            organization_name: company.map(|_| "Acme".into()),
            organization_role: company.map(|_| OrganizationRole::Manager),
            active: true,
            language: None,
            time_zone: None,
            theme: Theme::Auto,
            last_seen_at: None,
            created_at: now,
            updated_at: now,
            version: 1,
        }
    }

    fn refused(decision: Decision) -> Vec<(Option<PersonColumn>, &'static str)> {
        match decision {
            Decision::Refuse(faults) => faults.iter().map(|f| (f.column, f.code)).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_a_line_does_not_say_stays() {
        let acme = OrganizationId::generate();
        let before = ana(Role::Customer, Some(acme));
        assert_eq!(decide(&line(), None, Some(&before)), Decision::Unchanged);
        let same = PersonLine {
            name: Some("Ana".into()),
            role: Some(Role::Customer),
            organization_role: Some(OrganizationRole::Manager),
            active: Some(true),
            ..line()
        };
        let known = Company::Known(acme);
        let again = decide(&same, Some(&known), Some(&before));
        assert_eq!(again, Decision::Unchanged);
    }

    #[test]
    fn a_new_person_is_an_active_customer_with_a_name() {
        let faults = refused(decide(&line(), None, None));
        assert_eq!(faults, [(Some(PersonColumn::Name), "required")]);
        let named = PersonLine {
            name: Some("Ana".into()),
            ..line()
        };
        let Decision::Create(target) = decide(&named, Some(&Company::New), None) else {
            panic!("not created");
        };
        assert_eq!((target.role, target.active), (Role::Customer, true));
        assert_eq!(target.organization_role, Some(OrganizationRole::Member));
        let staff = PersonLine {
            role: Some(Role::Agent),
            ..named.clone()
        };
        let faults = refused(decide(&staff, Some(&Company::New), None));
        assert_eq!(faults, [(Some(PersonColumn::Organization), "not_allowed")]);
        let lost = PersonLine {
            organization_role: Some(OrganizationRole::Manager),
            ..named
        };
        let faults = refused(decide(&lost, None, None));
        assert_eq!(
            faults,
            [(Some(PersonColumn::OrganizationRole), "not_allowed")]
        );
    }

    #[test]
    fn who_moves_begins_as_a_member_and_who_is_hired_leaves() {
        let before = ana(Role::Customer, Some(OrganizationId::generate()));
        let globex = Company::Known(OrganizationId::generate());
        match decide(&line(), Some(&globex), Some(&before)) {
            Decision::Update(target, changes) => {
                assert_eq!(target.organization_role, Some(OrganizationRole::Member));
                assert_eq!(changes, ["organization", "organization_role"]);
            }
            other => panic!("{other:?}"),
        }
        let hired = PersonLine {
            role: Some(Role::Agent),
            ..line()
        };
        match decide(&hired, None, Some(&before)) {
            Decision::Update(target, changes) => {
                assert_eq!((target.company, target.organization_role), (None, None));
                assert_eq!(changes, ["role", "organization", "organization_role"]);
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn no_file_takes_an_admins_rights() {
        let before = ana(Role::Admin, None);
        for role in [Role::Customer, Role::Agent] {
            let demoted = PersonLine {
                role: Some(role),
                active: Some(false),
                ..line()
            };
            let faults = refused(decide(&demoted, None, Some(&before)));
            let (role, active) = (Some(PersonColumn::Role), Some(PersonColumn::Active));
            assert_eq!(
                faults,
                [(role, "admin_protected"), (active, "admin_protected")]
            );
        }
        let named = PersonLine {
            name: Some("Ada".into()),
            role: Some(Role::Admin),
            active: Some(true),
            ..line()
        };
        let renamed = decide(&named, None, Some(&before));
        assert!(matches!(renamed, Decision::Update(_, changes) if changes == ["name"]));
    }
}
