//! Scripts in the language of pgbench, run by sqlx: statements with `:name` values, ended by `;` or by
//! `\gset`, which keeps the columns of a statement's one row as values.

use chrono::{DateTime, Utc};
use sqlx::{Column as _, Row as _, ValueRef as _};
use uuid::Uuid;

use super::json;

/// One value, as its type is on the wire.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "types of the engines")]
pub enum Value {
    Int(i64),
    Id(Uuid),
    Text(String),
    Time(DateTime<Utc>),
    Bytes(Vec<u8>),
}

/// Values by their names.
#[derive(Debug, Clone, Default)]
pub struct Values(Vec<(String, Value)>);

impl Values {
    /// Keeps a value; the newest of a name counts.
    pub fn set(&mut self, name: &str, value: Value) {
        self.0.push((name.to_owned(), value));
    }

    fn get(&self, name: &str) -> &Value {
        let found = self.0.iter().rev().find(|(n, _)| n == name);
        &found.unwrap_or_else(|| panic!("no value :{name}")).1
    }
}

/// A statement with its values as `$1`….
#[derive(Debug)]
struct Statement {
    sql: &'static str,
    names: Vec<String>,
    kept: bool,
}

/// What is run one after another on one connection.
#[derive(Debug)]
pub struct Script(Vec<Statement>);

impl Script {
    /// Reads a script. Its text is kept for as long as the process lives: there are few.
    pub fn parse(text: &str) -> Self {
        let lines = text.lines().filter(|l| !l.starts_with("--"));
        let text = lines.collect::<Vec<_>>().join("\n");
        let mut statements = Vec::new();
        for part in text.replace("\\gset", "\\gset;").split(';') {
            let (sql, kept) = match part.trim().strip_suffix("\\gset") {
                Some(sql) => (sql.trim(), true),
                None => (part.trim(), false),
            };
            if !sql.is_empty() {
                statements.push(statement(sql, kept));
            }
        }
        Self(statements)
    }
}

fn statement(sql: &str, kept: bool) -> Statement {
    let (mut text, mut names) = (String::new(), Vec::new());
    let mut rest = sql;
    while let Some(at) = rest.find(':') {
        let after = &rest[at + 1..];
        let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let name = &after[..end.unwrap_or(after.len())];
        let named = name.starts_with(|c: char| c.is_ascii_alphabetic());
        text.push_str(&rest[..at]);
        if let Some(after) = after.strip_prefix(':') {
            // A cast.
            text.push_str("::");
            rest = after;
        } else if !named {
            text.push(':');
            rest = after;
        } else {
            names.push(name.to_owned());
            text.push_str(&format!("${}", names.len()));
            rest = &after[name.len()..];
        }
    }
    text.push_str(rest);
    Statement {
        sql: text.leak(),
        names,
        kept,
    }
}

/// The same on each engine: their types have no common name.
macro_rules! runner {
    ($name:ident, $connection:ty, $keep:ident, $cell:path) => {
        /// Runs a script; rows are written as JSON where somebody wants them.
        ///
        /// # Errors
        /// What the engine says.
        pub async fn $name(
            c: &mut $connection,
            script: &Script,
            mut values: Values,
            mut out: Option<&mut Vec<u8>>,
        ) -> Result<(), sqlx::Error> {
            for statement in &script.0 {
                let mut query = sqlx::query(statement.sql);
                for name in &statement.names {
                    query = match values.get(name).clone() {
                        Value::Int(value) => query.bind(value),
                        Value::Id(value) => query.bind(value),
                        Value::Text(value) => query.bind(value),
                        Value::Time(value) => query.bind(value),
                        Value::Bytes(value) => query.bind(value),
                    };
                }
                if statement.kept {
                    let row = query.fetch_one(&mut *c).await?;
                    for column in row.columns() {
                        values.set(column.name(), $keep(row.try_get_raw(column.ordinal())?)?);
                    }
                    continue;
                }
                let rows = query.fetch_all(&mut *c).await?;
                if let Some(out) = out.as_deref_mut() {
                    for row in &rows {
                        json::row(out, row, $cell)?;
                    }
                }
            }
            Ok(())
        }
    };
}

runner!(
    run_sqlite,
    sqlx::SqliteConnection,
    keep_sqlite,
    json::sqlite_cell
);
runner!(
    run_postgres,
    sqlx::PgConnection,
    keep_postgres,
    json::postgres_cell
);

fn keep_sqlite(value: sqlx::sqlite::SqliteValueRef<'_>) -> Result<Value, sqlx::Error> {
    use sqlx::TypeInfo as _;
    let name = value.type_info().name().to_owned();
    let kept = match name.as_str() {
        "BLOB" => json::sqlite::<Vec<u8>>(value).map(Value::Bytes),
        "TEXT" => json::sqlite::<String>(value).map(Value::Text),
        _ => json::sqlite::<i64>(value).map(Value::Int),
    };
    kept.map_err(sqlx::Error::Decode)
}

fn keep_postgres(value: sqlx::postgres::PgValueRef<'_>) -> Result<Value, sqlx::Error> {
    use sqlx::TypeInfo as _;
    let name = value.type_info().name().to_owned();
    let kept = match name.as_str() {
        "UUID" => json::postgres::<Uuid>(value).map(Value::Id),
        "TIMESTAMPTZ" => json::postgres::<DateTime<Utc>>(value).map(Value::Time),
        "TEXT" => json::postgres::<String>(value).map(Value::Text),
        _ => json::postgres::<i64>(value).map(Value::Int),
    };
    kept.map_err(sqlx::Error::Decode)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_read_as_pgbench_reads_it() {
        let text = "-- One of them.\nselect 1::bigint as id, :at as at,\n  'T%H:%M+00:00' \\gset\n\
                    insert into t values (:id, :at::timestamptz, :id);\n";
        let Script(statements) = Script::parse(text);
        let [kept, run] = &statements[..] else {
            panic!("{statements:?}");
        };
        assert_eq!(
            kept.sql,
            "select 1::bigint as id, $1 as at,\n  'T%H:%M+00:00'"
        );
        assert!(kept.kept && !run.kept);
        assert_eq!(run.sql, "insert into t values ($1, $2::timestamptz, $3)");
        assert_eq!(run.names, ["id", "at", "id"]);
    }

    #[test]
    fn the_newest_value_of_a_name_counts() {
        let mut values = Values::default();
        values.set("number", Value::Int(1));
        values.set("number", Value::Int(2));
        assert!(matches!(values.get("number"), Value::Int(2)));
    }
}
