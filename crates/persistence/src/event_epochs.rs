//! Epochs of the event log: what keeps a listener that heard of a lost future from taking up a log
//! that was put back (docs/adr/0001-event-order.md).

use bsm_domain::clock::Time;

use crate::{DbError, EngineKind, Tx};

impl Tx {
    /// Begins an epoch: what comes from here on gets positions that were never given before,
    /// whatever was lost, and nobody resumes from an earlier one. Returns where it begins.
    ///
    /// The positions are microseconds since 1970: at fewer than a million events a second no log
    /// ever stands ahead of the clock, so that of two epochs the later has the higher positions,
    /// also where one backup is restored twice.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn begin_event_epoch(&mut self, at: Time) -> Result<i64, DbError> {
        let (before,): (i64,) = self
            .q("select position from event_head where id = 1")
            .for_update()
            .one()
            .await?;
        let begins = at.timestamp_micros().max(before.saturating_add(1));
        self.q("update event_head set position = $1 where id = 1")
            .bind(begins)
            .execute()
            .await?;
        // Readers inside the product that had read all there is stay at the end.
        self.q("update event_readers set position = $1 where position = $2")
            .bind(begins)
            .bind(before)
            .execute()
            .await?;
        self.q("insert into event_epochs (position) values ($1)")
            .bind(begins)
            .execute()
            .await?;
        Ok(begins)
    }

    /// Where this database is, as far as a dump does not take it along: the cluster, its timeline,
    /// the database and the table in it. `None` on SQLite, where a restore says that it is one.
    ///
    /// # Errors
    /// [`DbError`], also where the server does not tell.
    pub async fn event_place(&mut self) -> Result<Option<String>, DbError> {
        if self.engine() == EngineKind::Sqlite {
            return Ok(None);
        }
        self.q(
            "select concat_ws('/', (select system_identifier from pg_control_system()), \
             (select timeline_id from pg_control_checkpoint()), \
             (select oid from pg_database where datname = current_database()), \
             'event_head'::regclass::oid)",
        )
        .scalar()
        .await
        .map(Some)
    }

    /// Begins an epoch where the database was served in another place before: then it was restored
    /// here. Of several replicas that start at once one does. Whether it did.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn settle_event_place(&mut self, place: &str, at: Time) -> Result<bool, DbError> {
        // Before looking, so that two take turns.
        self.q("select position from event_head where id = 1")
            .for_update()
            .one::<(i64,)>()
            .await?;
        let known: Option<(String,)> = self
            .q("select place from event_place where id = 1")
            .optional()
            .await?;
        if known.as_ref().is_some_and(|(known,)| known == place) {
            return Ok(false);
        }
        self.q("insert into event_place (id, place) values (1, $1) \
                on conflict (id) do update set place = excluded.place")
            .bind(place.to_owned())
            .execute()
            .await?;
        if known.is_none() {
            return Ok(false);
        }
        self.begin_event_epoch(at).await?;
        Ok(true)
    }
}
