//! What happened around one customer.

use bsm_domain::actor::Actor;
use bsm_domain::ids::UserId;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::customer_activity::ActivityRow;
use bsm_persistence::page::{Page, Window};

use crate::{App, Error, Result};

/// A page of what happened on a customer's tickets, newest first, without notes among staff.
///
/// # Errors
/// [`Error::NotFound`] where there is no such customer; [`Error::Forbidden`]
pub async fn activity(
    app: &App,
    actor: &Actor,
    customer: UserId,
    window: &Window,
) -> Result<Page<ActivityRow>> {
    policy::require(actor, Capability::Work)?;
    app.db
        .read(async |tx| {
            tx.customer_insight(customer)
                .await?
                .ok_or(Error::NotFound)?;
            Ok(tx.customer_activity(customer, window).await?)
        })
        .await
}
