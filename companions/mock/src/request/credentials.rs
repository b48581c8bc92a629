//! Who sends a request.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use lantern_operations::{Operation, Placement, SecurityScheme, Table};

use super::Incoming;
use super::parameters::decoded;

/// Who sends a request: the secret, or nobody in particular.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// By these secrets.
    Known(String),
    /// The operation asks for none.
    Anonymous,
    /// A secret is missing, or none of those that are valid.
    Refused(&'static str),
}

/// Who sends a request of an operation, by what makes a secret valid.
pub fn identify(
    table: &Table,
    operation: &Operation,
    request: &Incoming,
    is_valid: impl Fn(&String) -> bool,
) -> Caller {
    if operation.security.is_empty() {
        return Caller::Anonymous;
    }
    let mut refused = "Not authenticated";
    for set in &operation.security {
        let schemes = set.iter().filter_map(|name| table.security_scheme(name));
        let secrets: Option<Vec<String>> = schemes.map(|scheme| secret(scheme, request)).collect();
        match secrets {
            None => {}
            Some(secrets) if secrets.is_empty() => return Caller::Anonymous,
            Some(secrets) if secrets.iter().all(&is_valid) => {
                return Caller::Known(secrets.join(" "));
            }
            Some(_) => refused = "The credentials are not valid",
        }
    }
    Caller::Refused(refused)
}

fn secret(scheme: &SecurityScheme, request: &Incoming) -> Option<String> {
    let found = match &scheme.placement {
        Placement::Bearer => after(&request.header("authorization")?, "bearer")?,
        Placement::Basic => {
            let encoded = after(&request.header("authorization")?, "basic")?;
            String::from_utf8(BASE64_STANDARD.decode(encoded).ok()?).ok()?
        }
        Placement::Header(name) => request.header(name)?,
        Placement::Query(name) => {
            let mut pairs = request.pairs().filter(|(key, _)| decoded(key) == *name);
            decoded(pairs.next()?.1)
        }
        Placement::Cookie(name) => {
            let header = request.header("cookie")?;
            let mut pairs = header.split(';').filter_map(|pair| pair.trim().split_once('='));
            decoded(pairs.find(|(key, _)| key == name)?.1)
        }
    };
    (!found.is_empty()).then_some(found)
}

/// The words of authentication schemes are the same in any case (RFC 9110, 11.1).
pub fn after(header: &str, word: &str) -> Option<String> {
    let (scheme, secret) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case(word).then(|| secret.trim().to_owned())
}
