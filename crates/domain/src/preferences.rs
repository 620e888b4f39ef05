//! How a person wants the portals to look.

use crate::codes::codes;

codes!(
    /// Light or dark.
    Theme {
        /// Dark text on light.
        Light = "light",
        /// Light text on dark.
        Dark = "dark",
        /// As the person's system says.
        Auto = "auto",
    }
);

/// A language as a BCP 47 tag, such as `en` or `de-AT`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language(String);

/// A text that is no language tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be a language such as en or de-AT")]
pub struct NotALanguage;

impl Language {
    /// The tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Language {
    type Err = NotALanguage;

    fn from_str(text: &str) -> Result<Self, NotALanguage> {
        let mut parts = text.split('-');
        let first = parts.next().unwrap_or_default();
        let primary =
            (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
        let rest = parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        });
        if primary && rest && text.len() <= 35 {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotALanguage)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_a_tag() {
        for good in ["en", "de-AT", "zh-Hant-TW", "fil", "en-GB-oxendict"] {
            assert!(good.parse::<Language>().is_ok(), "{good}");
        }
        for bad in [
            "", "e", "english", "en_GB", "en-", "-en", "e1", "en-x", "d\u{e9}",
        ] {
            assert_eq!(bad.parse::<Language>(), Err(NotALanguage), "{bad}");
        }
    }
}
