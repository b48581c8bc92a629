//! `docs/promises.md` lists each promise with the tests that hold it: exactly those whose names begin with it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Where tests that hold promises are.
const FOLDERS: [&str; 5] =
    ["generator/src", "generator/tests", "templates/src", "templates/tests", "templates/s3"];

/// A promise, the file of a test, and the test's name.
type Held = (String, String, String);

#[test]
fn each_promise_is_listed_with_the_tests_that_hold_it() {
    let page = read(&root().join("docs/promises.md"));
    let (listed, held) = (listed(&page), held());
    let missing: Vec<_> = held.difference(&listed).collect();
    assert!(missing.is_empty(), "docs/promises.md does not list {missing:#?}");
    let gone: Vec<_> = listed.difference(&held).collect();
    assert!(gone.is_empty(), "docs/promises.md lists tests that do not exist: {gone:#?}");
}

#[test]
fn each_promise_has_a_test() {
    let page = read(&root().join("docs/promises.md"));
    let listed = listed(&page);
    let tested: BTreeSet<_> = listed.iter().map(|(promise, ..)| promise.as_str()).collect();
    let untested: Vec<_> = promises(&page).filter(|promise| !tested.contains(promise)).collect();
    assert!(untested.is_empty(), "no test holds {untested:?}");
    let numbers = |letter, count| (1..=count).map(move |number| format!("{letter}{number:02}"));
    let expected: Vec<_> = numbers('G', 16).chain(numbers('C', 34)).collect();
    assert_eq!(promises(&page).collect::<Vec<_>>(), expected);
}

/// `### G01: Text stays text` → `G01`
fn promises(page: &str) -> impl Iterator<Item = &str> {
    page.lines().filter_map(|line| line.strip_prefix("### ")?.split(':').next())
}

fn listed(page: &str) -> BTreeSet<Held> {
    let (mut promise, mut file, mut listed) = ("", "", BTreeSet::new());
    for line in page.lines() {
        if let Some(heading) = line.strip_prefix("### ") {
            promise = heading.split(':').next().unwrap_or_default();
        } else if let Some(link) = line.strip_prefix("- [") {
            file = link.split(']').next().unwrap_or_default();
        } else if let Some(test) = line.strip_prefix("  - `") {
            let test = test.trim_end_matches('`');
            listed.insert((promise.to_owned(), file.to_owned(), test.to_owned()));
        }
    }
    listed
}

fn held() -> BTreeSet<Held> {
    let files = FOLDERS.iter().flat_map(|folder| rust_files(&root().join(folder)));
    let held = files.flat_map(|path| {
        let file = path.strip_prefix(root()).expect("a file below the root").to_path_buf();
        let file = file.to_string_lossy().replace('\\', "/");
        let tests = tests(&read(&path));
        tests.into_iter().flat_map(move |test| {
            let file = file.clone();
            promises_of(&test).into_iter().map(move |promise| (promise, file.clone(), test.clone()))
        })
    });
    held.collect()
}

/// `c17_c18_settings_are_refused` → `C17`, `C18`
fn promises_of(test: &str) -> Vec<String> {
    let is_promise = |word: &&str| {
        let number = word.strip_prefix(['c', 'g']);
        number.is_some_and(|number| number.len() == 2 && number.parse::<u8>().is_ok())
    };
    test.split('_').take_while(is_promise).map(str::to_uppercase).collect()
}

/// The names of the tests of a file, without those that another test starts as a process of its own.
fn tests(text: &str) -> Vec<String> {
    let (mut attributes, mut tests) = (Vec::new(), Vec::new());
    for line in text.lines().map(str::trim_start) {
        let has = |word: &str, attributes: &[&str]| attributes.iter().any(|one| one.contains(word));
        if line.starts_with("#[") {
            attributes.push(line);
        } else if !line.starts_with("//") {
            let name = line.split_once("fn ").and_then(|(_, rest)| rest.split('(').next());
            let is_test = has("test", &attributes) && !has("#[ignore", &attributes);
            tests.extend(name.filter(|_| is_test).map(str::to_owned));
            attributes.clear();
        }
    }
    tests
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of the repository");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let files = paths.flat_map(|path| match path.is_dir() {
        true => rust_files(&path),
        false => vec![path],
    });
    files.filter(|path| path.extension().is_some_and(|ending| ending == "rs")).collect()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a file of the repository")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
