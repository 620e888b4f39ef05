//! The tickets of the demo, all their steps in order of time.

use std::collections::HashMap;

use bsm_domain::actor::{Actor, Role};
use bsm_domain::ids::TicketId;
use bsm_domain::ticket::{MessageVisibility, Priority, TicketCategory};
use chrono::Duration;

use super::data::{Deed, Step, TicketEntry, json};
use super::people::People;
use super::services::ServiceIds;
use super::walking_clock::WalkingClock;
use super::{DemoError, actor, broken};
use crate::services::{RequestService, request};
use crate::tickets::{
    CreateTicket, RateTicket, Reference, UpdateTicket, auto_close, close, create, rate, reopen,
    reply, staff_message, update,
};
use crate::{App, Expected};

/// One thing that happens: the opening of a ticket, or a step of its timeline.
struct Moment<'a> {
    minutes_ago: i64,
    ticket: &'a TicketEntry,
    step: Option<&'a Step>,
}

/// Opens and works all tickets.
pub(super) async fn fill(
    app: &App,
    clock: &WalkingClock,
    people: &People,
    services: &ServiceIds,
) -> Result<(), DemoError> {
    let entries: Vec<TicketEntry> = json("tickets.json")?;
    let mut moments = Vec::new();
    for ticket in &entries {
        let opened = ticket.created_hours_ago * 60;
        moments.push(Moment {
            minutes_ago: opened,
            ticket,
            step: None,
        });
        moments.extend(ticket.timeline.iter().map(|step| Moment {
            minutes_ago: opened - step.after_minutes,
            ticket,
            step: Some(step),
        }));
    }
    moments.sort_by_key(|m| std::cmp::Reverse(m.minutes_ago));
    let mut ids: HashMap<&str, TicketId> = HashMap::new();
    for moment in moments {
        clock.go_back(Duration::minutes(moment.minutes_ago));
        let key = moment.ticket.key.as_str();
        match moment.step {
            None => {
                let id = open(app, people, services, &ids, moment.ticket).await?;
                ids.insert(key, id);
            }
            Some(step) => {
                let id = ids
                    .get(key)
                    .ok_or_else(|| broken(format!("{key}: a step too early")))?;
                play(app, people, *id, step).await.map_err(|e| {
                    broken(format!("{key}, {} minutes in: {e}", step.after_minutes))
                })?;
            }
        }
    }
    Ok(())
}

async fn open(
    app: &App,
    people: &People,
    services: &ServiceIds,
    ids: &HashMap<&str, TicketId>,
    entry: &TicketEntry,
) -> Result<TicketId, DemoError> {
    let requester = actor(people.get(&entry.requester)?);
    let missing = |what| broken(format!("{}: no {what}", entry.key));
    if let Some(service) = &entry.service {
        let input = RequestService {
            service_version: None,
            form: entry.form.clone(),
            note: entry.note.clone(),
        };
        let detail = request(app, &requester, services.get(service)?, input)
            .await
            .map_err(|e| broken(format!("{}: {e:?}", entry.key)))?;
        return Ok(detail.ticket.id);
    }
    let follow_up_of = match &entry.follow_up_of {
        Some(key) => Some(Reference::Id(
            *ids.get(key.as_str()).ok_or_else(|| missing("parent"))?,
        )),
        None => None,
    };
    let input = CreateTicket {
        subject: entry.subject.clone().ok_or_else(|| missing("subject"))?,
        description: entry
            .description
            .clone()
            .ok_or_else(|| missing("description"))?,
        priority: entry.priority.unwrap_or(Priority::Normal),
        category: entry.category.unwrap_or(TicketCategory::CustomerRequest),
        follow_up_of,
    };
    Ok(create(app, &requester, input).await?.ticket.id)
}

async fn play(app: &App, people: &People, id: TicketId, step: &Step) -> Result<(), DemoError> {
    let ticket = Reference::Id(id);
    if step.by == "timer" {
        auto_close(app, id).await?;
        return Ok(());
    }
    let who = actor(people.get(&step.by)?);
    let missing = |what: &str| broken(format!("a step without {what}"));
    let body = || step.body.as_deref().ok_or_else(|| missing("body"));
    let to = || step.to.as_deref().ok_or_else(|| missing("to"));
    match step.act {
        Deed::Reply if who.role == Role::Customer => {
            reply(app, &who, ticket, body()?).await?;
        }
        Deed::Reply => {
            staff_message(app, &who, ticket, body()?, MessageVisibility::Public).await?;
        }
        Deed::Note => {
            staff_message(app, &who, ticket, body()?, MessageVisibility::Internal).await?;
        }
        Deed::Status => {
            let status = to()?.parse().map_err(|e| broken(format!("{e}")))?;
            set(
                app,
                &who,
                ticket,
                UpdateTicket {
                    status: Some(status),
                    ..Default::default()
                },
            )
            .await?;
        }
        Deed::Priority => {
            let priority = to()?.parse().map_err(|e| broken(format!("{e}")))?;
            set(
                app,
                &who,
                ticket,
                UpdateTicket {
                    priority: Some(priority),
                    ..Default::default()
                },
            )
            .await?;
        }
        Deed::Assign => {
            let assignee = people.get(to()?)?.id;
            let input = UpdateTicket {
                assignee: Some(Some(assignee)),
                ..Default::default()
            };
            set(app, &who, ticket, input).await?;
        }
        Deed::Close => {
            close(app, &who, ticket).await?;
        }
        Deed::Reopen => {
            reopen(app, &who, ticket).await?;
        }
        Deed::Rate => {
            let input = RateTicket {
                score: step.score.ok_or_else(|| missing("score"))?,
                comment: step.comment.clone(),
                reasons: step.reasons.clone(),
            };
            rate(app, &who, ticket, input).await?;
        }
    }
    Ok(())
}

async fn set(
    app: &App,
    who: &Actor,
    ticket: Reference,
    input: UpdateTicket,
) -> Result<(), DemoError> {
    update(app, who, ticket, &Expected::Any, input).await?;
    Ok(())
}
