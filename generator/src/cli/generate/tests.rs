use std::path::Path;
use std::{fs, io};

use crate::{Crate, File};
use tempfile::TempDir;

use super::{Generate, write};
use crate::cli::plan::Plan;
use crate::cli::{Context, Failure};

#[test]
fn a_run_says_what_it_did() -> io::Result<()> {
    let folder = TempDir::new()?;
    assert_eq!(
        written(&["a.rs", "b.rs", "c.rs"], folder.path()).lines().last(),
        Some("3 created, 0 unchanged")
    );
    fs::write(folder.path().join("a.rs"), "// @generated earlier\n")?;
    assert_eq!(
        written(&["a.rs", "b.rs", "d.rs"], folder.path()),
        "updated a.rs\ncreated d.rs\nremoved c.rs\n1 created, 1 updated, 1 removed, 1 unchanged\n"
    );
    Ok(())
}

#[test]
fn a_run_names_no_more_files_than_one_can_read() -> io::Result<()> {
    let folder = TempDir::new()?;
    let many: Vec<_> =
        (0..9).map(|number| format!("src/runtime/{}/{number}.rs", number % 3)).collect();
    let few = ["Cargo.toml", "src/lib.rs", "src/types.rs", "src/types/books.rs"];
    let all: Vec<_> = few.into_iter().chain(many.iter().map(String::as_str)).collect();
    assert_eq!(
        written(&all, folder.path()),
        "created Cargo.toml\ncreated src/lib.rs\ncreated src/types.rs\ncreated src/types/books.rs\n\
         created 9 files in src/runtime\n13 created, 0 unchanged\n"
    );
    Ok(())
}

#[test]
fn a_check_of_a_current_crate_says_so_in_one_line() -> io::Result<()> {
    let folder = TempDir::new()?;
    written(&["a.rs", "b.rs"], folder.path());
    let expected = format!("{} is current: 2 files", folder.path().display());
    assert_eq!(checked(&["a.rs", "b.rs"], folder.path()).ok(), Some(expected));
    Ok(())
}

#[test]
fn a_check_of_a_stale_crate_shows_every_difference_and_leaves_the_disk_alone() -> io::Result<()> {
    let folder = TempDir::new()?;
    written(&["changed.rs", "orphan.rs"], folder.path());
    fs::write(folder.path().join("changed.rs"), "// @generated for a test\n// earlier\n")?;
    let (report, command) = stale(&["changed.rs", "missing.rs"], folder.path());
    assert_eq!(
        report,
        "stale changed.rs\nmissing missing.rs\norphan orphan.rs\n\
         --- changed.rs\n+++ changed.rs\n@@ -1,2 +1,2 @@\n // @generated for a test\n-// earlier\n+// changed.rs\n\
         --- /dev/null\n+++ missing.rs\n@@ -0,0 +1,2 @@\n+// @generated for a test\n+// missing.rs\n\
         --- orphan.rs\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-// @generated for a test\n-// orphan.rs\n"
    );
    assert_eq!(command, "lantern-generator generate");
    assert_eq!(fs::read_dir(folder.path())?.count(), 2);
    assert!(fs::read_to_string(folder.path().join("changed.rs"))?.contains("earlier"));
    assert!(folder.path().join("orphan.rs").exists());
    Ok(())
}

#[test]
fn a_check_shows_no_more_than_two_hundred_lines_of_differences() -> io::Result<()> {
    let folder = TempDir::new()?;
    let paths: Vec<_> = (0..100).map(|number| format!("{number}.rs")).collect();
    let paths: Vec<_> = paths.iter().map(String::as_str).collect();
    let (report, _) = stale(&paths, folder.path());
    assert_eq!(report.lines().count(), 100 + 200 + 1);
    assert_eq!(report.lines().last(), Some("… and 300 more lines"));
    Ok(())
}

fn plan(paths: &[&str], folder: &Path) -> Plan {
    let text = |path: &str| format!("// @generated for a test\n// {path}\n");
    let file = |path: &&str| File { path: (*path).to_owned(), text: text(path) };
    let generated = Crate { files: paths.iter().map(file).collect() };
    Plan::new(generated, folder).unwrap_or_else(|failure| panic!("{failure}"))
}

fn written(paths: &[&str], folder: &Path) -> String {
    write(&plan(paths, folder), "").unwrap_or_else(|failure| panic!("{failure}"))
}

fn checked(paths: &[&str], folder: &Path) -> Result<String, Failure> {
    Generate { check: true, ..Generate::default() }
        .compare(&plan(paths, folder), &Context::without_settings())
}

fn stale(paths: &[&str], folder: &Path) -> (String, String) {
    match checked(paths, folder) {
        Err(Failure::Stale { report, command }) => (report, command),
        other => panic!("must be stale: {other:?}"),
    }
}
