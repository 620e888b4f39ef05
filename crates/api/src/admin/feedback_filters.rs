//! Filters that the lists of ratings and of resolutions share.

use std::fmt;
use std::str::FromStr;

use bsm_domain::actor::Actor;
use bsm_domain::ids::{ServiceId, UserId};
use utoipa::PartialSchema;
use utoipa::openapi::{RefOr, Schema};

use super::ticket_filters::AssigneeParam;
use crate::http::params::{One, matching, words_or_id};

/// A score from 1 to 5.
#[derive(Debug, Clone, Copy)]
pub(super) struct ScoreParam(pub(super) i64);

/// A service to filter by, or none.
#[derive(Debug, Clone, Copy)]
pub(super) enum ServiceParam {
    /// What was no order.
    None,
    /// This service.
    Service(ServiceId),
}

/// A text that is no value of a parameter: what it must be.
#[derive(Debug)]
pub(super) struct NotThat(&'static str);

impl fmt::Display for NotThat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl PartialSchema for ScoreParam {
    fn schema() -> RefOr<Schema> {
        matching("^[1-5]$".to_owned(), 1)
    }
}

impl PartialSchema for ServiceParam {
    fn schema() -> RefOr<Schema> {
        words_or_id(&["none"])
    }
}

impl FromStr for ScoreParam {
    type Err = NotThat;

    fn from_str(text: &str) -> Result<Self, NotThat> {
        text.parse()
            .ok()
            .filter(|n| (1..=5).contains(n))
            .map(Self)
            .ok_or(NotThat("score must be 1 to 5"))
    }
}

impl FromStr for ServiceParam {
    type Err = NotThat;

    fn from_str(text: &str) -> Result<Self, NotThat> {
        match text {
            "none" => Ok(Self::None),
            id => id
                .parse()
                .map(Self::Service)
                .map_err(|_| NotThat("service must be an id or none")),
        }
    }
}

/// Whom an assignee parameter means.
pub(super) fn assignee(given: Option<One<AssigneeParam>>, actor: &Actor) -> Option<Option<UserId>> {
    given.map(|One(who)| match who {
        AssigneeParam::Me => Some(actor.user_id),
        AssigneeParam::Nobody => None,
        AssigneeParam::Person(id) => Some(id),
    })
}

/// What a service parameter means.
pub(super) fn service(given: Option<One<ServiceParam>>) -> Option<Option<ServiceId>> {
    given.map(|One(which)| match which {
        ServiceParam::None => None,
        ServiceParam::Service(id) => Some(id),
    })
}
