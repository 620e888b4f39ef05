//! What happened becomes deliveries.
//!
//! Each webhook has its own place in the log, so that it can be put back, or start anew, without the
//! others. Those that are furthest ahead move together, and so do the others, because making a row costs
//! the same whether its receiver lives or not. So the log is never held up for long, and read twice at most.

use bsm_domain::ids::DeliveryId;
use bsm_persistence::events::EventRow;
use bsm_persistence::webhook_deliveries::NewDelivery;
use bsm_persistence::webhooks::WebhookRow;

use super::record::settle_reader;
use crate::{App, Result};

/// One page of the log for those that are furthest ahead, and one for the others, from the one that is
/// furthest back: who was put back catches up without holding up the news of the rest. `render` makes the
/// body of an event; what it has none for is for nobody. Whether there may be more. Two replicas at once
/// write each delivery once: a webhook moves only from where it was seen.
///
/// # Errors
/// [`crate::Error::Db`]
pub async fn fan_out(
    app: &App,
    page: u32,
    render: impl Fn(&EventRow) -> Option<String>,
) -> Result<bool> {
    let webhooks = app.db.read(async |tx| tx.active_webhooks().await).await?;
    let Some(front) = webhooks.iter().map(|webhook| webhook.position).max() else {
        return Ok(false);
    };
    let (ahead, behind): (Vec<_>, Vec<_>) = webhooks
        .iter()
        .partition(|webhook| webhook.position == front);
    let mut more = one_page(app, page, &render, &ahead, front).await?;
    if let Some(back) = behind.iter().map(|webhook| webhook.position).min() {
        more |= one_page(app, page, &render, &behind, back).await?;
    }
    Ok(more)
}

/// Writes what these webhooks want of up to `page` events after a position, from where each stands.
async fn one_page(
    app: &App,
    page: u32,
    render: impl Fn(&EventRow) -> Option<String>,
    webhooks: &[&WebhookRow],
    from: i64,
) -> Result<bool> {
    let events = app
        .db
        .read(async |tx| tx.events_after(from, page).await)
        .await?;
    let Some(to) = events.last().map(|event| event.position) else {
        return Ok(false);
    };
    let now = app.now();
    let bodies: Vec<Option<String>> = events.iter().map(render).collect();
    let moves: Vec<(&WebhookRow, Vec<NewDelivery>)> = webhooks
        .iter()
        .filter(|webhook| webhook.position < to)
        .map(|webhook| {
            let rows = events.iter().zip(&bodies).filter_map(|(row, body)| {
                let event = row.event.as_ref()?;
                let kind = event.kind.as_str();
                if row.position <= webhook.position || !webhook.wants(kind) {
                    return None;
                }
                Some(NewDelivery {
                    id: DeliveryId::generate(),
                    webhook_id: webhook.id,
                    event_id: Some(event.id),
                    event_type: kind.to_owned(),
                    payload: body.clone()?,
                    created_at: now,
                })
            });
            (*webhook, rows.collect())
        })
        .collect();
    app.db
        .write(async |tx| {
            for (webhook, rows) in &moves {
                if tx.move_webhook(webhook.id, webhook.position, to).await? {
                    tx.insert_deliveries(rows).await?;
                }
            }
            settle_reader(tx).await
        })
        .await?;
    Ok(events.len() == page as usize)
}
