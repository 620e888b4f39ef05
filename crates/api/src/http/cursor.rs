//! Cursors: the last row's place, opaque to clients.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bsm_domain::ids::UserId;
use bsm_persistence::customer_insights::InsightPlace;
use bsm_persistence::page::Key;
use chrono::DateTime;
use uuid::Uuid;

use super::moment;
use super::problem::{Code, Problem};

/// One byte for the list and its order, eight for the time in microseconds, sixteen for the row.
const LENGTH: usize = 25;

/// Which list a cursor belongs to, and in which of its orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct List(u8);

#[allow(missing_docs, reason = "named after the lists")]
impl List {
    pub const CUSTOMER_TICKETS: Self = Self(0x00);
    pub const CUSTOMER_MESSAGES: Self = Self(0x10);
    pub const CUSTOMER_SERVICES: Self = Self(0x20);
    pub const CUSTOMER_ARTICLES: Self = Self(0x30);
    pub const PUBLIC_ARTICLES: Self = Self(0x40);
    pub const TICKETS: Self = Self(0x50);
    pub const MESSAGES: Self = Self(0x60);
    pub const HISTORY: Self = Self(0x70);
    pub const FEEDBACK: Self = Self(0x80);
    pub const SERVICES: Self = Self(0x90);
    pub const ARTICLES: Self = Self(0xa0);
    pub const USERS: Self = Self(0xb0);
    // Lists of one order beside that of people, which has fewer than eight.
    pub const USER_SESSIONS: Self = Self(0xb8);
    pub const PASSWORD_LINKS: Self = Self(0xb9);
    pub const AUDIT: Self = Self(0xba);
    pub const ORGANIZATIONS: Self = Self(0xc0);
    pub const API_KEYS: Self = Self(0xc4);
    // Lists of one order that share a row with another that has few.
    pub const OWN_SESSIONS: Self = Self(0xbc);
    pub const PASSWORD_REQUESTS: Self = Self(0xbd);
    pub const RESOLUTIONS: Self = Self(0xd8);
    pub const ACTIVITY: Self = Self(0xd0);
    // These two are among the orders of articles, which have fewer than four.
    pub const ARTICLE_REVISIONS: Self = Self(0xa8);
    pub const EMPTY_SEARCHES: Self = Self(0xa4);
    // Of one order each.
    pub const WEBHOOKS: Self = Self(0xf0);
    pub const WEBHOOK_DELIVERIES: Self = Self(0xf1);

    /// The list in one of at most 16 orders.
    #[must_use]
    pub const fn in_order(self, order: u8) -> Self {
        Self(self.0 | (order & 0x0f))
    }
}

/// Writes the place of a row in a list.
#[must_use]
pub fn write(key: &Key, list: List) -> String {
    let mut bytes = [0; LENGTH];
    bytes[0] = list.0;
    bytes[1..9].copy_from_slice(&key.at.timestamp_micros().to_be_bytes());
    bytes[9..].copy_from_slice(key.id.as_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

/// One byte that marks it, one for the order, eight for the figure, sixteen for the customer: never as
/// long as another list's cursor.
const PLACE_LENGTH: usize = 26;
const PLACE_MARK: u8 = 0xff;

/// Writes the place of a customer in the list of figures.
#[must_use]
pub fn write_place(place: &InsightPlace, order: u8) -> String {
    let mut bytes = [PLACE_MARK; PLACE_LENGTH];
    bytes[1] = order;
    bytes[2..10].copy_from_slice(&place.value.to_be_bytes());
    bytes[10..].copy_from_slice(place.customer.0.as_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads a cursor that [`write_place`] made for the same order.
///
/// # Errors
/// `invalid_cursor` for anything else.
pub fn read_place(cursor: &str, order: u8) -> Result<InsightPlace, Problem> {
    parse_place(cursor, order).ok_or_else(invalid)
}

fn parse_place(cursor: &str, order: u8) -> Option<InsightPlace> {
    let bytes: [u8; PLACE_LENGTH] = URL_SAFE_NO_PAD.decode(cursor).ok()?.try_into().ok()?;
    if bytes[..2] != [PLACE_MARK, order] {
        return None;
    }
    let value = i64::from_be_bytes(bytes[2..10].try_into().ok()?);
    // No figure is less than "never measured", none more than a time that every engine can store.
    let latest = DateTime::from_timestamp(253_402_300_799, 0)?.timestamp_micros();
    (-1..=latest).contains(&value).then_some(InsightPlace {
        value,
        customer: UserId(Uuid::from_bytes(bytes[10..].try_into().ok()?)),
    })
}

fn invalid() -> Problem {
    Problem::new(
        Code::InvalidCursor,
        "Use the next_cursor of the page before, unchanged.",
    )
}

/// Reads a cursor that [`write`] made for the same list and order.
///
/// # Errors
/// `invalid_cursor` for anything else.
pub fn read(cursor: &str, list: List) -> Result<Key, Problem> {
    parse(cursor, list).ok_or_else(invalid)
}

fn parse(cursor: &str, list: List) -> Option<Key> {
    let bytes: [u8; LENGTH] = URL_SAFE_NO_PAD.decode(cursor).ok()?.try_into().ok()?;
    if bytes[0] != list.0 {
        return None;
    }
    let micros = i64::from_be_bytes(bytes[1..9].try_into().ok()?);
    let at = DateTime::from_timestamp_micros(micros)?;
    // A time no engine can store was not written by us.
    moment::is_storable(at).then_some(())?;
    Some(Key {
        at,
        id: Uuid::from_bytes(bytes[9..].try_into().ok()?),
    })
}
