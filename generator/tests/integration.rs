//! The tests of the generator but for those of `stages`, which lists its own, and of `compile`. They are one program,
//! because each program takes seconds to link.

mod additions;
mod any_bytes;
#[path = "hostile/check.rs"]
mod check;
mod cli;
mod codes;
mod coverage;
mod diff;
mod fixture;
mod generics;
mod guide;
mod hostile;
mod hostile_input;
mod import_circles;
mod incoming;
mod lantern;
mod lint;
mod live;
mod module;
mod module_sources;
mod openapi_3_2;
mod operations_table;
mod printing;
mod properties;
mod random_changes;
mod release;
mod replies;
mod reserved_names;
mod rust_sources;
mod schemas;
mod selection;
mod semver_tools;
mod several_files;
mod specimen;
mod spoken_names;
mod swagger_2;
mod tag_features;
mod ten_faults;
#[path = "hostile/texts.rs"]
mod texts;
mod tolerance;
mod validate;
mod wire;

/// Cargo does not look for tests here: a file is a module of one of the two programs, or is never run.
#[test]
fn each_file_is_part_of_a_program() {
    let programs = [include_str!("integration.rs"), include_str!("compile.rs")].concat();
    let entries = std::fs::read_dir(fixture::folder("..")).expect("the folder of the tests");
    let names = entries.map(|entry| entry.expect("an entry").file_name().into_string());
    for name in names.map(|name| name.expect("a name")) {
        let module =
            name.strip_suffix(".rs").filter(|name| !matches!(*name, "compile" | "integration"));
        let declared = module.is_none_or(|name| programs.contains(&format!("mod {name};")));
        assert!(declared, "no program has {name}");
    }
}
