//! How diagnostics reach the one who ran a command, and which of them make it fail.

use std::io::stderr;
use std::iter;

use crate::diagnostics::draw::{Style, draw};
use crate::diagnostics::source_map::Sources;
use crate::diagnostics::{Diagnostic, Diagnostics, Severity, WithWarnings, json};
use clap::{Args, ValueEnum};
use indexmap::IndexMap;

use crate::cli::Failure;
use crate::cli::console;
use crate::cli::progress::Progress;

/// The most diagnostics of each severity that are drawn; JSON has all of them.
const MOST_DRAWN: usize = 100;

/// The most diagnostics that are drawn of those that say the same.
const MOST_EQUAL: usize = 3;

/// How diagnostics are shown, and whether warnings are errors.
#[derive(Args, Clone, Copy, Default)]
pub struct Messages {
    /// Fail where there is a warning
    #[arg(long)]
    pub deny_warnings: bool,
    /// How diagnostics are shown
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub message_format: Format,
    /// Show no progress; JSON does not, either
    #[arg(long)]
    pub quiet: bool,
}

/// How diagnostics are shown.
#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Drawn, on stderr
    #[default]
    Human,
    /// One JSON object a line, on stdout, for editors and CI
    Json,
}

impl Messages {
    /// Shows the diagnostics of a stage, and gives its value if none of them stops the command.
    pub fn judge<T>(
        &self,
        checked: Result<WithWarnings<T>, Diagnostics>,
        sources: &Sources,
    ) -> Result<T, Failure> {
        let (value, found) = match checked {
            Ok(reported) => (Some(reported.value), reported.warnings),
            Err(diagnostics) => (None, diagnostics),
        };
        self.show(&found, sources);
        let denied = self.deny_warnings && count(&found, Severity::Warning) > 0;
        value.filter(|_| !denied).ok_or_else(|| Failure::Refused(counts(&found)))
    }

    /// The same without the warnings, where they were shown already or are about something else.
    pub fn judge_errors<T>(
        &self,
        checked: Result<WithWarnings<T>, Diagnostics>,
        sources: &Sources,
    ) -> Result<T, Failure> {
        match checked {
            Ok(reported) => Ok(reported.value),
            Err(diagnostics) => self.judge(Err(diagnostics), sources),
        }
    }

    /// Shows diagnostics.
    pub fn show(&self, found: &Diagnostics, sources: &Sources) {
        match self.message_format {
            Format::Json => found.iter().for_each(|one| console::print(json::line(one, sources))),
            Format::Human => {
                let style = console::style(&stderr());
                drawn(found, sources, style).for_each(|one| console::print_stderr(one + "\n"));
            }
        }
    }

    /// Shows what is done, until the result is dropped.
    pub fn progress(&self, what: &str) -> Progress {
        Progress::new(!self.quiet && self.message_format == Format::Human, what)
    }

    /// A command's result, where there is room for it: JSON has stdout for itself.
    pub fn result(&self, text: String) -> String {
        if self.message_format == Format::Human {
            return text;
        }
        console::print_stderr(text);
        String::new()
    }
}

fn drawn<'f>(
    found: &'f Diagnostics,
    sources: &'f Sources,
    style: Style,
) -> impl Iterator<Item = String> + 'f {
    let severities = [Severity::Warning, Severity::Error];
    severities.into_iter().flat_map(move |severity| {
        let (shown, repeated) = without_repetitions(found, severity);
        let left_out = shown.len().saturating_sub(MOST_DRAWN);
        let rest = (left_out > 0).then(|| {
            let what = number(left_out, severity.as_str());
            format!("… and {what} more; --message-format json shows all")
        });
        let first = shown.into_iter().take(MOST_DRAWN).map(move |one| draw(one, sources, style));
        first.chain(repeated).chain(rest)
    })
}

/// The diagnostics to draw, and how many more there are of those that say the same more often.
fn without_repetitions(found: &Diagnostics, severity: Severity) -> (Vec<&Diagnostic>, Vec<String>) {
    let (mut shown, mut counts) = (Vec::new(), IndexMap::new());
    for one in found.iter().filter(|one| one.severity() == severity) {
        let count: &mut usize = counts.entry((one.code, one.message.as_str())).or_default();
        *count += 1;
        if *count <= MOST_EQUAL {
            shown.push(one);
        }
    }
    let repeated = counts.into_iter().filter(|(_, count)| *count > MOST_EQUAL);
    let repeated = repeated.map(|((code, message), count)| {
        let (more, code) = (count - MOST_EQUAL, code.as_str());
        format!("… and {more} more of {}[{code}]: {message}", severity.as_str())
    });
    (shown, repeated.collect())
}

/// `2 errors, 1 warning`
fn counts(found: &Diagnostics) -> String {
    let severities = [Severity::Error, Severity::Warning];
    let counts = severities.map(|severity| (count(found, severity), severity.as_str()));
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    counts.map(|(count, what)| number(count, what)).collect::<Vec<_>>().join(", ")
}

fn count(found: &Diagnostics, severity: Severity) -> usize {
    found.iter().filter(|one| one.severity() == severity).count()
}

fn number(count: usize, what: &str) -> String {
    let plural = iter::repeat_n('s', usize::from(count != 1)).collect::<String>();
    format!("{count} {what}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Location;
    use crate::diagnostics::code::DiagnosticCode;
    use crate::pointer::Pointer;

    #[test]
    fn what_says_the_same_is_drawn_three_times_and_then_counted() {
        let mut found = Diagnostics::default();
        for (message, count) in [("a", 5), ("b", 3), ("c", 150)] {
            for index in 0..count {
                let place = Location::new("it.yaml", Pointer::root().at(index));
                found.push(Diagnostic::new(DiagnosticCode::UnknownKeyword, place, message));
            }
        }
        let lines: Vec<_> = drawn(&found, &Sources::default(), Style::Plain).collect();
        assert_eq!(lines.len(), 3 + 3 + 3 + 2);
        assert_eq!(lines[9], "… and 2 more of warning[unknown-keyword]: a");
        assert_eq!(lines[10], "… and 147 more of warning[unknown-keyword]: c");
    }
}
