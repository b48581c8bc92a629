//! Where results are. The service names the location, so it is checked before anything is fetched.

use url::{Host, Url};

/// A location of results.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// A URL, usually presigned: `https://…`.
    Web(Url),
    /// An object in S3, or what lies below a prefix: `s3://bucket/key`, `arn:aws:s3:::bucket/key`.
    S3 {
        /// The bucket, or the ARN of an access point.
        bucket: String,
        /// The key within it. With a `/` at its end it is a prefix.
        key: String,
    },
    /// `bucket/key`, or only a key: the caller has to know which.
    Key(String),
}

impl Place {
    /// Parses what the service named.
    ///
    /// # Errors
    /// What is wrong with it, if it is not a valid location: another scheme, a user in a URL, an
    /// invalid bucket or key, or a `..`.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.is_empty()
            || text.chars().any(|character| character.is_control() || character == '\\')
        {
            return Err("it is empty or has control characters".to_owned());
        }
        match text.split_once("://") {
            Some((scheme, rest)) if is_s3(scheme) => in_s3(rest),
            Some(_) => web(text),
            None if text.starts_with("arn:") => arn(text),
            None if has_scheme(text) => Err("its scheme is none of `https` and `s3`".to_owned()),
            None => Ok(Self::Key(key(text.strip_prefix('/').unwrap_or(text))?)),
        }
    }

    /// What can be shown of it: a URL without its query, which may be a signature.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Web(url) => {
                let host = url.host_str().unwrap_or_default();
                format!("{}://{host}{}", url.scheme(), url.path())
            }
            Self::S3 { bucket, key } => format!("s3://{bucket}/{key}"),
            Self::Key(key) => key.clone(),
        }
    }
}

impl std::fmt::Debug for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Place({})", self.shown())
    }
}

fn web(text: &str) -> Result<Place, String> {
    let url = Url::parse(text).map_err(|error| format!("it is not a URL: {error}"))?;
    match url.scheme() {
        "https" | "http" => {}
        scheme => return Err(format!("`{scheme}` is none of `https` and `s3`")),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it has a user or a password in it".to_owned());
    }
    Ok(Place::Web(url))
}

/// Spark and Hadoop write `s3a` and `s3n`.
fn is_s3(scheme: &str) -> bool {
    ["s3", "s3a", "s3n"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
}

/// `javascript:alert(1)` has one. `run-1:2026.csv` is a key, as is all that has a `/` before its
/// first colon.
fn has_scheme(text: &str) -> bool {
    text.split_once(':').is_some_and(|(before, _)| {
        !before.is_empty() && before.bytes().all(|byte| byte.is_ascii_alphabetic())
    })
}

fn in_s3(rest: &str) -> Result<Place, String> {
    if rest.starts_with("arn:") { arn(rest) } else { object(rest) }
}

fn object(rest: &str) -> Result<Place, String> {
    let (bucket, path) = rest.split_once('/').ok_or("it has a bucket and no key")?;
    if !is_bucket(bucket) {
        return Err("the name of its bucket is none".to_owned());
    }
    Ok(Place::S3 { bucket: bucket.to_owned(), key: key(path)? })
}

/// Names of buckets, old ones too (Amazon S3 User Guide, "General purpose bucket naming rules").
pub(super) fn is_bucket(name: &str) -> bool {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    (3..=255).contains(&name.len())
        && name.bytes().all(legal)
        && name.starts_with(|first: char| first.is_ascii_alphanumeric())
        && !name.contains("..")
}

/// `arn:aws:s3:::bucket/key` and `arn:aws:s3:eu-west-1:123456789012:accesspoint/name/object/key`
fn arn(text: &str) -> Result<Place, String> {
    let refusal = || "it is not the ARN of an object in S3".to_owned();
    let fields: Vec<_> = text.splitn(6, ':').collect();
    let [_, _, "s3", region, account, resource] = fields[..] else { return Err(refusal()) };
    if region.is_empty() && account.is_empty() {
        return object(resource);
    }
    let rest = resource.strip_prefix("accesspoint").and_then(|rest| rest.strip_prefix(['/', ':']));
    let (name, path) = rest.and_then(|rest| rest.split_once('/')).ok_or_else(refusal)?;
    let path = path.strip_prefix("object/").unwrap_or(path);
    let bucket = text[..text.len() - resource.len()].to_owned() + "accesspoint/" + name;
    AccessPoint::parse(&bucket).ok_or_else(refusal)?;
    Ok(Place::S3 { bucket, key: key(path)? })
}

/// What an access point is reached by.
pub(super) struct AccessPoint<'a> {
    pub name: &'a str,
    pub account: &'a str,
    pub region: &'a str,
    /// The domain of its partition.
    pub domain: &'static str,
}

impl<'a> AccessPoint<'a> {
    /// Its parts become the name of a host, so they are looked at closely.
    pub fn parse(arn: &'a str) -> Option<Self> {
        let fields: Vec<_> = arn.splitn(6, ':').collect();
        let ["arn", partition, "s3", region, account, resource] = fields[..] else { return None };
        let name = resource.strip_prefix("accesspoint/")?;
        let domain = match partition {
            "aws" | "aws-us-gov" => "amazonaws.com",
            "aws-cn" => "amazonaws.com.cn",
            _ => return None,
        };
        let is_label = |text: &str| {
            let legal =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            (1..=50).contains(&text.len()) && text.bytes().all(legal) && !text.starts_with('-')
        };
        let is_account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
        (is_label(name) && is_label(region) && is_account).then_some(Self {
            name,
            account,
            region,
            domain,
        })
    }
}

/// All characters may stand in a key, but no step that leads elsewhere. A `/` at its end makes it a
/// prefix.
fn key(key: &str) -> Result<String, String> {
    let steps = key.strip_suffix('/').unwrap_or(key);
    let climbs = steps.split('/').any(|step| matches!(step, "" | "." | ".."));
    if climbs || key.len() > 1024 {
        return Err("it is not a key of an object".to_owned());
    }
    Ok(key.to_owned())
}

/// Whether a URL leads to this machine or a network that the public has no part in.
///
/// A service has no reason to name such a place, and one that is not what it seems may use the
/// caller to reach where it cannot: so all addresses that are no names are taken for local.
pub(super) fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            let ends = ["localhost", "local", "internal", "lan", "home", "corp", "intranet"];
            let last = name.rsplit('.').next().unwrap_or(name);
            !name.contains('.') || ends.contains(&last)
        }
        Some(Host::Ipv4(_) | Host::Ipv6(_)) | None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_not_shown() {
        let place =
            Place::parse("https://a.example/1.csv?X-Amz-Signature=canary").expect("a place");
        assert_eq!(format!("{place:?}"), "Place(https://a.example/1.csv)");
    }

    #[test]
    fn access_points_are_reached_at_the_domain_of_their_partition() {
        for (partition, expected) in [
            ("aws", Some("amazonaws.com")),
            ("aws-us-gov", Some("amazonaws.com")),
            ("aws-cn", Some("amazonaws.com.cn")),
            ("aws-evil.example", None),
        ] {
            let arn = format!("arn:{partition}:s3:cn-north-1:123456789012:accesspoint/point");
            assert_eq!(AccessPoint::parse(&arn).map(|point| point.domain), expected, "{partition}");
        }
    }

    #[test]
    fn local_places_are_known() {
        let local = [
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://169.254.169.254/",
            "https://8.8.8.8/",
            "https://localhost/",
            "https://printer/",
            "https://a.internal/",
            "https://a.localhost./",
            "https://0x7f.1/",
        ];
        for text in local {
            assert!(is_local(&Url::parse(text).expect("a URL")), "{text}");
        }
        let public = Url::parse("https://bucket.s3.eu-west-1.amazonaws.com/key").expect("a URL");
        assert!(!is_local(&public));
    }
}
