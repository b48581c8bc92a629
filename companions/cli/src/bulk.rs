//! Bulk runs: a request for each row of a file, and a ledger of what came of each.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, ValueHint};
use lantern_operations::{Operation, Table};

use crate::failure::Failure;
use crate::request::text_of;
use crate::secrets::Secrets;
use crate::{Program, call, fields};
use rows::Row;

mod ledger;
mod output;
mod purse;
mod rate;
pub mod rows;
mod run;
mod sent;

/// The heading of the flags of bulk runs.
const BULK: &str = "Many rows";

/// The flags of bulk runs.
pub fn flags() -> Vec<Arg> {
    let flag = |name: &'static str| Arg::new(name).long(name).help_heading(BULK);
    vec![
        flag("from").value_name("FILE").value_hint(ValueHint::FilePath).requires("out").help(
            "Send a request for each row of a CSV file, or each line of a JSON lines file (.jsonl)",
        ),
        flag("map")
            .value_name("FIELD=COLUMN")
            .action(ArgAction::Append)
            .requires("from")
            .help("Take a field from this column; columns that are called like fields need no map"),
        flag("out")
            .short('o')
            .value_name("FILE")
            .value_hint(ValueHint::FilePath)
            .requires("from")
            .help(
                "Where replies are written, a line of JSON each; the ledger is beside it (.ledger)",
            ),
        flag("ledger")
            .value_name("FILE|URL")
            .value_hint(ValueHint::FilePath)
            .requires("from")
            .help("Another place of the ledger: a file, or postgres://USER@HOST/DATABASE for a run of several machines")
            .long_help(LEDGER),
        flag("run")
            .value_name("NAME")
            .requires("ledger")
            .help("What the run is called in a ledger in PostgreSQL"),
        flag("concurrency")
            .value_name("NUMBER")
            .requires("from")
            .value_parser(clap::value_parser!(u64).range(1..=1000))
            .help("How many requests are under way at a time [default: 8]"),
        flag("max-credits")
            .value_name("NUMBER")
            .requires("from")
            .value_parser(clap::value_parser!(f64))
            .help("Stop before the run has cost more, as far as costs are known"),
        flag("resume")
            .action(ArgAction::SetTrue)
            .requires("from")
            .help("Go on with a run that was stopped; no row is paid for twice"),
    ]
}

const LEDGER: &str = "\
Another place of the ledger: a file, or postgres://USER@HOST/DATABASE for a run of several machines.

Each of them runs the same command with the same file of rows, the same --run and --resume; each row is sent by one of them. \
The password is read from the variable PGPASSWORD, or from the URL, which other users of the machine can see.";

/// The settings of a run.
struct Settings {
    from: PathBuf,
    out: PathBuf,
    concurrency: usize,
    max_credits: Option<f64>,
    resumes: bool,
    is_dry: bool,
}

/// Whether the arguments ask for a run.
pub fn is_asked_for(matches: &ArgMatches) -> bool {
    text_of(matches, "from").is_some()
}

/// Sends a request for each row.
pub fn run(
    program: &Program,
    table: &'static Table,
    operation: &'static Operation,
    matches: &ArgMatches,
    secrets: &Secrets,
) -> Result<(), Failure> {
    let settings = settings(matches);
    let fields = fields::fields(table, operation);
    let rows = rows::read(&settings.from, &fields, matches, table, operation)?;
    if settings.is_dry {
        return told(&dry(table, operation, &rows));
    }
    let service = call::connect(program, table, operation, matches, secrets)?;
    let ledger = ledger::open(matches, operation, settings.resumes)?;
    ledger.plan(&rows)?;
    let runtime = call::runtime()?;
    let run = run::Run {
        table,
        operation,
        settings: &settings,
        rows: &rows,
        service: &*service,
        secrets,
    };
    let ended = runtime.block_on(run.run(&ledger))?;
    output::write(&settings.out, &*ledger)?;
    let counts = ledger.counts()?;
    told(&format!("{counts}\n"))?;
    ended.judge(&counts)
}

fn settings(matches: &ArgMatches) -> Settings {
    let path = |name| text_of(matches, name).map(PathBuf::from).unwrap_or_default();
    Settings {
        from: path("from"),
        out: path("out"),
        concurrency: matches.get_one::<u64>("concurrency").map_or(8, |it| *it as usize),
        max_credits: matches.get_one::<f64>("max-credits").copied(),
        resumes: matches.get_flag("resume"),
        is_dry: matches.get_flag("dry-run"),
    }
}

/// What would be sent, how long it takes at the allowed rate, and what it may cost.
fn dry(table: &Table, operation: &Operation, rows: &[Row]) -> String {
    let count = rows.len();
    let mut text = format!("{count} requests: {} {}\n", operation.method, operation.path);
    if let Some(first) = rows.first() {
        text += &format!("the first one: {}\n", first.text);
    }
    if let Some((requests, seconds)) = rate::rate(table, operation) {
        let least = match rate::least_time(Some((requests, seconds)), count as u64).as_secs() {
            0 => format!("it takes less than {seconds} s"),
            least => format!("it takes {least} s or more"),
        };
        text += &format!("at {requests} requests in {seconds} s {least}\n");
    }
    match (operation.policy.consumes_credits, operation.policy.example_cost) {
        (false, _) => text += "it costs no credits that are known of\n",
        (true, Some(cost)) => {
            text += &format!(
                "if each costs {cost} as the documented one, {} credits\n",
                cost * count as f64
            );
        }
        (true, None) => text += "it costs credits; how many is not documented\n",
    }
    text + "nothing was sent\n"
}

fn told(text: &str) -> Result<(), Failure> {
    io::stderr().write_all(text.as_bytes()).map_err(|why| Failure::other(why.to_string()))
}
