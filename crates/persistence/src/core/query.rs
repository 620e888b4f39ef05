//! A statement with its values, for either engine.

use std::borrow::Cow;
use std::fmt::Write as _;

use sqlx::encode::Encode;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArguments, PgRow, PgTypeInfo};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{
    Arguments as _, AssertSqlSafe, FromRow, PgConnection, Postgres, Sqlite, SqliteConnection, Type,
};

use super::error::DbError;
use super::explain;

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

/// A statement being put together. Its text can only be made of `&'static str`s, numbers and quoted names
/// out of the catalog, so that no value ever gets into it; values are bound as `$1`, `$2`, … on both engines.
#[must_use]
pub struct Query<'c> {
    conn: Conn<'c>,
    /// Where the plan goes instead, in a transaction that explains.
    plans: Option<&'c mut Vec<Plan>>,
    sql: Cow<'static, str>,
    args: Args,
    /// Of the values, where the plan is asked for.
    types: Vec<PgTypeInfo>,
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
            types: Vec::new(),
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
        if self.plans.is_some() {
            self.types.push(<V as Type<Postgres>>::type_info());
        }
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

    /// Asks the engine how it would run the statement, and keeps the answer: SQLite for any values, as it
    /// plans for all alike; PostgreSQL for these and for any, as it may do either.
    async fn explain(mut self) -> Result<(), DbError> {
        let Some(plans) = self.plans.take() else {
            return Ok(());
        };
        let statement = std::mem::take(&mut self.sql).into_owned();
        let mut keep = |lines| {
            let statement = statement.clone();
            plans.push(Plan { statement, lines });
        };
        match (self.conn, self.args) {
            (Conn::Postgres(conn), Args::Postgres(args)) => {
                keep(explain::for_these(conn, &statement, args).await?);
                keep(explain::for_any(conn, &statement, &self.types).await?);
            }
            (Conn::Sqlite(conn), Args::Sqlite(args)) => {
                keep(explain::on_sqlite(conn, &statement, args).await?);
            }
            _ => return Err(gone()),
        }
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
