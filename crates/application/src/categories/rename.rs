//! What stands under a category gets another name for it, wherever it is read or found.

use bsm_domain::category::CategoryKind;
use bsm_persistence::Tx;

use crate::{Result, articles, services};

/// Writes the new name into everything that names the category, history included, and into the
/// search, whose words it is among.
pub(super) async fn rename(tx: &mut Tx, kind: CategoryKind, from: &str, to: &str) -> Result<()> {
    if from == to {
        return Ok(());
    }
    match kind {
        CategoryKind::Service => {
            let under = tx.services_under(from).await?;
            tx.rename_in_content(kind, from, to).await?;
            for id in under {
                services::index_again(tx, id).await?;
            }
        }
        CategoryKind::Article => {
            let under = tx.articles_under(from).await?;
            tx.rename_in_content(kind, from, to).await?;
            for id in under {
                articles::index_again(tx, id).await?;
            }
        }
    }
    Ok(())
}
