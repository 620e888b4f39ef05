//! What is counted of resolutions and ratings, and the figures made of it.

use std::ops::AddAssign;

use super::{average, percent, share};
use crate::rating::SATISFIED;

/// Counts, or changes of counts. A resolution counts when it took place, a rating when it was
/// given; a change of either moves it to no other time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[cfg_attr(feature = "sqlx", derive(sqlx::FromRow))]
pub struct Counts {
    /// Resolutions.
    pub resolutions: i64,
    /// Those of them that a customer undid.
    pub reopened: i64,
    /// Those of them that are rated, whenever that was.
    pub rated: i64,
    /// Ratings with one star,
    pub score_1: i64,
    /// two stars,
    pub score_2: i64,
    /// three stars,
    pub score_3: i64,
    /// four stars,
    pub score_4: i64,
    /// five stars.
    pub score_5: i64,
}

impl Counts {
    /// So many ratings of one score.
    #[must_use]
    pub fn of_score(score: i64, count: i64) -> Self {
        let mut counts = Self::default();
        match score {
            1 => counts.score_1 = count,
            2 => counts.score_2 = count,
            3 => counts.score_3 = count,
            4 => counts.score_4 = count,
            _ => counts.score_5 = count,
        }
        counts
    }

    /// Ratings by score, one star first.
    #[must_use]
    pub const fn scores(&self) -> [i64; 5] {
        [
            self.score_1,
            self.score_2,
            self.score_3,
            self.score_4,
            self.score_5,
        ]
    }

    /// Whether there is nothing to tell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// How many ratings.
    #[must_use]
    pub fn ratings(&self) -> i64 {
        self.scores().iter().sum()
    }

    /// Their average score.
    #[must_use]
    pub fn average(&self) -> Option<f64> {
        let sum = (1..)
            .zip(self.scores())
            .map(|(score, count)| score * count)
            .sum();
        average(sum, self.ratings())
    }

    /// How many of a hundred are satisfied: scores 4 and 5 over all scores.
    #[must_use]
    pub fn satisfied_percent(&self) -> Option<f64> {
        let satisfied = (1..)
            .zip(self.scores())
            .filter(|(score, _)| *score >= SATISFIED);
        percent(satisfied.map(|(_, count)| count).sum(), self.ratings())
    }

    /// Rated resolutions over resolutions.
    #[must_use]
    pub fn response_rate(&self) -> Option<f64> {
        share(self.rated, self.resolutions)
    }

    /// Resolutions that a customer undid over resolutions.
    #[must_use]
    pub fn reopen_rate(&self) -> Option<f64> {
        share(self.reopened, self.resolutions)
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.resolutions += other.resolutions;
        self.reopened += other.reopened;
        self.rated += other.rated;
        self.score_1 += other.score_1;
        self.score_2 += other.score_2;
        self.score_3 += other.score_3;
        self.score_4 += other.score_4;
        self.score_5 += other.score_5;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_and_five_stars_are_satisfied() {
        let mut counts = Counts {
            resolutions: 9,
            rated: 6,
            reopened: 3,
            ..Counts::default()
        };
        for (score, count) in [(1, 1), (3, 1), (4, 2), (5, 2)] {
            counts += Counts::of_score(score, count);
        }
        assert_eq!(counts.ratings(), 6);
        assert_eq!(counts.average(), Some(3.67));
        assert_eq!(counts.satisfied_percent(), Some(66.67));
        assert_eq!(counts.response_rate(), Some(0.6667));
        assert_eq!(counts.reopen_rate(), Some(0.3333));
    }
}
