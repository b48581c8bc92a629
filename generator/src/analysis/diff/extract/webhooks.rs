//! Webhooks and callbacks: types that know what a body holds.

use super::super::signature::{self, Signature};
use super::super::surface::{Member, Presence};
use super::{calls, facts, listed, member};
use crate::pipeline::model::{Payload, Webhook, WebhookSignature, Webhooks};
use crate::pipeline::render::documentation;

pub fn webhooks(webhooks: &Webhooks) -> Vec<Member> {
    let Webhooks { module, all, signature } = webhooks;
    let signature = signature.iter().map(|signature| constant(module.rust(), signature));
    all.iter().map(|one| webhook(module.rust(), one)).chain(signature).collect()
}

/// The constant that says how webhooks are signed.
fn constant(module: &str, signature: &WebhookSignature) -> Member {
    let WebhookSignature { scheme, tolerance } = signature;
    let said = [
        ("scheme", Some(format!("{scheme:?}"))),
        ("tolerance", tolerance.map(|seconds| seconds.to_string())),
    ];
    Member {
        wire: String::new(),
        name: format!("{module}::SIGNATURE"),
        ty: Signature::text("Signature"),
        presence: Presence::Required,
        facts: facts(said),
        docs: String::new(),
    }
}

fn webhook(module: &str, webhook: &Webhook) -> Member {
    let described = documentation::webhooks::webhook(webhook);
    #[rustfmt::skip]
    let Webhook {
        name, method, payload, responses,
        // These are said in words only.
        docs: _, at: _, tag: _, declared_by: _,
    } = webhook;
    let responses: Vec<_> = responses.iter().map(calls::response).collect();
    let said = [("comes by", Some(method.to_string())), ("documented answers", listed(&responses))];
    let member = member(name, self::payload(payload), &described);
    Member { name: format!("{module}::{}", name.rust()), facts: facts(said), ..member }
}

fn payload(payload: &Payload) -> Signature {
    match payload {
        Payload::Nothing => Signature::text("()"),
        Payload::Json(held) => signature::ty(held),
        Payload::Text => Signature::text("String"),
        Payload::Bytes => Signature::text("Vec<u8>"),
    }
}
