//! The filters that the list of all tickets and its counts share.

use std::fmt;
use std::str::FromStr;

use bsm_domain::actor::Actor;
use bsm_domain::ids::{OrganizationId, ServiceId, UserId};
use bsm_domain::policy::staff_scope;
use bsm_domain::ticket::{Priority, TicketCategory, TicketStatus};
use bsm_persistence::ticket_filter::{Eyes, TicketFilter};
use bsm_persistence::ticket_lists::TicketSort;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::http::params::{CommaList, search_terms, values, words_or_id};
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

impl PartialSchema for AssigneeParam {
    fn schema() -> RefOr<Schema> {
        words_or_id(&["me", "none"])
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

/// The order of the list of all tickets.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
pub(super) enum AdminTicketOrder {
    /// Last touched first.
    #[default]
    #[serde(rename = "-updated_at")]
    UpdatedFalling,
    /// Longest untouched first.
    #[serde(rename = "updated_at")]
    UpdatedRising,
    /// Newest first.
    #[serde(rename = "-created_at")]
    CreatedFalling,
    /// Oldest first.
    #[serde(rename = "created_at")]
    CreatedRising,
    /// Whose customer waits longest first.
    #[serde(rename = "waiting_since")]
    WaitingRising,
}

impl From<AdminTicketOrder> for TicketSort {
    fn from(order: AdminTicketOrder) -> Self {
        match order {
            AdminTicketOrder::UpdatedFalling => Self::UpdatedFalling,
            AdminTicketOrder::UpdatedRising => Self::UpdatedRising,
            AdminTicketOrder::CreatedFalling => Self::CreatedFalling,
            AdminTicketOrder::CreatedRising => Self::CreatedRising,
            AdminTicketOrder::WaitingRising => Self::WaitingRising,
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
    pub(super) answered_from: Option<DateTime<Utc>>,
    pub(super) answered_to: Option<DateTime<Utc>>,
    pub(super) resolved_from: Option<DateTime<Utc>>,
    pub(super) resolved_to: Option<DateTime<Utc>>,
    pub(super) waiting: Option<bool>,
    pub(super) reopened: Option<bool>,
    pub(super) ordered: Option<bool>,
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
        filter.answered_from = self.answered_from;
        filter.answered_to = self.answered_to;
        filter.resolved_from = self.resolved_from;
        filter.resolved_to = self.resolved_to;
        filter.waiting = self.waiting;
        filter.reopened = self.reopened;
        filter.ordered = self.ordered;
        filter.terms = self.q.as_deref().map(search_terms).transpose()?;
        Ok(filter)
    }
}
