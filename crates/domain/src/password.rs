//! Passwords on their way to being hashed.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use crate::bounds::{PASSWORD_MAX, PASSWORD_MIN};

/// A password in the form it is hashed in: Unicode form C, so that it is the same from every
/// keyboard. It prints nothing of itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

/// The text cannot be a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must have {PASSWORD_MIN} to {PASSWORD_MAX} characters")]
pub struct NotAPassword;

impl Password {
    /// A new password: 10 to 128 characters, whatever they are.
    ///
    /// # Errors
    /// [`NotAPassword`]
    pub fn parse(text: &str) -> Result<Self, NotAPassword> {
        if (PASSWORD_MIN..=PASSWORD_MAX).contains(&text.chars().count()) {
            Ok(Self::claimed(text))
        } else {
            Err(NotAPassword)
        }
    }

    /// What somebody says is their password: anything at all.
    #[must_use]
    pub fn claimed(text: &str) -> Self {
        Self(text.nfc().collect())
    }

    /// The bytes to hash.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_characters_and_levels_their_form() {
        assert!(Password::parse("short-one").is_err());
        assert!(Password::parse("long-enough").is_ok());
        assert!(Password::parse(&"ä".repeat(128)).is_ok());
        assert!(Password::parse(&"ä".repeat(129)).is_err());
        assert_eq!(Password::claimed("u\u{308}ber"), Password::claimed("über"));
        assert_eq!(format!("{:?}", Password::claimed("secret")), "Password(…)");
    }
}
