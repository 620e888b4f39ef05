//! What kind of installation this is.

use sqlx::FromRow;

use crate::{DbError, Tx};

/// The mark of an installation.
#[derive(Debug, Clone, Copy, FromRow)]
pub struct InstallationRow {
    /// Whether it was filled with demo data, or is being.
    pub demo: bool,
    /// Whether the filling came to its end.
    pub demo_complete: bool,
}

impl Tx {
    /// The mark.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn installation(&mut self) -> Result<InstallationRow, DbError> {
        self.q("select demo, demo_complete from installation where id = 1")
            .one()
            .await
    }

    /// Marks it as filled with demo data.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn mark_demo(&mut self, complete: bool) -> Result<(), DbError> {
        self.q("update installation set demo = true, demo_complete = $1 where id = 1")
            .bind(complete)
            .execute()
            .await
            .map(drop)
    }

    /// The oldest schema whose binaries may work with this database, as a migration's number.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn schema_floor(&mut self) -> Result<i64, DbError> {
        self.q("select schema_floor from installation where id = 1")
            .scalar()
            .await
    }

    /// The settings of the server that must be on for an acknowledged change to outlast a power
    /// cut, and are off. SQLite's are the product's own.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn unsafe_settings(&mut self) -> Result<Vec<String>, DbError> {
        let off: Vec<(String,)> = self
            .q_either(
                "select '' where false",
                "select name from pg_settings where setting = 'off' \
                 and name in ('fsync', 'full_page_writes', 'synchronous_commit') order by name",
            )
            .all()
            .await?;
        Ok(off.into_iter().map(|(name,)| name).collect())
    }

    /// Whether nobody has ever been added: a new installation.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn is_empty(&mut self) -> Result<bool, DbError> {
        let found = self
            .q("select cast(1 as bigint) from users limit 1")
            .optional::<(i64,)>()
            .await?;
        Ok(found.is_none())
    }
}
