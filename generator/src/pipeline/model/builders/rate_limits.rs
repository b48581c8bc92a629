//! Names of rate limit groups.

use super::methods::Methods;
use crate::pipeline::model::items::TagItems;
use crate::pipeline::model::{RateLimitGroup, RateLimits};
use crate::rust::names::{Case, Scope};

/// The groups that the operations of these tags name.
pub fn rate_limits(tags: &[TagItems], methods: &Methods<'_>) -> RateLimits {
    let operations = tags.iter().flat_map(|tag| &tag.operations);
    let stated = operations.filter_map(|operation| operation.policy.rate_limit.as_ref());
    let mut groups: Vec<RateLimitGroup> = Vec::new();
    let mut scope = Scope::default();
    for limit in stated {
        if !groups.iter().any(|group| group.name.wire() == limit.group) {
            let name = scope.name_as(&limit.group, &limit.group, Case::Constant);
            groups.push(RateLimitGroup { name, limit: limit.clone() });
        }
    }
    RateLimits { module: methods.module_beside("rate limits"), groups }
}
