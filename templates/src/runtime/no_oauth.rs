//! Takes the place of `oauth` in clients that request no access tokens.

use std::future::{Ready, ready};
use std::time::Instant;

use reqwest::Request;
use url::Url;

use super::credentials::Credentials;
use super::request_builder::RequestBuilder;
use super::{Error, Timing};

/// A way to request tokens: there is none.
#[derive(Debug)]
pub struct Grant;

/// No ways to request tokens.
#[derive(Debug, Default)]
pub struct Grants {}

impl Grants {
    pub fn read(&mut self, _: &str) -> bool {
        false
    }

    pub fn not_set_either(&mut self, message: String, _: &str) -> String {
        message
    }

    pub fn add_to(&self, credentials: Credentials, _: &Url, _: bool) -> Result<Credentials, Error> {
        Ok(credentials)
    }
}

/// Tokens that nothing requests: no value is ever made.
#[derive(Clone, Debug)]
pub struct Tokens;

/// Nothing to wait for, and nothing to add to a request.
#[derive(Default)]
pub struct SignIn {}

impl SignIn {
    pub fn ready(
        &mut self,
        _: &RequestBuilder,
        _: Instant,
        _: &mut Timing,
    ) -> Ready<Result<Option<Instant>, Error>> {
        ready(Ok(None))
    }

    pub fn put_into(&self, _: &mut Request) {}

    pub fn renews(&mut self, _: &RequestBuilder, _: &Error) -> bool {
        false
    }
}
