//! The credentials of a client: those that are set, those of the environment, and none.

use std::env::{self, VarError};

use reqwest::header::HeaderValue;

use super::{ClientBuilder, configuration, not_unicode};
use crate::runtime::Error;
use crate::runtime::credentials::Credentials;

impl ClientBuilder {
    /// Reads the base URL and the credentials from the environment variables that are set.
    pub(crate) fn read_env(self) -> Self {
        let (service, mut builder) = (self.service, self);
        match env::var(service.base_url_variable) {
            Ok(url) => builder = builder.base_url(url),
            Err(VarError::NotUnicode(_)) => builder.fault(not_unicode(service.base_url_variable)),
            Err(VarError::NotPresent) => {}
        }
        for credential in service.credentials {
            match env::var(credential.variable) {
                Ok(value) => builder = builder.credential(credential.scheme, value),
                Err(VarError::NotUnicode(_)) => builder.fault(not_unicode(credential.variable)),
                Err(_) if builder.grants.read(credential.scheme) => {}
                // Where there is one way to sign in, its absence is a mistake.
                Err(_) if service.credentials.len() == 1 => {
                    let message =
                        format!("the environment variable {} is not set", credential.variable);
                    let message = builder.grants.not_set_either(message, credential.scheme);
                    builder.absent = Some(message);
                }
                Err(_) => {}
            }
        }
        builder
    }

    pub(crate) fn credential(mut self, scheme: &str, value: String) -> Self {
        let known = self.service.credentials.iter().find(|known| known.scheme == scheme);
        if let Some(Err(fault)) = known.map(|known| self.credentials.hold(known, value)) {
            self.fault(fault);
        }
        self
    }

    /// Allows a client without any credential, though every operation needs one: something else
    /// signs its requests, such as a hook or a proxy.
    pub fn without_credentials(mut self) -> Self {
        self.without_credentials = true;
        self
    }

    /// Whether a credential is needed, and nothing that was set can sign a request in.
    pub(super) fn lacks_credentials(&self, credentials: &Credentials) -> bool {
        let is_asked_for = self.service.needs_credential || self.absent.is_some();
        let is_needed = is_asked_for && !self.without_credentials;
        let mut headers = self.defaults.headers.iter();
        let is_default = |(_, value): &(_, HeaderValue)| value.is_sensitive();
        is_needed && credentials.0.is_empty() && !headers.any(is_default)
    }

    pub(super) fn no_credentials(&self) -> Error {
        if let Some(absent) = &self.absent {
            return configuration(absent);
        }
        let known = self.service.credentials.iter();
        let known: Vec<_> = known
            .map(|one| format!("`{}` (in the environment, {})", one.scheme, one.variable))
            .collect();
        let known = known.join(", ");
        configuration(format!(
            "no credential is set, and every operation needs one: {known}; `without_credentials` allows that"
        ))
    }
}
