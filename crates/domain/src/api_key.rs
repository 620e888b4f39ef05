//! API keys: how one is written, and what it is for.
//!
//! A key is `bsm_`, its id, its secret and a checksum, all in the 62 letters and digits, so that a
//! double click selects it whole. The checksum tells a typo, and a text that is no key, without a
//! question to the database. Scanners for secrets find keys by [`PATTERN`].

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::codes::UnknownCode;
use crate::ids::ApiKeyId;

/// What a key begins with.
pub const PREFIX: &str = "bsm_";
/// What finds keys in a text.
pub const PATTERN: &str = "bsm_[0-9A-Za-z]{71}";
/// Characters of the id: 62 to the power of 22 is more than 2 to the power of 128.
const ID: usize = 22;
/// Characters of the secret: 62 to the power of 43 is more than 2 to the power of 256.
pub const SECRET: usize = 43;
/// Characters of the checksum: 62 to the power of 6 is more than 2 to the power of 32.
const CHECK: usize = 6;
/// Bytes of a key.
pub const LENGTH: usize = PREFIX.len() + ID + SECRET + CHECK;
/// Most characters of a key's name.
pub const NAME_MAX: usize = 80;
/// Most keys that are neither revoked nor expired.
pub const MOST_ACTIVE: i64 = 100;

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Makes a secret of random bytes, of which it uses as many as it needs: those from 248 on would
/// make some letters more likely than others and are passed by. `None` where they were too few.
#[must_use]
pub fn secret(random: impl IntoIterator<Item = u8>) -> Option<String> {
    let letters: String = random
        .into_iter()
        .filter(|byte| *byte < 248)
        .map(|byte| char::from(DIGITS[usize::from(byte % 62)]))
        .take(SECRET)
        .collect();
    (letters.len() == SECRET).then_some(letters)
}

/// Writes a key.
#[must_use]
pub fn write(id: ApiKeyId, secret: &str) -> String {
    let mut key = format!("{PREFIX}{}{secret}", in_base_62(id.0.as_u128(), ID));
    let check = checksum(&key);
    key.push_str(&check);
    key
}

/// Whose key this is; `None` for what cannot be a key, a typo among it.
#[must_use]
pub fn read(key: &str) -> Option<ApiKeyId> {
    if key.len() != LENGTH || !key.is_ascii() {
        return None;
    }
    let (said, check) = key.split_at(LENGTH - CHECK);
    let rest = said.strip_prefix(PREFIX)?;
    if checksum(said) != check {
        return None;
    }
    from_base_62(&rest[..ID]).map(|id| ApiKeyId(Uuid::from_u128(id)))
}

/// What a list may show of a key, so that people tell it from others: its beginning, and its last
/// four characters, which belong to the checksum.
#[must_use]
pub fn hint(key: &str) -> String {
    let begin: String = key
        .chars()
        .take(PREFIX.len() + ID)
        .skip(PREFIX.len())
        .collect();
    let tail = key.get(key.len().saturating_sub(4)..).unwrap_or_default();
    format!(
        "{PREFIX}{}…{tail}",
        begin.get(begin.len() - 4..).unwrap_or_default()
    )
}

fn checksum(text: &str) -> String {
    in_base_62(u128::from(crc32fast::hash(text.as_bytes())), CHECK)
}

fn in_base_62(mut number: u128, width: usize) -> String {
    let mut digits = vec![DIGITS[0]; width];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS[(number % 62) as usize];
        number /= 62;
    }
    digits.into_iter().map(char::from).collect()
}

fn from_base_62(text: &str) -> Option<u128> {
    text.bytes().try_fold(0_u128, |number, byte| {
        let digit = DIGITS.iter().position(|d| *d == byte)?;
        number.checked_mul(62)?.checked_add(digit as u128)
    })
}

/// What a key is for. Each names what it opens; none opens another.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
pub enum Scope {
    /// Read tickets, their conversations, notes and histories, and count them.
    #[serde(rename = "tickets:read")]
    TicketsRead,
    /// Open tickets for customers, change them, write messages and notes.
    #[serde(rename = "tickets:write")]
    TicketsWrite,
    /// Read services, drafts too.
    #[serde(rename = "services:read")]
    ServicesRead,
    /// Write, publish, retire and delete services.
    #[serde(rename = "services:write")]
    ServicesWrite,
    /// Read articles, drafts and revisions too.
    #[serde(rename = "kb:read")]
    KbRead,
    /// Write, publish, archive and delete articles.
    #[serde(rename = "kb:write")]
    KbWrite,
    /// Read ratings, resolutions and their figures.
    #[serde(rename = "feedback:read")]
    FeedbackRead,
    /// Read how customers fare, and the figures of the first screen.
    #[serde(rename = "insights:read")]
    InsightsRead,
    /// Read people and organizations.
    #[serde(rename = "users:read")]
    UsersRead,
    /// Add and change customers and organizations; never staff.
    #[serde(rename = "users:write")]
    UsersWrite,
    /// Listen to what happens, and read the log of it.
    #[serde(rename = "events:read")]
    EventsRead,
}

impl Scope {
    /// Every scope.
    pub const ALL: &'static [Self] = &[
        Self::TicketsRead,
        Self::TicketsWrite,
        Self::ServicesRead,
        Self::ServicesWrite,
        Self::KbRead,
        Self::KbWrite,
        Self::FeedbackRead,
        Self::InsightsRead,
        Self::UsersRead,
        Self::UsersWrite,
        Self::EventsRead,
    ];

    /// The scope as it stands in answers, documents and the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TicketsRead => "tickets:read",
            Self::TicketsWrite => "tickets:write",
            Self::ServicesRead => "services:read",
            Self::ServicesWrite => "services:write",
            Self::KbRead => "kb:read",
            Self::KbWrite => "kb:write",
            Self::FeedbackRead => "feedback:read",
            Self::InsightsRead => "insights:read",
            Self::UsersRead => "users:read",
            Self::UsersWrite => "users:write",
            Self::EventsRead => "events:read",
        }
    }

    /// Whether what it opens belongs to organizations, so that a key for one of them can have it.
    #[must_use]
    pub const fn is_by_organization(self) -> bool {
        !matches!(
            self,
            Self::ServicesRead | Self::ServicesWrite | Self::KbRead | Self::KbWrite
        )
    }

    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Scope {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.iter().copied().find(|s| s.as_str() == text);
        found.ok_or_else(|| UnknownCode(text.to_owned(), "a scope".to_owned()))
    }
}

/// Some scopes, each once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scopes(u16);

impl Scopes {
    /// Whether this one is among them.
    #[must_use]
    pub const fn contains(self, scope: Scope) -> bool {
        self.0 & scope.bit() != 0
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Each of them, in the order of their declaration.
    pub fn iter(self) -> impl Iterator<Item = Scope> {
        Scope::ALL
            .iter()
            .copied()
            .filter(move |s| self.contains(*s))
    }

    /// Those of a column. A scope that only a newer version of the product knows opens nothing
    /// here and is passed by.
    #[must_use]
    pub fn from_column(text: &str) -> Self {
        text.split(' ').filter_map(|s| s.parse().ok()).collect()
    }

    /// As they stand in a column: separated by spaces.
    #[must_use]
    pub fn to_column(self) -> String {
        let words: Vec<&str> = self.iter().map(Scope::as_str).collect();
        words.join(" ")
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().fold(0, |bits, scope| bits | scope.bit()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> (ApiKeyId, String) {
        let id = ApiKeyId::generate();
        let secret = secret((0..=255).cycle().take(200)).unwrap();
        (id, write(id, &secret))
    }

    #[test]
    fn a_key_is_read_as_it_was_written() {
        let (id, key) = key();
        assert_eq!(key.len(), LENGTH);
        assert_eq!(read(&key), Some(id));
        assert!(
            regex_lite::Regex::new(&format!("^{PATTERN}$"))
                .unwrap()
                .is_match(&key)
        );
        for id in [Uuid::nil(), Uuid::max()] {
            let made = write(ApiKeyId(id), &"z".repeat(SECRET));
            assert_eq!(read(&made), Some(ApiKeyId(id)));
        }
    }

    #[test]
    fn every_typo_is_told_without_a_look_into_the_database() {
        let (_, key) = key();
        for place in 0..key.len() {
            let mut bytes = key.clone().into_bytes();
            bytes[place] = if bytes[place] == b'x' { b'y' } else { b'x' };
            let typo = String::from_utf8(bytes).unwrap();
            assert_eq!(read(&typo), None, "{typo}");
        }
        let swapped: String = [&key[..30], &key[31..32], &key[30..31], &key[32..]].concat();
        assert!(swapped == key || read(&swapped).is_none());
        for odd in ["", "bsm_", &key[1..], &format!("{key}0"), &"ä".repeat(38)] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }

    #[test]
    fn a_hint_tells_keys_apart_and_nothing_of_the_secret() {
        let (_, key) = key();
        let hint = hint(&key);
        assert_eq!(hint.chars().count(), 13);
        let secret = &key[PREFIX.len() + ID..LENGTH - CHECK];
        assert!(!secret.contains(&hint[4..8]) && key.ends_with(&hint[hint.len() - 4..]));
    }

    #[test]
    fn secrets_use_each_letter_alike_and_need_enough_randomness() {
        assert_eq!(secret([255; 400]), None);
        assert_eq!(secret([0; 42]), None);
        let all: Vec<u8> = (0..248).collect();
        let mut counts = [0; 62];
        for part in all.chunks(31) {
            for byte in part {
                counts[usize::from(byte % 62)] += 1;
            }
        }
        assert_eq!(counts, [4; 62]);
    }

    #[test]
    fn scopes_are_written_the_same_everywhere() {
        for scope in Scope::ALL {
            assert_eq!(serde_json::to_value(scope).unwrap(), scope.as_str());
            assert_eq!(scope.as_str().parse(), Ok(*scope));
        }
        let all: Scopes = Scope::ALL.iter().copied().collect();
        assert_eq!(all.iter().count(), Scope::ALL.len());
        assert_eq!(Scopes::from_column(&all.to_column()), all);
        let some = Scopes::from_column("kb:read tomorrow:read tickets:write");
        assert_eq!(some.to_column(), "tickets:write kb:read");
        assert!(Scopes::from_column("").is_empty());
    }
}
