//! The table of operations, of every fixture and of Lantern: its schemas are schemas, and nothing in it leads nowhere.

use std::path::{Path, PathBuf};

use lantern_generator::pipeline::load;
use lantern_generator::{Generator, Source};
use lantern_operations::{Location, Operation, Placement, Retry, Style, Table};
use serde_json::{Value, json};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn table(generator: Generator, spec: &Source) -> Option<Table> {
    generator.operations(spec).ok().map(|made| made.value)
}

fn of_text(spec: &str) -> Table {
    table(Generator::new("shop-client"), &Source::new("shop.yaml", spec)).expect("a table")
}

fn lantern() -> Table {
    let read = |name: &str| {
        let path = repository().join("spec").join(name);
        Source::new(name, std::fs::read_to_string(path).expect("a file"))
    };
    let generator = Generator::new("lantern-client").overlay(read("overlay.yaml"));
    table(generator, &read("lantern.yaml")).expect("a table")
}

/// Everything that must hold of any table.
fn assert_whole(table: &Table, of: &str) {
    assert_eq!(table.dangling(), [], "{of}");
    let text = table.to_json();
    assert!(!text.contains("x-openapi-"), "a mark leaked in {of}");
    assert_eq!(Table::from_json(&text).expect("a table").to_json(), text, "{of}");
    for (name, definition) in &table.definitions {
        assert_schema(definition, &format!("{of}: {name}"));
    }
    for operation in &table.operations {
        let commands = table.in_group(&operation.group);
        let same = commands.filter(|other| other.command == operation.command);
        assert_eq!(same.count(), 1, "{of}: {}", operation.id);
        assert!(table.group(&operation.group).is_some(), "{of}: {}", operation.id);
        for schema in operation.schemas() {
            assert_schema(schema, &format!("{of}: {}", operation.id));
        }
    }
}

fn assert_schema(schema: &Value, of: &str) {
    if let Err(error) = jsonschema::draft202012::meta::validate(schema) {
        panic!("{of}: {error} at {}\n{schema}", error.instance_path());
    }
}

fn fixtures(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let is_description = path.extension().is_some_and(|it| it == "yaml" || it == "json");
        if path.is_dir() {
            fixtures(&path, found);
        } else if is_description {
            found.push(path);
        }
    }
}

#[test]
fn tables_of_all_fixtures_are_whole() {
    let mut paths = Vec::new();
    fixtures(&repository().join("generator/tests/fixtures"), &mut paths);
    let mut made = 0;
    for path in paths {
        let Ok(spec) = load::read(&path) else { continue };
        let Some(table) = table(Generator::new("shop-client"), &spec.value) else { continue };
        assert_whole(&table, &path.display().to_string());
        made += 1;
    }
    assert!(made > 140, "only {made} tables were made");
}

#[test]
fn the_table_of_lantern_has_what_the_client_knows() {
    let table = lantern();
    assert_whole(&table, "lantern.yaml");
    assert_eq!(table.operations.len(), 18);
    assert_eq!(table.security_schemes[0].variable, "LANTERN_API_KEY");
    assert_eq!(table.security_schemes[0].placement, Placement::Bearer);
    let phone = table.command("enrichment", "phone").expect("the operation");
    assert_eq!(phone.policy.retry, Retry::ByKey("record_id".to_owned()));
    let limit = table.rate_limit(phone).expect("a limit");
    assert_eq!((limit.requests, limit.seconds), (Some(50), Some(60)));
    let batch = table.command("batches", "phone-and-email").expect("the operation");
    assert_eq!(batch.batch.as_ref().and_then(|batch| batch.at_most), Some(1000));
}

/// The documented examples of bodies fit the schemas of the table.
#[test]
fn documented_examples_fit_their_schemas() {
    let table = lantern();
    for operation in &table.operations {
        let replies = operation.responses.iter().flat_map(|response| &response.content);
        for media in operation.body.iter().flat_map(|body| &body.content).chain(replies) {
            let Some(schema) = &media.schema else { continue };
            let validator = jsonschema::draft202012::new(&table.closed(schema)).expect("a schema");
            for example in &media.examples {
                assert!(validator.is_valid(example), "{}: {example}", operation.id);
            }
        }
    }
}

fn schema_of(operation: &Operation) -> &Value {
    operation.body.as_ref().and_then(|body| body.content[0].schema.as_ref()).expect("a schema")
}

#[test]
fn what_normalizing_changed_is_said_in_words_of_json_schema() {
    let table = of_text(
        r##"
openapi: 3.1.0
info: {title: Shop, version: '1'}
paths:
  /books/{id}:
    post:
      operationId: lend
      parameters:
        - {name: id, in: path, required: true, schema: {type: integer}}
        - {name: tags, in: query, style: pipeDelimited, explode: false, schema: {type: array, items: {type: string}}}
        - {name: secret, in: query, schema: {type: string, x-sensitive: true}}
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                reader: {anyOf: [{$ref: '#/components/schemas/Reader'}, {type: 'null'}]}
                until: {type: [string, 'null'], format: date, description: 'The **last** day.'}
                email: {type: string, x-sensitive: true}
                phone: {type: string, xml: {attribute: true}}
                next: {$ref: '#/components/schemas/Book'}
              anyOf: [{required: [email]}, {required: [phone]}]
      responses: {'200': {description: OK}}
components:
  schemas:
    Reader: {type: string, enum: [a, b]}
    Book: {type: object, properties: {sequel: {$ref: '#/components/schemas/Book'}}}
    Unused: {type: string}
"##,
    );
    assert_whole(&table, "shop");
    let lend = table.operation("lend").expect("the operation");
    let (tags, secret) = (&lend.parameters[1], &lend.parameters[2]);
    assert_eq!(
        (tags.location, tags.style, tags.explode),
        (Location::Query, Style::PipeDelimited, false)
    );
    assert!(secret.sensitive && !tags.sensitive);
    let schema = schema_of(lend);
    assert_eq!(schema["properties"]["until"]["description"], "The last day.");
    assert_eq!(schema["properties"]["email"]["x-sensitive"], true);
    assert_eq!(schema["properties"]["phone"]["xml"]["attribute"], true);
    assert_eq!(Vec::from_iter(table.definitions.keys()), ["Reader", "Book"]);
    let validator = jsonschema::draft202012::new(&table.closed(schema)).expect("a schema");
    for fits in [
        json!({"email": "x", "reader": null, "until": null}),
        json!({"phone": "x", "reader": "a", "next": {"sequel": {"sequel": {}}}}),
    ] {
        assert!(validator.is_valid(&fits), "{fits}");
    }
    for misfit in
        [json!({"reader": "a"}), json!({"phone": "x", "reader": "c"}), json!({"phone": null})]
    {
        assert!(!validator.is_valid(&misfit), "{misfit}");
    }
}

/// What asks for tokens itself needs the same as the client does: where, for what, and the names of the variables.
#[test]
fn client_credentials_are_those_of_the_client() {
    let path = repository()
        .join("generator/tests/fixtures/clients/security/security_client_credentials.yaml");
    let spec = load::read(&path).expect("a description").value;
    let table = table(Generator::new("doors-client"), &spec).expect("a table");
    let flow = |scheme: &str| {
        let scheme = table.security_scheme(scheme).expect("a scheme");
        scheme.client_credentials.clone()
    };
    let staff = flow("staff").expect("a flow");
    assert_eq!(staff.token_url.as_deref(), Some("oauth/token"));
    assert_eq!(staff.scopes, ["read", "write"], "those that operations need");
    assert_eq!(
        [&staff.id_variable, &staff.secret_variable, &staff.token_url_variable],
        ["DOORS_CLIENT_ID", "DOORS_CLIENT_SECRET", "DOORS_TOKEN_URL"]
    );
    let partners = flow("partners").expect("a flow");
    assert_eq!(partners.secret_variable, "DOORS_PARTNER_CLIENT_SECRET", "as an overlay calls it");
    let unusable = flow("machines").expect("a flow");
    assert_eq!(unusable.token_url, None, "callers have to say it");
    assert_eq!(flow("people"), None, "another flow");
}
