//! The program that offers the operations of a client on the command line: a few lines, and the table of operations.

use lantern_operations::Table;
use serde_json::Value;

use crate::pipeline::model::{Api, Credential, Grant};
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

/// What nobody may see of what the client requests itself.
const TOKENS: &str = "
    fn without_tokens(&self, text: Vec<u8>) -> Vec<u8> {
        self.client.without_tokens(&text)
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
        "clients" => clients(api),
        "methods" => for_batches(FETCHES) + if api.grants().next().is_some() { TOKENS } else { "" },
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

/// How the client is told to request tokens.
fn clients(api: &Api) -> String {
    let arm = |(credential, grant): (&Credential, &Grant)| {
        let scheme = format!("{:?}", credential.name.wire());
        let [client, token_url] = [&grant.client, &grant.token_url].map(|name| name.rust());
        format!(
            "            {scheme} => {{
                let builder = builder.{client}(&owner.id, &owner.secret);
                match &owner.token_url {{
                    Some(url) => builder.{token_url}(url),
                    None => builder,
                }}
            }}\n"
        )
    };
    let arms: String = api.grants().map(arm).collect();
    if arms.is_empty() {
        return arms;
    }
    format!(
        "    for (scheme, owner) in &connection.clients {{
        builder = match scheme.as_str() {{
{arms}            _ => builder,
        }};
    }}\n"
    )
}

/// The table with the mark of a generated file, which readers of tables skip.
fn marked(table: &Table, banner: &str) -> String {
    let (mark, by) = banner.split_once(' ').unwrap_or((banner, ""));
    let (mark, by) = (Value::from(mark), Value::from(by));
    let json = table.to_json();
    format!("{{{mark}:{by},{}", json.strip_prefix('{').unwrap_or(&json))
}
