//! A file of people: what its columns are called, and what may stand in their cells. How cells are
//! cut out of a file is not known here.

use crate::actor::{OrganizationRole, Role};
use crate::bounds::{EMAIL_MAX, NAME_MAX};
use crate::codes::codes;
use crate::email::EmailAddress;
use crate::text;

codes!(
    /// A column of the file. They stand in any order; all but the address can be left out.
    PersonColumn {
        /// The address, by which a person is known.
        Email = "email",
        /// The name.
        Name = "name",
        /// What they may do.
        Role = "role",
        /// The name of a customer's company.
        Organization = "organization",
        /// What they are within it.
        OrganizationRole = "organization_role",
        /// Whether they may sign in.
        Active = "active",
    }
);

/// What is wrong with a cell, or with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where; nowhere in particular where the whole line is meant.
    pub column: Option<PersonColumn>,
    /// Which rule is broken, for programs.
    pub code: &'static str,
    /// What is wrong, for people.
    pub detail: String,
}

impl Fault {
    /// A fault of one cell.
    #[must_use]
    pub fn of(column: PersonColumn, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            column: Some(column),
            code,
            detail: detail.into(),
        }
    }

    /// A fault of a line.
    #[must_use]
    pub fn of_line(code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            column: None,
            code,
            detail: detail.into(),
        }
    }
}

/// What is wrong with the first line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderFault {
    /// The name of the column, cut to 60 characters.
    pub name: String,
    /// Which rule is broken, for programs.
    pub code: &'static str,
    /// What is wrong, for people.
    pub detail: String,
}

/// What a line says of a person. What is left out, or stands empty, is not spoken of: it stays as
/// it is, so that a file never takes anything away by accident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonLine {
    /// Who.
    pub email: EmailAddress,
    /// Their name.
    pub name: Option<String>,
    /// What they may do.
    pub role: Option<Role>,
    /// The name of their company.
    pub organization: Option<String>,
    /// What they are within it.
    pub organization_role: Option<OrganizationRole>,
    /// Whether they may sign in.
    pub active: Option<bool>,
}

/// Reads the first line: which column stands where.
///
/// # Errors
/// Every column that is unknown or stands there twice, and that of addresses where it is missing.
pub fn columns(cells: &[String]) -> Result<Vec<PersonColumn>, Vec<HeaderFault>> {
    let mut columns = Vec::new();
    let mut faults = Vec::new();
    for cell in cells {
        let name: String = cell.trim().to_lowercase();
        let fault = |code, detail: String| HeaderFault {
            name: name.chars().take(60).collect(),
            code,
            detail,
        };
        match name.parse::<PersonColumn>() {
            Ok(column) if columns.contains(&column) => {
                faults.push(fault("duplicate", "this column stands there twice".into()));
            }
            Ok(column) => columns.push(column),
            Err(_) => {
                let known: Vec<_> = PersonColumn::ALL.iter().map(|c| c.as_str()).collect();
                let detail = format!("there is no such column; there are {}", known.join(", "));
                faults.push(fault("unknown_field", detail));
            }
        }
    }
    if !columns.contains(&PersonColumn::Email) && faults.is_empty() {
        faults.push(HeaderFault {
            name: PersonColumn::Email.as_str().into(),
            code: "required",
            detail: "the first line must name the columns, and email must be one of them".into(),
        });
    }
    if faults.is_empty() {
        Ok(columns)
    } else {
        Err(faults)
    }
}

/// Reads a line. `cells` stand in the order of `columns`.
///
/// # Errors
/// Everything that is wrong with it, at most one fault a cell.
pub fn line(
    columns: &[PersonColumn],
    cells: &[Result<String, Fault>],
) -> Result<PersonLine, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut take = |column: PersonColumn| -> Option<String> {
        let at = columns.iter().position(|c| *c == column)?;
        match cells.get(at)? {
            Ok(cell) => match checked(column, cell) {
                Ok(text) => text,
                Err(fault) => {
                    faults.push(fault);
                    None
                }
            },
            Err(fault) => {
                faults.push(Fault {
                    column: Some(column),
                    ..fault.clone()
                });
                None
            }
        }
    };
    let texts = PersonColumn::ALL
        .iter()
        .map(|c| take(*c))
        .collect::<Vec<_>>();
    let text = |column: PersonColumn| texts[column as usize].as_deref();
    let bad = |faults: &[Fault], column| faults.iter().any(|f| f.column == Some(column));

    let email = match text(PersonColumn::Email) {
        Some(email) => EmailAddress::parse(email).map_err(|e| ("bad_format", e.to_string())),
        None => Err(("required", "every line needs an address".into())),
    };
    if let Err((code, detail)) = &email
        && !bad(&faults, PersonColumn::Email)
    {
        faults.push(Fault::of(PersonColumn::Email, code, detail.clone()));
    }
    let role = word::<Role>(PersonColumn::Role, text(PersonColumn::Role), &mut faults);
    let organization_role = word::<OrganizationRole>(
        PersonColumn::OrganizationRole,
        text(PersonColumn::OrganizationRole),
        &mut faults,
    );
    let active = match text(PersonColumn::Active).map(str::to_lowercase).as_deref() {
        None => None,
        Some("true" | "yes" | "1") => Some(true),
        Some("false" | "no" | "0") => Some(false),
        Some(_) => {
            let detail = "must be true or false";
            faults.push(Fault::of(PersonColumn::Active, "not_allowed", detail));
            None
        }
    };
    match email {
        Ok(email) if faults.is_empty() => Ok(PersonLine {
            email,
            name: text(PersonColumn::Name).map(str::to_owned),
            role,
            organization: text(PersonColumn::Organization).map(str::to_owned),
            organization_role,
            active,
        }),
        _ => Err(faults),
    }
}

/// Whether a spreadsheet would take the cell for a formula: such a cell would run, in the name of
/// whoever opens an export of it.
#[must_use]
pub fn is_formula(cell: &str) -> bool {
    let starts = |text: &str| {
        // The wide forms, too: some spreadsheets read them alike.
        text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
    };
    cell.starts_with(['\t', '\r']) || starts(cell) || starts(cell.trim())
}

/// A cell without the white space around it; nothing where it is empty.
fn checked(column: PersonColumn, cell: &str) -> Result<Option<String>, Fault> {
    let text = cell.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if is_formula(cell) {
        return Err(Fault::of(
            column,
            "formula",
            "begins like a formula (=, +, -, @ or a tab)",
        ));
    }
    if text::has_line_break(text) {
        return Err(Fault::of(
            column,
            "forbidden_character",
            "has more than one line; is a quotation mark not closed?",
        ));
    }
    if text::forbidden_character(text).is_some() || text.contains('\t') {
        let detail = "contains a control character";
        return Err(Fault::of(column, "forbidden_character", detail));
    }
    let most = match column {
        PersonColumn::Email => EMAIL_MAX,
        PersonColumn::Name | PersonColumn::Organization => NAME_MAX,
        PersonColumn::Role | PersonColumn::OrganizationRole | PersonColumn::Active => 20,
    };
    if text.chars().count() > most {
        let detail = format!("has more than {most} characters");
        return Err(Fault::of(column, "too_long", detail));
    }
    Ok(Some(text.to_owned()))
}

fn word<T: std::str::FromStr<Err = crate::UnknownCode>>(
    column: PersonColumn,
    text: Option<&str>,
    faults: &mut Vec<Fault>,
) -> Option<T> {
    match text?.to_lowercase().parse() {
        Ok(word) => Some(word),
        Err(crate::UnknownCode(_, known)) => {
            let detail = format!("must be one of: {known}");
            faults.push(Fault::of(column, "not_allowed", detail));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(text: &str) -> Result<Vec<PersonColumn>, Vec<HeaderFault>> {
        columns(&text.split(',').map(str::to_owned).collect::<Vec<_>>())
    }

    fn read(text: &str) -> Result<PersonLine, Vec<(Option<PersonColumn>, &'static str)>> {
        let all = header("email,name,role,organization,organization_role,active").unwrap();
        let cells: Vec<_> = text.split(',').map(|c| Ok(c.to_owned())).collect();
        line(&all, &cells).map_err(|faults| faults.iter().map(|f| (f.column, f.code)).collect())
    }

    #[test]
    fn columns_come_in_any_order_and_case_and_no_other() {
        assert_eq!(
            header(" Name ,EMAIL").unwrap(),
            [PersonColumn::Name, PersonColumn::Email]
        );
        let codes = |text: &str| -> Vec<_> {
            let faults = header(text).unwrap_err();
            faults.iter().map(|f| (f.name.clone(), f.code)).collect()
        };
        let fault = |name: &str, code| (name.to_owned(), code);
        assert_eq!(codes("name,role"), [fault("email", "required")]);
        assert_eq!(codes(""), [fault("", "unknown_field")]);
        assert_eq!(
            codes("email,shoe size,Email,password"),
            [
                fault("shoe size", "unknown_field"),
                fault("email", "duplicate"),
                fault("password", "unknown_field"),
            ]
        );
    }

    #[test]
    fn a_line_says_what_it_says_and_nothing_more() {
        let full = read(" Ana@Acme.Example , Ana Alba ,Customer,Acme,MANAGER,yes").unwrap();
        assert_eq!(full.email.as_str(), "ana@acme.example");
        assert_eq!(full.name.as_deref(), Some("Ana Alba"));
        assert_eq!((full.role, full.active), (Some(Role::Customer), Some(true)));
        assert_eq!(full.organization_role, Some(OrganizationRole::Manager));
        let bare = read("ana@acme.example,,, ,,").unwrap();
        assert_eq!(
            (bare.name, bare.role, bare.organization, bare.active),
            (None, None, None, None)
        );
    }

    #[test]
    fn every_bad_cell_is_told_once() {
        use PersonColumn::{Active, Email, Name, Organization, OrganizationRole, Role};
        for (text, faults) in [
            (",Ana,,,,", vec![(Some(Email), "required")]),
            ("ana,Ana,,,,", vec![(Some(Email), "bad_format")]),
            (
                "ana,Ana,boss,,chief,perhaps",
                vec![
                    (Some(Email), "bad_format"),
                    (Some(Role), "not_allowed"),
                    (Some(OrganizationRole), "not_allowed"),
                    (Some(Active), "not_allowed"),
                ],
            ),
            ("a@b.example,=cmd(),,,,", vec![(Some(Name), "formula")]),
            ("+a@b.example,Ana,,,,", vec![(Some(Email), "formula")]),
            (
                "a@b.example,Ana,, @Acme,,",
                vec![(Some(Organization), "formula")],
            ),
            ("a@b.example,\tAna,,,,", vec![(Some(Name), "formula")]),
            ("a@b.example,＝1,,,,", vec![(Some(Name), "formula")]),
            (
                "a@b.example,A\u{7}na,,,,",
                vec![(Some(Name), "forbidden_character")],
            ),
            (
                "a@b.example,A\nna,,,,",
                vec![(Some(Name), "forbidden_character")],
            ),
        ] {
            assert_eq!(read(text).unwrap_err(), faults, "{text:?}");
        }
        let long = format!("a@b.example,{},,,,", "x".repeat(121));
        assert_eq!(read(&long).unwrap_err(), [(Some(Name), "too_long")]);
    }
}
