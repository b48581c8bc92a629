//! The key: where it comes from, and that it is never shown.

use std::fs;
use std::io::{self, BufRead, Write};
use std::path::PathBuf;

use clap::ArgMatches;
use lantern_operations::Table;

use crate::Program;
use crate::failure::{Failure, FailureKind};
#[cfg(not(feature = "keyring"))]
use crate::places;

/// What stands for a secret where it would be shown.
const HIDDEN: &str = "(hidden)";

/// The secrets by their security schemes: from `--key-file`, the environment, or what `login` keeps.
pub fn find(
    program: &Program,
    table: &Table,
    matches: &ArgMatches,
) -> Result<Vec<(String, String)>, Failure> {
    let mut found = Vec::new();
    let mut file = key_file(matches);
    for scheme in &table.security_schemes {
        // A file has the key of the first scheme.
        let secret = match file.take() {
            Some(path) => Some(first_line(&path)?),
            None => std::env::var(&scheme.variable).ok().filter(|secret| !secret.is_empty()),
        };
        let secret = secret.or_else(|| kept(program, &scheme.name));
        found.extend(secret.map(|secret| (scheme.name.clone(), secret)));
    }
    Ok(found)
}

/// The flag is global, so the innermost command has it.
fn key_file(matches: &ArgMatches) -> Option<PathBuf> {
    let own = matches.try_get_one::<String>("key-file").ok().flatten().map(PathBuf::from);
    own.or_else(|| key_file(matches.subcommand()?.1))
}

fn first_line(path: &PathBuf) -> Result<String, Failure> {
    let fault = |why: String| {
        let message = format!("--key-file {}: {why}", path.display());
        Failure::new(FailureKind::Configuration, message)
    };
    let text = fs::read_to_string(path).map_err(|why| fault(why.to_string()))?;
    let line = text.lines().next().unwrap_or_default().trim();
    if line.is_empty() {
        Err(fault("its first line is empty".to_owned()))
    } else {
        Ok(line.to_owned())
    }
}

/// Where a key can come from, for hints. A group of the description may be called `login`; then that is no way.
pub fn sources(program: &Program, table: &Table, variable: &str) -> String {
    match table.group("login") {
        None => format!("--key-file, the variable {variable}, or `{} login`", program.name),
        Some(_) => format!("--key-file, or the variable {variable}"),
    }
}

/// A text without secrets.
pub fn without(text: String, secrets: &[(String, String)]) -> String {
    let secrets = secrets.iter().map(|(_, secret)| secret).filter(|secret| !secret.is_empty());
    secrets.fold(text, |text, secret| text.replace(secret.as_str(), HIDDEN))
}

/// Keeps the secret that standard input has in its first line.
pub fn login(program: &Program, table: &Table) -> Result<(), Failure> {
    let Some(scheme) = table.security_schemes.first() else {
        return Err(Failure::usage("this service needs no key"));
    };
    let _ = write!(io::stderr(), "{}: ", scheme.secret);
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).map_err(|why| Failure::other(why.to_string()))?;
    let secret = line.trim();
    if secret.is_empty() {
        return Err(Failure::usage("there was no key on standard input"));
    }
    let place = keep(program, &scheme.name, secret)?;
    let _ = writeln!(io::stderr(), "\nkept in {place}; `{} logout` forgets it", program.name);
    Ok(())
}

/// Forgets what `login` keeps.
pub fn logout(program: &Program, table: &Table) -> Result<(), Failure> {
    table.security_schemes.iter().try_for_each(|scheme| forget(program, &scheme.name))
}

#[cfg(feature = "keyring")]
fn kept(program: &Program, scheme: &str) -> Option<String> {
    keyring::Entry::new(program.name, scheme).ok()?.get_password().ok()
}

#[cfg(feature = "keyring")]
fn keep(program: &Program, scheme: &str, secret: &str) -> Result<String, Failure> {
    let entry = keyring::Entry::new(program.name, scheme);
    let kept = entry.and_then(|entry| entry.set_password(secret));
    kept.map_err(|why| {
        let way_out = "--key-file and the variable of the key need no keyring";
        Failure::other(format!("the keyring: {why}; {way_out}"))
    })?;
    Ok("the keyring of the system".to_owned())
}

#[cfg(feature = "keyring")]
fn forget(program: &Program, scheme: &str) -> Result<(), Failure> {
    let entry = keyring::Entry::new(program.name, scheme);
    match entry.and_then(|entry| entry.delete_credential()) {
        Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
        Err(why) => Err(Failure::other(format!("the keyring: {why}"))),
    }
}

#[cfg(not(feature = "keyring"))]
fn kept(program: &Program, scheme: &str) -> Option<String> {
    let text = fs::read_to_string(file(program, scheme)?).ok()?;
    Some(text.trim().to_owned()).filter(|secret| !secret.is_empty())
}

#[cfg(not(feature = "keyring"))]
fn keep(program: &Program, scheme: &str, secret: &str) -> Result<String, Failure> {
    let path = file(program, scheme).ok_or_else(|| Failure::other("there is no home folder"))?;
    let fault = |why: io::Error| Failure::other(format!("{}: {why}", path.display()));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(fault)?;
    }
    write_for_owner(&path, secret).map_err(fault)?;
    Ok(path.display().to_string())
}

#[cfg(not(feature = "keyring"))]
fn forget(program: &Program, scheme: &str) -> Result<(), Failure> {
    let Some(path) = file(program, scheme) else { return Ok(()) };
    match fs::remove_file(&path) {
        Err(why) if why.kind() != io::ErrorKind::NotFound => {
            Err(Failure::other(format!("{}: {why}", path.display())))
        }
        _ => Ok(()),
    }
}

/// Only the owner can read the file, from its first byte on.
#[cfg(not(feature = "keyring"))]
fn write_for_owner(path: &std::path::Path, secret: &str) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(why) if why.kind() != io::ErrorKind::NotFound => return Err(why),
        _ => {}
    }
    writeln!(places::for_owner().write(true).create_new(true).open(path)?, "{secret}")
}

#[cfg(not(feature = "keyring"))]
fn file(program: &Program, scheme: &str) -> Option<PathBuf> {
    let safe: String = scheme.chars().filter(char::is_ascii_alphanumeric).collect();
    Some(places::settings()?.join(program.name).join(format!("{safe}.key")))
}

#[cfg(test)]
mod tests {
    use lantern_operations::{Group, Table};

    use super::sources;
    use crate::{Failure, FailureKind, Program};

    #[test]
    fn a_command_of_the_description_is_not_taken_for_the_one_that_keeps_a_key() {
        let program = Program {
            name: "notes",
            version: "1",
            table: "",
            connect: |_, _| Err(Failure::new(FailureKind::Other, "nothing is sent")),
        };
        let mut table = Table::new("Notes", "1");
        assert!(sources(&program, &table, "NOTES_TOKEN").contains("`notes login`"));
        table.groups.push(Group { name: "login".to_owned(), title: None, description: None });
        assert_eq!(
            sources(&program, &table, "NOTES_TOKEN"),
            "--key-file, or the variable NOTES_TOKEN"
        );
    }
}
