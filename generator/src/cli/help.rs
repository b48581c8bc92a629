//! What `--help` says below the options: notes, examples and exit codes.

use clap::Arg;

use super::{Context, Example};

/// Writes the help of a command.
pub fn text(
    context: &Context,
    notes: &[String],
    examples: &[Example],
    exit_codes: &[(u8, &str)],
) -> String {
    let examples = list("Examples", example_lines(examples, context.program));
    let exit_codes =
        list("Exit codes", exit_codes.iter().map(|(code, what)| format!("{code}  {what}")));
    notes.iter().cloned().chain([examples, exit_codes]).collect::<Vec<_>>().join("\n\n")
}

/// The argument with a default value that is decided when the command runs.
pub fn with_default(arg: Arg, default: &str) -> Arg {
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    arg.help(format!("{help} [default: {default}]"))
}

/// ```text
/// cargo xtask lint                    what makes the description hard to use
/// cargo xtask lint --deny-warnings    for CI
/// ```
///
/// Those without a comment may be longer, so that no comment is moved to a line of its own by them.
fn example_lines(examples: &[Example], program: &str) -> impl Iterator<Item = String> {
    let told = examples.iter().filter(|Example(_, what)| !what.is_empty());
    let longest = told.map(|Example(arguments, _)| arguments.len()).max().unwrap_or(0);
    examples.iter().map(move |Example(arguments, what)| {
        format!("{program} {arguments:<longest$}    {what}").trim_end().to_owned()
    })
}

fn list(heading: &str, lines: impl Iterator<Item = String>) -> String {
    let lines: String = lines.map(|line| format!("\n  {line}")).collect();
    format!("{heading}:{lines}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_stand_one_below_the_other_and_near_their_commands() {
        let examples = [
            Example("lint", "all"),
            Example("lint --spec shop.yaml --overlay names.yaml --deny-warnings", ""),
            Example("lint --actions", "actions"),
        ];
        let lines: Vec<_> = example_lines(&examples, "x").collect();
        assert_eq!(lines[0], "x lint              all");
        assert_eq!(lines[1], "x lint --spec shop.yaml --overlay names.yaml --deny-warnings");
        assert_eq!(lines[2], "x lint --actions    actions");
    }
}
