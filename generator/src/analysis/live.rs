//! What a new description means to a client that is running: what it sends and reads, not what its code is called.
//!
//! [`diff`](super::diff) judges code that is compiled again. A running client knows nothing of names: it is broken if its
//! requests are refused, or if it cannot read the replies. So operations are paired by method and path, types by where they
//! are used, and members by their names on the wire.

use serde::Serialize;

use super::diff::{Call, Surface};
use calls::Calls;
use types::Types;

mod calls;
mod types;

/// What a new description means to a running client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// The method and the path.
    pub request: String,
    /// The operation's method in the client: `orders().get`.
    pub method: String,
    /// What it is, as Markdown.
    pub text: String,
}

/// How bad something is for a running client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Calls of the operation fail.
    Breaks,
    /// Some calls may fail, or give something else.
    MayBreak,
}

/// What a description means to a running client that was made of another one. What breaks it comes first.
#[must_use]
pub fn findings(client: &Surface, service: &Surface) -> Vec<Finding> {
    let mut findings = Vec::new();
    let served = Calls::new(service);
    let mut types = Types::new(&client.types, &service.types);
    for group in &client.groups {
        for call in &group.calls {
            let found = findings.len();
            let mut report = Report { group: &group.module, call, findings: &mut findings };
            served.compare(call, &mut types, &mut report);
            types.end_of_operation(findings.len() == found);
        }
    }
    findings.sort_by_key(|finding| finding.severity);
    findings
}

/// Takes what is found about an operation.
struct Report<'a> {
    group: &'a str,
    call: &'a Call,
    findings: &'a mut Vec<Finding>,
}

impl Report<'_> {
    fn breaks(&mut self, text: impl Into<String>) {
        self.tell(Severity::Breaks, text.into());
    }

    fn may_break(&mut self, text: impl Into<String>) {
        self.tell(Severity::MayBreak, text.into());
    }

    fn tell(&mut self, severity: Severity, text: String) {
        let request = self.call.request.clone();
        let method = format!("{}().{}", self.group, self.call.name);
        self.findings.push(Finding { severity, request, method, text });
    }
}
