//! What a client adds to its requests: its credentials, and its own headers and queries.

use reqwest::header::AUTHORIZATION;

use super::RequestBuilder;
use crate::runtime::credentials::Secret;
use crate::runtime::percent::{self, component};
use crate::runtime::service::Placement;

impl RequestBuilder {
    /// Adds what the client sends with each request, and the credentials of one of the sets; all if there are no sets.
    pub fn add_client(&mut self, sets: Option<&'static [&'static [&'static str]]>) {
        self.add_defaults();
        let shared = self.client.shared.clone();
        match sets {
            Some(sets) => {
                shared.credentials.select(sets).for_each(|secret| self.authorize(secret));
            }
            None => shared.credentials.all().for_each(|secret| self.authorize(secret)),
        }
    }

    /// Adds what the client sends with each request, unless the call says otherwise.
    fn add_defaults(&mut self) {
        let client = self.client.clone();
        for (name, value) in &client.shared.defaults.headers {
            if !self.has_header(name) {
                self.ready_header(name.clone(), value.clone());
            }
        }
        for (name, value) in &client.shared.defaults.query {
            if !self.has_query(name) {
                self.query(name, component(value));
            }
        }
        self.add_constants();
    }

    /// Whether there is something in the place of a credential.
    fn has(&self, placement: Placement) -> bool {
        match placement {
            Placement::Bearer | Placement::Basic => self.has_header(&AUTHORIZATION),
            Placement::Header(name) => self.has_header_called(name),
            Placement::Query(name) => self.has_query(name),
            Placement::Cookie(name) => self.has_cookie(name),
        }
    }

    /// Adds a credential, unless the caller has put something in its place.
    pub fn authorize(&mut self, secret: &Secret) {
        match secret {
            Secret::Header(name, _) if self.has_header(name) => {}
            Secret::Header(name, value) => self.ready_header(name.clone(), value.clone()),
            Secret::Query(name, _) if self.has_query(name) => {}
            Secret::Query(name, value) => self.query(name, component(value)),
            Secret::Cookie(name, _) if self.has_cookie(name) => {}
            Secret::Cookie(name, value) => self.cookie(name, &percent::cookie(value)),
            Secret::Granted(tokens) if self.has(tokens.placement()) => {}
            Secret::Granted(tokens) => self.tokens = Some(tokens.clone()),
        }
    }
}
