//! One of the two databases of a move: a single connection, and the statements that the engines
//! spell differently.

use std::str::FromStr as _;
use std::time::Duration;

use sqlx::postgres::{PgArguments, PgConnectOptions};
use sqlx::sqlite::{SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, SqliteConnection};

use tokio::time::{Instant, sleep};

use super::MoveError;
use super::schema::{self, MIGRATIONS, Table};
use super::value::{Kind, Value};
use super::written;
use crate::EngineKind;

/// How many rows are in memory at once.
pub(super) const PAGE: usize = 250;
/// What a move's own connections to PostgreSQL are called; servers and commands are `bsm`.
const NAME: &str = "bsm move";
/// The lock of PostgreSQL under which one move at a time works on a target.
const MOVING_LOCK: i64 = 0x6273_6d00_0002;

/// How long one waits for others to go: PostgreSQL needs a moment to miss a client that was killed.
const GONE: Duration = Duration::from_secs(5);
/// How often one looks.
const LOOK: Duration = Duration::from_millis(100);

pub(super) type Row = Vec<Value>;

pub(super) enum Side {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Side {
    pub(super) async fn open(url: &str, create: bool) -> Result<Self, MoveError> {
        if url.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(url)?
                .create_if_missing(create)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                // Rows come table by table; who names whom is looked at in the end.
                .foreign_keys(false)
                .busy_timeout(Duration::from_secs(5));
            return Ok(Self::Sqlite(options.connect().await?));
        }
        let options = PgConnectOptions::from_str(url)?
            .application_name(NAME)
            .options([
                ("lock_timeout", "5s"),
                ("statement_timeout", "0"),
                ("idle_in_transaction_session_timeout", "0"),
                ("timezone", "UTC"),
                ("standard_conforming_strings", "on"),
            ]);
        Ok(Self::Postgres(options.connect().await?))
    }

    pub(super) const fn engine(&self) -> EngineKind {
        match self {
            Self::Sqlite(_) => EngineKind::Sqlite,
            Self::Postgres(_) => EngineKind::Postgres,
        }
    }

    pub(super) async fn close(self) -> Result<(), MoveError> {
        match self {
            Self::Sqlite(c) => c.close().await?,
            Self::Postgres(c) => c.close().await?,
        }
        Ok(())
    }

    /// Runs statements without values.
    pub(super) async fn run(&mut self, sql: impl Into<String>) -> Result<(), MoveError> {
        let sql = AssertSqlSafe(sql.into());
        match self {
            Self::Sqlite(c) => sqlx::raw_sql(sql).execute(c).await.map(drop)?,
            Self::Postgres(c) => sqlx::raw_sql(sql).execute(c).await.map(drop)?,
        }
        Ok(())
    }

    /// The one number that a statement without values tells.
    pub(super) async fn number(&mut self, sql: impl Into<String>) -> Result<i64, MoveError> {
        let sql = AssertSqlSafe(sql.into());
        Ok(match self {
            Self::Sqlite(c) => sqlx::query_scalar(sql).fetch_one(c).await?,
            Self::Postgres(c) => sqlx::query_scalar(sql).fetch_one(c).await?,
        })
    }

    /// Pairs of texts.
    pub(super) async fn pairs(
        &mut self,
        sql: &'static str,
    ) -> Result<Vec<(String, String)>, MoveError> {
        Ok(match self {
            Self::Sqlite(c) => sqlx::query_as(sql).fetch_all(c).await?,
            Self::Postgres(c) => sqlx::query_as(sql).fetch_all(c).await?,
        })
    }

    /// A statement with two texts.
    pub(super) async fn tell(
        &mut self,
        sql: &'static str,
        what: &str,
        told: &str,
    ) -> Result<(), MoveError> {
        let (what, told) = (what.to_owned(), told.to_owned());
        match self {
            Self::Sqlite(c) => {
                let query = sqlx::query(sql).bind(what).bind(told);
                query.execute(c).await.map(drop)?;
            }
            Self::Postgres(c) => {
                let query = sqlx::query(sql).bind(what).bind(told);
                query.execute(c).await.map(drop)?;
            }
        }
        Ok(())
    }

    pub(super) async fn tables(&mut self) -> Result<Vec<Table>, MoveError> {
        match self {
            Self::Sqlite(c) => schema::of_sqlite(c).await,
            Self::Postgres(c) => schema::of_postgres(c).await,
        }
    }

    pub(super) async fn count(&mut self, table: &Table) -> Result<i64, MoveError> {
        self.number(format!("select count(*) from \"{}\"", table.name))
            .await
    }

    /// Keeps everybody from writing, until [`Self::let_go`], and reads all as it is now.
    pub(super) async fn hold(&mut self, tables: &[Table]) -> Result<(), MoveError> {
        match self {
            Self::Sqlite(_) => self.run("begin immediate").await,
            Self::Postgres(_) => {
                let names: Vec<_> = tables.iter().map(|t| format!("\"{}\"", t.name)).collect();
                let names = names.join(", ");
                // The lock comes first: what is read afterwards is all that was ever written.
                self.run("begin isolation level repeatable read").await?;
                self.run(format!("lock table {names} in share mode")).await
            }
        }
        .map_err(|e| MoveError::Written(Box::new(e)))
    }

    pub(super) async fn let_go(&mut self) -> Result<(), MoveError> {
        self.run("rollback").await
    }

    /// Keeps a second move away from a target on PostgreSQL, as long as this connection lives.
    pub(super) async fn alone(&mut self) -> Result<(), MoveError> {
        let Self::Postgres(c) = self else {
            return Ok(());
        };
        let end = Instant::now() + GONE;
        loop {
            let mine: bool = sqlx::query_scalar("select pg_try_advisory_lock($1)")
                .bind(MOVING_LOCK)
                .fetch_one(&mut *c)
                .await?;
            if mine {
                return Ok(());
            }
            if Instant::now() > end {
                return Err(MoveError::Busy);
            }
            sleep(LOOK).await;
        }
    }

    /// How many servers and commands are connected to this database. SQLite has a lock instead.
    pub(super) async fn users(&mut self) -> Result<i64, MoveError> {
        if let Self::Sqlite(_) = self {
            return Ok(0);
        }
        let end = Instant::now() + GONE;
        loop {
            // Within a transaction PostgreSQL goes on telling what it told first.
            self.run("select pg_stat_clear_snapshot()").await?;
            let users = self
                .number(
                    "select count(*) from pg_stat_activity \
                     where datname = current_database() and application_name = 'bsm'",
                )
                .await?;
            if users == 0 || Instant::now() > end {
                return Ok(users);
            }
            sleep(LOOK).await;
        }
    }

    /// Begins to read a table in the order of its key, which is the same on both engines: bytes,
    /// not some language's alphabet. On PostgreSQL a transaction must be open.
    pub(super) async fn begin_reading<'s>(
        &'s mut self,
        table: &'s Table,
        after: Option<Row>,
    ) -> Result<Reading<'s>, MoveError> {
        if let Self::Postgres(_) = self {
            let select = select(table, EngineKind::Postgres, after.as_deref());
            self.run(format!("declare reading no scroll cursor for {select}"))
                .await?;
        }
        Ok(Reading {
            side: self,
            table,
            after,
        })
    }

    /// Looks that nothing is kept here, before anything is done to it: this may be the wrong
    /// database.
    pub(super) async fn must_be_empty(&mut self) -> Result<(), MoveError> {
        let names = match self {
            Self::Sqlite(c) => schema::names_of_sqlite(c).await?,
            Self::Postgres(c) => schema::names_of_postgres(c).await?,
        };
        let ours = names.iter().any(|name| name == MIGRATIONS);
        for name in names.into_iter().filter(|name| name != MIGRATIONS) {
            if !ours {
                return Err(MoveError::Foreign(name));
            }
            let rows = format!("select count(*) from {}", quoted(&name));
            if !schema::says_nothing(&name) && self.number(rows).await? > 0 {
                return Err(MoveError::NotEmpty(name));
            }
        }
        Ok(())
    }

    /// Writes rows; the caller has a transaction.
    pub(super) async fn insert(&mut self, table: &Table, rows: &[Row]) -> Result<(), MoveError> {
        let postgres = self.engine() == EngineKind::Postgres;
        let names: Vec<_> = table.columns.iter().map(|c| quoted(&c.name)).collect();
        let mut sql = format!(
            "insert into {} ({}) values ",
            quoted(&table.name),
            names.join(", ")
        );
        let mut n = 0;
        for row in 0..rows.len() {
            sql.push_str(if row == 0 { "(" } else { ", (" });
            for (place, column) in table.columns.iter().enumerate() {
                n += 1;
                let comma = if place == 0 { "" } else { ", " };
                let cast = if postgres && column.kind == Kind::Json {
                    "::jsonb"
                } else {
                    ""
                };
                sql.push_str(&format!("{comma}${n}{cast}"));
            }
            sql.push(')');
        }
        let values = rows.iter().flatten();
        match self {
            Self::Sqlite(c) => {
                let mut arguments = SqliteArguments::default();
                for value in values {
                    value.bind_sqlite(&mut arguments)?;
                }
                let query = sqlx::query_with(AssertSqlSafe(sql), arguments);
                query.persistent(false).execute(c).await.map(drop)?;
            }
            Self::Postgres(c) => {
                let mut arguments = PgArguments::default();
                for value in values {
                    value.bind_postgres(&mut arguments)?;
                }
                let query = sqlx::query_with(AssertSqlSafe(sql), arguments);
                query.persistent(false).execute(c).await.map(drop)?;
            }
        }
        Ok(())
    }
}

/// A table being read.
pub(super) struct Reading<'s> {
    side: &'s mut Side,
    table: &'s Table,
    after: Option<Row>,
}

impl Reading<'_> {
    /// The next rows; none at the end.
    pub(super) async fn next(&mut self) -> Result<Vec<Row>, MoveError> {
        let rows: Vec<Row> = match self.side {
            Side::Sqlite(c) => {
                let select = select(self.table, EngineKind::Sqlite, self.after.as_deref());
                let mut arguments = SqliteArguments::default();
                for value in self.after.iter().flatten() {
                    value.bind_sqlite(&mut arguments)?;
                }
                let sql = AssertSqlSafe(format!("{select} limit {PAGE}"));
                let rows = sqlx::query_with(sql, arguments).fetch_all(c).await?;
                rows.iter()
                    .map(|row| read(self.table, |kind, n| kind.of_sqlite(row, n)))
                    .collect::<Result<_, _>>()?
            }
            Side::Postgres(c) => {
                let sql = AssertSqlSafe(format!("fetch {PAGE} from reading"));
                let rows = sqlx::query(sql).persistent(false).fetch_all(c).await?;
                rows.iter()
                    .map(|row| read(self.table, |kind, n| kind.of_postgres(row, n)))
                    .collect::<Result<_, _>>()?
            }
        };
        if let Some(last) = rows.last() {
            self.after = Some(key_of(self.table, last));
        }
        Ok(rows)
    }

    pub(super) async fn end(self) -> Result<(), MoveError> {
        match self.side {
            Side::Sqlite(_) => Ok(()),
            Side::Postgres(_) => self.side.run("close reading").await,
        }
    }
}

/// Reads the values of a row; one that is not of its column's kind is named.
fn read(
    table: &Table,
    value: impl Fn(Kind, usize) -> Result<Value, sqlx::Error>,
) -> Result<Row, MoveError> {
    let columns = table.columns.iter().enumerate();
    columns
        .map(|(n, column)| {
            value(column.kind, n).map_err(|error| {
                let key = table.key.iter();
                let key = key.filter_map(|n| value(table.columns[*n].kind, *n).ok());
                MoveError::Unfit {
                    table: table.name.clone(),
                    column: column.name.clone(),
                    row: written(&key.collect()),
                    error: error.into(),
                }
            })
        })
        .collect()
}

/// What a row is known by.
pub(super) fn key_of(table: &Table, row: &Row) -> Row {
    table.key.iter().map(|n| row[*n].clone()).collect()
}

fn select(table: &Table, engine: EngineKind, after: Option<&[Value]>) -> String {
    let postgres = engine == EngineKind::Postgres;
    let columns: Vec<_> = table
        .columns
        .iter()
        .map(|c| match (c.kind, postgres) {
            (Kind::Json, true) => format!("{}::text", quoted(&c.name)),
            (Kind::Json, false) => format!("cast({} as text)", quoted(&c.name)),
            _ => quoted(&c.name),
        })
        .collect();
    let key = table.key.iter().map(|n| &table.columns[*n]);
    let key: Vec<_> = key
        .map(|c| match (c.kind, postgres) {
            (Kind::Text, true) => format!("{} collate \"C\"", quoted(&c.name)),
            _ => quoted(&c.name),
        })
        .collect();
    let key = key.join(", ");
    let after = after.map_or(String::new(), |values| {
        // A cursor takes no bound values: those of PostgreSQL stand in the text.
        let values: Vec<_> = values
            .iter()
            .enumerate()
            .map(|(n, v)| {
                if postgres {
                    literal(v)
                } else {
                    format!("${}", n + 1)
                }
            })
            .collect();
        format!(" where ({key}) > ({})", values.join(", "))
    });
    let columns = columns.join(", ");
    format!(
        "select {columns} from {}{after} order by {key}",
        quoted(&table.name)
    )
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A value in the text of a statement of PostgreSQL, where backslashes mean nothing
/// (`standard_conforming_strings`).
fn literal(value: &Value) -> String {
    match value {
        Value::Text(Some(text)) => format!("'{}'", text.replace('\'', "''")),
        other => format!("'{}'", other.write()),
    }
}
