//! E-mail addresses as sign-in names.

use crate::bounds::EMAIL_MAX;

/// An address with its domain, trimmed and in lower case: the form it is compared in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EmailAddress(String);

/// The text is not an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be an e-mail address such as name@example.com")]
pub struct NotAnAddress;

impl EmailAddress {
    /// Reads an address: one `@`, a local part of 1 to 64 characters, a domain with a dot, no
    /// white space or control characters, at most 254 characters.
    ///
    /// # Errors
    /// [`NotAnAddress`] for anything else.
    pub fn parse(text: &str) -> Result<Self, NotAnAddress> {
        let text = text.trim();
        let (local, domain) = text.split_once('@').ok_or(NotAnAddress)?;
        let plain =
            |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[]\\,;:\"@".contains(c);
        let label = |l: &str| {
            !l.is_empty()
                && l.len() <= 63
                && !l.starts_with('-')
                && !l.ends_with('-')
                && l.chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        let valid = text.chars().count() <= EMAIL_MAX
            && (1..=64).contains(&local.chars().count())
            && local.chars().all(plain)
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && domain.contains('.')
            && domain.split('.').all(label);
        if valid {
            Ok(Self(text.to_lowercase()))
        } else {
            Err(NotAnAddress)
        }
    }

    /// The address in the form it is stored and compared in.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_and_refuses_what_cannot_be_mailed() {
        assert_eq!(
            EmailAddress::parse(" Ana@Acme.Example ").unwrap().as_str(),
            "ana@acme.example"
        );
        for odd in [
            "",
            "ana",
            "@b.c",
            "a@",
            "a@b",
            "a@b..c",
            "a b@c.d",
            "a@b.c\u{0}",
            "a@b@c.d",
            ".a@b.c",
            "a..b@c.d",
            "a@-b.c",
            "<a@b.c>",
        ] {
            assert_eq!(EmailAddress::parse(odd), Err(NotAnAddress), "{odd}");
        }
        assert!(EmailAddress::parse(&format!("{}@b.c", "a".repeat(65))).is_err());
    }
}
