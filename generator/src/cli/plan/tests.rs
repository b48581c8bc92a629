use std::path::Path;
use std::time::SystemTime;
use std::{fs, io};

use crate::{Crate, File};
use tempfile::TempDir;

use super::{Change, Plan};
use crate::cli::Failure;

mod stopped;

const BY_HAND: &str = "// Written by a person.\n";

#[test]
fn a_first_run_creates_every_file() -> io::Result<()> {
    let folder = TempDir::new()?;
    assert_eq!(
        changes(&["Cargo.toml", "src/a/b.rs"], folder.path()),
        ["+Cargo.toml", "+src/a/b.rs"]
    );
    run(&["Cargo.toml", "src/a/b.rs"], folder.path());
    assert_eq!(files(folder.path())?, ["Cargo.toml", "src/a/b.rs"]);
    assert_eq!(fs::read_to_string(folder.path().join("src/a/b.rs"))?, text("src/a/b.rs"));
    Ok(())
}

#[test]
fn a_second_run_touches_nothing() -> io::Result<()> {
    let folder = TempDir::new()?;
    run(&["a.rs", "src/b.rs"], folder.path());
    let before = modified(folder.path(), &["a.rs", "src/b.rs"])?;
    assert_eq!(run(&["a.rs", "src/b.rs"], folder.path()).unchanged, 2);
    assert_eq!(modified(folder.path(), &["a.rs", "src/b.rs"])?, before);
    Ok(())
}

#[test]
fn only_changed_files_are_written() -> io::Result<()> {
    let folder = TempDir::new()?;
    run(&["a.rs", "b.rs"], folder.path());
    fs::write(folder.path().join("b.rs"), "// @generated earlier\n")?;
    let before = modified(folder.path(), &["a.rs"])?;
    assert_eq!(changes(&["a.rs", "b.rs"], folder.path()), ["~b.rs"]);
    run(&["a.rs", "b.rs"], folder.path());
    assert_eq!(fs::read_to_string(folder.path().join("b.rs"))?, text("b.rs"));
    assert_eq!(modified(folder.path(), &["a.rs"])?, before);
    Ok(())
}

#[test]
fn orphans_go_with_their_empty_folders_and_hand_made_files_stay() -> io::Result<()> {
    let folder = TempDir::new()?;
    run(&["a.rs", "src/old/deep/x.rs", "src/mixed/y.rs"], folder.path());
    fs::write(folder.path().join("src/mixed/notes.rs"), BY_HAND)?;
    fs::create_dir(folder.path().join("empty"))?;
    run(&["a.rs"], folder.path());
    assert_eq!(files(folder.path())?, ["a.rs", "src/mixed/notes.rs"]);
    assert!(!folder.path().join("src/old").exists(), "a folder that became empty is removed");
    assert!(folder.path().join("empty").exists(), "a folder that was empty before is not ours");
    Ok(())
}

#[test]
fn other_packages_and_caches_keep_their_generated_files() -> io::Result<()> {
    let folder = TempDir::new()?;
    run(&["Cargo.toml", "src/lib.rs"], &folder.path().join("other"));
    run(&["build.rs"], &folder.path().join("target"));
    fs::write(
        folder.path().join("target/CACHEDIR.TAG"),
        "Signature: 8a477f597d28d172789f06886806bc55",
    )?;
    assert_eq!(changes(&["a.rs"], folder.path()), ["+a.rs"]);
    Ok(())
}

/// Programs that show how a client is used are a package of their own in its folder.
#[test]
fn a_package_by_hand_in_the_folder_stays_as_it_is() -> io::Result<()> {
    let folder = TempDir::new()?;
    run(&["Cargo.toml", "src/lib.rs", "src/old.rs"], folder.path());
    let examples = folder.path().join("examples");
    let by_hand = ["Cargo.toml", "src/bin/report.rs", "tests/report.rs"];
    for path in by_hand {
        fs::create_dir_all(examples.join(path).parent().expect("a folder"))?;
        fs::write(examples.join(path), BY_HAND)?;
    }
    let before = modified(&examples, &by_hand)?;
    assert_eq!(
        changes(&["Cargo.toml", "src/lib.rs", "src/new.rs"], folder.path()),
        ["+src/new.rs", "-src/old.rs"]
    );
    run(&["Cargo.toml", "src/lib.rs", "src/new.rs"], folder.path());
    assert_eq!(modified(&examples, &by_hand)?, before);
    assert_eq!(files(&examples)?, by_hand);
    for path in by_hand {
        assert_eq!(fs::read_to_string(examples.join(path))?, BY_HAND);
    }
    Ok(())
}

#[test]
fn a_file_that_a_person_wrote_is_refused() -> io::Result<()> {
    let folder = TempDir::new()?;
    fs::write(folder.path().join("b.rs"), BY_HAND)?;
    assert_refused(
        &["a.rs", "b.rs"],
        folder.path(),
        "`b.rs` is there and does not begin with @generated",
    );
    assert_eq!(files(folder.path())?, ["b.rs"]);
    assert_eq!(fs::read_to_string(folder.path().join("b.rs"))?, BY_HAND);
    Ok(())
}

#[test]
fn paths_that_lead_out_of_the_folder_are_refused() -> io::Result<()> {
    let parent = TempDir::new()?;
    let folder = parent.path().join("client");
    let absolute = parent.path().join("x.rs").display().to_string();
    for path in ["../x.rs", "src/../../x.rs", absolute.as_str()] {
        assert_refused(&["a.rs", path], &folder, "is not a plain path below the crate's folder");
    }
    assert!(files(parent.path())?.is_empty());
    Ok(())
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_neither_written_through_nor_searched() -> io::Result<()> {
    let (folder, elsewhere) = (TempDir::new()?, TempDir::new()?);
    run(&["x.rs"], elsewhere.path());
    std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("src"))?;
    std::os::unix::fs::symlink("nowhere", folder.path().join("b.rs"))?;
    assert_refused(&["src/x.rs"], folder.path(), "through the symbolic link `src`");
    assert_refused(&["src/new/y.rs"], folder.path(), "through the symbolic link `src`");
    assert_refused(&["b.rs"], folder.path(), "through the symbolic link `b.rs`");
    run(&["a.rs"], folder.path());
    assert_eq!(files(elsewhere.path())?, ["x.rs"]);
    Ok(())
}

#[test]
fn all_refusals_are_told_at_once() -> io::Result<()> {
    let folder = TempDir::new()?;
    fs::write(folder.path().join("b.rs"), BY_HAND)?;
    let mut generated = a_crate(&["a.rs", "a.rs", "b.rs", "../c.rs"]);
    generated.files.push(File { path: "d.rs".to_owned(), text: "fn d() {}\n".to_owned() });
    let told = Plan::new(generated, folder.path()).expect_err("refused").to_string();
    for part in
        ["`a.rs` is generated twice", "`b.rs` is there", "`../c.rs` is no", "`d.rs` does not begin"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    Ok(())
}

#[test]
fn a_path_that_cannot_be_read_is_named() -> io::Result<()> {
    let folder = TempDir::new()?;
    fs::create_dir(folder.path().join("a.rs"))?;
    let failure = Plan::new(a_crate(&["a.rs"]), folder.path()).expect_err("a folder is no file");
    assert!(matches!(&failure, Failure::Disk { path, .. } if path.ends_with("a.rs")), "{failure}");
    Ok(())
}

fn text(path: &str) -> String {
    format!("// @generated for a test\n// {path}\n")
}

fn a_crate(paths: &[&str]) -> Crate {
    let file = |path: &&str| File { path: (*path).to_owned(), text: text(path) };
    Crate { files: paths.iter().map(file).collect() }
}

fn plan(paths: &[&str], folder: &Path) -> Plan {
    Plan::new(a_crate(paths), folder).unwrap_or_else(|failure| panic!("{failure}"))
}

fn run(paths: &[&str], folder: &Path) -> Plan {
    let plan = plan(paths, folder);
    plan.apply().unwrap_or_else(|failure| panic!("{failure}"));
    plan
}

fn changes(paths: &[&str], folder: &Path) -> Vec<String> {
    let changes = plan(paths, folder).changes.into_iter().map(|change| match change {
        Change::Create(file) => format!("+{}", file.path),
        Change::Update { file, .. } => format!("~{}", file.path),
        Change::Remove { path, .. } => format!("-{path}"),
    });
    changes.collect()
}

fn assert_refused(paths: &[&str], folder: &Path, why: &str) {
    let told = Plan::new(a_crate(paths), folder).expect_err("must be refused").to_string();
    assert!(told.contains(why), "{why}: {told}");
}

/// The files below a folder, sorted; links are left out.
fn files(folder: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            found.extend(files(&entry.path())?.into_iter().map(|path| format!("{name}/{path}")));
        } else if entry.file_type()?.is_file() {
            found.push(name);
        }
    }
    found.sort_unstable();
    Ok(found)
}

fn modified(folder: &Path, paths: &[&str]) -> io::Result<Vec<SystemTime>> {
    paths.iter().map(|path| fs::metadata(folder.join(path))?.modified()).collect()
}
