//! The filters that the list of all tickets and its counts share.

use std::fmt;
use std::str::FromStr;

use bsm_domain::actor::Actor;
use bsm_domain::ids::{OrganizationId, ServiceId, UserId};
use bsm_domain::policy::staff_scope;
use bsm_domain::ticket::{Priority, TicketCategory, TicketStatus};
use bsm_persistence::ticket_lists::{Eyes, TicketFilter};
use chrono::{DateTime, Utc};

use crate::http::params::{CommaList, search_terms, values};
use crate::http::problem::Problem;

/// An assignee to filter by: a person, oneself, or nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AssigneeParam {
    /// Whoever asks.
    Me,
    /// Nobody yet.
    Nobody,
    /// This person.
    Person(UserId),
}

/// A text that names no assignee.
#[derive(Debug)]
pub(super) struct NoAssignee;

impl fmt::Display for NoAssignee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("assignee must be an id, me or none")
    }
}

impl FromStr for AssigneeParam {
    type Err = NoAssignee;

    fn from_str(text: &str) -> Result<Self, NoAssignee> {
        match text {
            "me" => Ok(Self::Me),
            "none" => Ok(Self::Nobody),
            id => id.parse().map(Self::Person).map_err(|_| NoAssignee),
        }
    }
}

/// The filters as a request gives them.
pub(super) struct Given {
    pub(super) status: Option<CommaList<TicketStatus>>,
    pub(super) priority: Option<CommaList<Priority>>,
    pub(super) category: Option<CommaList<TicketCategory>>,
    pub(super) assignee: Option<CommaList<AssigneeParam>>,
    pub(super) requester: Option<UserId>,
    pub(super) organization: Option<OrganizationId>,
    pub(super) service: Option<ServiceId>,
    pub(super) created_from: Option<DateTime<Utc>>,
    pub(super) created_to: Option<DateTime<Utc>>,
    pub(super) q: Option<String>,
}

impl Given {
    /// Turns them into a filter of all tickets.
    pub(super) fn filter(self, actor: &Actor) -> Result<TicketFilter, Problem> {
        let scope = staff_scope(actor).map_err(bsm_application::Error::from)?;
        let mut filter = TicketFilter::all(scope, Eyes::Staff);
        filter.statuses = values(self.status);
        filter.priorities = values(self.priority);
        filter.categories = values(self.category);
        filter.assignees = values(self.assignee)
            .into_iter()
            .map(|who| match who {
                AssigneeParam::Me => Some(actor.user_id),
                AssigneeParam::Nobody => None,
                AssigneeParam::Person(id) => Some(id),
            })
            .collect();
        filter.requester = self.requester;
        filter.organization = self.organization;
        filter.service = self.service;
        filter.created_from = self.created_from;
        filter.created_to = self.created_to;
        filter.terms = self.q.as_deref().map(search_terms).transpose()?;
        Ok(filter)
    }
}
