//! A description of any size: a shop with so many departments, each with operations and types of its own.

use serde_json::{Map, Value, json};

/// The paths and schemas of a department, whose number is written `@N`.
const DEPARTMENT: &str = include_str!("synthetic/department.json");

/// A shop with so many departments.
pub fn description(departments: usize) -> Value {
    let (mut paths, mut schemas) = (Map::new(), Map::new());
    for number in 1..=departments {
        let mut department = department(number);
        append(&mut paths, department["paths"].take());
        append(&mut schemas, department["schemas"].take());
    }
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1.0.0"},
        "servers": [{"url": "https://shop.example.com"}],
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

fn department(number: usize) -> Value {
    let text = DEPARTMENT.replace("@N", &number.to_string());
    serde_json::from_str(&text).expect("the file of this program is JSON")
}

fn append(all: &mut Map<String, Value>, more: Value) {
    if let Value::Object(more) = more {
        all.extend(more);
    }
}

#[cfg(test)]
mod tests {
    use lantern_generator::{Generator, Source};

    use super::*;

    #[test]
    fn a_client_is_made_of_all_departments_without_a_warning() {
        let text = description(3).to_string();
        let made = Generator::new("shop-client").run(&Source::new("shop.json", text));
        let made = made.expect("a client");
        assert_eq!(made.warnings.iter().map(ToString::to_string).collect::<Vec<_>>(), [""; 0]);
        let tags = ["department_1", "department_2", "department_3"];
        for tag in tags {
            let path = format!("src/{tag}.rs");
            assert!(made.value.files.iter().any(|file| file.path == path), "{path}");
        }
    }
}
