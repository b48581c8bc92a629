//! What the commands are told that need more than `generate`. They are always known, so that `--help` needs nothing.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use lantern_generator::cli::Format;

const CORPUS_EXAMPLES: &str = "\
Generates a client of each description, checks it with cargo, reads each example of a body or a reply
by the type that is generated for it, writes it again, and compares. The same is done with values that are
made of each variant of each union by its schema.

Examples:
  cargo xtask corpus ../descriptions
  cargo xtask corpus ../descriptions --only petstore --only github
  cargo xtask corpus generator/tests/fixtures/clients/examples --clippy --all-examples
  cargo xtask corpus ../descriptions --resume --message-format json

Exit codes:
  0  every description gave a client that compiles without a warning, and no operation was lost
  2  the command was used wrongly, or a file could not be read or written
  3  one did not";

/// Try the generator on every description below a folder
#[derive(Args)]
#[command(after_help = CORPUS_EXAMPLES)]
pub struct Corpus {
    /// The folder [default: $OPENAPI_CORPUS, else ../shared/specs]
    pub folder: Option<PathBuf>,
    /// Only descriptions of this name
    #[arg(long, value_name = "NAME")]
    pub only: Vec<String>,
    /// Let clippy check the clients, with its default lints
    #[arg(long)]
    pub clippy: bool,
    /// Compile only the types of the clients, without HTTP: enough for examples and variants, and much faster
    #[arg(long, conflicts_with = "clippy")]
    pub types_only: bool,
    /// Fail, too, where an example that follows its schema is not read or comes out as another one
    #[arg(long)]
    pub all_examples: bool,
    /// Fail, too, where a value that is made of a variant of a union is not read as that variant, and no warning names
    /// both
    #[arg(long)]
    pub all_variants: bool,
    /// Keep what an earlier run found out, and try only what is left
    #[arg(long)]
    pub resume: bool,
    /// How many descriptions are worked on at once
    #[arg(long, value_name = "COUNT", default_value_t = 1)]
    pub jobs: usize,
    /// Where clients, results and what cargo makes go [default: target/corpus of this workspace]
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// A table for people, or JSON, one object a description
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub message_format: Format,
}

const BENCH_EXAMPLES: &str = "\
Each measurement is one run of whole processes, ours and others in turn, so that whatever else the machine does falls on
all of them. The others are installed from crates.io at the versions that the page names.

Examples:
  cargo xtask bench ../descriptions
  cargo xtask bench ../descriptions --check nexus --check github --turns 3
  cargo xtask bench ../descriptions --part generate
  cargo xtask bench --render";

/// Measure the generator and its clients beside others, and write docs/performance.md
#[derive(Args)]
#[command(after_help = BENCH_EXAMPLES)]
pub struct Bench {
    /// The folder of descriptions
    #[arg(required_unless_present = "render")]
    pub folder: Option<PathBuf>,
    /// Only descriptions of this name
    #[arg(long, value_name = "NAME")]
    pub only: Vec<String>,
    /// Measure only this, and keep what else is known
    #[arg(long, value_name = "PART", value_enum)]
    pub part: Vec<Part>,
    /// How often each process is run
    #[arg(long, value_name = "COUNT", default_value_t = 5)]
    pub turns: usize,
    /// Compile the clients of this description, too; of Lantern's they always are. Large ones take many minutes.
    #[arg(long, value_name = "NAME")]
    pub check: Vec<String>,
    /// Build the clients of other descriptions than Lantern's with optimizations, too, which takes many minutes
    #[arg(long)]
    pub release: bool,
    /// Write the page again from what is known
    #[arg(long)]
    pub render: bool,
    /// Where generators are installed, and where clients and results go [default: target/bench of this workspace]
    #[arg(long, value_name = "FOLDER")]
    pub scratch: Option<PathBuf>,
}

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Generating a client of each description
    Generate,
    /// Generating clients of one description at several sizes
    Growth,
    /// Compiling clients
    Compile,
    /// Calls, and reading replies
    Calls,
}

const BUDGET_EXAMPLES: &str = "\
Counts allocations, lines of Rust and lines of LLVM, which are the same on every machine, and compares them with \
`.ci/budget.toml`. Lines of LLVM are compared only if the compiler is the one that they were counted with.

Examples:
  cargo xtask budget
  cargo xtask budget --accept

Exit codes:
  0  nothing is more than 3 % above the budget
  2  the command was used wrongly, or a file could not be read or written
  3  something is";

/// Compare what generating and calling cost with the budget
#[derive(Args)]
#[command(after_help = BUDGET_EXAMPLES)]
pub struct Budget {
    /// Take what is counted now as the budget
    #[arg(long)]
    pub accept: bool,
}
