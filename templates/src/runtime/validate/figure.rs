//! Numbers as they are compared: without rounding.

use std::cmp::Ordering;
use std::fmt;

/// An integer of any type that JSON has, or a float.
#[derive(Clone, Copy)]
pub(crate) enum Figure {
    Integer(i128),
    Float(f64),
}

/// What a limit may be made of.
pub(crate) trait Number {
    fn figure(self) -> Figure;
}

impl Number for i128 {
    fn figure(self) -> Figure {
        Figure::Integer(self)
    }
}

impl Number for f64 {
    fn figure(self) -> Figure {
        Figure::Float(self)
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(value) => value.fmt(f),
            Self::Float(value) => value.fmt(f),
        }
    }
}

impl Figure {
    pub(super) fn of(number: &serde_json::Number) -> Option<Self> {
        let integer = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
        integer.map(Self::Integer).or_else(|| number.as_f64().map(Self::Float))
    }

    pub(super) fn order(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Integer(one), Self::Integer(other)) => Some(one.cmp(&other)),
            (Self::Float(one), Self::Float(other)) => one.partial_cmp(&other),
            (Self::Integer(one), Self::Float(other)) => order(one, other),
            (Self::Float(one), Self::Integer(other)) => order(other, one).map(Ordering::reverse),
        }
    }

    /// Whether a number is a whole number of steps (JSON Schema 2020-12, Validation, 6.2.1).
    ///
    /// Floats are taken as the decimals that they are written as: `0.3` has three steps of `0.1`, though
    /// their quotient is `2.9999999999999996`.
    pub(super) fn is_multiple_of(self, step: Self) -> bool {
        let exact = self.decimals(step).map(|(value, step)| value.checked_rem(step) == Some(0));
        exact.unwrap_or_else(|| {
            let (value, step) = (self.float(), step.float());
            // From 2^53 on a float is too coarse to be told apart from the next step.
            (value / step).abs() >= 9_007_199_254_740_992.0 || value % step == 0.0
        })
    }

    /// Both in units of the smaller one's last digit, where there is room for it: `0.3`, `0.25` → `(30, 25)`
    fn decimals(self, other: Self) -> Option<(i128, i128)> {
        let ((one, digits), (other, other_digits)) = (self.decimal()?, other.decimal()?);
        let most = digits.max(other_digits);
        let scaled = |value: i128, digits| value.checked_mul(10i128.checked_pow(most - digits)?);
        Some((scaled(one, digits)?, scaled(other, other_digits)?))
    }

    fn float(self) -> f64 {
        match self {
            Self::Integer(value) => value as f64,
            Self::Float(value) => value,
        }
    }

    /// `1.25` → `(125, 2)`, where there is room for it.
    fn decimal(self) -> Option<(i128, u32)> {
        let text = self.to_string();
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        Some((format!("{whole}{part}").parse().ok()?, part.len().try_into().ok()?))
    }
}

/// An integer beside a float. As far as a float can be compared at all, its whole part is exact.
fn order(integer: i128, float: f64) -> Option<Ordering> {
    // The first float that is no `i128`.
    const BEYOND: f64 = 170_141_183_460_469_231_731_687_303_715_884_105_728.0;
    if float.abs() >= BEYOND || float.is_nan() {
        return 0.0.partial_cmp(&float);
    }
    let below = float.floor();
    let rest = if float > below { Ordering::Less } else { Ordering::Equal };
    Some(integer.cmp(&(below as i128)).then(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn multiple(value: impl Number, step: impl Number) -> bool {
        value.figure().is_multiple_of(step.figure())
    }

    #[test]
    fn steps_are_decimals() {
        for value in [0.1, 0.3, 0.7, 1.1, -4.35, 1e15, 123_456.7] {
            assert_eq!(multiple(value, 0.1), value != -4.35, "{value}");
            assert!(multiple(value, 0.05) && multiple(value, 1e-5), "{value}");
        }
        assert!(multiple(i128::from(u64::MAX), 5) && !multiple(i128::from(u64::MAX), 2));
        assert!(
            multiple(1e300, 10)
                && !multiple(1.0, 1e300)
                && multiple(4.0, 2)
                && !multiple(1e-300, 1)
        );
        assert!(!multiple(1, 0) && !multiple(1.0, 0.0));
    }

    #[test]
    fn nothing_is_rounded_where_numbers_are_compared() {
        let order = |one: i128, other: f64| one.figure().order(other.figure());
        assert_eq!(order(9_007_199_254_740_993, 9_007_199_254_740_992.0), Some(Ordering::Greater));
        assert_eq!(order(u64::MAX.into(), 18_446_744_073_709_551_616.0), Some(Ordering::Less));
        assert_eq!(order(-1, -0.5), Some(Ordering::Less));
        assert_eq!(order(-1, -1.5), Some(Ordering::Greater));
        assert_eq!(order(2, 2.0), Some(Ordering::Equal));
        assert_eq!(order(1, f64::INFINITY), Some(Ordering::Less));
        assert_eq!(order(1, f64::NAN), None);
    }
}
