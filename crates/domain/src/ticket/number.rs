//! The number people call a ticket by.

use std::fmt;
use std::str::FromStr;

/// `TKT-<n>`: unique and rising. `n` is at least 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TicketNumber(pub i64);

/// The text is not a ticket number.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a ticket number")]
pub struct NotANumber;

impl fmt::Display for TicketNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TKT-{}", self.0)
    }
}

impl FromStr for TicketNumber {
    type Err = NotANumber;

    /// Takes `TKT-12`, in any case; leading zeros and signs are refused.
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let (prefix, digits) = text.split_at_checked(4).ok_or(NotANumber)?;
        let plain = prefix.eq_ignore_ascii_case("TKT-")
            && digits.starts_with(|c: char| ('1'..='9').contains(&c))
            && digits.bytes().all(|b| b.is_ascii_digit());
        if !plain {
            return Err(NotANumber);
        }
        digits.parse().map(Self).map_err(|_| NotANumber)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes_and_nothing_odd() {
        assert_eq!("TKT-12".parse(), Ok(TicketNumber(12)));
        assert_eq!("tkt-7".parse(), Ok(TicketNumber(7)));
        assert_eq!(TicketNumber(12).to_string(), "TKT-12");
        for odd in [
            "",
            "TKT-",
            "TKT-0",
            "TKT-01",
            "TKT-+1",
            "TKT--1",
            "12",
            "TKT-1 ",
            "ТКТ-1",
            "TKT-99999999999999999999",
        ] {
            assert_eq!(odd.parse::<TicketNumber>(), Err(NotANumber), "{odd}");
        }
    }
}
