//! What a file would do, as things are now. Reads only.

use std::collections::HashMap;

use bsm_domain::email::EmailAddress;
use bsm_domain::ids::{OrganizationId, UserId};
use bsm_domain::people_file::{Fault, PersonColumn, PersonLine};
use bsm_persistence::Tx;
use bsm_persistence::users::UserRow;

use super::decide::{Company, Decision, decide};
use super::file::Line;
use super::{LineReport, Options, Outcome, Report};
use crate::organizations::Name;
use crate::{App, Result};

/// Lines that are looked up with one statement.
const AT_ONCE: usize = 50;

/// A line with what it needs to be taken.
pub(super) struct Item {
    pub(super) person: Option<PersonLine>,
    /// The key of the company it names.
    pub(super) company: Option<String>,
    pub(super) report: LineReport,
}

/// A company that lines name.
pub(super) struct Named {
    pub(super) name: Name,
    /// Which one it is; none where it is not there yet.
    pub(super) id: Option<OrganizationId>,
}

/// A file against the database.
pub(super) struct Survey {
    pub(super) items: Vec<Item>,
    pub(super) companies: HashMap<String, Named>,
    /// The names of those that are added.
    pub(super) added: Vec<String>,
}

impl Survey {
    /// The company that a line names, as far as it is known.
    pub(super) fn company(&self, item: &Item) -> Option<Company> {
        let named = self.companies.get(item.company.as_ref()?)?;
        Some(named.id.map_or(Company::New, Company::Known))
    }

    pub(super) fn into_report(self) -> Report {
        Report {
            lines: self.items.into_iter().map(|item| item.report).collect(),
            organizations: self.added,
        }
    }
}

/// Looks at every line.
pub(super) async fn survey(app: &App, lines: Vec<Line>, options: Options) -> Result<Survey> {
    let mut items: Vec<Item> = lines.into_iter().map(item).collect();
    let companies = companies(app, &mut items).await?;
    if !options.create_organizations {
        for item in &mut items {
            refuse_unknown(item, &companies);
        }
    }
    let mut survey = Survey {
        items,
        companies,
        added: Vec::new(),
    };
    for start in (0..survey.items.len()).step_by(AT_ONCE) {
        let end = survey.items.len().min(start + AT_ONCE);
        let emails = emails(survey.items[start..end].iter());
        let known = app.db.read(async |tx| people(tx, &emails).await).await?;
        for n in start..end {
            look(&mut survey, n, &known);
        }
    }
    Ok(survey)
}

/// The people of some addresses.
pub(super) async fn people(
    tx: &mut Tx,
    emails: &[EmailAddress],
) -> Result<HashMap<String, UserRow>> {
    let rows = tx.users_by_email(emails).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.email.clone(), row))
        .collect())
}

/// The addresses of lines that can be taken.
pub(super) fn emails<'a>(items: impl Iterator<Item = &'a Item>) -> Vec<EmailAddress> {
    let people = items.filter_map(|item| item.person.as_ref());
    people.map(|person| person.email.clone()).collect()
}

fn item(line: Line) -> Item {
    let (person, faults) = match line.read {
        Ok(person) => (Some(person), Vec::new()),
        Err(faults) => (None, faults),
    };
    Item {
        company: None,
        report: LineReport {
            line: line.number,
            email: line.email,
            outcome: if person.is_some() {
                Outcome::Unchanged
            } else {
                Outcome::Error
            },
            changes: Vec::new(),
            faults,
            user: None,
        },
        person,
    }
}

/// Finds the companies that lines name; the first to name one that is not there says how it is
/// written.
async fn companies(app: &App, items: &mut [Item]) -> Result<HashMap<String, Named>> {
    let mut named: HashMap<String, Named> = HashMap::new();
    for item in items {
        let Some(text) = item.person.as_ref().and_then(|p| p.organization.as_ref()) else {
            continue;
        };
        let name = Name::parse(text)?;
        item.company = Some(name.key.clone());
        named
            .entry(name.key.clone())
            .or_insert(Named { name, id: None });
    }
    let keys: Vec<String> = named.keys().cloned().collect();
    for keys in keys.chunks(AT_ONCE) {
        let found = app
            .db
            .read(async |tx| tx.organizations_by_key(keys).await)
            .await?;
        for row in found {
            if let Some(company) = named.get_mut(&row.name_key) {
                company.id = Some(row.id);
            }
        }
    }
    Ok(named)
}

fn refuse_unknown(item: &mut Item, companies: &HashMap<String, Named>) {
    let key = item.company.as_ref().and_then(|key| companies.get(key));
    if key.is_some_and(|company| company.id.is_none()) {
        let fault = Fault::of(
            PersonColumn::Organization,
            "unknown_organization",
            "there is no organization of this name",
        );
        item.refuse(vec![fault]);
    }
}

impl Item {
    /// Leaves the line out.
    pub(super) fn refuse(&mut self, faults: Vec<Fault>) {
        self.person = None;
        self.report.outcome = Outcome::Error;
        self.report.changes = Vec::new();
        self.report.faults = faults;
    }
}

fn look(survey: &mut Survey, n: usize, known: &HashMap<String, UserRow>) {
    let item = &survey.items[n];
    let Some(person) = &item.person else {
        return;
    };
    let before = known.get(person.email.as_str());
    let decision = decide(person, survey.company(item).as_ref(), before);
    let user: Option<UserId> = before.map(|b| b.id);
    let added = match (&decision, &item.company) {
        (Decision::Create(target) | Decision::Update(target, _), Some(key))
            if target.company == Some(Company::New) =>
        {
            survey.companies.get(key).map(|c| c.name.text.clone())
        }
        _ => None,
    };
    if let Some(name) = added.filter(|name| !survey.added.contains(name)) {
        survey.added.push(name);
    }
    let item = &mut survey.items[n];
    item.report.user = user;
    match decision {
        Decision::Create(_) => item.report.outcome = Outcome::Create,
        Decision::Update(_, changes) => {
            item.report.outcome = Outcome::Update;
            item.report.changes = changes;
        }
        Decision::Unchanged => item.report.outcome = Outcome::Unchanged,
        Decision::Refuse(faults) => item.refuse(faults),
    }
}
