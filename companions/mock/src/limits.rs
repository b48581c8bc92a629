//! Rate limits: so many requests within a window that slides.

use std::collections::{HashMap, VecDeque};
use std::str::FromStr;
use std::time::{Duration, Instant};

/// A rate limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// How many requests are allowed.
    pub requests: u32,
    /// Within which time.
    pub window: Duration,
}

impl FromStr for Limit {
    type Err = String;

    /// `50/60` → 50 requests within 60 seconds
    fn from_str(text: &str) -> Result<Self, String> {
        let (requests, seconds) = text.split_once('/').unwrap_or((text, "60"));
        let seconds: Option<f64> = seconds.trim_end_matches('s').parse().ok();
        let window = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        let limit = requests.parse().ok().zip(window.filter(|window| !window.is_zero()));
        let (requests, window) = limit.ok_or_else(|| {
            format!("`{text}` is not a limit: write `50/60` for 50 requests within 60 seconds")
        })?;
        Ok(Self { requests, window })
    }
}

/// The requests within the windows, by the group and by who sent them.
#[derive(Debug, Default)]
pub struct Windows(HashMap<(String, String), VecDeque<Instant>>);

impl Windows {
    /// Counts a request, or says after which time it would be allowed. One that is not allowed does not count.
    pub fn take(
        &mut self,
        group: &str,
        caller: &str,
        limit: Limit,
        now: Instant,
    ) -> Result<(), Duration> {
        let taken = self.0.entry((group.to_owned(), caller.to_owned())).or_default();
        while taken.front().is_some_and(|at| now.duration_since(*at) >= limit.window) {
            taken.pop_front();
        }
        if taken.len() < limit.requests as usize {
            taken.push_back(now);
            return Ok(());
        }
        let until = taken.front().map_or(limit.window, |at| limit.window - now.duration_since(*at));
        Err(until)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// No window of time, wherever it begins, has more requests than allowed, and none is refused without need.
        #[test]
        fn no_window_has_more_than_the_limit(
            gaps in prop::collection::vec(0u64..400, 1..200), requests in 1u32..8
        ) {
            let limit = Limit { requests, window: Duration::from_millis(1_000) };
            let start = Instant::now();
            let (mut windows, mut at, mut allowed) = (Windows::default(), 0, Vec::<u64>::new());
            for gap in gaps {
                at += gap;
                let within = allowed.iter().filter(|before| at - **before < 1_000).count();
                let result = windows.take("g", "k", limit, start + Duration::from_millis(at));
                prop_assert_eq!(result.is_ok(), within < requests as usize);
                match result {
                    Ok(()) => allowed.push(at),
                    Err(wait) => {
                        let later = start + Duration::from_millis(at) + wait;
                        prop_assert!(windows.take("g", "k", limit, later - Duration::from_millis(1)).is_err());
                    }
                }
            }
        }
    }

    #[test]
    fn callers_and_groups_have_windows_of_their_own() {
        let limit: Limit = "1/60".parse().expect("a limit");
        let (mut windows, now) = (Windows::default(), Instant::now());
        assert_eq!(windows.take("a", "x", limit, now), Ok(()));
        assert_eq!(windows.take("a", "y", limit, now), Ok(()));
        assert_eq!(windows.take("b", "x", limit, now), Ok(()));
        assert_eq!(windows.take("a", "x", limit, now), Err(Duration::from_secs(60)));
    }
}
