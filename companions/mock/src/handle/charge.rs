//! What a request costs, and what it submits.

use std::io::Write as _;
use std::time::{Duration, Instant};

use lantern_operations::Retry;
use serde_json::Value;

use super::Handling;
use crate::account::Charge;
use crate::batches::{self, Run};
use crate::reply::{Charged, Refusal};
use crate::request::Said;
use crate::state::State;

impl Handling<'_> {
    /// Takes the credits, and submits the batch if it is one.
    pub fn charge(&self, said: &Said) -> Result<Charged, Refusal> {
        let mut state = self.shared.state();
        let key = self.key(said);
        let request = key.as_ref().map(|key| {
            let body = String::from_utf8_lossy(&self.request.body);
            format!("{} {key} {body}", self.operation.id)
        });
        let records = batches::records(self.operation, said.body.as_ref());
        let cost = match state.account.has_paid(request.as_deref()) {
            true => 0.0,
            false => self.cost(said, &records),
        };
        let left = state.account.credits.unwrap_or(f64::INFINITY);
        // A batch stops when the credits are used up.
        let cost = if records.is_empty() { cost } else { cost.min(left.floor()) };
        if !state.account.affords(cost) || (left <= 0.0 && self.operation.policy.consumes_credits) {
            return Err(Refusal::Credits { needed: cost.max(1.0), left: left.max(0.0) });
        }
        if cost > 0.0 {
            let charge = Charge { operation: self.operation.id.clone(), key, credits: cost };
            state.account.charge(charge, request);
        }
        let members = self.submit(&mut state, records, cost);
        let left = state.account.credits;
        drop(state);
        self.shared.note(self.number, |received| received.credits = cost);
        Ok(Charged { cost, left, members })
    }

    /// What keeps the request from being charged twice.
    fn key(&self, said: &Said) -> Option<String> {
        match &self.operation.policy.retry {
            Retry::ByKey(field) => {
                let key = said.body.as_ref()?.get(field);
                key.filter(|key| Retry::is_key(key)).map(Value::to_string)
            }
            Retry::ByHeader(name) => self.request.header(name).filter(|key| !key.trim().is_empty()),
            Retry::Safe | Retry::Unsafe => None,
        }
    }

    fn cost(&self, said: &Said, records: &[String]) -> f64 {
        let policy = &self.operation.policy;
        if !policy.consumes_credits {
            return 0.0;
        }
        let cap = self.shared.table.conventions.cap_field.as_deref();
        let cap = cap.and_then(|cap| said.body.as_ref()?.get(cap)?.as_f64());
        match records.len() {
            0 => policy.example_cost.unwrap_or(1.0).min(cap.unwrap_or(f64::INFINITY)),
            count => (count as f64).min(cap.unwrap_or(f64::INFINITY)).floor(),
        }
    }

    fn submit(&self, state: &mut State, records: Vec<String>, cost: f64) -> Vec<(String, Value)> {
        let Some(batch) = &self.operation.batch else { return Vec::new() };
        let settings = &self.shared.settings;
        let store = settings
            .store_url
            .clone()
            .unwrap_or_else(|| format!("{}/__mock/store", self.shared.url));
        let is_free = !self.operation.policy.consumes_credits;
        let run = Run {
            paid: if is_free { records.len() } else { cost as usize },
            ids: records,
            store: store.trim_end_matches('/'),
            now: Instant::now(),
            delay: settings.batch_delay,
            seed: settings.seed,
        };
        let submitted = state.batches.submit(&self.shared.schemas, batch, run);
        if let Some(folder) = &settings.store {
            tokio::spawn(write_later(folder.clone(), submitted.files, settings.batch_delay));
        }
        submitted.members
    }
}

/// Writes the files of a batch when they are to be there.
async fn write_later(folder: std::path::PathBuf, files: Vec<(String, String)>, delay: Duration) {
    tokio::time::sleep(delay).await;
    for (path, content) in files {
        let path = folder.join(path);
        let parent = path.parent().map_or(Ok(()), std::fs::create_dir_all);
        // Written under another name first, so that nobody reads a part of it.
        let part = path.with_extension("part");
        let written = parent
            .and_then(|()| std::fs::write(&part, content))
            .and_then(|()| std::fs::rename(&part, &path));
        if let Err(error) = written {
            let _ = writeln!(std::io::stderr(), "{} cannot be written: {error}", path.display());
        }
    }
}
