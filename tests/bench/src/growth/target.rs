//! The targets of growth: how much longer something may take on the largest desk than on the smallest,
//! and how long at all.

use std::fmt;
use std::time::Duration;

use super::Row;

/// What something is measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A list, with one filter at most, or a view of the portals.
    List,
    /// A list whose page 1,000 is asked for, too.
    Pages,
    /// That page.
    Deep,
    /// A list with other filters.
    Combination,
    /// A search for words that at most one ticket in a hundred has.
    Rare,
    /// A search for commoner words.
    Common,
    /// Counts, sums and quantiles.
    Figures,
}

impl Kind {
    /// The one of a name in `asked.txt`.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "list" => Self::List,
            "pages" => Self::Pages,
            "combination" => Self::Combination,
            "rare" => Self::Rare,
            "common" => Self::Common,
            "figures" => Self::Figures,
            _ => return None,
        })
    }

    /// At most so many times as long as on the smallest desk; page 1,000 as page 1 of the same desk.
    const fn growth(self) -> Option<f64> {
        match self {
            Self::List | Self::Pages | Self::Deep => Some(1.3),
            Self::Combination | Self::Rare => Some(3.0),
            Self::Common | Self::Figures => None,
        }
    }

    /// 99 of 100 within this time, on the largest desk.
    const fn p99(self) -> Option<Duration> {
        match self {
            Self::Rare => Some(Duration::from_millis(150)),
            Self::Common => Some(Duration::from_millis(400)),
            Self::Figures => Some(Duration::from_millis(100)),
            Self::List | Self::Pages | Self::Deep | Self::Combination => None,
        }
    }
}

/// How many times as long something took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// By the medians of all answers.
    pub ratio: f64,
    /// By the fastest round of this one and the slowest of the other.
    pub least: f64,
    /// By the slowest and the fastest.
    pub greatest: f64,
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            ratio,
            least,
            greatest,
        } = self;
        write!(f, "{ratio:.2} ({least:.2}..{greatest:.2})")
    }
}

impl Ratio {
    fn of(base: &Row, row: &Row) -> Option<Self> {
        let times = |a: Duration, b: Duration| a.as_secs_f64() / b.as_secs_f64();
        let ends = |row: &Row| Some((*row.medians.iter().min()?, *row.medians.iter().max()?));
        let ((fast, slow), (base_fast, base_slow)) = (ends(row)?, ends(base)?);
        Some(Self {
            ratio: times(row.median?, base.median?),
            least: times(fast, base_slow),
            greatest: times(slow, base_fast),
        })
    }
}

/// The ratio of a row, and whether its targets are met. `base` is the same row of the smallest desk, or
/// page 1 where the row is page 1,000; `row` is the one of the largest desk.
pub fn verdict(base: &Row, row: &Row) -> (Option<Ratio>, String) {
    let ratio = Ratio::of(base, row);
    let mut missed = Vec::new();
    if let (Some(most), Some(ratio)) = (row.kind.growth(), ratio)
        && ratio.ratio > most
    {
        missed.push(format!("{most} times"));
    }
    if let (Some(most), Some(p99)) = (row.kind.p99(), row.p99)
        && p99 > most
    {
        missed.push(format!("p99 {} ms", most.as_millis()));
    }
    let words = match (ratio, missed.as_slice()) {
        (None, _) => String::new(),
        (_, []) => "met".to_owned(),
        (_, missed) => format!("missed: {}", missed.join(", ")),
    };
    (ratio, words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(kind: Kind, median: u64, p99: u64) -> Row {
        Row {
            name: String::new(),
            kind,
            median: Some(Duration::from_millis(median)),
            medians: [median - 1, median, median + 2]
                .map(Duration::from_millis)
                .to_vec(),
            p99: Some(Duration::from_millis(p99)),
            rate: 1.0,
        }
    }

    #[test]
    fn each_kind_has_its_target() {
        let words = |kind, median, p99| verdict(&row(kind, 10, 20), &row(kind, median, p99)).1;
        assert_eq!(words(Kind::List, 13, 1_000), "met");
        assert_eq!(words(Kind::List, 14, 20), "missed: 1.3 times");
        assert_eq!(words(Kind::Combination, 29, 20), "met");
        assert_eq!(words(Kind::Rare, 31, 151), "missed: 3 times, p99 150 ms");
        assert_eq!(words(Kind::Common, 1_000, 400), "met");
        assert_eq!(words(Kind::Figures, 50, 101), "missed: p99 100 ms");
    }

    #[test]
    fn a_ratio_comes_with_its_spread() {
        let ratio = verdict(&row(Kind::List, 10, 20), &row(Kind::List, 20, 40)).0;
        assert_eq!(ratio.unwrap().to_string(), "2.00 (1.58..2.44)");
    }

    #[test]
    fn a_page_that_is_not_there_has_no_verdict() {
        let none = Row {
            median: None,
            medians: Vec::new(),
            p99: None,
            ..row(Kind::Deep, 1, 1)
        };
        assert_eq!(
            verdict(&row(Kind::Pages, 10, 20), &none),
            (None, String::new())
        );
    }
}
