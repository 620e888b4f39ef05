//! Staff list and search services.

use std::collections::HashMap;

use bsm_domain::actor::Actor;
use bsm_domain::category::CategoryKind;
use bsm_domain::ids::ServiceId;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::Tx;
use bsm_persistence::page::{Page, Window};
use bsm_persistence::service_lists::ServiceFilter;
use bsm_persistence::services::{ServiceRow, ServiceVersionRow};

use super::read::ServiceDetail;
use super::record::folded;
use crate::categories::{Shelf, shelves};
use crate::search::ranked;
use crate::{App, Result};

/// A part of a list and the categories of all of it.
#[derive(Debug, Clone)]
pub struct ServiceList<T> {
    /// The services.
    pub page: Page<T>,
    /// How many each category has, whatever category or words are looked for; in
    /// their order.
    pub categories: Vec<Shelf>,
}

/// A page of services, newest first; with folded terms those that answer them, best first, all at
/// once and at most 100. Staff only.
///
/// # Errors
/// [`crate::Error::Forbidden`]
pub async fn list(
    app: &App,
    actor: &Actor,
    filter: &ServiceFilter,
    terms: Option<&[String]>,
    window: &Window,
) -> Result<ServiceList<ServiceDetail>> {
    policy::require(actor, Capability::Work)?;
    app.db
        .read(async |tx| {
            let found = page_of(tx, filter, terms, window).await?;
            let ids: Vec<ServiceId> = found.page.items.iter().map(|s| s.id).collect();
            let mut live: HashMap<ServiceId, ServiceVersionRow> = tx
                .live_service_versions(&ids)
                .await?
                .into_iter()
                .map(|v| (v.service_id, v))
                .collect();
            Ok(ServiceList {
                page: found.page.map(|service| ServiceDetail {
                    live: live.remove(&service.id),
                    service,
                }),
                categories: found.categories,
            })
        })
        .await
}

/// What [`list`] and the catalog have in common.
pub(super) async fn page_of(
    tx: &mut Tx,
    filter: &ServiceFilter,
    terms: Option<&[String]>,
    window: &Window,
) -> Result<ServiceList<ServiceRow>> {
    let page = match terms {
        None => tx.services(filter, window).await?,
        Some([]) => Page {
            items: Vec::new(),
            next: None,
        },
        Some(terms) => {
            let candidates = tx.search_services(filter, terms).await?;
            let mut items = ranked(
                candidates,
                terms,
                |service| folded(&service.shown.content()),
                |service| service.id,
            );
            items.truncate(window.limit as usize);
            Page { items, next: None }
        }
    };
    let counted = tx.service_categories(filter).await?;
    let categories = shelves(tx, CategoryKind::Service, counted).await?;
    Ok(ServiceList { page, categories })
}
