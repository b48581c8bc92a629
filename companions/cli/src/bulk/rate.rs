//! How long requests take at the allowed rate.

use std::time::Duration;

use lantern_operations::{Operation, Table};

/// How many requests are allowed in how many seconds, as far as it is known.
pub fn rate(table: &Table, operation: &Operation) -> Option<(u32, u64)> {
    let limit = table.rate_limit(operation)?;
    limit.requests.zip(limit.seconds)
}

/// The time that so many requests take at least: those of the first window are sent at once.
pub fn least_time(rate: Option<(u32, u64)>, requests: u64) -> Duration {
    let windows = |most: u32| requests.saturating_sub(1) / u64::from(most.max(1));
    Duration::from_secs(rate.map_or(0, |(most, seconds)| windows(most) * seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_window_after_the_first_is_waited_for() {
        let seconds = |requests| least_time(Some((50, 60)), requests).as_secs();
        assert_eq!([0, 1, 50, 51, 100, 500].map(seconds), [0, 0, 0, 60, 60, 540]);
        assert_eq!(least_time(None, 500), Duration::ZERO);
    }
}
