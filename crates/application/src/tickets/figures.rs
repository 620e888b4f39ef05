//! The figures of the customer follow each change of a ticket, in its transaction.

use bsm_persistence::Tx;
use bsm_persistence::customer_figures::FigureMoves;
use bsm_persistence::tickets::TicketRow;

use crate::Result;

/// Moves the requester's figures by what became of a ticket, after it was written; without a
/// `before` it is a new one.
pub(crate) async fn follow(
    tx: &mut Tx,
    before: Option<&TicketRow>,
    after: &TicketRow,
) -> Result<()> {
    tx.move_customer_figures(after.requester_id, &moves(before, after))
        .await?;
    Ok(())
}

fn moves(before: Option<&TicketRow>, after: &TicketRow) -> FigureMoves {
    let Some(before) = before else {
        return FigureMoves {
            entered: Some(after.status),
            ordered: i64::from(after.service_id.is_some()),
            moved_at: Some(after.customer_updated_at),
            ..FigureMoves::default()
        };
    };
    let entered = before.status != after.status;
    let seen = before.customer_updated_at != after.customer_updated_at;
    FigureMoves {
        left: entered.then_some(before.status),
        entered: entered.then_some(after.status),
        answered: i64::from(after.first_response_at.is_some())
            - i64::from(before.first_response_at.is_some()),
        solved: i64::from(after.resolved_at.is_some()) - i64::from(before.resolved_at.is_some()),
        resolution_changed: before.resolved_at != after.resolved_at,
        moved_at: seen.then_some(after.customer_updated_at),
        ..FigureMoves::default()
    }
}
