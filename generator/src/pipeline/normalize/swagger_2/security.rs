//! `securityDefinitions` (Swagger 2.0, Security Scheme Object).

use serde_json::{Value, json};

use super::{Members, Upgrade};
use crate::diagnostics::code::DiagnosticCode;
use crate::pointer::Pointer;

/// The members of a scheme that belong to its flow in OpenAPI 3.0.
const OF_FLOW: [&str; 3] = ["authorizationUrl", "tokenUrl", "scopes"];

impl Upgrade<'_> {
    /// `type: basic` → `type: http, scheme: basic`, and
    /// `type: oauth2, flow: application, tokenUrl: …` → `type: oauth2, flows: {clientCredentials: {tokenUrl: …}}`
    pub(super) fn security_scheme(&mut self, scheme: &mut Members, at: &Pointer) {
        match scheme.get("type").and_then(Value::as_str) {
            Some("basic") => {
                scheme.insert("type".to_owned(), "http".into());
                scheme.insert("scheme".to_owned(), "basic".into());
            }
            Some("oauth2") => self.oauth_flow(scheme, at),
            _ => {}
        }
    }

    fn oauth_flow(&mut self, scheme: &mut Members, at: &Pointer) {
        let name = match scheme.get("flow").and_then(Value::as_str) {
            Some("application") => "clientCredentials",
            Some("accessCode") => "authorizationCode",
            Some("implicit") => "implicit",
            Some("password") => "password",
            _ => {
                let message = "no code is made of this `flow`: it is unknown";
                self.diagnostics.warn(DiagnosticCode::NotGenerated, &at.at("flow"), message);
                ["flow"].iter().chain(&OF_FLOW).for_each(|key| drop(scheme.shift_remove(*key)));
                scheme.insert("flows".to_owned(), json!({}));
                return;
            }
        };
        scheme.shift_remove("flow");
        let taken = OF_FLOW.into_iter().filter_map(|key| scheme.shift_remove_entry(key));
        let flow: Members = taken.collect();
        self.moves.copied(at, at.at("flows").at(name));
        scheme.insert("flows".to_owned(), json!({ name: flow }));
    }
}
