//! The beginning of an article, made of what was asked and answered in a ticket.

use bsm_domain::actor::Actor;
use bsm_domain::bounds::{ARTICLE_BODY_MAX, TITLE_MAX, TITLE_MIN};
use bsm_domain::policy::TicketAction;
use bsm_domain::text::{Names, anonymize};
use bsm_persistence::messages::MessageRow;
use bsm_persistence::page::Window;
use bsm_persistence::ticket_filter::Eyes;
use bsm_persistence::tickets::{TicketRefRow, TicketRow};

use crate::tickets::{Reference, find};
use crate::{App, Error, Result};

/// Messages that are looked at; a conversation that goes on longer answers nothing in short.
const MOST_MESSAGES: u32 = 100;

/// What an article could begin as.
#[derive(Debug, Clone)]
pub struct ArticleDraft {
    /// Where it comes from.
    pub ticket: TicketRefRow,
    /// The subject.
    pub title: String,
    /// The public conversation, in Markdown.
    pub body: String,
}

/// The subject and the public conversation of a ticket, ready to be made into an article: who asked
/// and what customers and their companies are called is taken out, and so are e-mail addresses.
/// Internal notes are never looked at. Nothing is written. Staff only.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]
pub async fn draft_from_ticket(
    app: &App,
    actor: &Actor,
    reference: Reference,
) -> Result<ArticleDraft> {
    let window = Window {
        limit: MOST_MESSAGES,
        after: None,
    };
    app.db
        .read(async |tx| {
            let ticket = find(tx, actor, reference, TicketAction::Work).await?;
            // With the eyes of a customer: notes are not even read.
            let messages = tx.messages(ticket.id, Eyes::Customer, &window).await?;
            Ok::<_, Error>(draft_of(&ticket, &messages.items))
        })
        .await
}

fn draft_of(ticket: &TicketRow, messages: &[MessageRow]) -> ArticleDraft {
    let names = names_in(ticket, messages);
    let mut body = section("Question", &ticket.description, &names);
    let mut by_staff = false;
    for message in messages {
        let staff = message.author_role.is_staff();
        let text = anonymize(message.body.trim(), &names);
        if staff == by_staff {
            body.push_str("\n\n");
            body.push_str(&text);
        } else {
            let title = if staff { "Answer" } else { "Further question" };
            body.push_str("\n\n");
            body.push_str(&section(title, &message.body, &names));
        }
        by_staff = staff;
    }
    body.push('\n');
    let mut title: String = anonymize(ticket.subject.trim(), &names)
        .chars()
        .take(TITLE_MAX)
        .collect();
    if title.chars().count() < TITLE_MIN {
        title.push_str(" …");
    }
    ArticleDraft {
        ticket: TicketRefRow {
            id: ticket.id,
            number: ticket.number,
        },
        title,
        body: body.chars().take(ARTICLE_BODY_MAX).collect(),
    }
}

fn section(title: &str, text: &str, names: &Names) -> String {
    format!("## {title}\n\n{}", anonymize(text.trim(), names))
}

/// What the customers of a ticket and their company are called.
fn names_in(ticket: &TicketRow, messages: &[MessageRow]) -> Names {
    let mut names = Names::default();
    names.person(&ticket.requester_name);
    if let Some(company) = &ticket.organization_name {
        names.company(company);
    }
    for message in messages {
        if !message.author_role.is_staff() {
            names.person(&message.author_name);
        }
    }
    names
}
