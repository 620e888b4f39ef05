//! SQL that both engines read, written once: the few words in which they differ.

/// An engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The embedded file.
    Sqlite,
    /// A server.
    Postgres,
}

impl Engine {
    /// The one that a URL names.
    pub fn of(url: &str) -> Self {
        if url.starts_with("sqlite:") {
            Self::Sqlite
        } else {
            Self::Postgres
        }
    }

    /// As it is called in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }

    /// An id of a kind, from a number: the same in every run.
    pub fn id(self, kind: u8, n: &str) -> String {
        match self {
            Self::Sqlite => format!("unhex(printf('b5{kind:02x}%028x', {n}))"),
            Self::Postgres => format!("('b5{kind:02x}' || lpad(to_hex({n}), 28, '0'))::uuid"),
        }
    }

    /// A moment, from seconds of the epoch.
    pub fn time(self, seconds: &str) -> String {
        match self {
            Self::Sqlite => {
                format!("strftime('%Y-%m-%dT%H:%M:%S+00:00', {seconds}, 'unixepoch')")
            }
            Self::Postgres => format!("to_timestamp({seconds})"),
        }
    }

    /// This moment, in seconds of the epoch.
    pub fn now(self) -> &'static str {
        match self {
            Self::Sqlite => "cast(strftime('%s', 'now') as integer)",
            Self::Postgres => "extract(epoch from now())::bigint",
        }
    }

    /// The id that stands for nobody where a column has to have one.
    pub fn nobody(self) -> &'static str {
        match self {
            Self::Sqlite => "zeroblob(16)",
            Self::Postgres => "'00000000-0000-0000-0000-000000000000'::uuid",
        }
    }

    /// Rows with the column `n`, from one number to before another.
    pub fn series(self, from: i64, to: i64) -> String {
        match self {
            Self::Sqlite => format!(
                "(with recursive s (n) as (select {from} union all select n + 1 from s where n < {}) \
                 select n from s)",
                to - 1
            ),
            Self::Postgres => {
                format!(
                    "(select n::bigint from generate_series({from}::bigint, {}) n)",
                    to - 1
                )
            }
        }
    }

    /// A choice among texts by a number.
    pub fn pick(self, of: &[&str], n: &str) -> String {
        let mut text = format!("(case ({n}) % {}", of.len());
        for (at, word) in of.iter().enumerate() {
            text.push_str(&format!(" when {at} then '{word}'"));
        }
        text.push_str(" end)");
        text
    }

    /// A number padded to five digits, after a letter: a word.
    pub fn word(self, letter: char, n: &str) -> String {
        match self {
            Self::Sqlite => format!("printf('{letter}%05d', {n})"),
            Self::Postgres => format!("('{letter}' || lpad(({n})::text, 5, '0'))"),
        }
    }
}

/// A number below `sides` that looks like chance and is the same in every run.
pub fn dice(n: &str, salt: u32, sides: u32) -> String {
    format!("(((({n}) + {salt} * 7919) * 2654435761 % 4294967296) / 256 % {sides})")
}
