//! What a shell and `man` know of the program.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

use super::Failure;

/// Print the completions of a shell
///
/// For bash: `lantern-generator completions bash > ~/.local/share/bash-completion/completions/lantern-generator`
#[derive(Args)]
pub struct Completions {
    /// The shell
    shell: Shell,
}

/// Write a man page for each command
#[derive(Args)]
pub struct Man {
    /// The folder of the pages
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

impl Completions {
    /// The completions of a program.
    #[must_use]
    pub fn run(&self, mut program: clap::Command) -> String {
        let (name, mut text) = (program.get_name().to_owned(), Vec::new());
        clap_complete::generate(self.shell, &mut program, name, &mut text);
        String::from_utf8_lossy(&text).into_owned()
    }
}

impl Man {
    /// Writes the pages of a program.
    ///
    /// # Errors
    /// If the folder cannot be written to.
    pub fn run(&self, program: clap::Command) -> Result<String, Failure> {
        std::fs::create_dir_all(&self.out).map_err(Failure::at(&self.out))?;
        clap_mangen::generate_to(program, &self.out).map_err(Failure::at(&self.out))?;
        Ok(format!("wrote the pages to {}", self.out.display()))
    }
}
