//! How many files somebody has on their way from this process.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bsm_domain::ids::UserId;

use crate::http::problem::{Code, Problem};

/// Files that one person may have on their way at once.
pub const AT_ONCE: u32 = 2;

/// When to ask again, in seconds: nobody knows when a file ends.
const AGAIN: u64 = 10;

/// The files on their way; clones count together.
#[derive(Debug, Clone, Default)]
pub struct Exports(Arc<Mutex<HashMap<UserId, u32>>>);

impl Exports {
    /// A file is on its way to a person until the value is dropped.
    ///
    /// # Errors
    /// `rate_limited` where they have [`AT_ONCE`].
    pub fn begin(&self, by: UserId) -> Result<Export, Problem> {
        let mut open = self.open();
        let count = open.entry(by).or_default();
        if *count >= AT_ONCE {
            let detail =
                format!("{AT_ONCE} files are on their way to you. Wait until one is there.");
            return Err(Problem::new(Code::RateLimited, detail).retry_after(AGAIN));
        }
        *count += 1;
        Ok(Export {
            of: self.clone(),
            by,
        })
    }

    fn open(&self) -> MutexGuard<'_, HashMap<UserId, u32>> {
        // Nothing is half done under this lock.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One file on its way.
#[derive(Debug)]
pub struct Export {
    of: Exports,
    by: UserId,
}

impl Drop for Export {
    fn drop(&mut self) {
        let mut open = self.of.open();
        if let Some(count) = open.get_mut(&self.by) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.by);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_at_once_and_another_when_one_has_ended() {
        let exports = Exports::default();
        let (ana, ben) = (UserId::generate(), UserId::generate());
        let first = exports.begin(ana).unwrap();
        let _second = exports.begin(ana).unwrap();
        assert_eq!(exports.begin(ana).unwrap_err().code(), Code::RateLimited);
        drop(exports.begin(ben).unwrap());
        assert_eq!(exports.open().len(), 1);
        drop(first);
        exports.begin(ana).unwrap();
    }
}
