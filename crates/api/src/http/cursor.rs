//! Cursors: the last row's place, opaque to clients.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bsm_persistence::page::Key;
use chrono::DateTime;
use uuid::Uuid;

use super::problem::{Code, Problem};

/// One byte for the list's order, eight for the time in microseconds, sixteen for the row.
const LENGTH: usize = 25;

/// Writes the place of a row in a list; `order` tells the orders of one list apart.
#[must_use]
pub fn write(key: &Key, order: u8) -> String {
    let mut bytes = [0; LENGTH];
    bytes[0] = order;
    bytes[1..9].copy_from_slice(&key.at.timestamp_micros().to_be_bytes());
    bytes[9..].copy_from_slice(key.id.as_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads a cursor that [`write`] made for the same order.
///
/// # Errors
/// `invalid_cursor` for anything else.
pub fn read(cursor: &str, order: u8) -> Result<Key, Problem> {
    parse(cursor, order).ok_or_else(|| {
        Problem::new(
            Code::InvalidCursor,
            "Use the next_cursor of the page before, unchanged.",
        )
    })
}

fn parse(cursor: &str, order: u8) -> Option<Key> {
    let bytes: [u8; LENGTH] = URL_SAFE_NO_PAD.decode(cursor).ok()?.try_into().ok()?;
    if bytes[0] != order {
        return None;
    }
    let micros = i64::from_be_bytes(bytes[1..9].try_into().ok()?);
    let at = DateTime::from_timestamp_micros(micros)?;
    // A time no engine can store was not written by us.
    (1970..=9999)
        .contains(&chrono::Datelike::year(&at))
        .then_some(())?;
    Some(Key {
        at,
        id: Uuid::from_bytes(bytes[9..].try_into().ok()?),
    })
}
