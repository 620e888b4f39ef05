//! Characters that no stored text may hold.

/// Whether the text holds a NUL, which not every database can store.
#[must_use]
pub fn has_nul(text: &str) -> bool {
    text.contains('\0')
}

/// The first control character that stored text may not hold.
///
/// Refused are all of Unicode's control characters (C0, DEL, C1; NUL among them) but tab, line
/// feed and carriage return.
#[must_use]
pub fn forbidden_character(text: &str) -> Option<char> {
    text.chars()
        .find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

/// Whether the text has more than one line: line feed, carriage return, U+2028 or U+2029.
#[must_use]
pub fn has_line_break(text: &str) -> bool {
    text.contains(['\n', '\r', '\u{2028}', '\u{2029}'])
}
