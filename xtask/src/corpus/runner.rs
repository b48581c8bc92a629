//! Where clients of a corpus are made, checked and tried.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use lantern_generator::diagnostics::{Severity, WithDiagnostics as Stage};
use lantern_generator::pipeline::load;
use lantern_generator::pipeline::model::{self, Api, SchemaExample};
use lantern_generator::pipeline::{normalize, resolve};
use lantern_generator::{Crate, Options, Source, write_crate};
use serde_json::Value;

use super::find::Found;
use super::report::CorpusReport;
use super::samples::{self, Trip};
use super::{fits, memory, put};
use crate::workspace;
use lantern_generator::cli::Failure;

/// As many lost examples of a description as are told of.
const MOST_LOST: usize = 20;

/// The binary that reads the examples.
const PROGRAM: &str = "round-trips";

/// The folder of clients, results and what cargo makes of them.
pub struct CorpusRunner {
    folder: PathBuf,
    /// Who checks clients: cargo's `check` or `clippy`.
    checker: &'static str,
}

/// A client and what it was made of.
struct Made {
    description: Value,
    api: Api,
    client: Crate,
}

impl CorpusRunner {
    pub fn new(folder: &Path, checker: &'static str) -> Result<Self, Failure> {
        fs::create_dir_all(folder).map_err(Failure::at(folder))?;
        Ok(Self { folder: folder.canonicalize().map_err(Failure::at(folder))?, checker })
    }

    /// What an earlier run found out.
    pub fn known(&self, name: &str) -> Option<CorpusReport> {
        serde_json::from_str(&fs::read_to_string(self.result(name)).ok()?).ok()
    }

    fn result(&self, name: &str) -> PathBuf {
        self.folder.join("results").join(format!("{name}.json"))
    }

    /// Tries one description, and keeps what was found out.
    pub fn tried(&self, found: &Found) -> Result<CorpusReport, Failure> {
        let mut report = CorpusReport { name: found.name.clone(), ..CorpusReport::default() };
        let begun = Instant::now();
        let made = made(found);
        report.generate_seconds = begun.elapsed().as_secs_f64();
        match made {
            Err(diagnostics) => report.trouble = diagnostics.lines().next().map(str::to_owned),
            Ok((made, warnings)) => {
                report.warnings = warnings;
                self.try_client(&made, &mut report)?;
            }
        }
        let text = serde_json::to_string(&report).unwrap_or_default();
        put(&self.result(&found.name), &text)?;
        Ok(report)
    }

    fn try_client(&self, made: &Made, report: &mut CorpusReport) -> Result<(), Failure> {
        let samples = fits::fitting(made.description.clone(), &made.api.schema_examples);
        report.generated = true;
        report.operations_in = operations(&made.description);
        report.operations_out = made.api.tags.iter().map(|tag| tag.operations.len()).sum();
        report.examples = made.api.schema_examples.len();
        report.fitting = samples.len();
        report.lines = made.client.files.iter().map(lines).sum();
        let folder = self.folder.join("clients").join(&report.name);
        lay_out(&made.client, &folder)?;
        self.check(&folder, report)?;
        if report.compiled && !samples.is_empty() {
            let features: Vec<&str> = made.api.features().collect();
            self.try_samples(&samples, &features.join(","), &folder, report)?;
        }
        Ok(())
    }

    fn check(&self, folder: &Path, report: &mut CorpusReport) -> Result<(), Failure> {
        let begun = Instant::now();
        let arguments = [self.checker, "--lib", "--message-format", "short"];
        let mut cargo = self.cargo(folder, &arguments);
        let watched = memory::watched(&mut cargo, &library(&report.name), &self.target());
        let (checked, memory) = watched.map_err(Failure::at(folder))?;
        report.check_memory = memory;
        report.check_seconds = begun.elapsed().as_secs_f64();
        report.compiled = checked.status.success();
        let said = String::from_utf8_lossy(&checked.stderr).into_owned();
        let own = said.lines().filter(|line| line.starts_with("src/"));
        report.compiler_warnings = own.filter(|line| line.contains(" warning: ")).count();
        let error = said.lines().find(|line| line.contains("error"));
        report.trouble = error.filter(|_| !report.compiled).map(str::to_owned);
        Ok(())
    }

    fn target(&self) -> PathBuf {
        self.folder.join("target")
    }

    fn cargo(&self, folder: &Path, arguments: &[&str]) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.args(arguments).current_dir(folder);
        command.env("CARGO_TARGET_DIR", self.target());
        // Nothing is built twice here, and nothing is debugged.
        command.env("CARGO_INCREMENTAL", "0").env("CARGO_PROFILE_DEV_DEBUG", "false");
        command
    }

    /// Reads the examples with the types of all tags of the client, which need no HTTP.
    fn try_samples(
        &self,
        samples: &[&SchemaExample],
        features: &str,
        folder: &Path,
        report: &mut CorpusReport,
    ) -> Result<(), Failure> {
        let crate_path = library(&report.name);
        let (program, kept) = samples::program(samples, &crate_path);
        put(&folder.join(format!("src/bin/{PROGRAM}.rs")), &program.source)?;
        put(&folder.join("examples.json"), &program.input)?;
        let arguments = ["run", "--quiet", "--no-default-features", "--features", features];
        let mut cargo = self.cargo(folder, &arguments);
        cargo.args(["--bin", PROGRAM, "examples.json"]);
        let output = cargo.output().map_err(Failure::at(folder))?;
        let plain = samples.len() - kept.len();
        (report.decoded, report.equal) = (plain, plain);
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            let error = said.lines().find(|line| line.contains("error")).unwrap_or("failed");
            report.trouble = Some(format!("the examples: {error}"));
        }
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        for (line, index) in printed.lines().zip(kept) {
            let Some(sample) = samples.get(index) else { continue };
            tell(samples::judge(line, &sample.value), sample, report);
        }
        Ok(())
    }
}

/// The crate of a client as code names it: `pet-store` → `pet_store_client`
fn library(name: &str) -> String {
    format!("{}_client", name.replace('-', "_"))
}

fn tell(trip: Trip, sample: &SchemaExample, report: &mut CorpusReport) {
    report.decoded += usize::from(!matches!(trip, Trip::Unread(_)));
    report.equal += usize::from(matches!(trip, Trip::Equal));
    let why = match trip {
        Trip::Equal => return,
        Trip::Changed(place) => place,
        Trip::Unread(why) => format!("not read: {why}"),
    };
    if report.lost.len() < MOST_LOST {
        let why: String = why.chars().take(200).collect();
        report.lost.push(format!("{}: {why}", sample.at));
    }
}

/// A client and how many warnings there were, or the diagnostics.
fn made(found: &Found) -> Result<(Made, usize), String> {
    let name = format!("{}-client", found.name);
    let made = load::read(&found.path).and_then(|source| make(&source.value, &name).checked());
    match made {
        Ok(made) => Ok((made.value, made.warnings.iter().count())),
        Err(diagnostics) => {
            let errors = diagnostics.iter().filter(|one| one.severity() == Severity::Error);
            Err(errors.map(|one| format!("{one}\n")).collect())
        }
    }
}

fn make(source: &Source, name: &str) -> Stage<Made> {
    load::parse(source).then(|loaded| {
        let description = loaded.value.clone();
        normalize::normalize(loaded, Vec::new())
            .then(resolve::resolve)
            .then(|resolved| model::model(&resolved, name, &Options::default()))
            .then(|output| {
                let api = output.api;
                let client = write_crate(&api);
                client.map(|client| Made { description, api, client })
            })
    })
}

/// The operations of a description, whatever they are.
fn operations(description: &Value) -> usize {
    let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
    let paths = description.get("paths").and_then(Value::as_object).into_iter().flatten();
    let items = paths.filter(|(path, _)| !path.starts_with("x-")).map(|(_, item)| item);
    // A path item may be another one (OpenAPI 3.1.0, 4.8.9).
    let items = items.filter_map(|item| {
        let reference = item.get("$ref").and_then(Value::as_str);
        let place = reference.and_then(|reference| reference.strip_prefix('#'));
        place.map_or(Some(item), |place| description.pointer(place))
    });
    let items = items.filter_map(Value::as_object);
    items.map(|item| item.keys().filter(|key| methods.contains(&key.as_str())).count()).sum()
}

fn lines(file: &lantern_generator::File) -> usize {
    if file.path.ends_with(".rs") { file.text.lines().count() } else { 0 }
}

/// Writes a client as a workspace of its own, wherever it stands.
fn lay_out(client: &Crate, folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(Failure::at(folder))?;
    }
    for file in &client.files {
        let own = if file.path == "Cargo.toml" { "\n[workspace]\n" } else { "" };
        put(&folder.join(&file.path), &format!("{}{own}", file.text))?;
    }
    let (lock, own) = (workspace().join("Cargo.lock"), folder.join("Cargo.lock"));
    fs::copy(&lock, own).map(drop).map_err(Failure::at(&lock))
}
