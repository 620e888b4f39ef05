//! What admins decide for the whole desk.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

/// The id under which events and the audit speak of the settings, of which there is one row.
pub const SETTINGS_ID: Uuid = Uuid::nil();

/// A colour as `#rrggbb`, in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colour(String);

/// A text that is no colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be a colour such as #1a7f5a")]
pub struct NotAColour;

impl Colour {
    /// The colour as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Colour {
    type Err = NotAColour;

    fn from_str(text: &str) -> Result<Self, NotAColour> {
        let digits = text.strip_prefix('#').ok_or(NotAColour)?;
        if digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(NotAColour)
        }
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_has_six_digits() {
        assert_eq!("#1A7f5a".parse::<Colour>().unwrap().as_str(), "#1a7f5a");
        for bad in [
            "", "#", "1a7f5a", "#1a7f5", "#1a7f5aa", "#1a7f5g", "red", "#é1a7f",
        ] {
            assert_eq!(bad.parse::<Colour>(), Err(NotAColour), "{bad}");
        }
    }
}
