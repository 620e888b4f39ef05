//! The files of the demo data, as they are written.

use bsm_domain::actor::{OrganizationRole, Role};
use bsm_domain::article::VoteReason;
use bsm_domain::category::CategoryKind;
use bsm_domain::form::Form;
use bsm_domain::rating::Reason;
use bsm_domain::ticket::{Priority, TicketCategory};
use rust_embed::RustEmbed;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{DemoError, broken};

#[derive(RustEmbed)]
#[folder = "../../demo"]
struct Files;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PeopleFile {
    pub(super) organizations: Vec<OrganizationEntry>,
    pub(super) users: Vec<UserEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrganizationEntry {
    pub(super) key: String,
    pub(super) name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UserEntry {
    pub(super) email: String,
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) organization: Option<String>,
    pub(super) organization_role: Option<OrganizationRole>,
    pub(super) created_days_ago: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CategoryEntry {
    pub(super) kind: CategoryKind,
    pub(super) name: String,
    pub(super) icon: String,
}

#[derive(Deserialize, PartialEq, Eq, Clone, Copy)]
#[serde(rename_all = "snake_case")]
pub(super) enum ServiceState {
    Draft,
    Active,
    Retired,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ServiceEntry {
    pub(super) key: String,
    pub(super) state: ServiceState,
    pub(super) name: String,
    pub(super) summary: String,
    pub(super) description: String,
    pub(super) icon: String,
    pub(super) category: String,
    pub(super) price_kind: String,
    pub(super) price_minor: Option<i64>,
    pub(super) currency: Option<String>,
    pub(super) delivery_days: Option<i64>,
    pub(super) owner: String,
    pub(super) form: Form,
}

/// An article: `key: value` lines between two `---`, then Markdown.
pub(super) struct ArticleEntry {
    pub(super) name: String,
    head: Vec<(String, String)>,
    pub(super) body: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TicketEntry {
    pub(super) key: String,
    pub(super) requester: String,
    pub(super) subject: Option<String>,
    pub(super) description: Option<String>,
    pub(super) priority: Option<Priority>,
    pub(super) category: Option<TicketCategory>,
    pub(super) service: Option<String>,
    #[serde(default)]
    pub(super) form: Map<String, Value>,
    pub(super) note: Option<String>,
    pub(super) follow_up_of: Option<String>,
    pub(super) created_hours_ago: i64,
    pub(super) timeline: Vec<Step>,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    pub(super) after_minutes: i64,
    pub(super) by: String,
    #[serde(rename = "do")]
    pub(super) act: Deed,
    pub(super) body: Option<String>,
    pub(super) to: Option<String>,
    pub(super) score: Option<i64>,
    pub(super) comment: Option<String>,
    #[serde(default)]
    pub(super) reasons: Vec<Reason>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(super) enum Deed {
    Reply,
    Note,
    Status,
    Assign,
    Priority,
    Close,
    Reopen,
    Rate,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Readers {
    pub(super) votes: Vec<Vote>,
    pub(super) views: Vec<Views>,
    pub(super) searches: Vec<Search>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Vote {
    pub(super) by: String,
    pub(super) slug: String,
    pub(super) helpful: bool,
    #[serde(default)]
    pub(super) reasons: Vec<VoteReason>,
    pub(super) days_ago: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Views {
    pub(super) slug: String,
    pub(super) in_30_days: i64,
}

/// A search that found nothing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Search {
    pub(super) by: String,
    pub(super) q: String,
    pub(super) days_ago: i64,
}

/// Reads one of the JSON files.
pub(super) fn json<T: DeserializeOwned>(name: &str) -> Result<T, DemoError> {
    let file = Files::get(name).ok_or_else(|| broken(format!("{name} is missing")))?;
    serde_json::from_slice(&file.data).map_err(|e| broken(format!("{name}: {e}")))
}

/// Reads all articles, in order of their names.
pub(super) fn articles() -> Result<Vec<ArticleEntry>, DemoError> {
    let mut names: Vec<_> = Files::iter()
        .filter(|n| n.starts_with("articles/"))
        .collect();
    names.sort();
    names.iter().map(|name| article(name)).collect()
}

fn article(name: &str) -> Result<ArticleEntry, DemoError> {
    let file = Files::get(name).ok_or_else(|| broken(format!("{name} is missing")))?;
    let text = std::str::from_utf8(&file.data).map_err(|e| broken(format!("{name}: {e}")))?;
    let (head, body) = text
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
        .ok_or_else(|| broken(format!("{name}: no front matter")))?;
    let head = head
        .lines()
        .map(|line| {
            line.split_once(": ")
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
                .ok_or_else(|| broken(format!("{name}: {line:?} is not `key: value`")))
        })
        .collect::<Result<_, _>>()?;
    Ok(ArticleEntry {
        name: name.to_owned(),
        head,
        body: body.trim().to_owned(),
    })
}

impl ArticleEntry {
    /// A value of the front matter.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.head
            .iter()
            .find(|(k, _)| k == key)
            .map(|(_, v)| v.as_str())
    }

    /// A value that must be there.
    pub(super) fn need(&self, key: &str) -> Result<&str, DemoError> {
        self.get(key)
            .ok_or_else(|| broken(format!("{}: no {key}", self.name)))
    }

    /// A number of days that must be there.
    pub(super) fn days(&self, key: &str) -> Result<i64, DemoError> {
        let text = self.need(key)?;
        text.parse()
            .map_err(|_| broken(format!("{}: {key} is no number", self.name)))
    }
}
