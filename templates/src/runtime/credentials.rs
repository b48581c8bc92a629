//! Who the caller is: security schemes and where their values go.

use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use reqwest::header::HeaderName;

use super::draft::Draft;
use super::{Error, ErrorKind};

/// What the description says of the service as a whole.
#[derive(Debug)]
pub struct Service {
    /// The first server, unless it is relative or has variables without a default.
    pub base_url: Option<&'static str>,
    /// The environment variable that names another.
    pub base_url_variable: &'static str,
    /// The security schemes.
    pub credentials: &'static [Credential],
    /// Where replies speak of success, limits and credits.
    pub signals: Signals,
}

/// Where replies speak of success, limits and credits.
#[derive(Clone, Copy, Debug)]
pub struct Signals {
    /// The member of a body that is false where a 2xx reply is a failure after all.
    pub success_field: Option<&'static str>,
    /// The header that states the rate limit.
    pub rate_limit_header: Option<&'static str>,
    /// The header that states the credits that are left.
    pub balance_header: Option<&'static str>,
    /// The members of bodies that state them.
    pub balance_fields: &'static [&'static str],
}

impl Signals {
    /// Replies that speak of nothing.
    pub const NONE: Self = Self {
        success_field: None,
        rate_limit_header: None,
        balance_header: None,
        balance_fields: &[],
    };
}

/// The headers among the signals, read once so that each reply is searched quickly.
#[derive(Debug)]
pub struct SignalHeaders {
    pub rate_limit: Option<HeaderName>,
    pub balance: Option<HeaderName>,
}

impl From<&Signals> for SignalHeaders {
    fn from(signals: &Signals) -> Self {
        let read = |name: &str| HeaderName::from_bytes(name.as_bytes()).ok();
        Self {
            rate_limit: signals.rate_limit_header.and_then(read),
            balance: signals.balance_header.and_then(read),
        }
    }
}

/// A security scheme (OpenAPI 3.1.0, 4.8.27).
#[derive(Debug)]
pub struct Credential {
    /// Its name in the description.
    pub scheme: &'static str,
    /// Where its value goes.
    pub placement: Placement,
    /// The environment variable that holds its value.
    pub variable: &'static str,
}

/// Where the value of a security scheme goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// `Authorization: Bearer <value>` (RFC 6750, 2.1).
    Bearer,
    /// `Authorization: Basic <value>`, the value being `user:password` (RFC 7617, 2).
    Basic,
    /// A header of its own.
    Header(&'static str),
    /// A query parameter.
    Query(&'static str),
    /// A cookie.
    Cookie(&'static str),
}

/// A secret: it goes to the service and shows itself nowhere else.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Takes a secret that can stand in an HTTP header.
    pub fn new(scheme: &str, value: String) -> Result<Self, Error> {
        let fault = match value.as_str() {
            "" => "is empty",
            text if !text.bytes().all(|byte| matches!(byte, b' '..=b'~')) => {
                "has characters that no header can carry; is there a line end at its end?"
            }
            _ => return Ok(Self(value)),
        };
        Err(Error::new(ErrorKind::Configuration, format!("the credential for {scheme} {fault}")))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// The credentials that a client holds.
#[derive(Clone, Debug, Default)]
pub struct Credentials(Vec<(&'static str, Placement, Secret)>);

impl Credentials {
    /// Holds a further credential; a second one for the same scheme replaces the first.
    pub fn hold(&mut self, credential: &Credential, value: String) -> Result<(), Error> {
        let secret = Secret::new(credential.scheme, value)?;
        self.0.retain(|(scheme, ..)| *scheme != credential.scheme);
        self.0.push((credential.scheme, credential.placement, secret));
        Ok(())
    }

    /// Puts the first of the alternatives for which all credentials are held into a request.
    ///
    /// Where none is complete, the request goes out without and the service says what it needs.
    pub fn apply(&self, alternatives: &[&[&str]], draft: &mut Draft) {
        let held = |scheme: &&str| self.0.iter().any(|(name, ..)| name == scheme);
        let Some(schemes) = alternatives.iter().find(|schemes| schemes.iter().all(held)) else {
            return;
        };
        for (_, placement, secret) in self.0.iter().filter(|(name, ..)| schemes.contains(name)) {
            place(*placement, &secret.0, draft);
        }
    }
}

fn place(placement: Placement, secret: &str, draft: &mut Draft) {
    match placement {
        Placement::Bearer => draft.secret_header("authorization", &format!("Bearer {secret}")),
        Placement::Basic => {
            let encoded = BASE64_STANDARD.encode(secret);
            draft.secret_header("authorization", &format!("Basic {encoded}"));
        }
        Placement::Header(name) => draft.secret_header(name, secret),
        Placement::Query(name) => draft.query(name, secret.to_owned()),
        Placement::Cookie(name) => draft.cookie(name, secret),
    }
}
