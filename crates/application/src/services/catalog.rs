//! Customers look into the catalog.

use bsm_domain::ids::ServiceId;
use bsm_persistence::content::View;
use bsm_persistence::page::Window;
use bsm_persistence::service_lists::ServiceFilter;
use bsm_persistence::services::ServiceRow;

use super::list::{ServiceList, page_of};
use crate::{App, Error, Result};

/// A page of the active services with their live versions, newest first; with folded terms those
/// that answer them, best first, all at once and at most 100.
///
/// # Errors
/// [`Error::Db`]
pub async fn catalog(
    app: &App,
    category: Option<String>,
    terms: Option<&[String]>,
    window: &Window,
) -> Result<ServiceList<ServiceRow>> {
    let filter = ServiceFilter {
        view: View::Live,
        statuses: Vec::new(),
        category,
    };
    app.db
        .read(async |tx| page_of(tx, &filter, terms, window).await)
        .await
}

/// One active service.
///
/// # Errors
/// [`Error::NotFound`], also for one that is a draft or retired.
pub async fn catalog_item(app: &App, id: ServiceId) -> Result<ServiceRow> {
    app.db
        .read(async |tx| tx.active_service(id).await?.ok_or(Error::NotFound))
        .await
}
