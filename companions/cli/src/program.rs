//! The program of a description: it reads its arguments, does what they say, and ends with an exit status.

use std::ffi::OsString;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::{ArgMatches, Command};
use lantern_operations::{Operation, Table};

use crate::failure::{Failure, FailureKind};
use crate::secrets::{self, Secrets};
use crate::{Connect, batches, call, commands, serving};

/// A program for the operations of a table.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// What it is called: `lantern`.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// The table, as JSON.
    pub table: &'static str,
    /// Makes what sends requests.
    pub connect: Connect,
}

impl Program {
    /// Does what the arguments of this process say.
    #[must_use]
    pub fn run(self) -> ExitCode {
        self.run_with(std::env::args_os())
    }

    fn run_with(self, arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
        let table = match Table::from_json(self.table) {
            // A process has one table, and reads it to its end.
            Ok(table) => &*Box::leak(Box::new(table)),
            Err(why) => {
                return shown(
                    &Failure::other(format!("the table of operations: {why}")),
                    &Secrets::default(),
                    None,
                );
            }
        };
        let mut command = commands::commands(&self, table);
        let matches = match command.try_get_matches_from_mut(arguments) {
            Ok(matches) => matches,
            Err(why) => {
                let _ = why.print();
                return ExitCode::from(u8::try_from(why.exit_code()).unwrap_or(2));
            }
        };
        let secrets = match Secrets::find(&self, table, &matches) {
            Ok(secrets) => secrets,
            Err(failure) => return shown(&failure, &Secrets::default(), None),
        };
        let done = self.dispatch(&mut command, table, &matches, &secrets);
        match done {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => {
                shown(&failure, &secrets, self.hint(table, &failure, &secrets).as_deref())
            }
        }
    }

    fn dispatch(
        &self,
        command: &mut Command,
        table: &'static Table,
        matches: &ArgMatches,
        secrets: &Secrets,
    ) -> Result<(), Failure> {
        let Some((name, below)) = matches.subcommand() else { return Ok(()) };
        if let Some((operation, own)) = operation(table, name, below) {
            return call::run(self, table, operation, own, secrets);
        }
        let submitted =
            (name == batches::GROUP).then(|| batches::run(self, table, below, secrets)).flatten();
        if let Some(done) = submitted {
            return done;
        }
        if let Some(served) = serving::run(self, table, (name, below), secrets) {
            return served;
        }
        match name {
            "login" => secrets::login(self, table),
            "logout" => secrets::logout(self, table),
            "completions" => {
                if let Some(shell) = below.get_one::<clap_complete::Shell>("shell") {
                    clap_complete::generate(*shell, command, self.name, &mut io::stdout());
                }
                Ok(())
            }
            "man" => {
                let folder = below.get_one::<String>("folder").map_or(".", String::as_str);
                manual_pages(command.clone(), Path::new(folder))
            }
            _ => Ok(()),
        }
    }

    /// What to do next about the key, or the place of the service.
    fn hint(&self, table: &Table, failure: &Failure, secrets: &Secrets) -> Option<String> {
        let is_place = failure.message.contains("base URL");
        if failure.kind == FailureKind::Configuration && is_place {
            let variable =
                table.base_url_variable.as_ref().map(|it| format!(", or the variable {it}"));
            return Some(format!("it comes from --base-url{}", variable.unwrap_or_default()));
        }
        let schemes = &table.security_schemes;
        let used = schemes.iter().find(|scheme| secrets.has(&scheme.name));
        let scheme = used.or(schemes.first())?;
        match failure.kind {
            FailureKind::NotAllowed => {
                Some(format!("check the key: {}", secrets::sources(self, table, scheme)))
            }
            _ => None,
        }
    }
}

/// The operation of a command.
fn operation<'a>(
    table: &'static Table,
    group: &str,
    matches: &'a ArgMatches,
) -> Option<(&'static Operation, &'a ArgMatches)> {
    let (command, own) = matches.subcommand()?;
    table.command(group, command).map(|operation| (operation, own))
}

/// A manual page for each command.
fn manual_pages(mut command: Command, folder: &Path) -> Result<(), Failure> {
    let fault = |why: io::Error| Failure::other(format!("{}: {why}", folder.display()));
    fs::create_dir_all(folder).map_err(fault)?;
    command.build();
    clap_mangen::generate_to(command, folder).map_err(fault)
}

/// Says what failed, without any secret.
fn shown(failure: &Failure, secrets: &Secrets, hint: Option<&str>) -> ExitCode {
    let text = secrets.hide(failure.text(hint));
    let text = match io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        true => text.replacen("error:", "\u{1b}[1;31merror:\u{1b}[0m", 1),
        false => text,
    };
    let _ = io::stderr().write_all(text.as_bytes());
    failure.exit_code()
}
