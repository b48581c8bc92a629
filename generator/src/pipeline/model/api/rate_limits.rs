//! Rate limit groups by name, so that a caller can set the limit of one.

use super::RateLimit;
use crate::rust::names::Name;

/// The rate limit groups, in a module of their own.
#[derive(Clone, Debug)]
pub struct RateLimits {
    /// The module: `rate_limits`.
    pub module: Name,
    /// The groups in the order in which operations name them.
    pub groups: Vec<RateLimitGroup>,
}

/// Operations that share a rate limit: a constant.
#[derive(Clone, Debug)]
pub struct RateLimitGroup {
    /// Its name, and the constant's.
    pub name: Name,
    /// How many requests it takes.
    pub limit: RateLimit,
}
