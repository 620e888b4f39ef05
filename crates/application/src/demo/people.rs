//! The people of the demo.

use std::collections::HashMap;

use bsm_domain::email::EmailAddress;
use bsm_domain::password::Password;
use bsm_persistence::users::UserRow;
use chrono::Duration;

use super::data::{PeopleFile, json};
use super::walking_clock::WalkingClock;
use super::{DemoError, PASSWORD, broken};
use crate::users::{NewPerson, create_by_operator};
use crate::{App, organizations};

/// When the companies became customers; before all people.
const FOUNDED_DAYS_AGO: i64 = 400;

/// Everybody by their address.
pub(super) struct People(HashMap<String, UserRow>);

impl People {
    /// The person with this address.
    pub(super) fn get(&self, email: &str) -> Result<&UserRow, DemoError> {
        self.0
            .get(email)
            .ok_or_else(|| broken(format!("nobody is {email}")))
    }

    /// Somebody who may do everything.
    pub(super) fn admin(&self) -> Result<&UserRow, DemoError> {
        self.get("admin@demo.example")
    }
}

/// Adds the companies and everybody.
pub(super) async fn fill(app: &App, clock: &WalkingClock) -> Result<People, DemoError> {
    let file: PeopleFile = json("people.json")?;
    let mut companies = HashMap::new();
    clock.go_back(Duration::days(FOUNDED_DAYS_AGO));
    for entry in &file.organizations {
        let row = organizations::create_by_operator(app, &entry.name).await?;
        companies.insert(entry.key.as_str(), row.id);
    }
    let password = Password::parse(PASSWORD).map_err(|e| broken(e.to_string()))?;
    let mut people = HashMap::new();
    for entry in &file.users {
        clock.go_back(Duration::days(entry.created_days_ago));
        let organization = match entry.organization.as_deref() {
            Some(key) => Some(
                *companies
                    .get(key)
                    .ok_or_else(|| broken(format!("no company {key}")))?,
            ),
            None => None,
        };
        let input = NewPerson {
            email: EmailAddress::parse(&entry.email).map_err(|e| broken(e.to_string()))?,
            name: entry.name.clone(),
            role: entry.role,
            organization,
            organization_role: entry.organization_role,
        };
        let row = create_by_operator(app, input, Some(password.clone())).await?;
        people.insert(entry.email.clone(), row);
    }
    Ok(People(people))
}
