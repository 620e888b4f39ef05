//! Values as both engines know them, and one way to write each down.

use bsm_domain::clock::Time;
use chrono::{SecondsFormat, SubsecRound as _};
use serde_json::Value as Json;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments as _, Row as _, TypeInfo as _, ValueRef as _};
use uuid::Uuid;

use super::MoveError;

/// What kind of value a column holds. The declarations are the same on both engines, because the
/// migrations are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Uuid,
    Text,
    Bigint,
    Boolean,
    Time,
    Json,
    Bytes,
}

impl Kind {
    /// The kind that an engine's catalog speaks of.
    pub(super) fn parse(declared: &str) -> Option<Self> {
        Some(match declared.to_ascii_lowercase().as_str() {
            "uuid" => Self::Uuid,
            "text" => Self::Text,
            "bigint" => Self::Bigint,
            "boolean" => Self::Boolean,
            "timestamptz" | "timestamp with time zone" => Self::Time,
            "jsonb" => Self::Json,
            "bytea" => Self::Bytes,
            _ => return None,
        })
    }

    /// Reads a column of a row of SQLite, where a value may be of any type, whatever its column
    /// says: one of another would silently be made to fit.
    pub(super) fn of_sqlite(self, row: &SqliteRow, n: usize) -> Result<Value, sqlx::Error> {
        let value = row.try_get_raw(n)?;
        let wanted = match self {
            Self::Uuid | Self::Bytes => "BLOB",
            Self::Text | Self::Time | Self::Json => "TEXT",
            Self::Bigint | Self::Boolean => "INTEGER",
        };
        let is = value.type_info();
        if !value.is_null() && is.name() != wanted {
            return Err(unfit(format!("{} where {wanted} belongs", is.name())));
        }
        Ok(match self {
            Self::Uuid => Value::Uuid(row.try_get_unchecked(n)?),
            Self::Text => Value::Text(row.try_get_unchecked(n)?),
            Self::Bigint => Value::Bigint(row.try_get_unchecked(n)?),
            Self::Boolean => Value::Boolean(match row.try_get_unchecked(n)? {
                None => None,
                Some(0_i64) => Some(false),
                Some(1) => Some(true),
                Some(other) => return Err(unfit(format!("{other} where 0 or 1 belongs"))),
            }),
            Self::Time => Value::Time(micros(row.try_get_unchecked(n)?)),
            Self::Json => Value::Json(row.try_get_unchecked(n)?),
            Self::Bytes => Value::Bytes(row.try_get_unchecked(n)?),
        })
    }

    /// Reads a column of a row of PostgreSQL; JSON was selected as text.
    pub(super) fn of_postgres(self, row: &PgRow, n: usize) -> Result<Value, sqlx::Error> {
        Ok(match self {
            Self::Uuid => Value::Uuid(row.try_get(n)?),
            Self::Text => Value::Text(row.try_get(n)?),
            Self::Bigint => Value::Bigint(row.try_get(n)?),
            Self::Boolean => Value::Boolean(row.try_get(n)?),
            Self::Time => Value::Time(micros(row.try_get(n)?)),
            Self::Json => Value::Json(row.try_get(n)?),
            Self::Bytes => Value::Bytes(row.try_get(n)?),
        })
    }

    /// The value that was written down so.
    pub(super) fn read(self, word: &str) -> Result<Value, MoveError> {
        let broken = || MoveError::Unreadable(word.to_owned());
        Ok(match self {
            Self::Uuid => Value::Uuid(Some(word.parse().map_err(|_| broken())?)),
            Self::Text => Value::Text(Some(serde_json::from_str(word).map_err(|_| broken())?)),
            Self::Bigint => Value::Bigint(Some(word.parse().map_err(|_| broken())?)),
            Self::Time => Value::Time(Some(word.parse().map_err(|_| broken())?)),
            // Nothing is known by one of these.
            Self::Boolean | Self::Json | Self::Bytes => return Err(broken()),
        })
    }
}

fn unfit(why: String) -> sqlx::Error {
    sqlx::Error::Decode(why.into())
}

/// PostgreSQL keeps whole microseconds.
fn micros(time: Option<Time>) -> Option<Time> {
    time.map(|t| t.trunc_subsecs(6))
}

/// A value, or null, of a kind.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Uuid(Option<Uuid>),
    Text(Option<String>),
    Bigint(Option<i64>),
    Boolean(Option<bool>),
    Time(Option<Time>),
    /// As the engine wrote it.
    Json(Option<String>),
    Bytes(Option<Vec<u8>>),
}

/// Adds a value to the arguments of either engine, which share no trait.
macro_rules! bind {
    ($value:expr, $arguments:expr) => {
        match $value {
            Self::Uuid(v) => $arguments.add(*v),
            Self::Text(v) | Self::Json(v) => $arguments.add(v.clone()),
            Self::Bigint(v) => $arguments.add(*v),
            Self::Boolean(v) => $arguments.add(*v),
            Self::Time(v) => $arguments.add(*v),
            Self::Bytes(v) => $arguments.add(v.clone()),
        }
        .map_err(sqlx::Error::Encode)
    };
}

impl Value {
    pub(super) fn bind_sqlite(&self, arguments: &mut SqliteArguments) -> Result<(), sqlx::Error> {
        bind!(self, arguments)
    }

    pub(super) fn bind_postgres(&self, arguments: &mut PgArguments) -> Result<(), sqlx::Error> {
        bind!(self, arguments)
    }

    /// The one way to write it down, whichever engine it comes from.
    pub(super) fn write(&self) -> String {
        let word = match self {
            Self::Uuid(v) => v.map(|id| id.to_string()),
            Self::Text(v) => v.as_ref().map(|text| Json::from(text.as_str()).to_string()),
            Self::Bigint(v) => v.map(|n| n.to_string()),
            Self::Boolean(v) => v.map(|yes| yes.to_string()),
            Self::Time(v) => v.map(|at| at.to_rfc3339_opts(SecondsFormat::Micros, true)),
            Self::Json(v) => v.as_ref().map(|text| canonical(text)),
            Self::Bytes(v) => v.as_ref().map(|bytes| hexadecimal(bytes)),
        };
        word.unwrap_or_else(|| "null".to_owned())
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut text = String::from("x");
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// JSON without blanks, keys in order, numbers by their value: PostgreSQL keeps none of these as
/// they were written.
fn canonical(text: &str) -> String {
    match serde_json::from_str::<Json>(text) {
        Ok(json) => ordered(json).to_string(),
        // Nothing that the product wrote; it is compared as it stands.
        Err(_) => Json::from(text).to_string(),
    }
}

fn ordered(json: Json) -> Json {
    match json {
        Json::Array(items) => items.into_iter().map(ordered).collect(),
        Json::Object(map) => {
            let mut entries: Vec<_> = map.into_iter().collect();
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            let entries = entries
                .into_iter()
                .map(|(key, value)| (key, ordered(value)));
            Json::Object(entries.collect())
        }
        Json::Number(n) => match n.as_f64() {
            #[allow(
                clippy::cast_possible_truncation,
                reason = "whole and below 2 to the 53rd"
            )]
            Some(f) if !n.is_i64() && f.fract() == 0.0 && f.abs() < 9e15 => Json::from(f as i64),
            _ => Json::Number(n),
        },
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_one_text_whichever_engine_wrote_it() {
        let ours = r#"{"b":1.0,"a":[1e2,{"z":null,"y":"ü"}]}"#;
        let theirs = r#"{"a": [100, {"y": "ü", "z": null}], "b": 1.0}"#;
        assert_eq!(canonical(ours), canonical(theirs));
        assert_eq!(canonical(ours), r#"{"a":[100,{"y":"ü","z":null}],"b":1}"#);
        assert_ne!(canonical("1.5"), canonical("1"));
    }

    #[test]
    fn what_was_written_down_is_read_again() {
        for (kind, word) in [
            (Kind::Uuid, "0190f5a0-0000-7000-8000-000000000001"),
            (Kind::Text, r#""a \"word\"\n""#),
            (Kind::Bigint, "-7"),
            (Kind::Time, "2026-11-24T19:00:00.000123Z"),
        ] {
            assert_eq!(kind.read(word).expect("read").write(), word);
        }
        assert!(Kind::Uuid.read("null").is_err());
    }
}
