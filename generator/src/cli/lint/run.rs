//! Looks for what makes a description hard to use, and shows it.

use indexmap::IndexMap;

use super::Lint;
use crate::analysis::lint::{self, Action, Finding};
use crate::cli::messages::{Format, Messages};
use crate::cli::{Context, Failure, console};
use crate::diagnostics::code::DiagnosticCode;
use crate::diagnostics::source_map;
use crate::diagnostics::{Diagnostic, Diagnostics, json};

impl Lint {
    /// Looks, and tells what it found.
    pub fn run(&self, context: &Context) -> Result<String, Failure> {
        let progress = self.messages.progress("looking for what is hard to use");
        let (description, overlays) = self.sources.read(context, &self.messages)?;
        let texts = source_map::Sources::of_description(&description, &overlays);
        let findings = lint::lint(&description, &overlays);
        drop(progress);
        let findings = self.messages.judge(findings, &texts)?;
        if self.actions {
            let is_first = self.sources.overlays(context)?.is_empty();
            return Ok(actions(&findings, is_first));
        }
        let most = if self.all || self.messages.message_format == Format::Json {
            usize::MAX
        } else {
            MOST_OF_A_KIND
        };
        show(&first_of_each_kind(&findings, most), &self.messages, &texts);
        if findings.len() > 1 {
            console::print_stderr(summary(&findings, most));
        }
        match findings.len() {
            0 => Ok(self.messages.result("nothing makes the description hard to use".to_owned())),
            found if self.messages.deny_warnings => Err(Failure::Found(counted(found))),
            found => Ok(self.messages.result(counted(found))),
        }
    }
}

/// So many findings of a kind are shown unless all are asked for.
const MOST_OF_A_KIND: usize = 5;

/// The first findings of each kind, kind by kind.
fn first_of_each_kind(findings: &[Finding], most: usize) -> Vec<Finding> {
    let kinds = by_kind(findings).into_values();
    kinds.flat_map(|found| found.into_iter().take(most).cloned()).collect()
}

fn by_kind(findings: &[Finding]) -> IndexMap<DiagnosticCode, Vec<&Finding>> {
    let mut kinds: IndexMap<_, Vec<_>> = IndexMap::new();
    for finding in findings {
        kinds.entry(finding.diagnostic.code).or_default().push(finding);
    }
    kinds
}

/// ```text
///   12  example-mismatch (5 are shown; --all shows the others)
///    3  untyped-reply
/// ```
fn summary(findings: &[Finding], most: usize) -> String {
    let line = |(code, found): (DiagnosticCode, Vec<&Finding>)| {
        let (count, code) = (found.len(), code.as_str());
        match count > most {
            true => format!("{count:>6}  {code} ({most} are shown; --all shows the others)\n"),
            false => format!("{count:>6}  {code}\n"),
        }
    };
    by_kind(findings).into_iter().map(line).collect()
}

/// Shows findings, each with its action.
pub fn show(findings: &[Finding], messages: &Messages, texts: &source_map::Sources) {
    for Finding { diagnostic, action } in findings {
        if messages.message_format == Format::Json {
            console::print(json_line(diagnostic, action.as_ref(), texts));
            continue;
        }
        messages.show(&Diagnostics::from(diagnostic.clone()), texts);
        if let Some(action) = action {
            console::print_stderr(format!("to put it right, add to the overlay:\n{action}\n"));
        }
    }
}

/// A diagnostic as other commands give it, with the member `action` where there is one.
fn json_line(
    diagnostic: &Diagnostic,
    action: Option<&Action>,
    texts: &source_map::Sources,
) -> serde_json::Value {
    let line = json::line(diagnostic, texts);
    let mut line: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
    if let (Some(members), Some(action)) = (line.as_object_mut(), action) {
        members.insert("action".to_owned(), action.value());
    }
    line
}

fn counted(found: usize) -> String {
    format!(
        "{found} {} the description hard to use",
        if found == 1 { "thing makes" } else { "things make" }
    )
}

/// What makes actions an overlay.
const HEAD: &str = "\
overlay: 1.0.0
info:
  title: Makes the description easier to use
  version: 1.0.0
actions:
";

/// Actions to add to an overlay. Where there is none, they are the first one.
fn actions(findings: &[Finding], is_first: bool) -> String {
    let actions = findings.iter().filter_map(|finding| finding.action.as_ref());
    let actions: String = actions.map(|action| format!("{action}\n")).collect();
    let head = if is_first && !actions.is_empty() { HEAD } else { "" };
    format!("{head}{actions}")
}
