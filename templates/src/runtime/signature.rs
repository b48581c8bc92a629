//! Signatures of webhooks: whether the service sent a request, and when.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// How a service signs its webhooks: by HMAC with SHA-256 (RFC 2104) of the body and, in most schemes, the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Signature {
    scheme: Scheme,
    /// The greatest age of a request, if its signature has a time.
    tolerance: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    Standard,
    Stripe,
    Body { header: &'static str, prefix: &'static str, encoding: Encoding },
}

/// How the bytes of a signature are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Encoding {
    /// As hexadecimal digits.
    Hex,
    /// In base64 (RFC 4648, 4).
    Base64,
}

/// Why a request is not one of the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unverified {
    /// A header of the signature is missing or cannot be read.
    Missing(&'static str),
    /// The signature is not that of this body and this secret.
    Wrong,
    /// The request is too old, or from the future: it may have been recorded and sent again.
    Old,
    /// The secret cannot be used with this scheme.
    Secret,
}

impl Signature {
    const fn new(scheme: Scheme) -> Self {
        Self { scheme, tolerance: Duration::from_secs(300) }
    }

    /// Standard Webhooks, which Svix has, too: the headers `webhook-id`, `webhook-timestamp` and
    /// `webhook-signature`, or the same with `svix-`.
    #[must_use]
    pub const fn standard() -> Self {
        Self::new(Scheme::Standard)
    }

    /// As Stripe signs: the header `Stripe-Signature` with `t=…,v1=…`.
    #[must_use]
    pub const fn stripe() -> Self {
        Self::new(Scheme::Stripe)
    }

    /// As GitHub signs: the header `X-Hub-Signature-256` with `sha256=…`. It has no time.
    #[must_use]
    pub const fn github() -> Self {
        Self::of_body("X-Hub-Signature-256", "sha256=", Encoding::Hex)
    }

    /// A signature of the body alone, in this header after this prefix. It has no time.
    #[must_use]
    pub const fn of_body(header: &'static str, prefix: &'static str, encoding: Encoding) -> Self {
        Self::new(Scheme::Body { header, prefix, encoding })
    }

    /// The same with another greatest age of requests, instead of five minutes.
    #[must_use]
    pub const fn within_seconds(self, seconds: u64) -> Self {
        Self { tolerance: Duration::from_secs(seconds), ..self }
    }

    /// Checks whether the service sent a request now: before anything else is done with its body.
    ///
    /// `header` returns a header of the request: `|name| headers.get(name)?.to_str().ok()`. The body must be
    /// the bytes that came, not JSON that was written again. If the secret was changed a short time ago, check
    /// with both secrets.
    ///
    /// # Errors
    /// If the signature is missing, wrong or too old.
    pub fn verify<'h>(
        &self,
        secret: &str,
        header: impl Fn(&str) -> Option<&'h str>,
        body: &[u8],
    ) -> Result<(), Unverified> {
        self.verify_at(SystemTime::now(), secret, header, body)
    }

    /// The same at another time, for tests.
    ///
    /// # Errors
    /// As [`verify`](Self::verify).
    pub fn verify_at<'h>(
        &self,
        now: SystemTime,
        secret: &str,
        header: impl Fn(&str) -> Option<&'h str>,
        body: &[u8],
    ) -> Result<(), Unverified> {
        match self.scheme {
            Scheme::Standard => self.check_age(now, check_standard(secret, header, body)?),
            Scheme::Stripe => self.check_age(now, check_stripe(secret, header, body)?),
            Scheme::Body { header: name, prefix, encoding } => {
                let value = header(name).ok_or(Unverified::Missing(name))?.trim();
                let value = value.strip_prefix(prefix).ok_or(Unverified::Missing(name))?;
                check(secret.as_bytes(), &[body], [encoding.decode(value)])
            }
        }
    }

    /// The time is a number of seconds since 1970. Clocks differ, so it may be a little in the future, too.
    fn check_age(&self, now: SystemTime, time: u64) -> Result<(), Unverified> {
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let is_near = now.abs_diff(time) <= self.tolerance.as_secs();
        if is_near { Ok(()) } else { Err(Unverified::Old) }
    }
}

impl Encoding {
    /// `None` if the text has another form.
    fn decode(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::Base64 => STANDARD.decode(text).ok(),
            Self::Hex => {
                let digits: Option<Vec<u8>> =
                    text.chars().map(|digit| Some(digit.to_digit(16)? as u8)).collect();
                let (pairs, rest) = digits.as_deref()?.as_chunks::<2>();
                rest.is_empty().then(|| pairs.iter().map(|[high, low]| high << 4 | low).collect())
            }
        }
    }
}

/// Standard Webhooks 1.0.0: the signature is of `id.timestamp.body`. Returns the time.
fn check_standard<'h>(
    secret: &str,
    header: impl Fn(&str) -> Option<&'h str>,
    body: &[u8],
) -> Result<u64, Unverified> {
    let either =
        |name, other| header(name).or_else(|| header(other)).ok_or(Unverified::Missing(name));
    let id = either("webhook-id", "svix-id")?;
    let time = either("webhook-timestamp", "svix-timestamp")?;
    let signatures = either("webhook-signature", "svix-signature")?;
    let secret = secret.strip_prefix("whsec_").unwrap_or(secret);
    let secret = STANDARD.decode(secret).map_err(|_| Unverified::Secret)?;
    let signatures = signatures.split(' ').filter_map(|one| one.strip_prefix("v1,"));
    let signatures = signatures.map(|one| Encoding::Base64.decode(one));
    let signed = [id.as_bytes(), b".", time.as_bytes(), b".", body];
    check(&secret, &signed, signatures)?;
    time.trim().parse().map_err(|_| Unverified::Missing("webhook-timestamp"))
}

/// `t=1614265330,v1=…,v1=…`: the signature is of `t.body`. Returns the time.
fn check_stripe<'h>(
    secret: &str,
    header: impl Fn(&str) -> Option<&'h str>,
    body: &[u8],
) -> Result<u64, Unverified> {
    const NAME: &str = "Stripe-Signature";
    let value = header(NAME).ok_or(Unverified::Missing(NAME))?;
    let pairs = || value.split(',').filter_map(|pair| pair.trim().split_once('='));
    let time = pairs().find(|(name, _)| *name == "t").ok_or(Unverified::Missing(NAME))?.1;
    let signatures = pairs().filter(|(name, _)| *name == "v1");
    let signatures = signatures.map(|(_, value)| Encoding::Hex.decode(value));
    check(secret.as_bytes(), &[time.as_bytes(), b".", body], signatures)?;
    time.parse().map_err(|_| Unverified::Missing(NAME))
}

/// Compares in constant time, so that the time that a refusal takes tells nothing about the signature.
fn check(
    secret: &[u8],
    signed: &[&[u8]],
    signatures: impl IntoIterator<Item = Option<Vec<u8>>>,
) -> Result<(), Unverified> {
    if secret.is_empty() {
        return Err(Unverified::Secret);
    }
    let mut hmac = Hmac::<Sha256>::new_from_slice(secret).map_err(|_| Unverified::Secret)?;
    signed.iter().for_each(|part| hmac.update(part));
    let is_it = |signature: Vec<u8>| hmac.clone().verify_slice(&signature).is_ok();
    let is_any = signatures.into_iter().flatten().any(is_it);
    if is_any { Ok(()) } else { Err(Unverified::Wrong) }
}

impl fmt::Display for Unverified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(header) => {
                write!(
                    f,
                    "the webhook has no signature: the header `{header}` is missing or cannot be read"
                )
            }
            Self::Wrong => f.write_str("the signature of the webhook is wrong"),
            Self::Old => f.write_str("the webhook is too old, or from the future"),
            Self::Secret => f.write_str("the secret of the webhook cannot be used with its scheme"),
        }
    }
}

impl std::error::Error for Unverified {}

#[cfg(test)]
mod tests {
    use super::*;

    type Headers<'h> = &'h [(&'h str, &'h str)];

    fn verify(
        scheme: Signature,
        at: u64,
        secret: &str,
        headers: Headers<'_>,
        body: &str,
    ) -> Result<(), Unverified> {
        let header = |name: &str| {
            let found = headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
            found.map(|(_, value)| *value)
        };
        let now = UNIX_EPOCH + Duration::from_secs(at);
        scheme.verify_at(now, secret, header, body.as_bytes())
    }

    fn hex(secret: &str, signed: &str) -> String {
        let mut hmac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key");
        hmac.update(signed.as_bytes());
        hmac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The example of GitHub's documentation, "Validating webhook deliveries".
    #[test]
    fn a_documented_signature_of_github_is_accepted_and_no_other() {
        let secret = "It's a Secret to Everybody";
        let value = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        let headers = [("X-Hub-Signature-256", value)];
        let verify = |secret, headers: Headers<'_>, body| {
            verify(Signature::github(), 0, secret, headers, body)
        };
        assert_eq!(verify(secret, &headers, "Hello, World!"), Ok(()));
        assert_eq!(verify(secret, &headers, "Hello, World?"), Err(Unverified::Wrong));
        assert_eq!(verify("another", &headers, "Hello, World!"), Err(Unverified::Wrong));
        assert_eq!(verify("", &headers, "Hello, World!"), Err(Unverified::Secret));
        let missing = Err(Unverified::Missing("X-Hub-Signature-256"));
        assert_eq!(verify(secret, &[], "Hello, World!"), missing);
        assert_eq!(verify(secret, &[("X-Hub-Signature-256", "sha1=00")], "Hello, World!"), missing);
        let malformed = ["sha256=", "sha256=7", "sha256=zz", "sha256=75"];
        for value in malformed {
            let found = verify(secret, &[("X-Hub-Signature-256", value)], "Hello, World!");
            assert_eq!(found, Err(Unverified::Wrong), "{value}");
        }
    }

    #[test]
    fn a_standard_webhook_is_accepted_for_five_minutes() {
        let key = "a key of a test, and no other";
        let secret = format!("whsec_{}", STANDARD.encode(key));
        let mut hmac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("a key");
        hmac.update(b"msg_1.1000.{}");
        let good = format!("v1,{}", STANDARD.encode(hmac.finalize().into_bytes()));
        let several = format!("v1a,x v1,AAAA {good}");
        for prefix in ["webhook", "svix"] {
            for value in [&good, &several] {
                let names = ["id", "timestamp", "signature"].map(|name| format!("{prefix}-{name}"));
                let headers = [(&*names[0], "msg_1"), (&*names[1], "1000"), (&*names[2], &**value)];
                let at = |now, body| verify(Signature::standard(), now, &secret, &headers, body);
                assert_eq!([700, 1000, 1300].map(|now| at(now, "{}")), [Ok(()); 3]);
                assert_eq!([699, 1301].map(|now| at(now, "{}")), [Err(Unverified::Old); 2]);
                assert_eq!(at(1301, "[]"), Err(Unverified::Wrong), "a forged time tells nothing");
                let other = [("webhook-id", "msg_2"), headers[1], headers[2]];
                let found = verify(Signature::standard(), 1000, &secret, &other, "{}");
                assert!(found.is_err(), "{found:?}");
                let hour = Signature::standard().within_seconds(3_600);
                assert_eq!(verify(hour, 4_600, &secret, &headers, "{}"), Ok(()));
            }
        }
        let found = verify(Signature::standard(), 0, "whsec_?", &[], "{}");
        assert_eq!(found, Err(Unverified::Missing("webhook-id")));
    }

    #[test]
    fn a_signature_as_stripe_has_it_may_be_one_of_several() {
        let good = hex("whsec_test", "1000.{}");
        let value = format!("t=1000,v1={},v1={good},v0=ab", hex("old", "1000.{}"));
        let verify = |at, value: &str, body| {
            verify(Signature::stripe(), at, "whsec_test", &[("stripe-signature", value)], body)
        };
        assert_eq!(verify(1000, &value, "{}"), Ok(()));
        assert_eq!(verify(1301, &value, "{}"), Err(Unverified::Old));
        assert_eq!(verify(1000, &value, "[]"), Err(Unverified::Wrong));
        assert_eq!(verify(1000, &format!("t=1001,v1={good}"), "{}"), Err(Unverified::Wrong));
        assert_eq!(verify(1000, &format!("t=1000,v0={good}"), "{}"), Err(Unverified::Wrong));
        let missing = Err(Unverified::Missing("Stripe-Signature"));
        assert_eq!(verify(1000, &format!("v1={good}"), "{}"), missing);
    }

    #[test]
    fn a_signature_of_the_body_is_written_as_the_service_says() {
        let signature = Signature::of_body("X-Signature", "", Encoding::Base64);
        let bytes = Encoding::Hex.decode(&hex("secret", "{}")).expect("digits");
        let value = STANDARD.encode(bytes);
        assert_eq!(verify(signature, 0, "secret", &[("x-signature", &value)], "{}"), Ok(()));
        let hexadecimal = hex("secret", "{}");
        let found = verify(signature, 0, "secret", &[("x-signature", &hexadecimal)], "{}");
        assert_eq!(found, Err(Unverified::Wrong));
    }
}
