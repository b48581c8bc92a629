//! The examples in the guide of a client, as the source of a test that has a function for each.

use lantern_generator::Crate;

/// What rustc warns of in an example is no fault of it; rustdoc does not show it either.
const HEAD: &str = "#![allow(warnings)]\n";

/// All examples that rustdoc would compile.
pub fn as_test(client: &Crate) -> String {
    let pages = client.files.iter().filter_map(|file| {
        let page = file.path.strip_prefix("src/guide/")?.strip_suffix(".md")?;
        Some((page, file.text.as_str()))
    });
    let functions: Vec<_> = pages.flat_map(|(page, text)| functions(page, text)).collect();
    assert!(!functions.is_empty(), "a guide without examples");
    HEAD.to_owned() + &functions.concat()
}

fn functions(page: &str, text: &str) -> Vec<String> {
    let examples = examples(text).into_iter().enumerate();
    examples.map(|(number, code)| format!("fn {page}_{number}() {{\n{code}}}\n")).collect()
}

/// The code between the fences of a page.
fn examples(text: &str) -> Vec<String> {
    let (mut examples, mut open) = (Vec::new(), None);
    for line in text.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(language), None) => open = Some((language.starts_with("rust"), String::new())),
            (Some(_), Some(_)) => examples.extend(open.take()),
            (None, Some((_, code))) => *code += &format!("{}\n", shown(line)),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a fence without its end");
    examples.into_iter().filter_map(|(is_rust, code)| is_rust.then_some(code)).collect()
}

/// A line that rustdoc hides is code like any other.
fn shown(line: &str) -> &str {
    if line == "#" { "" } else { line.strip_prefix("# ").unwrap_or(line) }
}

#[test]
fn hidden_lines_are_code_and_other_languages_are_not() {
    let page = "A\n```rust,no_run\n# use a::b;\n#\n#[cfg(x)]\nb();\n```\n```toml\na = 1\n```\n";
    assert_eq!(examples(page), ["use a::b;\n\n#[cfg(x)]\nb();\n"]);
}
