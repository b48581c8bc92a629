//! What a server knows, and what changes while it runs.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lantern_operations::{Operation, Table};

use crate::account::Account;
use crate::batches::Batches;
use crate::deleted::Deleted;
use crate::fault::{Fault, FaultRule};
use crate::limits::{Limit, Windows};
use crate::received::Received;
use crate::request::Incoming;
use crate::routes::Routes;
use crate::schemas::Schemas;
use crate::script::Script;
use crate::settings::Settings;
use crate::tokens::{TokenPaths, Tokens};

/// As many requests are remembered; older ones are forgotten.
const MOST_REMEMBERED: usize = 100_000;

/// What all requests share.
#[derive(Debug)]
pub struct Shared {
    pub table: Arc<Table>,
    pub schemas: Schemas,
    pub routes: Routes,
    pub token_paths: TokenPaths,
    pub settings: Settings,
    /// The URL without a path.
    pub url: String,
    state: Mutex<State>,
}

/// What changes.
#[derive(Debug, Default)]
pub struct State {
    pub account: Account,
    pub windows: Windows,
    pub faults: Vec<(FaultRule, u64)>,
    pub scripts: Vec<Script>,
    pub batches: Batches,
    pub tokens: Tokens,
    pub deleted: Deleted,
    pub received: Vec<Received>,
    number: u64,
}

impl Shared {
    pub fn new(table: Arc<Table>, settings: Settings, url: String) -> Self {
        let state = Mutex::new(State::new(&settings));
        let (schemas, routes) = (Schemas::new(table.clone()), Routes::new(&table));
        let token_paths = TokenPaths::new(&table);
        Self { table, schemas, routes, token_paths, settings, url, state }
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets all that happened.
    pub fn reset(&self) {
        let mut state = self.state();
        let mut tokens = std::mem::take(&mut state.tokens);
        tokens.forget();
        *state = State { tokens, ..State::new(&self.settings) };
    }

    /// The rate limit of an operation, with the name of its group.
    pub fn limit(&self, operation: &Operation) -> Option<(&str, Limit)> {
        let group = self.table.rate_limit(operation).filter(|_| self.settings.has_limits)?;
        let stated = self.settings.limits.get(&group.name).copied();
        let described = group.requests.zip(group.seconds).map(|(requests, seconds)| Limit {
            requests,
            window: std::time::Duration::from_secs(seconds),
        });
        stated.or(described).map(|limit| (group.name.as_str(), limit))
    }

    /// Remembers a request, and returns its number.
    pub fn remember(&self, request: &Incoming) -> u64 {
        let mut state = self.state();
        state.number += 1;
        let received = Received::new(state.number, &self.table, request);
        if state.received.len() == MOST_REMEMBERED {
            state.received.remove(0);
        }
        state.received.push(received);
        state.number
    }

    /// Whether a secret is valid: a key, or a token that was given. If there are no keys, any is.
    pub fn accepts(&self, secret: &String) -> bool {
        let keys = &self.settings.keys;
        keys.is_empty()
            || keys.contains(secret)
            || self.state().tokens.valid().any(|it| it == secret)
    }

    /// Adds to what is remembered of a request.
    pub fn note(&self, number: u64, change: impl FnOnce(&mut Received)) {
        let mut state = self.state();
        // After a reset, it is not there any more.
        let found = state.received.binary_search_by_key(&number, |received| received.number);
        if let Some(received) = found.ok().and_then(|at| state.received.get_mut(at)) {
            change(received);
        }
    }

    /// The fault that happens to a request of an operation.
    pub fn fault(&self, operation: &Operation) -> Option<Fault> {
        let mut state = self.state();
        let mut happens = None;
        for (rule, counted) in state.faults.iter_mut().filter(|(rule, _)| rule.concerns(operation))
        {
            *counted += 1;
            if happens.is_none() && rule.happens(*counted, self.settings.seed) {
                happens = Some(rule.fault);
            }
        }
        happens
    }

    /// The scripted reply of an operation, the oldest one first.
    pub fn script(&self, operation: &Operation) -> Option<Script> {
        let mut state = self.state();
        let at = state.scripts.iter().position(|script| script.concerns(operation))?;
        let script = state.scripts[at].clone();
        match script.times {
            Some(times) if times > 1 => state.scripts[at].times = Some(times - 1),
            _ => drop(state.scripts.remove(at)),
        }
        Some(script)
    }
}

impl State {
    fn new(settings: &Settings) -> Self {
        Self {
            account: Account::new(settings.credits),
            faults: settings.faults.iter().map(|rule| (rule.clone(), 0)).collect(),
            ..Self::default()
        }
    }
}
