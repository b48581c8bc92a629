//! The program that offers the operations of a client on the command line: a few lines, and the table of operations.

use lantern_operations::Table;

use crate::pipeline::model::Api;
use crate::pipeline::template::filled;
use crate::{Crate, File};

const MAIN: &str = include_str!(concat!(env!("TEMPLATES"), "/cli/main.rs.in"));
const RESULTS: &str = include_str!(concat!(env!("TEMPLATES"), "/cli/results.rs.in"));
const MANIFEST: &str = include_str!(concat!(env!("TEMPLATES"), "/cli/Cargo.toml.in"));

/// How the program fetches results of batches.
const FETCHES: &str = "
    fn results<'a>(&'a self, wanted: &'a Wanted) -> Fetching<'a> {
        results::fetch(&self.client, wanted)
    }
";

/// The feature of results that are in S3.
const S3: &str = "# Results of batches that are in S3, with your own AWS credentials.\n";

/// What the program is called, and where its client is.
#[derive(Clone, Debug)]
pub struct CommandLine<'a> {
    /// The name of the program: `shop`.
    pub program: &'a str,
    /// The folder of the client, as seen from that of the program.
    pub client: &'a str,
}

/// The files of the program.
pub fn files(api: &Api, table: &Table, made: &CommandLine<'_>, banner: &str) -> Crate {
    let batches = table.operations.iter().any(|operation| operation.batch.is_some());
    let for_batches = |text: &str| if batches { text.to_owned() } else { String::new() };
    let field = |name: &str| match name {
        "banner" => banner.to_owned(),
        "title" => api.title.clone(),
        "crate" => api.crate_path(),
        "package" => api.crate_name.clone(),
        "program" => made.program.to_owned(),
        "client" => made.client.to_owned(),
        "modules" => for_batches("mod results;\n\n"),
        "imports" => for_batches("Fetching, "),
        "wanted" => for_batches(", Wanted"),
        "methods" => for_batches(FETCHES),
        "features" if batches => format!("{S3}s3 = [\"{}/s3\"]\n", api.crate_name),
        _ => String::new(),
    };
    let file = |path: &str, text| File { path: path.to_owned(), text };
    let results = batches.then(|| file("src/results.rs", filled(RESULTS, field)));
    let mut files = vec![
        file("Cargo.toml", filled(MANIFEST, field)),
        file("src/main.rs", filled(MAIN, field)),
        file("src/operations.json", marked(table, banner)),
    ];
    files.extend(results);
    Crate { files }
}

/// The table with the mark of a generated file, which readers of tables skip.
fn marked(table: &Table, banner: &str) -> String {
    let (mark, by) = banner.split_once(' ').unwrap_or((banner, ""));
    let (mark, by) = (serde_json::Value::from(mark), serde_json::Value::from(by));
    let json = table.to_json();
    format!("{{{mark}:{by},{}", json.strip_prefix('{').unwrap_or(&json))
}
