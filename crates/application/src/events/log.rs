//! The log in pages, for those who cannot hold a stream.

use bsm_domain::actor::Actor;
use bsm_domain::event::EventKind;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::events::EventRow;

use super::subscription::reaches;
use crate::{App, Error, Result};

/// How many rows of the log are looked at for one page, whatever it asks for.
const LOOK: i64 = 2_000;

/// Where a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// With the oldest event that is kept.
    Beginning,
    /// Right after this position.
    Position(i64),
    /// At the present end of the log.
    Latest,
}

/// A part of the log.
#[derive(Debug, Clone)]
pub struct LogPage {
    /// The events asked for, in order.
    pub items: Vec<EventRow>,
    /// Where the next page begins; always there.
    pub position: i64,
    /// Whether there is more to read at once.
    pub more: bool,
}

/// Up to `limit` events of these kinds, of all kinds where none is named. Staff only; whoever shows
/// an event asks the policy what of it. Of a long log in which few are asked for, a page may be
/// empty and have more behind it.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::PositionExpired`] where the log no longer, or not yet, reaches to
/// the position.
pub async fn page(
    app: &App,
    actor: &Actor,
    after: After,
    kinds: &[EventKind],
    limit: u32,
) -> Result<LogPage> {
    policy::sight(actor, Capability::Work)?;
    app.db
        .read(async |tx| {
            let log = tx.event_log().await?;
            let begin = match after {
                After::Latest => log.head,
                After::Position(position) if reaches(&log, position) => position,
                After::Position(_) => return Err(Error::PositionExpired),
                After::Beginning => log.oldest.map_or(log.head, |oldest| oldest - 1),
            };
            let (mut items, mut position) = (Vec::new(), begin);
            loop {
                let rows = tx.events_after(position, limit.max(100)).await?;
                let Some(last) = rows.last().map(|row| row.position) else {
                    return Ok(LogPage {
                        items,
                        position,
                        more: false,
                    });
                };
                for row in rows {
                    let kind = row.event.as_ref().map(|event| event.kind);
                    let wanted = kind.is_some_and(|k| kinds.is_empty() || kinds.contains(&k));
                    position = row.position;
                    if wanted {
                        items.push(row);
                        if items.len() == limit as usize {
                            let more = position < last.max(log.head);
                            return Ok(LogPage {
                                items,
                                position,
                                more,
                            });
                        }
                    }
                }
                if position - begin >= LOOK {
                    let more = position < log.head;
                    return Ok(LogPage {
                        items,
                        position,
                        more,
                    });
                }
            }
        })
        .await
}
