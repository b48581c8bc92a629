//! The commands: one for each operation in the group of its tag, and a few of the program itself.

use clap::builder::EnumValueParser;
use clap::{Arg, ArgAction, Command, ValueHint};
use lantern_operations::{Group, Operation, Retry, Table};

use crate::failure::EXIT_STATUSES;
use crate::fields::{self, Field};
use crate::output::Format;
use crate::{Program, batches, bulk, flags, paging, secrets, serving};

/// The heading of flags that every command has.
const GENERAL: &str = "General";

/// All commands.
pub fn commands(program: &Program, table: &'static Table) -> Command {
    let about = table.description.as_deref().unwrap_or(&table.title);
    let mut root = Command::new(program.name)
        .version(program.version)
        .about(format!("Calls the {} from the command line", table.title))
        .long_about(format!("Calls the {} from the command line.\n\n{about}", table.title))
        .after_long_help(root_help(program, table))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .args(general_flags());
    let mut batches = batches::commands(program, table);
    for group in &table.groups {
        let command = group_command(program, table, group);
        root = root.subcommand(match group.name == batches::GROUP {
            true => with_own(command, std::mem::take(&mut batches)),
            false => command,
        });
    }
    if !batches.is_empty() {
        let about = "Submits records in batches, and fetches their results";
        let group = Command::new(batches::GROUP).about(about).subcommand_required(true);
        root = root.subcommand(group.arg_required_else_help(true).subcommands(batches));
    }
    with_own(root, own_commands(program).into_iter().chain(serving::commands()))
}

/// A command with commands of the program itself below it. One of the description that is called the same is what a caller
/// wants.
fn with_own(mut command: Command, own: impl IntoIterator<Item = Command>) -> Command {
    for own in own {
        if command.find_subcommand(own.get_name()).is_none() {
            command = command.subcommand(own);
        }
    }
    command
}

fn own_commands(program: &Program) -> [Command; 4] {
    let shell = Arg::new("shell")
        .required(true)
        .value_parser(EnumValueParser::<clap_complete::Shell>::new())
        .help("The shell");
    let folder = Arg::new("folder").required(true).value_hint(ValueHint::DirPath);
    [
        Command::new("login")
            .about("Keeps a key, so that commands need none")
            .long_about(format!(
                "Asks for a key and keeps it, so that commands need none: in the keyring of the system if this program was \
                 built with it, or else in a file that only you can read. What is typed is not shown. Where standard \
                 input is no terminal, the key is read from it:\n\n\
                 pass show key | {0} login\n\
                 {0} login < key.txt",
                program.name
            )),
        Command::new("logout").about("Forgets the key that `login` keeps"),
        Command::new("completions")
            .about("Prints completions for a shell")
            .long_about(format!(
                "Prints completions for a shell. For bash:\n\n\
                 {0} completions bash > ~/.local/share/bash-completion/completions/{0}",
                program.name
            ))
            .arg(shell),
        Command::new("man")
            .about("Writes a manual page for each command into a folder")
            .arg(folder.help("The folder")),
    ]
}

fn root_help(program: &Program, table: &Table) -> String {
    let mut help = String::from("The key:\n");
    for scheme in &table.security_schemes {
        let sources = secrets::sources(program, table, scheme);
        help += &format!("  {} is read from {sources}.\n", scheme.secret);
    }
    help += "\nExit statuses:\n";
    for (status, meaning) in EXIT_STATUSES {
        help += &format!("  {status:>3}  {meaning}\n");
    }
    help
}

/// Flags that come before or after any command.
fn general_flags() -> Vec<Arg> {
    let flag = |name: &'static str| Arg::new(name).long(name).global(true).help_heading(GENERAL);
    vec![
        flag("output")
            .value_name("FORM")
            .value_parser(EnumValueParser::<Format>::new())
            .help("How the reply is printed [default: table on a terminal, else json]"),
        flag("query")
            .value_name("JSONPATH")
            .help("Print only this part of the reply, such as `$.results[*].id`"),
        flag("verbose").short('v').action(ArgAction::Count).help(
            "Tell on stderr about credits, limits and time; twice: also what is sent and headers",
        ),
        flag("key-file")
            .value_name("FILE")
            .value_hint(ValueHint::FilePath)
            .help("A file that has the key in its first line, or a client id and secret as JSON"),
        flag("base-url")
            .value_name("URL")
            .value_hint(ValueHint::Url)
            .help("Another place of the service"),
        flag("timeout")
            .value_name("SECONDS")
            .value_parser(clap::value_parser!(u64).range(1..))
            .help("How long a try may take"),
        flag("allow-plain-http")
            .action(ArgAction::SetTrue)
            .hide_short_help(true)
            .help("Allow http:// for other machines, which lets others read the key"),
    ]
}

fn group_command(program: &Program, table: &'static Table, group: &Group) -> Command {
    let title = group.title.as_deref().unwrap_or(&group.name);
    let about = group.description.as_deref().unwrap_or(title);
    let mut command = Command::new(group.name.clone())
        .about(first_line(about))
        .long_about(about.to_owned())
        .subcommand_required(true)
        .arg_required_else_help(true);
    for operation in table.in_group(&group.name) {
        command = command.subcommand(operation_command(program, table, operation));
    }
    command
}

fn operation_command(program: &Program, table: &'static Table, operation: &Operation) -> Command {
    let fields = fields::fields(table, operation);
    let elsewhere: &[&str] = if operation.bulk { &["from"] } else { &[] };
    let mut command = Command::new(operation.command.clone())
        .about(about(operation))
        .long_about(long_about(table, operation))
        .after_long_help(example(program, operation, &fields))
        .args(flags::operation_flags(table, operation, |_| elsewhere));
    if operation.bulk {
        command = command.args(bulk::flags());
    }
    if operation.pagination.is_some() {
        command = command.args(paging::flags());
    }
    command.arg(
        Arg::new("dry-run")
            .long("dry-run")
            .action(ArgAction::SetTrue)
            .help("Print the request, and send nothing"),
    )
}

/// What an operation does, in a line.
pub fn about(operation: &Operation) -> String {
    let summary = operation.summary.as_deref().or(operation.description.as_deref());
    let about = first_line(summary.unwrap_or(&operation.path));
    if operation.deprecated { about + " [deprecated]" } else { about }
}

/// What an operation does, and what it costs.
pub fn long_about(table: &Table, operation: &Operation) -> String {
    let texts = [operation.summary.as_deref(), operation.description.as_deref()];
    let mut about = texts.into_iter().flatten().collect::<Vec<_>>().join("\n\n");
    let mut facts = vec![format!("{} {}", operation.method, operation.path)];
    if let Some(limit) = table.rate_limit(operation) {
        facts.push(match (limit.requests, limit.seconds) {
            (Some(requests), Some(seconds)) => {
                format!(
                    "Rate limit: {requests} requests in {seconds} s, shared by the group `{}`",
                    limit.name
                )
            }
            _ => format!("Rate limit: that of the group `{}`, which is not known", limit.name),
        });
    }
    if operation.policy.consumes_credits {
        facts.push("It costs credits.".to_owned());
    }
    facts.push(match &operation.policy.retry {
        Retry::Safe => "It can be run again safely.".to_owned(),
        Retry::ByKey(key) => format!("It can be run again safely with the same `{key}`."),
        Retry::ByHeader(_) => "A lost request is sent again with the same key.".to_owned(),
        Retry::Unsafe => "Run again, it may act or charge a second time.".to_owned(),
    });
    if operation.deprecated {
        facts.push("It is deprecated.".to_owned());
    }
    about = format!("{about}\n\n{}", facts.join("\n"));
    about.trim().to_owned()
}

/// A command line with the required flags.
fn example(program: &Program, operation: &Operation, fields: &[Field]) -> String {
    let required = fields.iter().filter(|field| field.required);
    let flags: String = required.map(example_flag).collect();
    format!("Example:\n  {} {} {}{flags}", program.name, operation.group, operation.command)
}

/// A flag with a value that it may have.
pub fn example_flag(field: &Field) -> String {
    format!(" --{} {}", field.flag, field.choices.first().map_or("…", String::as_str))
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().trim_end_matches('.').to_owned()
}
