//! The list of customers with their figures.

use bsm_domain::actor::Actor;
use bsm_domain::clock::Time;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::customer_insights::{
    InsightFilter, InsightPlace, InsightRow, InsightSort, InsightWindow, OpenedIn,
};

use crate::{App, Result};

/// Which part of the list is wanted.
#[derive(Debug, Clone)]
pub struct InsightQuery {
    /// Which customers.
    pub filter: InsightFilter,
    /// In which order; that of all time, also where figures are of a time.
    pub sort: InsightSort,
    /// Of which tickets the figures are.
    pub opened: OpenedIn,
    /// Which rows.
    pub window: InsightWindow,
}

/// A part of the list.
#[derive(Debug, Clone)]
pub struct InsightsPage {
    /// Customers with their figures.
    pub rows: Vec<InsightRow>,
    /// The last one's place, where more follow.
    pub next: Option<InsightPlace>,
    /// The moment the figures are of.
    pub as_of: Time,
}

/// A page of customers with their figures. Staff only.
///
/// # Errors
/// [`crate::Error::Forbidden`]
pub async fn list(app: &App, actor: &Actor, query: &InsightQuery) -> Result<InsightsPage> {
    let sight = policy::sight(actor, Capability::Work)?;
    let as_of = app.now();
    let Some(organization) = sight.narrow(query.filter.organization) else {
        let (rows, next) = (Vec::new(), None);
        return Ok(InsightsPage { rows, next, as_of });
    };
    let filter = InsightFilter {
        organization,
        ..query.filter.clone()
    };
    app.db
        .read(async |tx| {
            let (mut rows, next) = tx
                .customer_insights(&filter, query.sort, &query.window)
                .await?;
            if !query.opened.is_all_time() && !rows.is_empty() {
                tx.narrow_insights(&mut rows, &query.opened).await?;
            }
            Ok(InsightsPage { rows, next, as_of })
        })
        .await
}
