//! A request that is none, and what must come of it.

use bsm_tests::chance::Chance;
use serde_json::Value;

use super::send::{Heard, Sent};
use super::targets::Target;
use super::{bodies, queries, wire};

/// One of them.
pub struct Case {
    /// What is wrong with it.
    pub what: String,
    pub sent: Sent,
    pub wanted: Wanted,
}

/// What must come of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A 4xx that says why, as a problem.
    Problem,
    /// The same; or, where it is no HTTP at all and the framework's parser ends the connection before
    /// the product hears of it, a bare 4xx or nothing.
    Refusal,
    /// A good answer to the good request before it, then a [`Wanted::Refusal`].
    GoodThenRefusal,
}

/// How it was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// With a problem.
    Problem,
    /// With a status alone.
    Bare,
    /// Without an answer.
    Silent,
}

impl Case {
    pub fn new(what: impl Into<String>, sent: Sent, wanted: Wanted) -> Self {
        let what = what.into();
        Self { what, sent, wanted }
    }
}

impl Wanted {
    /// How it was refused, or what was wrong with the answer.
    pub fn judge(self, heard: &Heard) -> Result<How, String> {
        if heard.timed_out {
            return Err("it hangs".into());
        }
        let mut answers = heard.answers.as_slice();
        if self == Self::GoodThenRefusal {
            let Some((first, rest)) = answers.split_first() else {
                return Err("the good request before it has no answer".into());
            };
            if first.status >= 300 {
                return Err(format!("the good request before it gets {}", first.status));
            }
            answers = rest;
        }
        let Some(answer) = answers.first() else {
            return match self {
                Self::Problem => Err("no answer".into()),
                Self::Refusal | Self::GoodThenRefusal => Ok(How::Silent),
            };
        };
        if !(400..500).contains(&answer.status) {
            return Err(format!("status {}", answer.status));
        }
        let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let problem = answer.kind == "application/problem+json"
            && body["status"] == answer.status
            && body["code"].is_string();
        if problem {
            return Ok(How::Problem);
        }
        if self != Self::Problem && answer.body.is_empty() {
            return Ok(How::Bare);
        }
        Err("no problem document".into())
    }
}

/// All cases of an operation.
pub fn of(target: &Target, chance: &mut Chance) -> Vec<Case> {
    let mut cases = Vec::new();
    if let Some(body) = &target.body {
        cases.extend(bodies::broken(target, body, chance));
        cases.extend(bodies::wrong(target, body));
        cases.extend(bodies::large(target));
        cases.extend(bodies::coded(target, body));
    }
    cases.extend(queries::parameters(target));
    cases.extend(queries::ids(target));
    cases.extend(queries::headers(target));
    cases.extend(wire::lines(target, chance));
    cases.extend(wire::fields(target));
    cases.extend(wire::framing(target));
    cases.extend(wire::slow(target));
    cases
}
