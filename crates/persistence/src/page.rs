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
    /// Nothing, and nothing after it.
    #[must_use]
    pub const fn empty() -> Self {
        Self {
            items: Vec::new(),
            next: None,
        }
    }

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

/// Each value once: a part that is read twice would show its rows twice.
pub(crate) fn distinct<V: Clone + PartialEq>(values: &[V]) -> Vec<V> {
    let mut seen = Vec::with_capacity(values.len());
    for value in values {
        if !seen.contains(value) {
            seen.push(value.clone());
        }
    }
    seen
}

/// Adds `(select * from (<part>) part union all …)`, a part a value: rows that have one of several
/// values are read from as many places, in each in the order of the index that begins with that
/// column, and no more of each than a page needs. A list of values would make the engine sort all
/// rows that have them. Each part is a whole statement with order and limit; the statement around
/// them orders once more.
pub(crate) fn push_merged<V>(
    query: &mut Query<'_>,
    values: &[V],
    part: impl Fn(&mut Query<'_>, &V),
) {
    for (n, value) in values.iter().enumerate() {
        query.push(if n == 0 {
            "(select * from ("
        } else {
            " union all select * from ("
        });
        part(query, value);
        query.push(") part");
    }
    query.push(")");
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
    push_limit(query, window, order);
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
    push_limit(query, window, order);
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

/// Ends a statement around [`push_merged`]: its parts know where the page begins.
pub(crate) fn push_limit(query: &mut Query<'_>, window: &Window, order: &'static str) {
    query
        .push(order)
        .push(" limit ")
        .push_number(window.limit.saturating_add(1));
}

/// Narrows a list to the rows whose column holds a value, or holds none where `wanted` is
/// `Some(None)`; adds nothing where it is not asked for.
pub(crate) fn push_equal<V: Val>(
    query: &mut Query<'_>,
    column: &'static str,
    wanted: Option<Option<V>>,
) {
    match wanted {
        None => {}
        Some(None) => {
            query.push(" and ").push(column).push(" is null");
        }
        Some(Some(value)) => {
            query.push(" and ").push(column).push(" = ");
            query.push_bind(value);
        }
    }
}
