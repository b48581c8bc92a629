//! Rate limits: which request may be sent when.
//!
//! Operations that share a limit are a [`RateLimitGroup`]. Its state is data behind a lock that is
//! never held across an await: a sliding window, a gate that a 429 closes, and a queue of tickets.

mod gate;
mod group;
mod queue;
mod window;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::RateLimit;
use super::shared_limits::SharedLimits;
pub use gate::jitter_above;
pub use group::RateLimitGroup;
use window::SlidingWindow;
pub use window::Window;

/// The rate limit groups of a client; all its clones share them.
#[derive(Debug, Default)]
pub struct Limiter {
    set: HashMap<String, Option<Window>>,
    /// They are so few that searching a list is faster than a map.
    groups: Mutex<Vec<Arc<RateLimitGroup>>>,
    /// What counts the requests of other processes, too.
    shared: Option<Arc<dyn SharedLimits>>,
}

impl Limiter {
    /// A limiter with these limits for these groups (`None`: no limit), whatever the service states.
    pub fn new(set: HashMap<String, Option<Window>>) -> Self {
        Self { set, groups: Mutex::default(), shared: None }
    }

    /// The same, which asks these limits before each request.
    pub fn sharing(self, shared: Option<Arc<dyn SharedLimits>>) -> Self {
        Self { shared, ..self }
    }

    /// The limits that other processes have part in.
    pub fn shared(&self) -> Option<&dyn SharedLimits> {
        self.shared.as_deref()
    }

    /// A limiter with the same limits for another key: no requests are counted, and none are shared.
    pub fn fresh(&self) -> Self {
        Self::new(self.set.clone())
    }

    /// The group of an operation; operations without one share a group without a name.
    pub fn group(&self, limit: Option<RateLimit>) -> Arc<RateLimitGroup> {
        let limit = limit.unwrap_or(RateLimit::group(""));
        let mut groups = self.groups.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = groups.iter().find(|known| known.name == limit.group) {
            return known.clone();
        }
        let group = Arc::new(RateLimitGroup::new(limit.group, self.window(limit)));
        groups.push(group.clone());
        group
    }

    fn window(&self, limit: RateLimit) -> SlidingWindow {
        match self.set.get(limit.group) {
            Some(set) => SlidingWindow::fixed(*set),
            None => {
                let described = limit.window.map(|(requests, time)| Window { requests, time });
                SlidingWindow::described(described)
            }
        }
    }
}

#[cfg(test)]
mod tests;
