//! Sends calls to a service by HTTP.

use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use lantern_operations::{Operation, Placement, Table};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, Url};

use crate::backend::{Answer, Backend, CallError, Calling, ToolCall, without_secrets};

/// A call takes no longer.
const LONGEST: Duration = Duration::from_secs(120);

/// Sends calls to a service by HTTP, once each.
///
/// It knows neither rate limits nor retries: what the service answers is what the model gets, 429 included.
pub struct HttpBackend {
    client: Client,
    base: Url,
    /// Where secrets are sent, by the names of their schemes.
    secrets: Vec<(String, Placement, String)>,
}

impl HttpBackend {
    /// Sends to the service at a URL, or to the first server of the table. Secrets are in the environment variables that the
    /// security schemes name.
    ///
    /// # Errors
    /// If there is no URL, or if it is not a valid one.
    pub fn from_env(table: &Table, base: Option<&str>) -> Result<Self, String> {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let from_env = table.base_url_variable.as_deref().and_then(variable);
        let server = table.servers.first().map(|server| server.url.clone());
        let base = base.map(str::to_owned).or(from_env).or(server);
        let base = base.ok_or("the description has no server: say `--base-url`")?;
        let schemes = table.security_schemes.iter();
        let secrets = schemes.filter_map(|scheme| {
            Some((scheme.name.clone(), scheme.placement.clone(), variable(&scheme.variable)?))
        });
        Self::new(&base, secrets.collect())
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
        Ok(Self { client: client.map_err(|error| error.to_string())?, base, secrets })
    }

    /// The secrets that an operation asks for: the first set of which all are known.
    fn secrets(&self, operation: &Operation) -> Vec<&(String, Placement, String)> {
        let find = |name: &String| self.secrets.iter().find(|(own, ..)| own == name);
        let mut sets =
            operation.security.iter().map(|set| set.iter().map(find).collect::<Option<Vec<_>>>());
        sets.find_map(|set| set).unwrap_or_default()
    }

    fn request(&self, call: &ToolCall<'_>) -> Result<RequestBuilder, String> {
        let base = self.base.as_str().trim_end_matches('/');
        let mut url = Url::parse(&format!("{base}{}", call.request.target()))
            .map_err(|error| error.to_string())?;
        let secrets = self.secrets(call.operation);
        for (_, placement, secret) in &secrets {
            if let Placement::Query(name) = placement {
                url.query_pairs_mut().append_pair(name, secret);
            }
        }
        let method = Method::from_bytes(call.operation.method.as_bytes())
            .map_err(|error| error.to_string())?;
        let mut request = self.client.request(method, url);
        let mut cookies = call.request.cookies.clone();
        for (_, placement, secret) in secrets {
            request = match placement {
                Placement::Bearer => request.bearer_auth(secret),
                Placement::Basic => request
                    .header("authorization", format!("Basic {}", BASE64_STANDARD.encode(secret))),
                Placement::Header(name) => request.header(name, secret),
                Placement::Cookie(name) => {
                    cookies.push(format!("{name}={secret}"));
                    request
                }
                Placement::Query(_) => request,
            };
        }
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

    async fn send(&self, call: ToolCall<'_>) -> Result<Answer, CallError> {
        let not_sent = |message: String| CallError { message, uncertain: 0 };
        let request = self.request(&call).map_err(not_sent)?;
        let lost = |error: reqwest::Error| CallError {
            uncertain: u32::from(!error.is_connect() && !error.is_builder()),
            // The URL may have a secret.
            message: told(&error.without_url()),
        };
        let response = request.send().await.map_err(lost)?;
        let status = response.status().as_u16();
        let headers = response.headers().iter();
        let headers = headers
            .filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())));
        let headers = headers.collect();
        let secrets = self.secrets.iter().map(|(.., secret)| secret.as_str());
        let body = without_secrets(response.bytes().await.map_err(lost)?.to_vec(), secrets);
        Ok(Answer { status, headers, body, uncertain: u32::from(status >= 500) })
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
