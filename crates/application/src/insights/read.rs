//! One customer.

use bsm_domain::actor::Actor;
use bsm_domain::clock::Time;
use bsm_domain::ids::UserId;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::customer_insights::{InsightRow, OpenedIn, OrderedServiceRow};

use crate::{App, Error, Result};

/// A customer's figures and what they ordered.
#[derive(Debug, Clone)]
pub struct Insight {
    /// The figures.
    pub row: InsightRow,
    /// The services they ordered, of all time; those ordered most first, at most 100.
    pub services: Vec<OrderedServiceRow>,
    /// The moment all this is of.
    pub as_of: Time,
}

/// How one customer fares. Staff only.
///
/// # Errors
/// [`Error::NotFound`] where there is no such customer; [`Error::Forbidden`]
pub async fn get(app: &App, actor: &Actor, customer: UserId, opened: &OpenedIn) -> Result<Insight> {
    let sight = policy::sight(actor, Capability::Work)?;
    let as_of = app.now();
    app.db
        .read(async |tx| {
            let mut row = tx
                .customer_insight(customer)
                .await?
                .ok_or(Error::NotFound)?;
            sight.admits(row.organization_id)?;
            if !opened.is_all_time() {
                tx.narrow_insights(std::slice::from_mut(&mut row), opened)
                    .await?;
            }
            let services = tx.services_ordered_by(customer).await?;
            Ok(Insight {
                row,
                services,
                as_of,
            })
        })
        .await
}
