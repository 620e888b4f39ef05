//! Lists.

use std::collections::VecDeque;
use std::future::Future;

use futures::stream::{Stream, try_unfold};

/// Reads a list to its end, one page after the other, as fast as its rows are taken. `fetch` is given
/// the cursor of a page, `None` for the first, and gives its rows and the cursor of the next.
pub fn read_all<T, E, F, P>(fetch: F) -> impl Stream<Item = Result<T, E>>
where
    F: FnMut(Option<String>) -> P,
    P: Future<Output = Result<(Vec<T>, Option<String>), E>>,
{
    let start = (fetch, VecDeque::new(), None, true);
    try_unfold(
        start,
        |(mut fetch, mut rows, mut cursor, mut more)| async move {
            while rows.is_empty() && more {
                let (items, next) = fetch(cursor).await?;
                rows.extend(items);
                more = next.is_some();
                cursor = next;
            }
            Ok(rows
                .pop_front()
                .map(|row| (row, (fetch, rows, cursor, more))))
        },
    )
}
