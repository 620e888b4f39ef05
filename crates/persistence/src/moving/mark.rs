//! The mark of a database that an installation is being moved into.

use crate::{DbError, Tx};

impl Tx {
    /// Whether this database is the target of a move that was not finished: nobody may work with it.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn move_is_unfinished(&mut self) -> Result<bool, DbError> {
        let marks: i64 = self
            .q_either(
                "select count(*) from sqlite_master where name = 'bsm_move'",
                "select count(to_regclass('bsm_move'))",
            )
            .scalar()
            .await?;
        Ok(marks > 0)
    }
}
