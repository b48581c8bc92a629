//! The credentials of a client: those that are set, those of the environment, and none.

use std::env::{self, VarError};

use reqwest::header::HeaderValue;

use super::{ClientBuilder, configuration, not_unicode};
use crate::runtime::credentials::Credentials;
use crate::runtime::service::Service;
use crate::runtime::{Error, ErrorKind};

impl ClientBuilder {
    /// Reads the base URL and the credentials from the environment variables that are set.
    pub(crate) fn from_env(service: &'static Service) -> Self {
        Self::new(service).read_env()
    }

    /// The same for a builder that is there.
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
                    builder.fault(Error::new(ErrorKind::Configuration, message));
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

    /// Whether nothing that was set can sign a request in.
    pub(super) fn lacks_credentials(&self, credentials: &Credentials) -> bool {
        let is_needed = self.service.needs_credential && !self.without_credentials;
        let mut headers = self.defaults.headers.iter();
        let is_default = |(_, value): &(_, HeaderValue)| value.is_sensitive();
        is_needed && credentials.0.is_empty() && !headers.any(is_default)
    }

    pub(super) fn no_credentials(&self) -> Error {
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
