//! Staff read one service.

use bsm_domain::actor::Actor;
use bsm_domain::ids::ServiceId;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::Tx;
use bsm_persistence::services::{ServiceRow, ServiceVersionRow};

use crate::{App, Error, Result};

/// A service as staff see it: the working copy, and what is live.
#[derive(Debug, Clone)]
pub struct ServiceDetail {
    /// The service with its working copy.
    pub service: ServiceRow,
    /// The version last published, if any.
    pub live: Option<ServiceVersionRow>,
}

/// The service as this transaction sees it.
pub(super) async fn detail_of(tx: &mut Tx, id: ServiceId) -> Result<ServiceDetail> {
    let service = tx.service(id).await?.ok_or(Error::NotFound)?;
    let live = tx.live_service_versions(&[id]).await?.pop();
    Ok(ServiceDetail { service, live })
}

/// As [`detail_of`], and keeps other writers away until the transaction ends.
pub(super) async fn locked(tx: &mut Tx, id: ServiceId) -> Result<ServiceRow> {
    tx.lock_service(id).await?;
    tx.service(id).await?.ok_or(Error::NotFound)
}

/// One service. Staff only.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]
pub async fn detail(app: &App, actor: &Actor, id: ServiceId) -> Result<ServiceDetail> {
    policy::require(actor, Capability::Work)?;
    app.db.read(async |tx| detail_of(tx, id).await).await
}
