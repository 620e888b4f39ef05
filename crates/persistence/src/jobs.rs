//! Leases: which replica does a piece of work in the background.

use bsm_domain::clock::Time;
use uuid::Uuid;

use crate::{DbError, Tx};

impl Tx {
    /// Takes a job, or keeps it: false where another holder has it and its time is not over. One
    /// statement, so that of two who ask at once one gets it.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn claim_job(
        &mut self,
        name: &'static str,
        holder: Uuid,
        now: Time,
        until: Time,
    ) -> Result<bool, DbError> {
        let touched = self
            .q(
                "insert into jobs (name, holder, held_until) values ($1, $2, $3) \
                 on conflict (name) do update \
                 set holder = excluded.holder, held_until = excluded.held_until \
                 where jobs.holder = excluded.holder or jobs.held_until <= $4",
            )
            .bind(name.to_owned())
            .bind(holder)
            .bind(until)
            .bind(now)
            .execute()
            .await?;
        Ok(touched > 0)
    }

    /// Lets a job go before its time, where one still holds it.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn release_job(
        &mut self,
        name: &'static str,
        holder: Uuid,
        now: Time,
    ) -> Result<(), DbError> {
        self.q("update jobs set held_until = $3 where name = $1 and holder = $2")
            .bind(name.to_owned())
            .bind(holder)
            .bind(now)
            .execute()
            .await
            .map(drop)
    }
}
