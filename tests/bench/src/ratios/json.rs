//! Rows as JSON, written straight from what the engine sent.

use std::io::Write as _;

use chrono::{DateTime, SecondsFormat, Utc};
use sqlx::error::BoxDynError;
use sqlx::postgres::PgValueRef;
use sqlx::sqlite::SqliteValueRef;
use sqlx::{
    Column as _, ColumnIndex, Database, Decode, Postgres, Row, Sqlite, TypeInfo as _, ValueRef as _,
};
use uuid::Uuid;

/// Writes one value.
type Cell<V> = fn(&mut Vec<u8>, V) -> Result<(), BoxDynError>;

/// Writes a row as an object on a line of its own.
///
/// # Errors
/// A value that its type does not fit.
pub fn row<'r, R: Row>(
    out: &mut Vec<u8>,
    row: &'r R,
    cell: Cell<<R::Database as Database>::ValueRef<'r>>,
) -> Result<(), sqlx::Error>
where
    usize: ColumnIndex<R>,
{
    let mut before = b'{';
    for column in row.columns() {
        out.extend_from_slice(&[before, b'"']);
        out.extend_from_slice(column.name().as_bytes());
        out.extend_from_slice(b"\":");
        cell(out, row.try_get_raw(column.ordinal())?).map_err(sqlx::Error::Decode)?;
        before = b',';
    }
    out.extend_from_slice(b"}\n");
    Ok(())
}

/// A value of SQLite: blobs are ids, where they are as long as one.
///
/// # Errors
/// A value that its type does not fit.
pub fn sqlite_cell(out: &mut Vec<u8>, value: SqliteValueRef<'_>) -> Result<(), BoxDynError> {
    if value.is_null() {
        out.extend_from_slice(b"null");
        return Ok(());
    }
    let name = value.type_info().name().to_owned();
    match name.as_str() {
        "TEXT" => text(out, sqlite::<&str>(value)?),
        "BLOB" => blob(out, sqlite::<&[u8]>(value)?),
        "REAL" => Ok(write!(out, "{}", sqlite::<f64>(value)?)?),
        _ => Ok(write!(out, "{}", sqlite::<i64>(value)?)?),
    }
}

/// A value of PostgreSQL.
///
/// # Errors
/// A value that its type does not fit.
pub fn postgres_cell(out: &mut Vec<u8>, value: PgValueRef<'_>) -> Result<(), BoxDynError> {
    if value.is_null() {
        out.extend_from_slice(b"null");
        return Ok(());
    }
    let info = value.type_info().into_owned();
    match info.name() {
        "TEXT" | "NAME" => text(out, postgres::<&str>(value)?),
        "UUID" => Ok(write!(out, "\"{}\"", postgres::<Uuid>(value)?)?),
        "INT8" => Ok(write!(out, "{}", postgres::<i64>(value)?)?),
        "BOOL" => Ok(write!(out, "{}", postgres::<bool>(value)?)?),
        "TIMESTAMPTZ" => {
            let at = postgres::<DateTime<Utc>>(value)?.to_rfc3339_opts(SecondsFormat::Micros, true);
            Ok(write!(out, "\"{at}\"")?)
        }
        "JSONB" => {
            // The first byte is the version of the format.
            out.extend_from_slice(value.as_bytes()?.get(1..).unwrap_or_default());
            Ok(())
        }
        _ => blob(out, value.as_bytes()?),
    }
}

fn text(out: &mut Vec<u8>, text: &str) -> Result<(), BoxDynError> {
    Ok(serde_json::to_writer(out, text)?)
}

fn blob(out: &mut Vec<u8>, bytes: &[u8]) -> Result<(), BoxDynError> {
    match Uuid::from_slice(bytes) {
        Ok(id) => write!(out, "\"{id}\"")?,
        Err(_) => write!(out, "{}", bytes.len())?,
    }
    Ok(())
}

/// A value of SQLite as a type.
///
/// # Errors
/// A value that the type does not fit.
pub fn sqlite<'r, T: Decode<'r, Sqlite>>(value: SqliteValueRef<'r>) -> Result<T, BoxDynError> {
    T::decode(value)
}

/// A value of PostgreSQL as a type.
///
/// # Errors
/// A value that the type does not fit.
pub fn postgres<'r, T: Decode<'r, Postgres>>(value: PgValueRef<'r>) -> Result<T, BoxDynError> {
    T::decode(value)
}
