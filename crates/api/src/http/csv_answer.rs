//! Lists as CSV files (RFC 4180): all rows, read page by page as the client takes them.
//!
//! As behind an event stream, there is no task behind a file: it is the body of an answer, which
//! the server asks for the next piece whenever the connection takes one, and drops with it. A page
//! is read and written at a time; between two of them nothing is held, no connection to the
//! database either. What goes wrong on the way breaks the answer off without its end, so that no
//! part of a file looks like a whole one.

use actix_web::HttpResponse;
use actix_web::http::header;
use bsm_application::{App, Error as AppError};
use bytes::Bytes;
use csv::{Terminator, WriterBuilder};
use futures_util::stream;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::problem::Problem;
use super::request_id;
use super::sse::X_ACCEL_BUFFERING;
use crate::auth::caller::Caller;
use crate::exports::Export;
use crate::state::AppState;

/// The media type (RFC 7111 keeps the parameters of RFC 4180).
const CSV: &str = "text/csv; charset=utf-8; header=present";

/// Rows that are read at a time: those of the largest page.
pub const ROWS: u32 = 100;

/// A file's name and its columns: fields of the rows as JSON has them, one within another named
/// `ticket.number`.
#[derive(Debug, Clone, Copy)]
pub struct File {
    /// The first part of its name.
    pub name: &'static str,
    /// The columns.
    pub columns: &'static [&'static str],
}

/// Some rows, and after which place more follow; `None` after the last.
pub type Rows<T, K> = (Vec<T>, Option<K>);

/// Answers with all rows of a list. `read` reads those after a place, at first those from the
/// beginning; the first are read before the answer begins, so that what fails then is a problem.
///
/// # Errors
/// `rate_limited` where the person has as many files on their way as they may; what `read` returns.
pub async fn answer<T, K>(
    state: &AppState,
    caller: &Caller,
    file: File,
    read: impl AsyncFn(Option<K>) -> Result<Rows<T, K>, AppError> + 'static,
) -> Result<HttpResponse, Problem>
where
    T: Serialize + 'static,
    K: 'static,
{
    let counted = state.exports.begin(caller.actor.user_id)?;
    let (rows, next) = read(None).await?;
    let mut first = header_line(file.columns).map_err(Problem::internal)?;
    first.extend(lines(file.columns, &rows).map_err(Problem::internal)?);
    drop(rows);
    let name = format!("{}-{}.csv", file.name, state.app.now().format("%F"));
    let body = Body {
        app: state.app.clone(),
        caller: caller.clone(),
        columns: file.columns,
        read,
        stage: Stage::First(first, next),
        request_id: request_id::current(),
        _counted: counted,
    };
    Ok(HttpResponse::Ok()
        .content_type(CSV)
        .insert_header((header::VARY, "accept"))
        .insert_header((X_ACCEL_BUFFERING, "no"))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ))
        .streaming(stream::unfold(body, |mut body| async {
            let piece = body.next().await?;
            Some((piece, body))
        })))
}

/// What comes next.
enum Stage<K> {
    /// What was read before the answer began.
    First(Vec<u8>, Option<K>),
    /// The rows after this place.
    After(K),
    /// Nothing: it is whole, or broken off.
    Ended,
}

struct Body<R, K> {
    app: App,
    caller: Caller,
    columns: &'static [&'static str],
    read: R,
    stage: Stage<K>,
    request_id: Uuid,
    _counted: Export,
}

impl<T, K, R> Body<R, K>
where
    T: Serialize,
    R: AsyncFn(Option<K>) -> Result<Rows<T, K>, AppError>,
{
    /// The next piece; `None` after the last.
    async fn next(&mut self) -> Option<Result<Bytes, BrokenOff>> {
        let (piece, next) = match std::mem::replace(&mut self.stage, Stage::Ended) {
            Stage::First(piece, next) => (piece, next),
            Stage::After(place) => match self.page(place).await {
                Ok(page) => page,
                Err(why) => {
                    let request_id = self.request_id;
                    tracing::warn!(%request_id, cause = %why, "a CSV file was broken off");
                    return Some(Err(why));
                }
            },
            Stage::Ended => return None,
        };
        if let Some(place) = next {
            self.stage = Stage::After(place);
        }
        Some(Ok(Bytes::from(piece)))
    }

    async fn page(&self, place: K) -> Result<(Vec<u8>, Option<K>), BrokenOff> {
        let now = self.caller.again(&self.app).await?;
        if now.actor != self.caller.actor {
            return Err(BrokenOff::Rights);
        }
        let (rows, next) = (self.read)(Some(place)).await?;
        Ok((lines(self.columns, &rows)?, next))
    }
}

/// Why a file ends before its end.
#[derive(Debug, thiserror::Error)]
enum BrokenOff {
    #[error("the rights of whoever reads it changed")]
    Rights,
    #[error(transparent)]
    App(#[from] AppError),
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl actix_web::ResponseError for BrokenOff {}

/// A row that cannot be written.
#[derive(Debug, thiserror::Error)]
enum WriteError {
    #[error("a row is no JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error(transparent)]
    Csv(#[from] csv::Error),
    #[error("a line cannot be written: {0}")]
    Io(#[from] std::io::Error),
}

impl From<csv::IntoInnerError<csv::Writer<Vec<u8>>>> for WriteError {
    fn from(error: csv::IntoInnerError<csv::Writer<Vec<u8>>>) -> Self {
        Self::Io(error.into_error())
    }
}

fn writer() -> csv::Writer<Vec<u8>> {
    WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new())
}

fn header_line(columns: &[&str]) -> Result<Vec<u8>, WriteError> {
    let mut writer = writer();
    writer.write_record(columns)?;
    Ok(writer.into_inner()?)
}

/// A line a row.
fn lines(columns: &[&str], rows: &[impl Serialize]) -> Result<Vec<u8>, WriteError> {
    let mut writer = writer();
    for row in rows {
        let row = serde_json::to_value(row)?;
        for column in columns {
            let value = column
                .split('.')
                .try_fold(&row, |value, name| value.get(name));
            writer.write_field(cell(value.unwrap_or(&Value::Null)))?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    Ok(writer.into_inner()?)
}

/// A value as a cell: nothing for null, numbers as JSON writes them, values of a list with `;`
/// between them.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => harmless(text.clone()),
        Value::Array(values) => {
            let values = values.iter().map(|v| v.as_str().unwrap_or_default());
            harmless(values.collect::<Vec<_>>().join(";"))
        }
        other => other.to_string(),
    }
}

/// A text that no spreadsheet takes for a formula: an apostrophe stands before what would be one
/// (OWASP, "CSV Injection"), also behind white space and in full width.
fn harmless(text: String) -> String {
    let begins = text.trim_start().starts_with([
        '=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
    ]);
    if begins || text.starts_with(['\t', '\r', '\n']) {
        return format!("'{text}");
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn cells_are_quoted_safe_and_read_back() {
        let columns = ["id", "who.name", "n", "tags", "gone.name"];
        let row =
            |name: &str| json!({"id": "x", "who": {"name": name}, "n": -1.5, "tags": ["a", "b"]});
        for (name, read) in [
            ("plain", "plain"),
            ("", ""),
            ("a, \"b\"\r\nc\nd\re", "a, \"b\"\r\nc\nd\re"),
            ("=1+1", "'=1+1"),
            ("+49", "'+49"),
            ("-1", "'-1"),
            ("@a", "'@a"),
            ("\ta", "'\ta"),
            ("\ra", "'\ra"),
            ("\na", "'\na"),
            ("  =1", "'  =1"),
            ("\u{ff1d}1", "'\u{ff1d}1"),
            ("a=1", "a=1"),
            ("'=1", "'=1"),
            ("\"=1\"", "\"=1\""),
            ("Grüße 🎈", "Grüße 🎈"),
        ] {
            let bytes = lines(&columns, &[row(name)]).unwrap();
            assert!(bytes.ends_with(b"\r\n"));
            let mut reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(bytes.as_slice());
            let records: Vec<_> = reader.records().collect::<Result<_, _>>().unwrap();
            assert_eq!(records.len(), 1);
            assert_eq!(records[0], vec!["x", read, "-1.5", "a;b", ""], "{name:?}");
        }
        assert_eq!(lines(&["a", "b"], &[json!({"a": 1})]).unwrap(), b"1,\r\n");
        assert_eq!(header_line(&["a", "b.c"]).unwrap(), b"a,b.c\r\n");
    }
}
