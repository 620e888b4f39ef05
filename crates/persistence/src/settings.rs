//! What admins decide for the whole installation.

use sqlx::FromRow;

use crate::{DbError, Tx};

/// The one row of settings.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns of `settings`")]
pub struct SettingsRow {
    pub registration_open: bool,
    pub auto_close_days: i64,
    pub version: i64,
}

impl Tx {
    /// The settings; the first migration wrote them.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn settings(&mut self) -> Result<SettingsRow, DbError> {
        self.q("select registration_open, auto_close_days, version from settings where id = 1")
            .one()
            .await
    }
}
