//! What there is to move, as the catalogs of both databases tell it: no list is kept by hand that
//! a later migration could be forgotten in.

use std::collections::BTreeMap;

use sqlx::{PgConnection, SqliteConnection};

use super::MoveError;
use super::value::Kind;

/// What only one engine has, because it serves the engine itself: the search, which is made anew, and
/// where the database is.
const SQLITE_OWN: [&str; 1] = ["content_keys"];
const POSTGRES_OWN: [&str; 3] = ["content_search", "event_place", "ticket_search"];
/// The one sequence that is not a column's own.
const SEQUENCE: &str = "ticket_numbers";

/// What migrations write down about themselves.
pub(super) const MIGRATIONS: &str = "_sqlx_migrations";
/// Tables in which a new database has rows: those that migrations write, and leases of a server
/// that ran on it.
pub(super) const SEEDED: [&str; 4] = ["event_head", "installation", "jobs", "settings"];
/// Whether a table may have rows, and nothing be kept in the database.
pub(super) fn says_nothing(table: &str) -> bool {
    SEEDED.contains(&table) || POSTGRES_OWN.contains(&table)
}

/// A table that both engines have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) name: String,
    /// By their names.
    pub(super) columns: Vec<Column>,
    /// Which columns a row is known by, in the order of the primary key.
    pub(super) key: Vec<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
}

/// A column as a catalog tells it: table, name, type, place in the primary key from 1, or 0.
type Told = (String, String, String, i64);

/// The names of all tables, whoever made them.
pub(super) async fn names_of_sqlite(
    connection: &mut SqliteConnection,
) -> Result<Vec<String>, MoveError> {
    let names = "select name from pragma_table_list where schema = 'main' and type = 'table' \
        and name not like 'sqlite\\_%' escape '\\' order by name";
    Ok(sqlx::query_scalar(names).fetch_all(connection).await?)
}

/// The names of all tables, whoever made them.
pub(super) async fn names_of_postgres(
    connection: &mut PgConnection,
) -> Result<Vec<String>, MoveError> {
    let names = "select relname::text from pg_class where relkind in ('r', 'p') \
        and relnamespace = current_schema()::regnamespace order by 1";
    Ok(sqlx::query_scalar(names).fetch_all(connection).await?)
}

pub(super) async fn of_sqlite(connection: &mut SqliteConnection) -> Result<Vec<Table>, MoveError> {
    // Virtual tables and what they stand on have other types than `table`.
    let told: Vec<Told> = sqlx::query_as(
        "select t.name, c.name, c.type, c.pk from pragma_table_list t \
         join pragma_table_info(t.name) c \
         where t.schema = 'main' and t.type = 'table' and t.name not like 'sqlite\\_%' escape '\\' \
         and t.name not in ('_sqlx_migrations', 'bsm_move') order by t.name, c.name",
    )
    .fetch_all(connection)
    .await?;
    gather(told, &SQLITE_OWN)
}

pub(super) async fn of_postgres(connection: &mut PgConnection) -> Result<Vec<Table>, MoveError> {
    let strange: Option<String> = sqlx::query_scalar(
        "select c.relname::text from pg_class c where c.relkind = 'S' \
         and c.relnamespace = current_schema()::regnamespace and c.relname <> $1 \
         and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'i') limit 1",
    )
    .bind(SEQUENCE)
    .fetch_optional(&mut *connection)
    .await?;
    if let Some(name) = strange {
        return Err(MoveError::Unknown(format!("the sequence {name}")));
    }
    // A column that numbers itself is PostgreSQL's own order of insertion.
    let told: Vec<Told> = sqlx::query_as(
        "select t.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod), \
         coalesce(array_position(string_to_array(i.indkey::text, ' '), a.attnum::text), 0)::bigint \
         from pg_class t join pg_attribute a on a.attrelid = t.oid \
         left join pg_index i on i.indrelid = t.oid and i.indisprimary \
         where t.relkind in ('r', 'p') and t.relnamespace = current_schema()::regnamespace \
         and a.attnum > 0 and not a.attisdropped and a.attidentity = '' and a.attgenerated = '' \
         and t.relname not in ('_sqlx_migrations', 'bsm_move') \
         order by t.relname::text collate \"C\", a.attname::text collate \"C\"",
    )
    .fetch_all(connection)
    .await?;
    gather(told, &POSTGRES_OWN)
}

fn gather(told: Vec<Told>, own: &[&str]) -> Result<Vec<Table>, MoveError> {
    let mut tables: BTreeMap<String, Vec<Told>> = BTreeMap::new();
    for row in told {
        if !own.contains(&row.0.as_str()) {
            tables.entry(row.0.clone()).or_default().push(row);
        }
    }
    tables
        .into_iter()
        .map(|(name, told)| {
            let mut key: Vec<(i64, usize)> = Vec::new();
            let mut columns = Vec::new();
            for (n, (_, column, declared, place)) in told.into_iter().enumerate() {
                let kind = Kind::parse(&declared).ok_or_else(|| {
                    MoveError::Unknown(format!("the type {declared} of {name}.{column}"))
                })?;
                if place > 0 {
                    key.push((place, n));
                }
                columns.push(Column { name: column, kind });
            }
            key.sort_unstable();
            if key.is_empty() {
                return Err(MoveError::Unknown(format!("{name}, without a primary key")));
            }
            let key = key.into_iter().map(|(_, n)| n).collect();
            Ok(Table { name, columns, key })
        })
        .collect()
}

/// The tables of both, which must be the same.
pub(super) fn common(from: Vec<Table>, to: &[Table]) -> Result<Vec<Table>, MoveError> {
    for (these, those) in [(&from[..], to), (to, &from[..])] {
        if let Some(table) = these.iter().find(|table| !those.contains(table)) {
            let other = those.iter().find(|other| other.name == table.name);
            let what = match other {
                None => format!("the table {}, which only one side has", table.name),
                Some(_) => format!("the table {}, which differs", table.name),
            };
            return Err(MoveError::Unknown(what));
        }
    }
    Ok(from)
}
