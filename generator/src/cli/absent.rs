//! Commands that the program was compiled without: they say how one with them is installed.

use super::Failure;

#[cfg(not(feature = "mcp"))]
pub use stub::Absent as Mcp;
#[cfg(not(feature = "mock"))]
pub use stub::Absent as Mock;
#[cfg(not(all(feature = "mcp", feature = "mock")))]
pub use stub::configure;

/// The features that commands need, and whether this program has them.
const FEATURES: [(&str, bool); 3] = [
    ("lint", cfg!(feature = "lint")),
    ("mcp", cfg!(feature = "mcp")),
    ("mock", cfg!(feature = "mock")),
];

/// Says how a program is installed that has a feature, and all those that this one has.
pub fn failure(feature: &str) -> Failure {
    Failure::Usage(format!(
        "this program was compiled without the feature `{feature}`, which the command needs; {}",
        way_out(feature)
    ))
}

/// `lint` is on by default, so it is not named.
fn way_out(feature: &str) -> String {
    let wanted = FEATURES.iter().filter(|(name, is_there)| *name == feature || *is_there);
    let wanted: Vec<_> = wanted.map(|(name, _)| *name).filter(|name| *name != "lint").collect();
    let features = match wanted.as_slice() {
        [] => String::new(),
        wanted => format!(" --features {}", wanted.join(",")),
    };
    format!("to install it: cargo install --locked lantern-generator{features}")
}

#[cfg(not(all(feature = "mcp", feature = "mock")))]
mod stub {
    use clap::{Arg, Args};

    use crate::cli::Context;

    /// What such a command is told, which does not matter.
    #[derive(Args)]
    pub struct Absent {}

    /// Takes any arguments, `--help` among them, so that the answer to all of them is how it is installed.
    pub fn configure(command: clap::Command, _context: &Context) -> clap::Command {
        // The feature is called like the command.
        let note = format!("This program lacks it; {}", super::way_out(command.get_name()));
        let arguments = Arg::new("arguments").num_args(0..).hide(true);
        command
            .disable_help_flag(true)
            .after_help(note)
            .arg(arguments.trailing_var_arg(true).allow_hyphen_values(true))
    }
}
