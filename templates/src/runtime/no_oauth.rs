//! Takes the place of `oauth` in clients that request no access tokens.

use url::Url;

use super::Error;
use super::credentials::Credentials;

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
