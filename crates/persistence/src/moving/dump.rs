//! An installation as text: each row of each table once, the same whichever engine holds it.

use std::io::Write;

use super::side::Side;
use super::{MoveError, written};

/// Writes the whole database, but the search, which is made of it: tables by their names, rows by
/// their keys, values in one spelling. Two installations are the same where their dumps are.
///
/// # Errors
/// [`MoveError`]
pub async fn dump(url: &str, out: &mut impl Write) -> Result<(), MoveError> {
    let mut side = Side::open(url, false).await?;
    let tables = side.tables().await?;
    side.run("begin").await?;
    for table in &tables {
        let columns: Vec<_> = table.columns.iter().map(|c| c.name.as_str()).collect();
        writeln!(out, "{} ({})", table.name, columns.join(" "))?;
        let mut reading = side.begin_reading(table, None).await?;
        loop {
            let rows = reading.next().await?;
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                writeln!(out, "  {}", written(row))?;
            }
        }
        reading.end().await?;
    }
    side.run("commit").await?;
    side.close().await
}
