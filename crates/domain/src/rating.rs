//! Ratings of resolutions.

use crate::clock::Time;
use crate::codes::codes;
use chrono::Duration;

/// The lowest score that counts as satisfied.
pub const SATISFIED: i64 = 4;
/// The highest score that somebody of staff should look at.
pub const LOW: i64 = 2;

/// The last moment at which a resolution of `resolved_at` can be rated, where admins give
/// `window_days` for it.
#[must_use]
pub fn rating_until(resolved_at: Time, window_days: i64) -> Time {
    resolved_at + Duration::days(window_days)
}

codes!(
    /// Why a score is what it is. Which of them can be chosen depends on the score.
    Reason {
        /// It went quickly.
        Fast = "fast",
        /// People were kind.
        Friendly = "friendly",
        /// They knew the subject.
        Expert = "expert",
        /// It was well explained.
        Clear = "clear",
        /// It took too long.
        Slow = "slow",
        /// The matter is still there.
        NotSolved = "not_solved",
        /// It was hard to understand.
        Unclear = "unclear",
        /// People were not kind.
        Unfriendly = "unfriendly",
        /// It went from one to the next.
        WrongPerson = "wrong_person",
    }
);

impl Reason {
    /// The reasons that fit a score: what was good from 4 stars on, what was not below.
    #[must_use]
    pub const fn of_score(score: i64) -> &'static [Self] {
        if score >= SATISFIED {
            &[Self::Fast, Self::Friendly, Self::Expert, Self::Clear]
        } else {
            &[
                Self::Slow,
                Self::NotSolved,
                Self::Unclear,
                Self::Unfriendly,
                Self::WrongPerson,
            ]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_belongs_to_some_score_and_none_to_good_and_bad() {
        for reason in Reason::ALL {
            let scores: Vec<i64> = (1..=5)
                .filter(|s| Reason::of_score(*s).contains(reason))
                .collect();
            assert!(
                scores == [1, 2, 3] || scores == [4, 5],
                "{reason}: {scores:?}"
            );
        }
    }
}
