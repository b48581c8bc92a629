//! How webhooks are signed, by the extension `x-webhook-signature` at the root.
//!
//! ```yaml
//! x-webhook-signature: {scheme: standard}            # or stripe, github
//! x-webhook-signature: {scheme: standard, tolerance: 600}
//! x-webhook-signature: {scheme: body, header: X-Signature, prefix: 'v1=', encoding: base64}
//! ```

use serde_json::Value;

use crate::pipeline::model::diagnostic_sink::DiagnosticSink;
use crate::pipeline::model::extension_object::ExtensionObject;
use crate::pipeline::model::{SignatureScheme, WebhookSignature};
use crate::pipeline::resolve::{Extension, Resolved};
use crate::pointer::Pointer;

const MEMBERS: [&str; 5] = ["scheme", "tolerance", "header", "prefix", "encoding"];

/// How the webhooks of a description are signed.
pub fn signature(
    resolved: &Resolved,
    diagnostics: &mut DiagnosticSink,
) -> Option<WebhookSignature> {
    let stated = resolved.extensions.get(Extension::WebhookSignature)?;
    let at = Pointer::root().at(Extension::WebhookSignature.word());
    read(stated).map_err(|why| diagnostics.invalid_extension(&at, why)).ok()
}

fn read(stated: &Value) -> Result<WebhookSignature, String> {
    let members = ExtensionObject::read(stated, "x-webhook-signature", &MEMBERS)?;
    let scheme = match members.text("scheme")?.as_deref() {
        Some("standard") => SignatureScheme::Standard,
        Some("stripe") => SignatureScheme::Stripe,
        Some("github") => SignatureScheme::GitHub,
        Some("body") => body(members)?,
        _ => return Err("`scheme` is `standard`, `stripe`, `github` or `body`".to_owned()),
    };
    check_members(&scheme, &members)?;
    let tolerance = match members.get("tolerance") {
        None => None,
        Some(seconds) => {
            Some(seconds.as_u64().ok_or("`tolerance` is not a whole number of seconds")?)
        }
    };
    Ok(WebhookSignature { scheme, tolerance })
}

/// Refuses what the scheme would ignore.
fn check_members(scheme: &SignatureScheme, members: &ExtensionObject<'_>) -> Result<(), String> {
    let is_body = matches!(scheme, SignatureScheme::Body { .. });
    let of_body = ["header", "prefix", "encoding"].into_iter();
    if let Some(name) = of_body.filter(|_| !is_body).find(|name| members.get(name).is_some()) {
        return Err(format!("`{name}` is for the scheme `body`"));
    }
    let has_time = matches!(scheme, SignatureScheme::Standard | SignatureScheme::Stripe);
    if members.get("tolerance").is_some() && !has_time {
        return Err("`tolerance` needs a time, which this scheme does not sign".to_owned());
    }
    Ok(())
}

fn body(members: ExtensionObject<'_>) -> Result<SignatureScheme, String> {
    let header = members.text("header")?.ok_or("`body` needs the `header` of the signature")?;
    let is_base64 = match members.text("encoding")?.as_deref() {
        None | Some("hex") => false,
        Some("base64") => true,
        Some(_) => return Err("`encoding` is `hex` or `base64`".to_owned()),
    };
    Ok(SignatureScheme::Body {
        header,
        prefix: members.text("prefix")?.unwrap_or_default(),
        is_base64,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_scheme_is_read_and_anything_else_refused() {
        let read = |yaml: &str| read(&serde_yaml::from_str(yaml).expect("YAML"));
        for (yaml, scheme, tolerance) in [
            ("{scheme: standard}", SignatureScheme::Standard, None),
            ("{scheme: stripe, tolerance: 60}", SignatureScheme::Stripe, Some(60)),
            ("{scheme: github}", SignatureScheme::GitHub, None),
            (
                "{scheme: body, header: X-Sig, encoding: base64}",
                SignatureScheme::Body {
                    header: "X-Sig".to_owned(),
                    prefix: String::new(),
                    is_base64: true,
                },
                None,
            ),
        ] {
            assert_eq!(read(yaml), Ok(WebhookSignature { scheme, tolerance }), "{yaml}");
        }
        for (yaml, part) in [
            ("true", "not an object"),
            ("{}", "`scheme` is"),
            ("{schema: github}", "did you mean `scheme`?"),
            ("{scheme: body}", "`header`"),
            ("{scheme: body, header: X, encoding: hax}", "`encoding`"),
            ("{scheme: stripe, tolerance: -1}", "`tolerance`"),
            ("{scheme: github, tolerance: 60}", "`tolerance` needs a time"),
            ("{scheme: body, header: X, tolerance: 60}", "`tolerance` needs a time"),
            ("{scheme: standard, header: X}", "`header` is for the scheme `body`"),
            ("{scheme: github, prefix: 'v1='}", "`prefix` is for the scheme `body`"),
        ] {
            let why = read(yaml).expect_err(yaml);
            assert!(why.contains(part), "{yaml}: {why}");
        }
    }
}
