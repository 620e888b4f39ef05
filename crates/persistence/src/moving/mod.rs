//! Moving a whole installation from one engine to the other: `bsm move`. The source is only read,
//! and nobody can write to it meanwhile; the target carries a mark until all is there, so that no
//! server takes half an installation for a whole one. See docs/adr/0012.

mod dump;
mod error;
mod mark;
mod schema;
mod search;
mod side;
mod state;
mod value;

pub use dump::dump;
pub use error::MoveError;
use schema::{SEEDED, Table, common};
use side::{Row, Side, key_of};
use state::{Progress, State};

use crate::{Db, DbError, EngineKind};

/// What is being done, to be shown.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// What: `copied` or `compared`.
    pub verb: &'static str,
    /// Of which table.
    pub table: &'a str,
    /// So many rows,
    pub done: i64,
    /// of so many.
    pub of: i64,
}

/// A move under way. Dropped at any moment, it can be begun again and goes on.
pub struct Move {
    from: Side,
    to: Side,
    target: Db,
    tables: Vec<Table>,
    state: State,
    /// Whether it goes on with what an earlier run began.
    pub resumed: bool,
}

impl Move {
    /// Takes hold of both databases: nobody writes to the source from now on, and the target is
    /// marked. Looks that the source is of this version's schema and that the target is empty, or
    /// the unfinished target of a move from this very source.
    ///
    /// # Errors
    /// [`MoveError`]
    pub async fn begin(from: &str, to: &str) -> Result<Self, MoveError> {
        let mut source = Side::open(from, false).await?;
        if source.users().await? > 0 {
            return Err(MoveError::SourceServed);
        }
        prepare_source(from).await?;
        let mut target = Side::open(to, true).await?;
        target.alone().await?;
        if target.users().await? > 0 {
            return Err(MoveError::TargetServed);
        }
        let state = State::read(&mut target).await?;
        if state.is_none() {
            target.must_be_empty().await?;
        }
        let db = Db::connect(to).await?;
        if state.is_none() {
            db.migrate().await?;
        }
        let strange = db.read(async |tx| tx.strange_migrations().await).await?;
        if !strange.is_empty() {
            return Err(MoveError::TargetSchema(strange.join(", ")));
        }
        let tables = common(source.tables().await?, &target.tables().await?)?;
        source.hold(&tables).await?;
        if source.users().await? > 0 {
            return Err(MoveError::SourceServed);
        }
        // Numbered before it was held: what a command wrote in between is not.
        let unnumbered = "select count(*) from events where position is null";
        if source.number(unnumbered).await? > 0 {
            return Err(MoveError::SourceServed);
        }
        let name = name_of(&mut source).await?;
        let resumed = state.is_some();
        let state = match state {
            Some(state) if state.source() == name => state,
            Some(_) => return Err(MoveError::AnotherSource),
            None => claim(&mut target, &tables, &name).await?,
        };
        Ok(Self {
            from: source,
            to: target,
            target: db,
            tables,
            state,
            resumed,
        })
    }

    /// The target, for what is made anew there.
    #[must_use]
    pub const fn target(&self) -> &Db {
        &self.target
    }

    /// Copies all rows that are not there yet, page by page: a page and how far it reaches are
    /// committed together.
    ///
    /// # Errors
    /// [`MoveError`]
    pub async fn copy(&mut self, tell: &mut impl FnMut(Step<'_>)) -> Result<(), MoveError> {
        for n in 0..self.tables.len() {
            self.copy_table(n, tell).await?;
        }
        Ok(())
    }

    async fn copy_table(
        &mut self,
        n: usize,
        tell: &mut impl FnMut(Step<'_>),
    ) -> Result<(), MoveError> {
        let table = &self.tables[n];
        let after = match self.state.of(table)? {
            Progress::Done => return Ok(()),
            Progress::Upto(key) => Some(key),
            Progress::Nothing => None,
        };
        let of = self.from.count(table).await?;
        let mut step = Step {
            verb: "copied",
            table: &table.name,
            done: self.to.count(table).await?,
            of,
        };
        tell(step);
        let mut reading = self.from.begin_reading(table, after).await?;
        loop {
            let rows = reading.next().await?;
            let Some(key) = rows.last().map(|row| key_of(table, row)) else {
                break;
            };
            step.done += rows.len() as i64;
            self.to.run("begin").await?;
            if let Err(error) = self.to.insert(table, &rows).await {
                self.to.run("rollback").await?;
                return Err(refused(&mut self.to, table, &rows, error).await?);
            }
            self.state.reached(&mut self.to, table, &key).await?;
            self.to.run("commit").await?;
            tell(step);
        }
        reading.end().await?;
        self.state.done(&mut self.to, table).await
    }

    /// Compares both row by row. A table in which they differ (the source was served between two
    /// runs) is copied once more.
    ///
    /// # Errors
    /// [`MoveError::Differs`] where they differ even so.
    pub async fn verify(&mut self, tell: &mut impl FnMut(Step<'_>)) -> Result<(), MoveError> {
        for n in 0..self.tables.len() {
            if self.difference(n, tell).await?.is_none() {
                continue;
            }
            let table = &self.tables[n];
            self.to.run("begin").await?;
            self.to
                .run(format!("delete from \"{}\"", table.name))
                .await?;
            self.state.forget(&mut self.to, table).await?;
            self.to.run("commit").await?;
            self.copy_table(n, tell).await?;
            if let Some(row) = self.difference(n, tell).await? {
                let table = self.tables[n].name.clone();
                return Err(MoveError::Differs { table, row });
            }
        }
        Ok(())
    }

    /// The first row of a table in which source and target differ.
    async fn difference(
        &mut self,
        n: usize,
        tell: &mut impl FnMut(Step<'_>),
    ) -> Result<Option<String>, MoveError> {
        let table = &self.tables[n];
        let mut step = Step {
            verb: "compared",
            table: &table.name,
            done: 0,
            of: self.from.count(table).await?,
        };
        self.to.run("begin").await?;
        let mut ours = self.from.begin_reading(table, None).await?;
        let mut theirs = self.to.begin_reading(table, None).await?;
        let found = loop {
            let (these, those) = (ours.next().await?, theirs.next().await?);
            let pairs = these.len().max(those.len());
            let found = (0..pairs).find_map(|n| {
                let (this, that) = (these.get(n), those.get(n));
                let same = this.map(written) == that.map(written);
                let row = this.or(that).filter(|_| !same)?;
                Some(written(&key_of(table, row)))
            });
            step.done += these.len() as i64;
            if found.is_some() || pairs == 0 {
                break found;
            }
            tell(step);
        };
        ours.end().await?;
        theirs.end().await?;
        self.to.run("commit").await?;
        Ok(found)
    }

    /// Makes the target whole: who names whom is checked by the engine, counters go on where the
    /// source's stand, and the mark goes. Only now can it be served.
    ///
    /// # Errors
    /// [`MoveError`]; the mark stays then.
    pub async fn finish(mut self) -> Result<(), MoveError> {
        self.target.close().await;
        if self.from.users().await? > 0 {
            return Err(MoveError::SourceServed);
        }
        if self.to.users().await? > 0 {
            return Err(MoveError::TargetServed);
        }
        let to = &mut self.to;
        // The planner knows nothing of a database that was just filled.
        to.run("analyze").await?;
        to.run("begin").await?;
        match to.engine() {
            EngineKind::Sqlite => {
                let orphans = "select count(*) from pragma_foreign_key_check";
                if to.number(orphans).await? > 0 {
                    return Err(MoveError::Orphans);
                }
            }
            EngineKind::Postgres => {
                for statement in self.state.constraints() {
                    to.run(statement).await?;
                }
                to.run(
                    "select setval('ticket_numbers', coalesce(max(number), 1), max(number) is not null) \
                     from tickets",
                )
                .await?;
            }
        }
        to.run("drop table bsm_move").await?;
        to.run("commit").await?;
        self.to.close().await?;
        self.from.let_go().await?;
        self.from.close().await
    }
}

/// Which of these rows the target does not take.
async fn refused(
    to: &mut Side,
    table: &Table,
    rows: &[Row],
    error: MoveError,
) -> Result<MoveError, MoveError> {
    for row in rows {
        to.run("begin").await?;
        let taken = to.insert(table, std::slice::from_ref(row)).await;
        to.run("rollback").await?;
        if let Err(error) = taken {
            return Ok(MoveError::Refused {
                table: table.name.clone(),
                row: written(&key_of(table, row)),
                error: Box::new(error),
            });
        }
    }
    Ok(error)
}

fn written(row: &Row) -> String {
    let words: Vec<_> = row.iter().map(value::Value::write).collect();
    words.join(" ")
}

/// Looks at the schema of the source, and numbers the events that have no position yet: the order
/// of insertion is PostgreSQL's own and stays behind.
async fn prepare_source(url: &str) -> Result<(), MoveError> {
    let db = Db::connect(url).await?;
    let looked = db.read(async |tx| {
        Ok::<_, DbError>(match tx.move_is_unfinished().await? {
            true => Some(MoveError::SourceHalf),
            false => match tx.strange_migrations().await? {
                strange if strange.is_empty() => None,
                strange => Some(MoveError::SourceSchema(strange.join(", "))),
            },
        })
    });
    if let Some(error) = looked.await? {
        db.close().await;
        return Err(error);
    }
    let numbered = loop {
        let done = db.write(async |tx| tx.number_events().await).await;
        match done {
            Ok(Some(0)) => break Ok(()),
            Ok(_) => {}
            Err(e) => break Err(e),
        }
    };
    db.close().await;
    Ok(numbered?)
}

/// Which installation this is, so that a move goes on from the source it began with.
async fn name_of(side: &mut Side) -> Result<String, MoveError> {
    let sql = match side.engine() {
        EngineKind::Sqlite => {
            "select cast(min(installed_on) as text), \
             coalesce((select lower(hex(id)) from users order by id limit 1), '') from _sqlx_migrations"
        }
        EngineKind::Postgres => {
            "select min(installed_on)::text, \
             coalesce((select id::text from users order by id limit 1), '') from _sqlx_migrations"
        }
    };
    let rows = side.pairs(sql).await?;
    let parts = rows.into_iter().next().unwrap_or_default();
    Ok(format!("{:?} {} {}", side.engine(), parts.0, parts.1))
}

/// Marks an empty database as the target and makes it ready: what migrations wrote is taken out, and
/// on PostgreSQL foreign keys are taken off until all rows are there.
async fn claim(side: &mut Side, tables: &[Table], source: &str) -> Result<State, MoveError> {
    for table in tables {
        // Once more: a server may have come and gone since it was looked at.
        if !SEEDED.contains(&table.name.as_str()) && side.count(table).await? > 0 {
            return Err(MoveError::NotEmpty(table.name.clone()));
        }
    }
    side.run("begin").await?;
    let mut state = State::begin(side, source).await?;
    for name in SEEDED {
        side.run(format!("delete from {name}")).await?;
    }
    if side.engine() == EngineKind::Postgres {
        let keys = side
            .pairs(
                "select format('%s.%I', conrelid::regclass, conname), \
                 format('alter table %s add constraint %I %s', conrelid::regclass, conname, \
                 pg_get_constraintdef(oid)) from pg_constraint \
                 where contype = 'f' and connamespace = current_schema()::regnamespace order by 1",
            )
            .await?;
        for (name, statement) in keys {
            state.put_constraint(side, &name, &statement).await?;
            let (table, constraint) = name.split_once('.').unwrap_or_default();
            side.run(format!("alter table {table} drop constraint {constraint}"))
                .await?;
        }
    }
    side.run("commit").await?;
    Ok(state)
}
