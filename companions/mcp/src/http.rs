//! Sends calls to a service by HTTP.

mod credentials;
mod tokens;

use std::time::Duration;

use lantern_operations::{ClientSecret, Operation, Placement, SecurityScheme, Table};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, Response, Url};

use crate::backend::{Answer, Backend, CallError, Calling, ToolCall, without_secrets};
use credentials::{Credential, Held, Secret, add_to_headers, add_to_query};
use tokens::Tokens;

/// A call takes no longer.
const LONGEST: Duration = Duration::from_secs(120);

/// Sends calls to a service by HTTP, once each.
///
/// It knows neither rate limits nor retries: what the service answers is what the model gets, 429 included. Only a call that
/// was refused because its token had ended is sent once more, with another token.
pub struct HttpBackend {
    client: Client,
    base: Url,
    credentials: Vec<Credential>,
}

impl HttpBackend {
    /// Sends to the service at a URL, or to the first server of the table. Secrets are in the environment variables that the
    /// security schemes name, or they are tokens, which are requested by a client id and its secret from there.
    ///
    /// # Errors
    /// If there is no URL, or if it is not a valid one, or if tokens cannot be requested.
    pub fn from_env(table: &Table, base: Option<&str>) -> Result<Self, String> {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let from_env = table.base_url_variable.as_deref().and_then(variable);
        let server = table.servers.first().map(|server| server.url.clone());
        let base = base.map(str::to_owned).or(from_env).or(server);
        let base = base.ok_or("the description has no server: say `--base-url`")?;
        let mut backend = Self::new(&base, Vec::new())?;
        for scheme in &table.security_schemes {
            let flow = scheme.client_credentials.as_ref();
            if let Some(secret) = variable(&scheme.variable) {
                backend.hold(scheme, Held::Secret(secret));
            } else if let Some(client) = flow.map(|it| it.client(variable)).transpose()?.flatten() {
                backend = backend.with_client(scheme, client)?;
            }
        }
        Ok(backend)
    }

    /// Sends to the service at a URL, with secrets by the names of their schemes.
    ///
    /// # Errors
    /// If the URL is not a valid one.
    pub fn new(base: &str, secrets: Vec<(String, Placement, String)>) -> Result<Self, String> {
        let base = Url::parse(base)
            .map_err(|error| format!("`{base}` is not a URL to send to: {error}"))?;
        // A redirect would carry secrets and bodies elsewhere.
        let client = Client::builder().redirect(Policy::none()).timeout(LONGEST).build();
        let credential = |(scheme, placement, secret)| Credential {
            scheme,
            placement,
            held: Held::Secret(secret),
        };
        let credentials = secrets.into_iter().map(credential).collect();
        Ok(Self { client: client.map_err(|error| error.to_string())?, base, credentials })
    }

    /// Requests tokens of a security scheme by a client id and its secret. The secret is sent by `https`, or within this
    /// machine.
    ///
    /// # Errors
    /// If the scheme has no such tokens, or if they cannot be requested.
    pub fn with_client(
        mut self,
        scheme: &SecurityScheme,
        client: ClientSecret,
    ) -> Result<Self, String> {
        let flow = scheme.client_credentials.as_ref();
        let flow = flow.ok_or_else(|| format!("`{}` has no client credentials", scheme.name))?;
        let tokens = Tokens::new(self.client.clone(), &self.base, flow, client)?;
        self.hold(scheme, Held::Tokens(Box::new(tokens)));
        Ok(self)
    }

    /// The environment variables of which one should be set, if no secret is known and operations ask for one.
    #[must_use]
    pub fn missing_variables<'t>(&self, table: &'t Table) -> Vec<&'t str> {
        let needs_one = |operation: &Operation| !operation.security.iter().all(Vec::is_empty);
        if !self.credentials.is_empty() || !table.operations.iter().any(needs_one) {
            return Vec::new();
        }
        let schemes = table.security_schemes.iter();
        schemes
            .flat_map(|scheme| {
                let client = scheme.client_credentials.iter().map(|flow| &*flow.id_variable);
                [scheme.variable.as_str()].into_iter().chain(client)
            })
            .collect()
    }

    fn hold(&mut self, scheme: &SecurityScheme, held: Held) {
        let (scheme, placement) = (scheme.name.clone(), scheme.placement.clone());
        self.credentials.push(Credential { scheme, placement, held });
    }

    /// The secrets that an operation asks for: the first set of which all are known.
    async fn secrets(&self, operation: &Operation) -> Result<Vec<Secret<'_>>, String> {
        let find = |name: &String| self.credentials.iter().find(|known| known.scheme == *name);
        let mut sets =
            operation.security.iter().map(|set| set.iter().map(find).collect::<Option<Vec<_>>>());
        let mut secrets = Vec::new();
        for credential in sets.find_map(|set| set).unwrap_or_default() {
            secrets.push(credential.secret().await?);
        }
        Ok(secrets)
    }

    fn request(
        &self,
        call: &ToolCall<'_>,
        secrets: &[Secret<'_>],
    ) -> Result<RequestBuilder, String> {
        let base = self.base.as_str().trim_end_matches('/');
        let mut url = Url::parse(&format!("{base}{}", call.request.target()))
            .map_err(|error| error.to_string())?;
        add_to_query(secrets, &mut url);
        let method = Method::from_bytes(call.operation.method.as_bytes())
            .map_err(|error| error.to_string())?;
        let mut cookies = call.request.cookies.clone();
        let mut request = add_to_headers(secrets, self.client.request(method, url), &mut cookies);
        request =
            call.request.headers.iter().fold(request, |it, (name, value)| it.header(name, value));
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        Ok(match &call.body {
            Some((media_type, body)) => {
                request.header("content-type", media_type).body(body.clone())
            }
            None => request,
        })
    }

    /// After a 401 nothing was done (RFC 9110, 15.5.2).
    async fn send(&self, call: ToolCall<'_>) -> Result<Answer, CallError> {
        let (mut response, mut secrets) = self.send_once(&call).await?;
        let mut refused = Vec::new();
        if response.status() == 401 && is_renewable(&secrets).await {
            refused = secrets;
            (response, secrets) = self.send_once(&call).await?;
        }
        let status = response.status().as_u16();
        let headers = response.headers().iter();
        let headers = headers
            .filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())));
        let headers = headers.collect();
        let body = response.bytes().await.map_err(lost)?.to_vec();
        let told = self.credentials.iter().map(Credential::told);
        let sent = refused.iter().chain(&secrets).map(|secret| secret.text.as_str());
        let body = without_secrets(body, told.chain(sent));
        Ok(Answer { status, headers, body, uncertain: u32::from(status >= 500) })
    }

    async fn send_once(
        &self,
        call: &ToolCall<'_>,
    ) -> Result<(Response, Vec<Secret<'_>>), CallError> {
        let not_sent = |message: String| CallError { message, uncertain: 0 };
        let secrets = self.secrets(call.operation).await.map_err(not_sent)?;
        let request = self.request(call, &secrets).map_err(not_sent)?;
        Ok((request.send().await.map_err(lost)?, secrets))
    }
}

async fn is_renewable(secrets: &[Secret<'_>]) -> bool {
    for secret in secrets {
        if secret.is_renewable().await {
            return true;
        }
    }
    false
}

/// The call was not answered.
fn lost(error: reqwest::Error) -> CallError {
    CallError {
        uncertain: u32::from(!error.is_connect() && !error.is_builder()),
        // The URL may have a secret.
        message: told(&error.without_url()),
    }
}

/// An error with its causes.
fn told(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

impl Backend for HttpBackend {
    fn call<'a>(&'a self, call: ToolCall<'a>) -> Calling<'a> {
        Box::pin(self.send(call))
    }
}
