//! What the answer of a store means that has no results in it.

use reqwest::StatusCode;

use super::{FetchError, Fetched};

/// Codes that waiting does not change (Amazon S3 API Reference, "Error responses"; Azure Storage,
/// "Blob service error codes"), and what to do about them.
const LASTING: [(&str, &str); 21] = [
    ("NoSuchBucket", "there is no such bucket"),
    ("ContainerNotFound", "there is no such container"),
    ("InvalidBucketName", "the name of the bucket is none"),
    ("PermanentRedirect", "the bucket is in another region or at another endpoint"),
    ("AuthorizationHeaderMalformed", "the credentials are for another region"),
    ("IllegalLocationConstraintException", "the bucket is in another region"),
    ("InvalidAccessKeyId", "it does not take the credentials"),
    ("SignatureDoesNotMatch", "it does not take the credentials"),
    ("AuthenticationFailed", "it does not take the credentials"),
    ("AuthorizationFailure", "it does not take the credentials"),
    ("AuthorizationPermissionMismatch", "there is no permission to read them"),
    ("InvalidToken", "it does not take the credentials"),
    ("InvalidSecurity", "it does not take the credentials"),
    ("NotSignedUp", "it does not take the credentials"),
    ("ExpiredToken", EXPIRED),
    ("TokenRefreshRequired", EXPIRED),
    ("RequestTimeTooSkewed", "the clock of this machine is wrong"),
    ("AccountProblem", "the account of the bucket has a problem"),
    ("AllAccessDisabled", "nobody may read them"),
    ("InvalidObjectState", "they are archived and have to be restored first"),
    ("InvalidRange", "it takes no such request"),
];

/// So S3 says of a presigned URL, beside the code `AccessDenied`.
const OVER: &str = "Request has expired";
const EXPIRED: &str = "the time of their presigned URL or of the credentials is over: submit no \
                       second batch, ask for a new URL or new credentials";

/// What a status other than success means, with what the store said about it.
pub fn of(status: StatusCode, said: &str) -> Result<Fetched, FetchError> {
    if let Some(reason) = lasting(status, said) {
        let code = code(said).map_or(String::new(), |code| format!(" ({code})"));
        let message = format!("the store answered with {status}{code}: {reason}");
        return Err(FetchError::lasting(message).with_status(status));
    }
    match status.as_u16() {
        // It would list what is there, so it means that there is nothing.
        403 if denied(said) == Some("s3:ListBucket") => Ok(Fetched::NotYet(StatusCode::NOT_FOUND)),
        403 | 404 => Ok(Fetched::NotYet(status)),
        408 | 429 | 500.. => Err(answered(FetchError::passing, status, said)),
        _ => Err(answered(FetchError::lasting, status, said)),
    }
}

fn answered(make: fn(String) -> FetchError, status: StatusCode, said: &str) -> FetchError {
    let code = code(said).map_or(String::new(), |code| format!(" ({code})"));
    make(format!("the store answered with {status}{code}")).with_status(status)
}

/// Why looking again does not help, where the store says so.
fn lasting(status: StatusCode, said: &str) -> Option<&'static str> {
    if !status.is_client_error() && !status.is_redirection() {
        return None;
    }
    if said.contains(OVER) {
        return Some(EXPIRED);
    }
    let known = code(said).and_then(|code| {
        LASTING.iter().find(|(known, _)| *known == code).map(|(_, reason)| *reason)
    });
    let no_right = denied(said).filter(|action| *action != "s3:ListBucket");
    known.or(no_right.map(|_| "there is no permission to read them"))
}

/// `<Error><Code>NoSuchKey</Code>…` → `NoSuchKey`
pub fn code(said: &str) -> Option<&str> {
    let (_, rest) = said.split_once("<Code>")?;
    let (code, _) = rest.split_once("</Code>")?;
    let is_code =
        |code: &&str| code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
    Some(code).filter(is_code)
}

/// What is not allowed: `…is not authorized to perform: s3:GetObject on resource…`
fn denied(said: &str) -> Option<&str> {
    let (_, rest) = said.split_once("is not authorized to perform: ")?;
    rest.split_whitespace().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(status: u16, said: &str) -> Result<Fetched, FetchError> {
        of(StatusCode::from_u16(status).expect("a status"), said)
    }

    fn xml(code: &str, message: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>{message}</Message></Error>"
        )
    }

    #[test]
    fn what_waiting_does_not_change_ends_it() {
        for (code, reason) in LASTING {
            for status in [400, 403, 404] {
                let error = verdict(status, &xml(code, "…")).expect_err(code);
                assert!(!error.passes, "{code}");
                assert!(error.to_string().contains(code) && error.to_string().contains(reason));
                assert_eq!(error.status.map(|status| status.as_u16()), Some(status));
            }
        }
        let over = verdict(403, &xml("AccessDenied", OVER)).expect_err("over");
        assert!(over.to_string().contains("presigned"), "{over}");
        for status in [301, 307, 400, 401, 410] {
            assert!(!verdict(status, "").expect_err("lasting").passes, "{status}");
        }
        for status in [408, 429, 500, 503] {
            assert!(
                verdict(status, &xml("SlowDown", "…")).expect_err("passing").passes,
                "{status}"
            );
        }
    }

    #[test]
    fn no_right_to_read_is_told_from_what_is_not_there_yet() {
        let denied = |action: &str| {
            let user = "User: arn:aws:iam::1:user/a is not authorized to perform:";
            verdict(403, &xml("AccessDenied", &format!("{user} {action} on resource: \"x\"")))
        };
        assert!(denied("s3:GetObject").is_err_and(|error| !error.passes));
        assert!(denied("kms:Decrypt").is_err_and(|error| !error.passes));
        assert_eq!(denied("s3:ListBucket").expect("not yet"), not_yet(404));
        for (status, said) in [(404, String::new()), (403, xml("AccessDenied", "Access Denied"))] {
            assert_eq!(verdict(status, &said).expect("not yet"), not_yet(status));
        }
        assert_eq!(verdict(404, &xml("NoSuchKey", "…")).expect("not yet"), not_yet(404));
    }

    #[test]
    fn a_code_is_a_word() {
        for (said, expected) in [
            ("<Code>NoSuchKey</Code>", Some("NoSuchKey")),
            ("<Error><Code>Client.NoSuchBucket</Code></Error>", Some("Client.NoSuchBucket")),
            ("<Code>no such key</Code>", None),
            ("<Code>NoSuchKey", None),
            ("NoSuchKey", None),
        ] {
            assert_eq!(code(said), expected, "{said}");
        }
    }

    fn not_yet(status: u16) -> Fetched {
        Fetched::NotYet(StatusCode::from_u16(status).expect("a status"))
    }
}
