//! Averages, percents and shares, rounded half up from whole numbers: no sum of floats, so both
//! engines and every reader get the same digits.

/// `sum / count` to two decimals; nothing of nothing.
#[must_use]
pub fn average(sum: i64, count: i64) -> Option<f64> {
    rounded(sum, count, 100, 100)
}

/// `part` of `whole` in percent, to two decimals; nothing of nothing.
#[must_use]
pub fn percent(part: i64, whole: i64) -> Option<f64> {
    rounded(part, whole, 10_000, 100)
}

/// `part / whole`, from 0 to 1, to four decimals; nothing of nothing.
#[must_use]
pub fn share(part: i64, whole: i64) -> Option<f64> {
    rounded(part, whole, 10_000, 10_000)
}

/// `part / whole * scale` to the nearest whole number, halves up, then divided by `unit`.
#[allow(
    clippy::cast_precision_loss,
    reason = "counts of a desk are far below 2^53, and one division of whole numbers is exact to the last digit shown"
)]
fn rounded(part: i64, whole: i64, scale: i64, unit: i64) -> Option<f64> {
    if whole <= 0 {
        return None;
    }
    let (part, whole) = (i128::from(part), i128::from(whole));
    let units = (part * i128::from(scale) * 2 + whole).div_euclid(whole * 2);
    Some(units as f64 / unit as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_has_no_average() {
        assert_eq!(average(0, 0), None);
        assert_eq!(percent(0, 0), None);
        assert_eq!(share(0, 0), None);
    }

    #[test]
    fn halves_go_up() {
        assert_eq!(average(1, 8), Some(0.13)); // 0.125
        assert_eq!(average(9, 2), Some(4.5));
        assert_eq!(average(14, 3), Some(4.67));
        assert_eq!(average(13, 3), Some(4.33));
        assert_eq!(percent(2, 3), Some(66.67));
        assert_eq!(percent(1, 1), Some(100.0));
        assert_eq!(percent(1, 800), Some(0.13)); // 0.125
        assert_eq!(share(1, 3), Some(0.3333));
        assert_eq!(share(2, 3), Some(0.6667));
        assert_eq!(share(5, 5), Some(1.0));
    }

    #[test]
    fn large_counts_do_not_overflow() {
        assert_eq!(percent(i64::MAX, i64::MAX), Some(100.0));
    }
}
