//! Where results are. The service names the place, so it is looked at before anyone goes there.

use url::{Host, Url};

/// A place that the service names for results.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// An address on the web, presigned as a rule: `https://…`.
    Web(Url),
    /// An object in S3: `s3://bucket/key`.
    S3 {
        /// The bucket.
        bucket: String,
        /// The key within it.
        key: String,
    },
    /// A key alone: the caller has to know the bucket.
    Key(String),
}

impl Place {
    /// Reads what the service named.
    ///
    /// # Errors
    /// What is wrong with it, where it is no place to go to: another scheme, a user in a URL, a
    /// bucket or key that is none, or that climbs (`..`).
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.is_empty()
            || text.chars().any(|character| character.is_control() || character == '\\')
        {
            return Err("it is empty or has control characters".to_owned());
        }
        match text.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("s3") => object(rest),
            Some(_) => web(text),
            None => Ok(Self::Key(key(text.strip_prefix('/').unwrap_or(text))?)),
        }
    }

    /// What may be shown of it: a URL without its query, which may be a signature.
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
    let url = Url::parse(text).map_err(|error| format!("it is no URL: {error}"))?;
    match url.scheme() {
        "https" | "http" => {}
        scheme => return Err(format!("`{scheme}` is none of `https` and `s3`")),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it has a user or a password in it".to_owned());
    }
    Ok(Place::Web(url))
}

fn object(rest: &str) -> Result<Place, String> {
    let (bucket, path) = rest.split_once('/').ok_or("it has a bucket and no key")?;
    if !is_bucket(bucket) {
        return Err("the name of its bucket is none".to_owned());
    }
    Ok(Place::S3 { bucket: bucket.to_owned(), key: key(path)? })
}

/// Names of buckets (Amazon S3 User Guide, "General purpose bucket naming rules").
fn is_bucket(name: &str) -> bool {
    let legal =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte);
    (3..=63).contains(&name.len()) && name.bytes().all(legal) && !name.contains("..")
}

fn key(key: &str) -> Result<String, String> {
    let climbs = key.split('/').any(|step| matches!(step, "" | "." | ".."));
    if climbs || key.contains(':') || key.contains('?') || key.len() > 1024 {
        return Err("it is no key of an object".to_owned());
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
    fn places_are_read() {
        let s3 = Place::S3 { bucket: "results".into(), key: "runs/1.csv".into() };
        assert_eq!(Place::parse("s3://results/runs/1.csv"), Ok(s3));
        assert_eq!(Place::parse("runs/1.csv"), Ok(Place::Key("runs/1.csv".into())));
        assert_eq!(Place::parse("/runs/1.csv"), Ok(Place::Key("runs/1.csv".into())));
        assert!(matches!(Place::parse("https://a.example/1.csv?sig=x"), Ok(Place::Web(_))));
    }

    #[test]
    fn hostile_places_are_refused() {
        let hostile = [
            "",
            "file:///etc/passwd",
            "javascript://x",
            "ftp://a.example/x",
            "https://u:p@a.example/",
            "s3://bucket",
            "s3://b/key",
            "s3://UPPER/key",
            "s3://bucket/../key",
            "s3://bucket//key",
            "../key",
            "a/../b",
            "a\nb",
            "a\\b",
            "https://",
            "data:text/csv,a",
            "s3://bu..cket/key",
        ];
        for text in hostile {
            assert!(Place::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn signatures_are_not_shown() {
        let place =
            Place::parse("https://a.example/1.csv?X-Amz-Signature=canary").expect("a place");
        assert_eq!(format!("{place:?}"), "Place(https://a.example/1.csv)");
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
