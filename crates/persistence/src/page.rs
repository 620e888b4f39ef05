//! Keyset pages: a list goes on after the last row seen, so that inserts neither repeat nor skip.

use bsm_domain::clock::Time;
use uuid::Uuid;

use crate::{Query, Val};

/// The place of a row in a list that is ordered by a time and, where equal, by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The time the list is ordered by.
    pub at: Time,
    /// The row.
    pub id: Uuid,
}

impl Key {
    /// The place of a row in a list that is ordered by a number that is not negative and, where
    /// equal, by id.
    #[must_use]
    pub fn of_number(number: i64, id: Uuid) -> Self {
        let at = Time::from_timestamp_micros(number).unwrap_or_default();
        Self { at, id }
    }

    /// The number of [`Self::of_number`].
    #[must_use]
    pub const fn number(&self) -> i64 {
        self.at.timestamp_micros()
    }
}

/// Which rows of a list are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// At most this many, 1 to 100.
    pub limit: u32,
    /// Those after this row; from the beginning without.
    pub after: Option<Key>,
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// The last row, where more follow.
    pub next: Option<Key>,
}

impl<T> Page<T> {
    /// Makes a page of `limit + 1` rows read: the one too many tells that more follow.
    #[must_use]
    pub fn cut(mut rows: Vec<T>, limit: u32, key: impl Fn(&T) -> Key) -> Self {
        let limit = limit as usize;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = if more { rows.last().map(key) } else { None };
        Self { items: rows, next }
    }

    /// The same page of other items.
    #[must_use]
    pub fn map<U>(self, to: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(to).collect(),
            next: self.next,
        }
    }
}

/// The direction of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Oldest first.
    Rising,
    /// Newest first.
    Falling,
}

/// Ends a list statement: ` and (at, id) < (…) order by at desc, id desc limit n + 1`.
/// `columns` is the pair as it stands in the statement, `order` the matching `order by`.
pub(crate) fn push_window(
    query: &mut Query<'_>,
    window: &Window,
    columns: &'static str,
    direction: Direction,
    order: &'static str,
) {
    if let Some(after) = window.after {
        push_after(query, columns, direction, after.at, after.id);
    }
    push_end(query, window, order);
}

/// [`push_window`] for a list that is ordered by a number, whose keys are [`Key::of_number`].
pub(crate) fn push_number_window(
    query: &mut Query<'_>,
    window: &Window,
    columns: &'static str,
    direction: Direction,
    order: &'static str,
) {
    if let Some(after) = window.after {
        push_after(query, columns, direction, after.number(), after.id);
    }
    push_end(query, window, order);
}

fn push_after<V: Val>(
    query: &mut Query<'_>,
    columns: &'static str,
    direction: Direction,
    value: V,
    id: Uuid,
) {
    query.push(" and ").push(columns);
    query.push(match direction {
        Direction::Rising => " > (",
        Direction::Falling => " < (",
    });
    query.push_bind(value).push(", ").push_bind(id).push(")");
}

fn push_end(query: &mut Query<'_>, window: &Window, order: &'static str) {
    query
        .push(order)
        .push(" limit ")
        .push_bind(i64::from(window.limit) + 1);
}
