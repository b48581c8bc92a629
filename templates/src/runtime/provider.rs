//! Secrets that the caller provides when they are needed.

use std::error::Error as StdError;
use std::future::Future;
use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use super::ClientBuilder;
use super::builder::configuration;
use super::client::Client;
use super::credentials::Secret;
use super::service::{Credential, Placement};
use super::tokens::{Given, Refusal, Source, Tokens};

/// As often a call asks again: if secrets change that fast, something else is wrong.
const MOST_RENEWALS: u32 = 3;

type Provided = BoxFuture<'static, Result<String, Box<dyn StdError + Send + Sync>>>;

/// A function that returns a secret.
struct Provider {
    credential: &'static Credential,
    provide: Box<dyn Fn() -> Provided + Send + Sync>,
}

impl Provider {
    async fn given(&self) -> Result<Given, Refusal> {
        let secret = (self.provide)().await.map_err(|error| Refusal {
            source: Some(Arc::from(error)),
            ..Refusal::of("its provider failed")
        })?;
        let secret = Secret::new(self.credential, secret);
        let secret = secret.map_err(|error| Refusal::of(error.to_string()))?;
        Ok(Given { secret: Arc::new(secret), until: None })
    }
}

impl Source for Provider {
    fn ask<'a>(&'a self, _: &'a Client) -> BoxFuture<'a, Result<Given, Refusal>> {
        self.given().boxed()
    }

    fn placement(&self) -> Placement {
        self.credential.placement
    }

    fn renewals(&self, _: bool) -> u32 {
        MOST_RENEWALS
    }
}

impl ClientBuilder {
    /// Asks this function for the secret of a security scheme, by the name that the scheme has in
    /// the description.
    ///
    /// It is asked when the first call needs the secret, and again when the service has refused
    /// the secret with 401: once for each refused secret, however many calls had it. These calls
    /// are then sent again with the new one, and none of them fails. So a key can be changed while
    /// calls are under way.
    ///
    /// ```text
    /// builder.secret_from("ApiKey", || async { vault.read("api-key").await })
    /// ```
    pub fn secret_from<F, E>(
        mut self,
        scheme: &str,
        provide: impl Fn() -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Result<String, E>> + Send + 'static,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        let known = self.service.credentials;
        let Some(credential) = known.iter().find(|known| known.scheme == scheme) else {
            let names: Vec<_> = known.iter().map(|known| format!("`{}`", known.scheme)).collect();
            let names = names.join(", ");
            let message = format!("there is no security scheme {scheme:?}: there are {names}");
            self.fault(configuration(message));
            return self;
        };
        let provide =
            move || -> Provided { provide().map(|secret| secret.map_err(Into::into)).boxed() };
        let provider = Provider { credential, provide: Box::new(provide) };
        self.credentials.grant(credential.scheme, Tokens::new(provider));
        self
    }
}
