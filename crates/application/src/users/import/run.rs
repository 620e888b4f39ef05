//! Takes a file: a hundred lines a transaction, each decided anew as things are then.

use std::collections::{BTreeMap, HashMap};

use bsm_domain::actor::Actor;
use bsm_domain::ids::{OrganizationId, UserId};
use bsm_domain::people_file::Fault;
use bsm_persistence::Tx;
use bsm_persistence::users::UserRow;

use super::decide::{Company, Decision, Target, decide};
use super::survey::{Item, Survey, emails, people};
use super::{LineReport, Outcome};
use crate::users::input::NewPerson;
use crate::users::{create, update};
use crate::{App, Error, Result, Stamp, organizations};

/// Lines of one transaction: on SQLite others wait for it, tens of milliseconds.
const AT_ONCE: usize = 100;

/// How often a line is tried that somebody else gets in the way of.
const TRIES: usize = 3;

/// What a transaction did.
struct Done {
    lines: Vec<LineReport>,
    /// Companies that were found or added, by their key; whether they were added.
    companies: BTreeMap<String, (OrganizationId, bool)>,
}

/// Takes every line that changes something.
pub(super) async fn run(app: &App, actor: &Actor, survey: &mut Survey) -> Result<()> {
    // As things were a moment ago; what is really added is told below.
    survey.added.clear();
    let pending: Vec<usize> = (0..survey.items.len())
        .filter(|n| {
            let outcome = survey.items[*n].report.outcome;
            matches!(outcome, Outcome::Create | Outcome::Update)
        })
        .collect();
    for lines in pending.chunks(AT_ONCE) {
        match take(app, actor, survey, lines).await {
            // Somebody added one of these people or companies since they were looked up.
            Err(Error::Conflict(_)) => {
                for line in lines {
                    take_alone(app, actor, survey, *line).await?;
                }
            }
            done => done?,
        }
    }
    Ok(())
}

async fn take_alone(app: &App, actor: &Actor, survey: &mut Survey, line: usize) -> Result<()> {
    for _ in 0..TRIES {
        match take(app, actor, survey, &[line]).await {
            Err(Error::Conflict(_)) => {}
            done => return done,
        }
    }
    let detail = "somebody else changed this at the same moment; take the file again";
    survey.items[line].refuse(vec![Fault::of_line("conflict", detail)]);
    Ok(())
}

/// Takes some lines in one transaction.
async fn take(app: &App, actor: &Actor, survey: &mut Survey, lines: &[usize]) -> Result<()> {
    let stamp = Stamp::of_import(app, actor);
    let ids: Vec<(UserId, OrganizationId)> = lines
        .iter()
        .map(|_| (UserId::generate(), OrganizationId::generate()))
        .collect();
    let now: &Survey = survey;
    let done = app
        .db
        .write(async |tx| {
            let mut batch = Batch {
                stamp: &stamp,
                survey: now,
                companies: BTreeMap::new(),
            };
            let mut reports = Vec::with_capacity(lines.len());
            let chosen = || lines.iter().map(|n| &now.items[*n]);
            let known = people(tx, &emails(chosen())).await?;
            for (item, ids) in chosen().zip(&ids) {
                reports.push(batch.line(tx, item, &known, *ids).await?);
            }
            Ok::<_, Error>(Done {
                lines: reports,
                companies: batch.companies,
            })
        })
        .await?;
    for (n, report) in lines.iter().zip(done.lines) {
        survey.items[*n].report = report;
    }
    for (key, (id, added)) in done.companies {
        if let Some(company) = survey.companies.get_mut(&key) {
            company.id = Some(id);
            if added {
                survey.added.push(company.name.text.clone());
            }
        }
    }
    Ok(())
}

/// A transaction under way.
struct Batch<'a> {
    stamp: &'a Stamp,
    survey: &'a Survey,
    companies: BTreeMap<String, (OrganizationId, bool)>,
}

impl Batch<'_> {
    /// Takes one line, or finds that there is nothing to do any more.
    async fn line(
        &mut self,
        tx: &mut Tx,
        item: &Item,
        known: &HashMap<String, UserRow>,
        (id, company_id): (UserId, OrganizationId),
    ) -> Result<LineReport> {
        let mut report = item.report.clone();
        let Some(person) = &item.person else {
            return Ok(report);
        };
        let before = match known.get(person.email.as_str()) {
            Some(row) => {
                tx.lock_user(row.id).await?;
                tx.user(row.id).await?
            }
            None => None,
        };
        let company = self.company(item);
        report.user = before.as_ref().map(|b| b.id);
        report.changes = Vec::new();
        match decide(person, company.as_ref(), before.as_ref()) {
            Decision::Unchanged => report.outcome = Outcome::Unchanged,
            Decision::Refuse(faults) => {
                report.outcome = Outcome::Error;
                report.faults = faults;
            }
            Decision::Create(target) => {
                let organization = self.place(tx, item, &target, company_id).await?;
                let new = NewPerson {
                    email: person.email.clone(),
                    name: target.name,
                    role: target.role,
                    organization,
                    organization_role: target.organization_role,
                };
                let mut row = create::add(tx, self.stamp, id, &new, None, "user.created").await?;
                if !target.active {
                    row.active = false;
                    tx.update_user(&row).await?;
                }
                report.outcome = Outcome::Create;
                report.user = Some(id);
            }
            Decision::Update(target, changes) => {
                let organization_id = self.place(tx, item, &target, company_id).await?;
                if let Some(before) = before {
                    let after = UserRow {
                        name: target.name,
                        role: target.role,
                        organization_id,
                        organization_role: target.organization_role,
                        active: target.active,
                        ..before.clone()
                    };
                    update::apply(tx, self.stamp, &before, after).await?;
                }
                report.outcome = Outcome::Update;
                report.changes = changes;
            }
        }
        Ok(report)
    }

    /// The company that the line names, with what this transaction already knows.
    fn company(&self, item: &Item) -> Option<Company> {
        let made = item
            .company
            .as_ref()
            .and_then(|key| self.companies.get(key));
        match made {
            Some((id, _)) => Some(Company::Known(*id)),
            None => self.survey.company(item),
        }
    }

    /// Where the person belongs; a company that is not there yet is added.
    async fn place(
        &mut self,
        tx: &mut Tx,
        item: &Item,
        target: &Target,
        new_id: OrganizationId,
    ) -> Result<Option<OrganizationId>> {
        match (&target.company, &item.company) {
            (None, _) => Ok(None),
            (Some(Company::Known(id)), _) => Ok(Some(*id)),
            (Some(Company::New), key) => {
                let survey = self.survey;
                let named = key.as_ref().and_then(|key| survey.companies.get(key));
                let named = named.ok_or(Error::Internal("a company without a name"))?;
                let key = std::slice::from_ref(&named.name.key);
                // Somebody else may have added it since the file was looked at.
                let found = tx.organizations_by_key(key).await?.pop();
                let (id, added) = match found {
                    Some(row) => (row.id, false),
                    None => {
                        organizations::add(tx, self.stamp, new_id, &named.name.text).await?;
                        (new_id, true)
                    }
                };
                self.companies.insert(named.name.key.clone(), (id, added));
                Ok(Some(id))
            }
        }
    }
}
