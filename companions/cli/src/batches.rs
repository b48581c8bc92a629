//! Batches: submitted from many records, waited for and read, with a ledger of what was submitted.

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};
use lantern_operations::{Operation, Table};

use crate::failure::Failure;
use crate::fields::{Field, Place};
use crate::secrets::Secrets;
use crate::{Connection, Program, Service, call, commands, fields, flags};
use ledger::Ledger;

mod ledger;
mod list;
mod records;
mod results;
mod submit;

/// The group of these commands. A description may have a group of this name, which then has them, too.
pub const GROUP: &str = "batches";

/// The flags of a submission, beside those of the operation.
pub const FLAGS: &[&str] = &["again", "column", "ledger", "records", "resume"];

/// The commands, if an operation submits batches.
pub fn commands(program: &Program, table: &'static Table) -> Vec<Command> {
    let operations: Vec<_> = submitting(table).collect();
    if operations.is_empty() {
        return Vec::new();
    }
    vec![
        submit_command(program, table, &operations),
        wait_command(),
        rows_command(),
        list_command(),
    ]
}

fn submitting(table: &'static Table) -> impl Iterator<Item = &'static Operation> {
    table.operations.iter().filter(|operation| operation.batch.is_some())
}

/// What an operation is called below `submit`: its command, or with its group where two have the same.
fn name(table: &'static Table, operation: &Operation) -> String {
    let same = submitting(table).filter(|other| other.command == operation.command);
    match same.count() {
        1 => operation.command.clone(),
        _ => format!("{}.{}", operation.group, operation.command),
    }
}

fn submit_command(
    program: &Program,
    table: &'static Table,
    operations: &[&'static Operation],
) -> Command {
    let about = "Submits records as batches, and keeps what came of each";
    let mut command = Command::new("submit")
        .about(about)
        .long_about(format!(
            "{about}.\n\nThe records are split into as many batches as are needed. The ledger has each batch before it is \
             sent, and its answer after it. After Ctrl-C, a crash or a failure, the same command with --resume submits what \
             was not submitted, and nothing twice."
        ))
        .subcommand_required(true)
        .arg_required_else_help(true);
    for operation in operations {
        let ids = operation.batch.as_ref().and_then(|batch| batch.ids.as_deref());
        let in_file = |field: &Field| -> &[&str] {
            let is_list = ids.is_some_and(|ids| field.place == Place::Body(vec![ids.to_owned()]));
            if is_list { &["records"] } else { &[] }
        };
        let own = flags::operation_flags(table, operation, in_file);
        command = command.subcommand(
            Command::new(name(table, operation))
                .about(commands::about(operation))
                .long_about(commands::long_about(table, operation))
                .after_long_help(example(program, table, operation))
                .args(own)
                .args(ids.map(records_flags).into_iter().flatten())
                .args(submission_flags()),
        );
    }
    command
}

/// A command line with the required flags.
fn example(program: &Program, table: &'static Table, operation: &Operation) -> String {
    let ids = operation.batch.as_ref().and_then(|batch| batch.ids.clone());
    let fields = fields::fields(table, operation);
    let is_list = |field: &&Field| Some(field.name()) == ids;
    let required = fields.iter().filter(|field| field.required && !is_list(field));
    let flags: String = required.map(commands::example_flag).collect();
    let records = if ids.is_some() { " --records contacts.csv --column id" } else { "" };
    let name = name(table, operation);
    format!("Example:\n  {} {GROUP} submit {name}{flags}{records}", program.name)
}

fn records_flags(ids: &str) -> Vec<Arg> {
    vec![
        Arg::new("records")
            .long("records")
            .value_name("FILE")
            .value_hint(ValueHint::FilePath)
            .help(format!("Take `{ids}` from a CSV file, or from a file with one a line")),
        Arg::new("column")
            .long("column")
            .value_name("NAME")
            .requires("records")
            .help("The column of the CSV file that has them [default: the first one]"),
    ]
}

fn submission_flags() -> Vec<Arg> {
    let flag = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
    vec![
        flag("resume").help("Go on with a submission that was stopped; nothing is submitted twice"),
        flag("again").conflicts_with("resume").help("Submit it although it was submitted before"),
        flag("dry-run").help("Tell what would be submitted, and send nothing"),
        ledger_flag(),
    ]
}

fn ledger_flag() -> Arg {
    Arg::new("ledger").long("ledger").value_name("FILE").value_hint(ValueHint::FilePath).help(
        "Where batches are kept [default: a file of this program in the folder for the state of programs]",
    )
}

fn numbers() -> Arg {
    Arg::new("numbers").value_name("NUMBER").num_args(0..).value_parser(clap::value_parser!(i64))
}

fn wait_command() -> Command {
    let seconds = |name: &'static str| {
        Arg::new(name)
            .long(name)
            .value_name("SECONDS")
            .value_parser(clap::value_parser!(u64).range(1..))
    };
    Command::new("wait")
        .about("Waits until results are there, and keeps them")
        .arg(numbers().help("The batches, as `list` numbers them [default: all without results]"))
        .arg(seconds("deadline").help("How long to wait [default: 3600]"))
        .arg(seconds("every").help("How often to look [default: less and less often]"))
        .arg(ledger_flag())
}

fn rows_command() -> Command {
    let number = Arg::new("number").required(true).value_name("NUMBER");
    Command::new("rows")
        .about("Prints the rows of results")
        .arg(number.value_parser(clap::value_parser!(i64)).help("The batch, as `list` numbers it"))
        .arg(
            Arg::new("report")
                .long("report")
                .action(ArgAction::SetTrue)
                .help("Print the credit report in place of the results"),
        )
        .arg(ledger_flag())
}

fn list_command() -> Command {
    Command::new("list").about("Lists the batches of the ledger").arg(ledger_flag())
}

/// What the commands work with.
struct Session<'a> {
    program: &'a Program,
    table: &'static Table,
    matches: &'a ArgMatches,
    secrets: &'a Secrets,
    connection: Connection,
}

impl Session<'_> {
    /// The place of the service, by which the ledger tells batches of different ones apart.
    fn service_url(&self) -> String {
        self.connection.service_url(self.table)
    }

    fn ledger(&self) -> Result<Ledger, Failure> {
        Ledger::open(&ledger::place(self.program, self.matches)?)
    }

    /// What fetches results, for which no key is needed.
    fn fetcher(&self) -> Result<Box<dyn Service>, Failure> {
        (self.program.connect)(self.table, &self.connection)
    }
}

/// Does what a command says; `None` if it is none of these.
pub fn run(
    program: &Program,
    table: &'static Table,
    matches: &ArgMatches,
    secrets: &Secrets,
) -> Option<Result<(), Failure>> {
    let (command, own) = matches.subcommand()?;
    if table.command(GROUP, command).is_some() || submitting(table).next().is_none() {
        return None;
    }
    let session = |matches| Session {
        program,
        table,
        matches,
        secrets,
        connection: call::connection(table, matches, secrets),
    };
    match command {
        "submit" => {
            let (wanted, own) = own.subcommand()?;
            let operation = submitting(table).find(|operation| name(table, operation) == wanted)?;
            Some(submit::run(&session(own), operation))
        }
        "wait" => Some(results::wait(&session(own))),
        "rows" => Some(results::rows(&session(own))),
        "list" => Some(list::run(&session(own))),
        _ => None,
    }
}
