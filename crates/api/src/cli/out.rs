//! What the operator reads on the terminal; the log goes elsewhere.

use std::io::Write as _;

/// A line on standard output. A closed pipe is nobody's error.
pub(super) fn line(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// A line on standard error.
pub(super) fn error(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
