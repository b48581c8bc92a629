//! The secrets of a client, by their security schemes.

use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use reqwest::Request;
use reqwest::header::{COOKIE, HeaderName, HeaderValue};

use super::header::header;
use super::service::{Credential, Placement};
use super::tokens::Tokens;
use super::{Error, ErrorKind, percent};

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
    pub fn new(credential: &Credential, value: String) -> Result<Self, Error> {
        let fault = match value.as_str() {
            text if text.trim().is_empty() => "is empty",
            text if !text.bytes().all(|byte| matches!(byte, b' '..=b'~')) => {
                "has characters that no header can carry; is there a line end at its end?"
            }
            _ => return Self::placed(credential, value),
        };
        Err(refused(credential, fault))
    }

    /// Adds it to a request that has nothing in its place.
    pub fn put_into(&self, request: &mut Request) {
        let headers = request.headers_mut();
        match self {
            Self::Header(name, value) => drop(headers.insert(name.clone(), value.clone())),
            Self::Query(name, value) => {
                request.url_mut().query_pairs_mut().append_pair(name, value);
            }
            Self::Cookie(name, value) => {
                let own = format!("{name}={}", percent::cookie(value));
                let others = headers.get(COOKIE).and_then(|known| known.to_str().ok());
                let all = others.map_or(own.clone(), |others| format!("{others}; {own}"));
                if let Ok(mut all) = HeaderValue::from_str(&all) {
                    all.set_sensitive(true);
                    headers.insert(COOKIE, all);
                }
            }
            Self::Granted(_) => {}
        }
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
}

fn refused(credential: &Credential, fault: &str) -> Error {
    let Credential { scheme, variable, .. } = credential;
    let message = format!("the credential for {scheme}, in the environment {variable}, {fault}");
    Error::new(ErrorKind::Configuration, message)
}

impl Secret {
    /// Whether it is the same text in the same place.
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Header(_, one), Self::Header(_, two)) => one == two,
            (Self::Query(_, one), Self::Query(_, two)) => one == two,
            (Self::Cookie(_, one), Self::Cookie(_, two)) => one == two,
            _ => false,
        }
    }
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
        self.put(credential.scheme, secret);
        Ok(())
    }

    /// Asks for the secret of a scheme when it is needed.
    pub fn grant(&mut self, scheme: &'static str, tokens: Tokens) {
        self.put(scheme, Secret::Granted(tokens));
    }

    fn put(&mut self, scheme: &'static str, secret: Secret) {
        self.0.retain(|(known, _)| *known != scheme);
        self.0.push((scheme, secret));
    }

    /// All secrets that the client has.
    pub fn all(&self) -> impl Iterator<Item = &Secret> {
        self.0.iter().map(|(_, secret)| secret)
    }

    /// The secrets of the first of the alternatives that the client has all secrets for.
    ///
    /// If there is none, the request is sent without one, and the service says what it needs.
    pub fn select<'s>(&'s self, alternatives: &'s [&[&str]]) -> impl Iterator<Item = &'s Secret> {
        let is_held = |scheme: &&str| self.0.iter().any(|(name, _)| name == scheme);
        let schemes = alternatives.iter().find(|schemes| schemes.iter().all(is_held));
        let held = self.0.iter();
        held.filter(move |(name, _)| schemes.is_some_and(|schemes| schemes.contains(name)))
            .map(|(_, secret)| secret)
    }
}

#[cfg(test)]
mod tests {
    use reqwest::{Method, Request};

    use super::super::request_builder::RequestBuilder;
    use super::*;
    use crate::runtime::{Client, ClientBuilder, ResponseConventions, Service};

    const fn by(scheme: &'static str, placement: Placement) -> Credential {
        Credential { scheme, placement, variable: "KEY" }
    }

    const SERVICE: Service = Service {
        base_url: Some("https://example.com"),
        base_path: None,
        base_url_variable: "URL",
        credentials: &[
            by("bearer", Placement::Bearer),
            by("header", Placement::Header("X-Key")),
            by("query", Placement::Query("key")),
            by("cookie", Placement::Cookie("sid")),
        ],
        needs_credential: false,
        conventions: ResponseConventions::NONE,
        rate_limit_groups: &[],
    };

    fn client() -> Client {
        let schemes = ["bearer", "header", "query", "cookie"];
        let hold = |builder: ClientBuilder, scheme| builder.credential(scheme, "own".to_owned());
        schemes.into_iter().fold(ClientBuilder::new(&SERVICE), hold).build().expect("a client")
    }

    fn request(fill: impl FnOnce(&mut RequestBuilder)) -> Request {
        let client = client();
        let mut request = RequestBuilder::new(&client, Method::GET, "/");
        fill(&mut request);
        let schemes: &[&[&str]] = &[&["bearer", "header", "query", "cookie"]];
        let secrets = client.shared.credentials.select(schemes);
        secrets.for_each(|secret| request.authorize(secret));
        request.build()
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
        let request = request(|request| {
            request.header("AUTHORIZATION", "Basic first");
            request.header("Authorization", "Basic theirs");
            request.header("x-KEY", "theirs");
            request.header("COOKIE", "a=1; SID=theirs;");
            request.cookie("b", "2");
            request.query("Key", "theirs".to_owned());
        });
        assert_eq!(all(&request, "authorization"), ["Basic theirs"]);
        assert_eq!(all(&request, "x-key"), ["theirs"]);
        assert_eq!(all(&request, "cookie"), ["a=1; SID=theirs; b=2"]);
        assert_eq!(request.url().query(), Some("Key=theirs"));
        assert!(!format!("{:?}", request.headers()).contains("theirs"), "{request:?}");
    }

    #[test]
    fn one_place_replaces_one_credential_and_other_names_none() {
        let request = request(|request| {
            request.header("x-key-2", "a");
            request.header("x-key-2", "b");
            request.header("cookie", "side=1");
            request.query("keys", "c".to_owned());
            request.header("x-key", "theirs");
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
            let request = request(|request| {
                request.body("application/json", "{}");
                request.header(name, "text/a");
                request.header(&name.to_lowercase(), "text/b");
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
