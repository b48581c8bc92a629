//! Rate limits in words.

use super::{Docs, code};
use crate::pipeline::model::{Api, RateLimit};

/// What the module of rate limit groups is for.
pub fn module(api: &Api) -> Docs {
    let (path, module) = (api.crate_path(), api.rate_limits.module.rust());
    let group = api.rate_limits.groups.first().map_or("", |group| group.name.rust());
    let text = format!(
        "\
The rate limit groups: operations that share a limit. Set the limit if yours is different.

```
use std::time::Duration;
use {path}::{{Client, {module}}};

let minute = Duration::from_secs(60);
let builder = Client::builder().rate_limit({module}::{group}, 100, minute);
```"
    );
    text.lines().map(str::to_owned).collect()
}

/// ``The group `enrichment`: 50 requests per 60 seconds.``
pub fn group(limit: &RateLimit) -> Docs {
    let figure =
        figure(limit).unwrap_or_else(|| "the description does not state a limit".to_owned());
    vec![format!("The group {}: {figure}.", code(&limit.group))]
}

/// ``- Rate limit: 50 requests per 60 seconds, shared by the group `enrichment` ``
pub fn fact(limit: &RateLimit) -> String {
    let group = code(&limit.group);
    match figure(limit) {
        Some(figure) => format!("- Rate limit: {figure}, shared by the group {group}"),
        None => {
            format!("- Rate limit: shared by the group {group}; the description does not state it")
        }
    }
}

/// `50 requests per 60 seconds`
fn figure(limit: &RateLimit) -> Option<String> {
    let (requests, seconds) = limit.window?;
    let requests = plural(u64::from(requests), "request");
    Some(format!("{requests} per {}", plural(seconds, "second")))
}

fn plural(count: u64, unit: &str) -> String {
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}
