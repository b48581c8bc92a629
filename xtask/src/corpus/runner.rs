//! Where clients of a corpus are made, checked and tried.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use lantern_generator::analysis::variants::{self, VariantValue};
use lantern_generator::diagnostics::{Severity, WithDiagnostics as Stage};
use lantern_generator::pipeline::load;
use lantern_generator::pipeline::model::{self, Api, SchemaExample};
use lantern_generator::pipeline::{normalize, resolve};
use lantern_generator::{Crate, Options, Source, write_crate};
use serde_json::Value;

use super::fits::Judge;
use super::memory;
use super::report::CorpusReport;
use super::samples::{self, Trip};
use super::unions::{self, Proof};
use crate::descriptions::Found;
use crate::files::put;
use crate::workspace;
use lantern_generator::cli::Failure;

/// As many lost examples of a description as are told of.
const MOST_LOST: usize = 20;

/// The binary that reads the examples.
const PROGRAM: &str = "round-trips";

/// The folder of clients, results and what cargo makes of them.
pub struct CorpusRunner {
    folder: PathBuf,
    compiled: Compiled,
}

/// What is compiled of each client, and by whom.
#[derive(Clone, Copy)]
pub enum Compiled {
    Client,
    ClientWithClippy,
    Types,
}

/// A client and what it was made of.
struct Made {
    description: Value,
    /// The same in the places of OpenAPI 3, which samples name.
    in_places_of_openapi_3: Value,
    api: Api,
    client: Crate,
    /// Values of all variants of unions.
    variants: Vec<VariantValue>,
    /// What the generator warned of.
    warnings: Vec<String>,
}

impl CorpusRunner {
    pub fn new(folder: &Path, compiled: Compiled) -> Result<Self, Failure> {
        fs::create_dir_all(folder).map_err(Failure::at(folder))?;
        Ok(Self { folder: folder.canonicalize().map_err(Failure::at(folder))?, compiled })
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
            Ok(made) => {
                report.warnings = made.warnings.len();
                self.try_client(&made, &mut report)?;
            }
        }
        let text = serde_json::to_string(&report).unwrap_or_default();
        put(&self.result(&found.name), &text)?;
        Ok(report)
    }

    fn try_client(&self, made: &Made, report: &mut CorpusReport) -> Result<(), Failure> {
        let schemas = &made.in_places_of_openapi_3;
        let (judge, lenient) = (Judge::new(schemas.clone()), Judge::lenient(schemas.clone()));
        let mut samples = judge.fitting(&made.api.schema_examples);
        report.generated = true;
        report.operations_in = operations(&made.description);
        report.operations_out = made.api.tags.iter().map(|tag| tag.operations.len()).sum();
        report.examples = made.api.schema_examples.len();
        report.fitting = samples.len();
        report.lines = made.client.files.iter().map(lines).sum();
        let folder = self.folder.join("clients").join(&report.name);
        lay_out(&made.client, &folder)?;
        let features = made.api.features().collect::<Vec<_>>().join(",");
        self.check(&features, &folder, report)?;
        let proof = Proof { values: unions::fitting(&made.variants, &lenient), judge: &lenient };
        report.unions = variants::unions(&made.api).count();
        report.variants = variants::unions(&made.api).map(|(_, it)| it.variants.len()).sum();
        report.variant_values = proof.values.len();
        let examples = samples.len();
        samples.extend(proof.values.iter().map(|value| &value.example));
        if report.compiled && !samples.is_empty() {
            let lines = self.lines(&samples, &features, &folder, report)?;
            for (sample, line) in samples.iter().zip(&lines).take(examples) {
                match line {
                    // It is no more than JSON.
                    None => tell(Trip::Equal, sample, report),
                    Some(line) => tell(samples::judge(line, &sample.value), sample, report),
                }
            }
            let lines = lines.iter().skip(examples).flatten();
            report.confused = proof.confused(lines.map(String::as_str), &made.warnings);
        }
        Ok(())
    }

    fn check(
        &self,
        features: &str,
        folder: &Path,
        report: &mut CorpusReport,
    ) -> Result<(), Failure> {
        let begun = Instant::now();
        let command: &[&str] = match self.compiled {
            Compiled::Client => &["check"],
            Compiled::ClientWithClippy => &["clippy"],
            // As the program that reads the examples needs them, so that they are compiled once.
            Compiled::Types => &["build", "--no-default-features", "--features", features],
        };
        let arguments = [command, &["--lib", "--message-format", "short"]].concat();
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

    /// Reads the examples with the types of all tags of the client, which need no HTTP. Returns what the program
    /// printed of each that has a type of its own.
    fn lines(
        &self,
        samples: &[&SchemaExample],
        features: &str,
        folder: &Path,
        report: &mut CorpusReport,
    ) -> Result<Vec<Option<String>>, Failure> {
        let crate_path = library(&report.name);
        let (program, kept) = samples::program(samples, &crate_path);
        put(&folder.join(format!("src/bin/{PROGRAM}.rs")), &program.source)?;
        put(&folder.join("examples.json"), &program.input)?;
        let arguments = ["run", "--quiet", "--no-default-features", "--features", features];
        let mut cargo = self.cargo(folder, &arguments);
        cargo.args(["--bin", PROGRAM, "examples.json"]);
        let output = cargo.output().map_err(Failure::at(folder))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            let error = said.lines().find(|line| line.contains("error")).unwrap_or("failed");
            report.trouble = Some(format!("the examples: {error}"));
        }
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut lines = vec![Some(String::new()); samples.len()];
        for (index, line) in lines.iter_mut().enumerate() {
            if kept.binary_search(&index).is_err() {
                *line = None;
            }
        }
        for (line, index) in printed.lines().zip(kept) {
            lines[index] = Some(line.to_owned());
        }
        Ok(lines)
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

/// A client, or the diagnostics.
fn made(found: &Found) -> Result<Made, String> {
    let name = format!("{}-client", found.name);
    let made = load::read(&found.path).and_then(|source| make(&source.value, &name).checked());
    match made {
        Ok(made) => {
            let warnings = made.warnings.iter().map(ToString::to_string).collect();
            Ok(Made { warnings, ..made.value })
        }
        Err(diagnostics) => {
            let errors = diagnostics.iter().filter(|one| one.severity() == Severity::Error);
            Err(errors.map(|one| format!("{one}\n")).collect())
        }
    }
}

fn make(source: &Source, name: &str) -> Stage<Made> {
    load::parse(source).then(|loaded| {
        let description = loaded.value.clone();
        let in_places_of_openapi_3 = normalize::in_places_of_openapi_3(&loaded);
        normalize::normalize(loaded, Vec::new())
            .then(resolve::resolve)
            .then(|resolved| {
                let options = Options { with_schema_examples: true, ..Options::default() };
                let output = model::model(&resolved, name, &options);
                output.map(|output| (variants::variant_values(&resolved, &output.api), output.api))
            })
            .then(|(variants, api)| {
                let client = write_crate(&api);
                let warnings = Vec::new();
                client.map(|client| Made {
                    description,
                    in_places_of_openapi_3,
                    api,
                    client,
                    variants,
                    warnings,
                })
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
    items
        .map(|item| {
            let known = item.keys().filter(|key| methods.contains(&key.as_str())).count();
            // Methods of other names (OpenAPI 3.2.0, 4.8).
            let further = item.get("additionalOperations").and_then(Value::as_object);
            known + further.map_or(0, serde_json::Map::len)
        })
        .sum()
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
