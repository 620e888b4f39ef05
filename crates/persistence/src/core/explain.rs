//! How an engine would run a statement.

use std::collections::HashMap;

use sqlx::postgres::{PgArguments, PgTypeInfo};
use sqlx::sqlite::SqliteArguments;
use sqlx::{AssertSqlSafe, FromRow, PgConnection, SqliteConnection, TypeInfo as _};

use super::error::DbError;

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

/// On SQLite.
pub(super) async fn on_sqlite(
    conn: &mut SqliteConnection,
    statement: &str,
    args: SqliteArguments,
) -> Result<Vec<String>, DbError> {
    let text = format!("explain query plan {statement}");
    let rows = sqlx::query_as_with(AssertSqlSafe(text), args);
    Ok(indented(rows.fetch_all(conn).await?))
}

fn lines(rows: Vec<(String,)>) -> Vec<String> {
    rows.into_iter().map(|(line,)| line).collect()
}

/// On PostgreSQL, with these values.
pub(super) async fn for_these(
    conn: &mut PgConnection,
    statement: &str,
    args: PgArguments,
) -> Result<Vec<String>, DbError> {
    let text = format!("explain {statement}");
    let rows = sqlx::query_as_with(AssertSqlSafe(text), args);
    Ok(lines(rows.fetch_all(conn).await?))
}

/// On PostgreSQL, with any values of these types: the plan that a connection keeps.
pub(super) async fn for_any(
    conn: &mut PgConnection,
    statement: &str,
    types: &[PgTypeInfo],
) -> Result<Vec<String>, DbError> {
    let list = |items: Vec<&str>| match items.len() {
        0 => String::new(),
        _ => format!("({})", items.join(", ")),
    };
    let kinds = list(types.iter().map(PgTypeInfo::name).collect());
    let values = list(vec!["null"; types.len()]);
    let before = format!(
        "set plan_cache_mode = force_generic_plan; prepare explained {kinds} as {statement}"
    );
    sqlx::raw_sql(AssertSqlSafe(before))
        .execute(&mut *conn)
        .await?;
    let asked = format!("explain execute explained {values}");
    let rows = sqlx::query_as(AssertSqlSafe(asked)).persistent(false);
    let rows = rows.fetch_all(&mut *conn).await;
    let after = "deallocate explained; reset plan_cache_mode";
    sqlx::raw_sql(after).execute(conn).await?;
    Ok(lines(rows?))
}
