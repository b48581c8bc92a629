//! Who the caller is: security schemes and where their values go.

use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use reqwest::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue, PROXY_AUTHORIZATION};

use super::draft::{Draft, header};
use super::oauth::Tokens;
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
    /// The names of the rate limit groups.
    pub rate_limit_groups: &'static [&'static str],
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
    /// The members of bodies that state how many credits a call cost.
    pub cost_fields: &'static [&'static str],
    /// The members of a 402 that state how many credits the call needs.
    pub required_fields: &'static [&'static str],
    /// The member of a request's body, or its query parameter, that caps what the call costs.
    pub cap_field: Option<&'static str>,
}

impl Signals {
    /// Replies that speak of nothing.
    pub const NONE: Self = Self {
        success_field: None,
        rate_limit_header: None,
        balance_header: None,
        balance_fields: &[],
        cost_fields: &[],
        required_fields: &[],
        cap_field: None,
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

impl Service {
    /// Whether a header may hold a credential.
    pub fn hides(&self, name: &HeaderName) -> bool {
        let is_one = |header: &str| header.eq_ignore_ascii_case(name.as_str());
        let hides = |known: &Credential| matches!(known.placement, Placement::Header(header) if is_one(header));
        [AUTHORIZATION, PROXY_AUTHORIZATION, COOKIE].contains(name)
            || self.credentials.iter().any(hides)
    }
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

/// A secret as requests carry it, made once: it goes to the service and shows itself nowhere else.
#[derive(Clone)]
pub enum Secret {
    Header(HeaderName, HeaderValue),
    Query(&'static str, String),
    Cookie(&'static str, String),
    /// A token that is asked for when it is needed.
    Granted(Tokens),
}

impl Secret {
    /// Takes a secret that can stand in an HTTP header.
    fn new(credential: &Credential, value: String) -> Result<Self, Error> {
        let fault = match value.as_str() {
            text if text.trim().is_empty() => "is empty",
            text if !text.bytes().all(|byte| matches!(byte, b' '..=b'~')) => {
                "has characters that no header can carry; is there a line end at its end?"
            }
            _ => return Self::placed(credential, value),
        };
        Err(refused(credential, fault))
    }

    fn placed(credential: &Credential, value: String) -> Result<Self, Error> {
        let (name, text) = match credential.placement {
            Placement::Bearer => ("authorization", format!("Bearer {value}")),
            Placement::Basic => {
                ("authorization", format!("Basic {}", BASE64_STANDARD.encode(value)))
            }
            Placement::Header(name) => (name, value),
            Placement::Query(name) => return Ok(Self::Query(name, value)),
            Placement::Cookie(name) => return Ok(Self::Cookie(name, value)),
        };
        let (name, mut value) = header(name, &text).map_err(|fault| refused(credential, &fault))?;
        value.set_sensitive(true);
        Ok(Self::Header(name, value))
    }

    /// What the caller has put in its place stays, and is then the only one.
    fn put_into(&self, draft: &mut Draft) {
        match self {
            Self::Header(name, _) if draft.has_header(name) => {}
            Self::Header(name, value) => draft.ready_header(name.clone(), value.clone()),
            Self::Query(name, _) if draft.has_query(name) => {}
            Self::Query(name, value) => draft.query(name, value.clone()),
            Self::Cookie(name, _) if draft.has_cookie(name) => {}
            Self::Cookie(name, value) => draft.cookie(name, value),
            Self::Granted(_) if draft.has_header(&AUTHORIZATION) => {}
            Self::Granted(tokens) => draft.tokens = Some(tokens.clone()),
        }
    }
}

fn refused(credential: &Credential, fault: &str) -> Error {
    let Credential { scheme, variable, .. } = credential;
    let message = format!("the credential for {scheme}, in the environment {variable}, {fault}");
    Error::new(ErrorKind::Configuration, message)
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// The credentials that a client holds, by their schemes.
#[derive(Clone, Debug, Default)]
pub struct Credentials(pub Vec<(&'static str, Secret)>);

impl Credentials {
    /// Holds a further credential; a second one for the same scheme replaces the first.
    pub fn hold(&mut self, credential: &Credential, value: String) -> Result<(), Error> {
        let secret = Secret::new(credential, value)?;
        self.0.retain(|(scheme, _)| *scheme != credential.scheme);
        self.0.push((credential.scheme, secret));
        Ok(())
    }

    /// Puts the first of the alternatives for which all credentials are held into a request.
    ///
    /// Where none is complete, the request goes out without and the service says what it needs.
    pub fn apply(&self, alternatives: &[&[&str]], draft: &mut Draft) {
        let held = |scheme: &&str| self.0.iter().any(|(name, _)| name == scheme);
        let Some(schemes) = alternatives.iter().find(|schemes| schemes.iter().all(held)) else {
            return;
        };
        for (_, secret) in self.0.iter().filter(|(name, _)| schemes.contains(name)) {
            secret.put_into(draft);
        }
    }
}

#[cfg(test)]
mod tests {
    use reqwest::{Method, Request};

    use super::super::draft::Draft;
    use super::*;
    use crate::runtime::{Client, ClientBuilder};

    const fn by(scheme: &'static str, placement: Placement) -> Credential {
        Credential { scheme, placement, variable: "KEY" }
    }

    const SERVICE: Service = Service {
        base_url: Some("https://example.com"),
        base_url_variable: "URL",
        credentials: &[
            by("bearer", Placement::Bearer),
            by("header", Placement::Header("X-Key")),
            by("query", Placement::Query("key")),
            by("cookie", Placement::Cookie("sid")),
        ],
        signals: Signals::NONE,
        rate_limit_groups: &[],
    };

    fn client() -> Client {
        let schemes = ["bearer", "header", "query", "cookie"];
        let hold = |builder: ClientBuilder, scheme| builder.credential(scheme, "own".to_owned());
        schemes.into_iter().fold(ClientBuilder::new(&SERVICE), hold).build().expect("a client")
    }

    fn request(fill: impl FnOnce(&mut Draft)) -> Request {
        let client = client();
        let mut draft = Draft::new(&client, Method::GET, "/");
        fill(&mut draft);
        client.shared.credentials.apply(&[&["bearer", "header", "query", "cookie"]], &mut draft);
        draft.request()
    }

    fn all<'a>(request: &'a Request, name: &str) -> Vec<&'a str> {
        let values = request.headers().get_all(name).iter();
        values.map(|value| value.to_str().expect("text")).collect()
    }

    #[test]
    fn credentials_go_where_the_caller_has_put_nothing() {
        let request = request(|_| {});
        assert_eq!(all(&request, "authorization"), ["Bearer own"]);
        assert_eq!(all(&request, "x-key"), ["own"]);
        assert_eq!(all(&request, "cookie"), ["sid=own"]);
        assert_eq!(request.url().query(), Some("key=own"));
        assert!(!format!("{request:?}").contains("Bearer own"), "{request:?}");
    }

    #[test]
    fn what_the_caller_puts_in_the_place_of_a_credential_goes_out_once() {
        let request = request(|draft| {
            draft.header("AUTHORIZATION", "Basic first");
            draft.header("Authorization", "Basic theirs");
            draft.header("x-KEY", "theirs");
            draft.header("COOKIE", "a=1; SID=theirs;");
            draft.cookie("b", "2");
            draft.query("Key", "theirs".to_owned());
        });
        assert_eq!(all(&request, "authorization"), ["Basic theirs"]);
        assert_eq!(all(&request, "x-key"), ["theirs"]);
        assert_eq!(all(&request, "cookie"), ["a=1; SID=theirs; b=2"]);
        assert_eq!(request.url().query(), Some("Key=theirs"));
        assert!(!format!("{:?}", request.headers()).contains("theirs"), "{request:?}");
    }

    #[test]
    fn one_place_replaces_one_credential_and_other_names_none() {
        let request = request(|draft| {
            draft.header("x-key-2", "a");
            draft.header("x-key-2", "b");
            draft.header("cookie", "side=1");
            draft.query("keys", "c".to_owned());
            draft.header("x-key", "theirs");
        });
        assert_eq!(all(&request, "authorization"), ["Bearer own"]);
        assert_eq!(all(&request, "x-key"), ["theirs"]);
        assert_eq!(all(&request, "x-key-2"), ["a", "b"], "a list in two lines");
        assert_eq!(all(&request, "cookie"), ["side=1; sid=own"]);
        assert_eq!(request.url().query(), Some("keys=c&key=own"));
    }

    #[test]
    fn what_a_request_has_once_is_replaced() {
        for name in ["Accept", "Content-Type", "User-Agent", "Idempotency-Key"] {
            let request = request(|draft| {
                draft.body("application/json", "{}");
                draft.header(name, "text/a");
                draft.header(&name.to_lowercase(), "text/b");
            });
            assert_eq!(all(&request, name), ["text/b"], "{name}");
        }
    }

    #[test]
    fn c17_an_empty_key_names_its_variable() {
        for value in ["", " ", "\t"] {
            let builder = ClientBuilder::new(&SERVICE).credential("header", value.to_owned());
            let error = builder.build().expect_err("an empty key");
            assert_eq!(error.kind(), ErrorKind::Configuration);
            let said = error.to_string();
            assert!(said.contains("KEY") && said.ends_with("is empty"), "{said}");
        }
    }
}
