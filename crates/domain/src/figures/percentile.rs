//! Percentiles by nearest rank: always a value that was measured, never one between two.

/// Half of the values are at most this one.
pub const MEDIAN: u32 = 50;
/// Nine of ten values are at most this one.
pub const P90: u32 = 90;

/// The place, from 1, of a percentile among `count` values in rising order; 0 where there are
/// none. `percent` is 1 to 100.
#[must_use]
pub const fn rank(count: u64, percent: u32) -> u64 {
    (count * percent as u64).div_ceil(100)
}

/// A percentile of values in rising order.
#[must_use]
pub fn of_sorted(values: &[i64], percent: u32) -> Option<i64> {
    let place = rank(values.len() as u64, percent).checked_sub(1)?;
    usize::try_from(place)
        .ok()
        .and_then(|n| values.get(n).copied())
}

/// Whole seconds from one moment to a later one; nothing where they are the wrong way round, as
/// two clocks can have it.
#[must_use]
pub fn whole_seconds(from: crate::clock::Time, to: crate::clock::Time) -> i64 {
    (to - from).num_seconds().max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_rank_is_a_value_that_was_measured() {
        assert_eq!(of_sorted(&[], MEDIAN), None);
        assert_eq!(of_sorted(&[7], MEDIAN), Some(7));
        assert_eq!(of_sorted(&[7], P90), Some(7));
        // The example of the method's definition: 15, 20, 35, 40, 50.
        let values = [15, 20, 35, 40, 50];
        for (percent, wanted) in [(5, 15), (30, 20), (40, 20), (50, 35), (100, 50)] {
            assert_eq!(of_sorted(&values, percent), Some(wanted), "{percent}");
        }
        assert_eq!(of_sorted(&[1, 2], MEDIAN), Some(1));
        assert_eq!(of_sorted(&(1..=10).collect::<Vec<_>>(), P90), Some(9));
        assert_eq!(of_sorted(&(1..=11).collect::<Vec<_>>(), P90), Some(10));
    }

    #[test]
    fn a_rank_is_the_least_place_that_reaches_its_share() {
        for count in 1..300_u64 {
            for percent in [1, 49, 50, 51, 90, 99, 100] {
                let place = rank(count, percent);
                assert!(place * 100 >= count * u64::from(percent));
                assert!((place - 1) * 100 < count * u64::from(percent));
            }
        }
    }

    #[test]
    fn seconds_are_whole_and_never_negative() {
        let at = |micros| chrono::DateTime::from_timestamp_micros(micros).unwrap();
        assert_eq!(whole_seconds(at(900_000), at(1_800_000)), 0);
        assert_eq!(whole_seconds(at(900_000), at(1_900_000)), 1);
        assert_eq!(whole_seconds(at(5_000_000), at(1_000_000)), 0);
    }
}
