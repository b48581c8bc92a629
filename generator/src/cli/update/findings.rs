//! What a new description makes hard.

use super::{Side, Update};
use crate::analysis::lint::{self, Finding};
use crate::cli::lint::show;

impl Update {
    /// Tells what makes the new description hard to use and was not there before.
    pub(super) fn tell_findings(&self, old: &Side, new: &Side) {
        let found = |side: &Side| match lint::lint(side.source, side.overlays) {
            Ok(found) => found.value,
            Err(_) => Vec::new(),
        };
        let known = found(old);
        let is_known = |finding: &Finding| {
            let same = |one: &Finding| {
                let (one, other) = (&one.diagnostic, &finding.diagnostic);
                one.code == other.code && one.place.pointer == other.place.pointer
            };
            known.iter().any(same)
        };
        let mut findings = found(new);
        findings.retain(|finding| !is_known(finding));
        show(&findings, &self.messages, &new.texts());
    }
}
