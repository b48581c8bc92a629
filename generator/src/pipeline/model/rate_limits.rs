//! Rate limit groups by name, so that a caller can set the limit of one.

use super::{RateLimit, Tag, operations};
use crate::rust::names::{Case, Name, Scope};

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

/// The groups that the operations of these tags name.
pub fn rate_limits(tags: &[Tag]) -> RateLimits {
    let module = operations::module_beside(tags, "rate limits");
    let mut limits = RateLimits { module, groups: Vec::new() };
    let mut scope = Scope::default();
    for limit in stated(tags) {
        if !limits.groups.iter().any(|group| group.name.wire() == limit.family) {
            let name = scope.name_as(&limit.family, &limit.family, Case::Constant);
            limits.groups.push(RateLimitGroup { name, limit: limit.clone() });
        }
    }
    limits
}

impl RateLimits {
    /// Keeps the groups that operations of these tags name.
    pub fn keep(&mut self, tags: &[Tag]) {
        let is_named =
            |group: &RateLimitGroup| stated(tags).any(|limit| limit.family == group.name.wire());
        self.groups.retain(is_named);
    }
}

fn stated(tags: &[Tag]) -> impl Iterator<Item = &RateLimit> {
    let operations = tags.iter().flat_map(|tag| &tag.operations);
    operations.filter_map(|operation| operation.policy.rate_limit.as_ref())
}
