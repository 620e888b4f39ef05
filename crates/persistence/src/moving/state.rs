//! How far a move has come. It stands in the target, in a table that is there as long as the move
//! is not finished, and is written in the transaction of what it tells of.

use std::collections::HashMap;

use super::MoveError;
use super::schema::Table;
use super::side::{Row, Side};

/// What the state of a table says when all its rows are there.
const DONE: &str = "done";
const PUT: &str = "insert into bsm_move (what, told) values ($1, $2) \
    on conflict (what) do update set told = excluded.told";

const FORGET: &str = "delete from bsm_move where what = $1 and told <> $2";

/// How far a table is.
#[derive(Debug)]
pub(super) enum Progress {
    Nothing,
    /// All rows up to this key are there.
    Upto(Row),
    Done,
}

#[derive(Debug, Default)]
pub(super) struct State(HashMap<String, String>);

impl State {
    /// The state of a move that began before, if one did.
    pub(super) async fn read(side: &mut Side) -> Result<Option<Self>, MoveError> {
        let there = match side {
            Side::Sqlite(_) => "select count(*) from sqlite_master where name = 'bsm_move'",
            Side::Postgres(_) => "select count(to_regclass('bsm_move'))",
        };
        if side.number(there).await? == 0 {
            return Ok(None);
        }
        let told = side.pairs("select what, told from bsm_move").await?;
        Ok(Some(Self(told.into_iter().collect())))
    }

    /// Begins one, in the caller's transaction.
    pub(super) async fn begin(side: &mut Side, source: &str) -> Result<Self, MoveError> {
        side.run("create table bsm_move (what text primary key, told text not null)")
            .await?;
        let mut state = Self::default();
        state.put(side, "source", source).await?;
        Ok(state)
    }

    pub(super) fn source(&self) -> &str {
        self.0.get("source").map_or("", String::as_str)
    }

    /// Foreign keys that were taken off: their statement to put them on again.
    pub(super) fn constraints(&self) -> Vec<&str> {
        let mut found: Vec<_> = self
            .0
            .iter()
            .filter(|(what, _)| what.starts_with("constraint "))
            .collect();
        found.sort();
        found.into_iter().map(|(_, told)| told.as_str()).collect()
    }

    pub(super) async fn put_constraint(
        &mut self,
        side: &mut Side,
        name: &str,
        told: &str,
    ) -> Result<(), MoveError> {
        self.put(side, &format!("constraint {name}"), told).await
    }

    pub(super) fn of(&self, table: &Table) -> Result<Progress, MoveError> {
        let Some(told) = self.0.get(&what(table)) else {
            return Ok(Progress::Nothing);
        };
        if told == DONE {
            return Ok(Progress::Done);
        }
        let words: Vec<String> =
            serde_json::from_str(told).map_err(|_| MoveError::Unreadable(told.clone()))?;
        let key = table
            .key
            .iter()
            .zip(words)
            .map(|(n, word)| table.columns[*n].kind.read(&word))
            .collect::<Result<_, _>>()?;
        Ok(Progress::Upto(key))
    }

    pub(super) async fn reached(
        &mut self,
        side: &mut Side,
        table: &Table,
        key: &Row,
    ) -> Result<(), MoveError> {
        let words: Vec<String> = key.iter().map(super::value::Value::write).collect();
        let words = serde_json::Value::from(words).to_string();
        self.put(side, &what(table), &words).await
    }

    pub(super) async fn done(&mut self, side: &mut Side, table: &Table) -> Result<(), MoveError> {
        self.put(side, &what(table), DONE).await
    }

    /// Forgets how far a table is.
    pub(super) async fn forget(&mut self, side: &mut Side, table: &Table) -> Result<(), MoveError> {
        let what = what(table);
        side.tell(FORGET, &what, "").await?;
        self.0.remove(&what);
        Ok(())
    }

    async fn put(&mut self, side: &mut Side, what: &str, told: &str) -> Result<(), MoveError> {
        side.tell(PUT, what, told).await?;
        self.0.insert(what.to_owned(), told.to_owned());
        Ok(())
    }
}

fn what(table: &Table) -> String {
    format!("table {}", table.name)
}
