//! A statement with its values, for either engine.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;

use sqlx::encode::Encode;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{
    Arguments as _, AssertSqlSafe, FromRow, PgConnection, Postgres, Sqlite, SqliteConnection, Type,
};

use super::error::DbError;

/// A value that both engines can store.
pub trait Val:
    Send + for<'q> Encode<'q, Sqlite> + Type<Sqlite> + for<'q> Encode<'q, Postgres> + Type<Postgres>
{
}

impl<T> Val for T where
    T: Send
        + for<'q> Encode<'q, Sqlite>
        + Type<Sqlite>
        + for<'q> Encode<'q, Postgres>
        + Type<Postgres>
{
}

/// A row type that can be read from both engines; `#[derive(FromRow)]` makes one.
pub trait Row: Send + Unpin + for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> {}

impl<T> Row for T where T: Send + Unpin + for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow>
{}

pub(super) enum Conn<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
    /// The transaction was lost.
    Gone,
}

enum Args {
    Sqlite(SqliteArguments),
    Postgres(PgArguments),
}

/// How an engine would run a statement.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The statement.
    pub statement: String,
    /// The engine's own words: `explain query plan` of SQLite, `explain` of PostgreSQL. What is done
    /// within another step is indented under it.
    pub lines: Vec<String>,
}

/// A line of SQLite's plan.
#[derive(FromRow)]
struct PlanRow {
    id: i64,
    parent: i64,
    detail: String,
}

/// SQLite's plan as lines: each step two blanks deeper than the one it belongs to.
fn indented(rows: Vec<PlanRow>) -> Vec<String> {
    let mut depths = HashMap::new();
    rows.into_iter()
        .map(|row| {
            let depth = depths.get(&row.parent).map_or(0, |depth: &usize| depth + 1);
            depths.insert(row.id, depth);
            format!("{}{}", "  ".repeat(depth), row.detail)
        })
        .collect()
}

/// A statement being put together. Its text can only be made of `&'static str`s, numbers and quoted names
/// out of the catalog, so that no value ever gets into it; values are bound as `$1`, `$2`, … on both engines.
#[must_use]
pub struct Query<'c> {
    conn: Conn<'c>,
    /// Where the plan goes instead, in a transaction that explains.
    plans: Option<&'c mut Vec<Plan>>,
    sql: Cow<'static, str>,
    args: Args,
    count: usize,
    error: Option<BoxDynError>,
}

impl<'c> Query<'c> {
    pub(super) fn new(conn: Conn<'c>, plans: Option<&'c mut Vec<Plan>>, sql: &'static str) -> Self {
        let args = match conn {
            Conn::Sqlite(_) | Conn::Gone => Args::Sqlite(SqliteArguments::default()),
            Conn::Postgres(_) => Args::Postgres(PgArguments::default()),
        };
        Self {
            conn,
            plans,
            sql: Cow::Borrowed(sql),
            args,
            count: 0,
            error: None,
        }
    }

    /// Binds the next value; the text already speaks of it as `$n`.
    pub fn bind<V: Val>(mut self, value: V) -> Self {
        self.add(value);
        self
    }

    /// Appends text.
    pub fn push(&mut self, sql: &'static str) -> &mut Self {
        self.sql.to_mut().push_str(sql);
        self
    }

    /// Appends the name of a table or a column, quoted. For what an engine's catalog names.
    pub(crate) fn push_name(&mut self, name: &str) -> &mut Self {
        let quoted = format!("\"{}\"", name.replace('"', "\"\""));
        self.sql.to_mut().push_str(&quoted);
        self
    }

    /// Appends a placeholder and binds its value.
    pub fn push_bind<V: Val>(&mut self, value: V) -> &mut Self {
        self.add(value);
        let count = self.count;
        // Writing to a String cannot fail.
        let _ = write!(self.sql.to_mut(), "${count}");
        self
    }

    /// Appends a number as text. For limits of lists: of one that is bound PostgreSQL does not know, when it
    /// plans for all values, that few rows are wanted, and so plans at each call.
    pub fn push_number(&mut self, number: u32) -> &mut Self {
        // Writing to a String cannot fail.
        let _ = write!(self.sql.to_mut(), "{number}");
        self
    }

    /// Appends `($n, $n+1, …)`; of no values `(null)`, which nothing equals.
    pub fn push_list<V: Val>(&mut self, values: impl IntoIterator<Item = V>) -> &mut Self {
        self.push("(");
        let mut first = true;
        for value in values {
            if !first {
                self.push(", ");
            }
            first = false;
            self.push_bind(value);
        }
        if first {
            self.push("null");
        }
        self.push(")")
    }

    /// Locks the rows read until the transaction ends. SQLite's one writer needs no word for it.
    pub fn for_update(mut self) -> Self {
        if matches!(self.conn, Conn::Postgres(_)) {
            self.push(" for update");
        }
        self
    }

    /// Whether the statement goes to PostgreSQL. Only for the file that holds the differences.
    pub(crate) fn is_postgres(&self) -> bool {
        matches!(self.conn, Conn::Postgres(_))
    }

    fn add<V: Val>(&mut self, value: V) {
        self.count += 1;
        let added = match &mut self.args {
            Args::Sqlite(args) => args.add(value),
            Args::Postgres(args) => args.add(value),
        };
        if let Err(e) = added {
            self.error.get_or_insert(e);
        }
    }

    /// Runs it and returns how many rows it touched.
    ///
    /// # Errors
    /// [`DbError`] as the engine reports it.
    pub async fn execute(self) -> Result<u64, DbError> {
        let query = self.sound()?;
        if query.plans.is_some() {
            query.explain().await?;
            return Ok(0);
        }
        query.run().await
    }

    /// Runs it and returns all rows.
    ///
    /// # Errors
    /// [`DbError`] as the engine reports it.
    pub async fn all<T: Row>(self) -> Result<Vec<T>, DbError> {
        let query = self.sound()?;
        if query.plans.is_some() {
            query.explain().await?;
            return Ok(Vec::new());
        }
        query.fetch_all().await
    }

    async fn fetch_all<T: Row>(self) -> Result<Vec<T>, DbError> {
        let query = self;
        let rows = match (query.conn, query.args) {
            (Conn::Sqlite(c), Args::Sqlite(a)) => match query.sql {
                Cow::Borrowed(s) => sqlx::query_as_with(s, a).fetch_all(c).await?,
                Cow::Owned(s) => {
                    sqlx::query_as_with(AssertSqlSafe(s), a)
                        .fetch_all(c)
                        .await?
                }
            },
            (Conn::Postgres(c), Args::Postgres(a)) => match query.sql {
                Cow::Borrowed(s) => sqlx::query_as_with(s, a).fetch_all(c).await?,
                Cow::Owned(s) => {
                    sqlx::query_as_with(AssertSqlSafe(s), a)
                        .fetch_all(c)
                        .await?
                }
            },
            _ => return Err(gone()),
        };
        Ok(rows)
    }

    /// Runs it and returns the first row, if any.
    ///
    /// # Errors
    /// [`DbError`] as the engine reports it.
    pub async fn optional<T: Row>(self) -> Result<Option<T>, DbError> {
        let query = self.sound()?;
        if query.plans.is_some() {
            query.explain().await?;
            return Ok(None);
        }
        let row = match (query.conn, query.args) {
            (Conn::Sqlite(c), Args::Sqlite(a)) => match query.sql {
                Cow::Borrowed(s) => sqlx::query_as_with(s, a).fetch_optional(c).await?,
                Cow::Owned(s) => {
                    sqlx::query_as_with(AssertSqlSafe(s), a)
                        .fetch_optional(c)
                        .await?
                }
            },
            (Conn::Postgres(c), Args::Postgres(a)) => match query.sql {
                Cow::Borrowed(s) => sqlx::query_as_with(s, a).fetch_optional(c).await?,
                Cow::Owned(s) => {
                    sqlx::query_as_with(AssertSqlSafe(s), a)
                        .fetch_optional(c)
                        .await?
                }
            },
            _ => return Err(gone()),
        };
        Ok(row)
    }

    /// Runs it and returns its one row.
    ///
    /// # Errors
    /// [`DbError`] as the engine reports it, also where there is no row.
    pub async fn one<T: Row>(self) -> Result<T, DbError> {
        self.optional()
            .await?
            .ok_or_else(|| sqlx::Error::RowNotFound.into())
    }

    /// Runs it and returns the first column of its one row.
    ///
    /// # Errors
    /// As [`Self::one`].
    pub async fn scalar<T>(self) -> Result<T, DbError>
    where
        (T,): Row,
    {
        self.one::<(T,)>().await.map(|row| row.0)
    }

    /// Asks the engine how it would run the statement, with these values, and keeps the answer.
    async fn explain(mut self) -> Result<(), DbError> {
        let Some(plans) = self.plans.take() else {
            return Ok(());
        };
        let statement = std::mem::take(&mut self.sql).into_owned();
        let lines: Vec<String> = if self.is_postgres() {
            self.sql = Cow::Owned(format!("explain {statement}"));
            let rows: Vec<(String,)> = self.fetch_all().await?;
            rows.into_iter().map(|(line,)| line).collect()
        } else {
            self.sql = Cow::Owned(format!("explain query plan {statement}"));
            let rows: Vec<PlanRow> = self.fetch_all().await?;
            indented(rows)
        };
        plans.push(Plan { statement, lines });
        Ok(())
    }

    async fn run(self) -> Result<u64, DbError> {
        let touched = match (self.conn, self.args) {
            (Conn::Sqlite(c), Args::Sqlite(a)) => match self.sql {
                Cow::Borrowed(s) => sqlx::query_with(s, a).execute(c).await?.rows_affected(),
                Cow::Owned(s) => sqlx::query_with(AssertSqlSafe(s), a)
                    .execute(c)
                    .await?
                    .rows_affected(),
            },
            (Conn::Postgres(c), Args::Postgres(a)) => match self.sql {
                Cow::Borrowed(s) => sqlx::query_with(s, a).execute(c).await?.rows_affected(),
                Cow::Owned(s) => sqlx::query_with(AssertSqlSafe(s), a)
                    .execute(c)
                    .await?
                    .rows_affected(),
            },
            _ => return Err(gone()),
        };
        Ok(touched)
    }

    fn sound(mut self) -> Result<Self, DbError> {
        match self.error.take() {
            Some(e) => Err(sqlx::Error::Encode(e).into()),
            None => Ok(self),
        }
    }
}

/// The transaction was lost. Connection and arguments are made together in [`Query::new`], so
/// that they are never of two engines.
fn gone() -> DbError {
    sqlx::Error::WorkerCrashed.into()
}
