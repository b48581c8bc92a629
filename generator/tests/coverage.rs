//! How much of a description its client covers is told in full, and alike in each run.

use lantern_generator::analysis::coverage::{Coverage, Fate};
use lantern_generator::diagnostics::WithWarnings;
use lantern_generator::diagnostics::code::DiagnosticCode;
use lantern_generator::pipeline::model::Api;
use lantern_generator::{Generator, Source};

use crate::fixture;

const SHOP: &str = include_str!("selection/shop.yaml");

fn counted(text: &str, tags: &[&str]) -> Option<WithWarnings<(Api, Coverage)>> {
    let generator = Generator::new("shop-client");
    let generator = tags.iter().copied().fold(generator, Generator::only_tag);
    generator.api_with_coverage(&Source::new("shop.yaml", text)).ok()
}

fn coverage(text: &str, tags: &[&str]) -> Coverage {
    counted(text, tags).expect("a client").value.1
}

#[test]
fn no_operation_is_lost_and_every_warning_about_a_keyword_is_counted() {
    for path in fixture::all("clients") {
        let text = std::fs::read_to_string(&path).expect("a fixture");
        let found = counted(&text, &[]).expect("a client");
        let coverage = &found.value.1;
        assert_eq!(*coverage, self::coverage(&text, &[]), "two runs differ");
        let operations = &coverage.operations;
        assert_eq!(operations.made, operations.described, "{path:?}: an operation is lost");
        let shares = [&coverage.operations, &coverage.schemas, &coverage.errors];
        let shares = shares.into_iter().chain(coverage.parameters.values());
        let shares = shares.chain(coverage.bodies.values()).chain(coverage.replies.values());
        for share in shares {
            assert!(share.made <= share.described, "{:?}: {coverage}", path);
        }
        let lost = [
            DiagnosticCode::WidenedKeyword,
            DiagnosticCode::MissingSchema,
            DiagnosticCode::UnknownType,
            DiagnosticCode::UnknownKeyword,
            DiagnosticCode::MisplacedKeyword,
            DiagnosticCode::NotGenerated,
        ];
        let warnings = found.warnings.iter().filter(|one| lost.contains(&one.code)).count();
        let keywords = coverage.keywords.iter().filter(|one| one.fate != Fate::Used);
        assert_eq!(keywords.map(|one| one.count).sum::<usize>(), warnings, "{:?}", path);
    }
}

#[test]
fn an_operation_without_code_is_missing_from_the_client() {
    let no_method = "    additionalOperations:\n     NO METHOD:\n      operationId: add";
    let lost = SHOP.replace("    post:\n      operationId: add", no_method);
    let operations = coverage(&lost, &[]).operations;
    assert_eq!((operations.described, operations.made), (4, 3));
}

#[test]
fn each_form_of_a_body_is_in_the_client() {
    let json = "content: {application/json: {schema: {$ref: '#/components/schemas/NewOrder'}}}";
    let both = SHOP
        .replace(json, &json.replace("{application", "{text/CSV; header=present: {}, application"));
    let bodies = coverage(&both, &[]).bodies;
    let made: Vec<_> = bodies.iter().map(|(form, share)| (form.as_str(), share.made)).collect();
    assert_eq!(made, [("text/csv", 1), ("application/json", 1)]);
}

#[test]
fn a_part_is_counted_alone() {
    let table = coverage(SHOP, &["stock"]).to_string();
    let expected = "\
                             described  in the client
operations                           4              1
schemas, and types for them          5              1
reply application/json               1              1
errors with a body                   0              0

keyword                      became   times  first at
type                         used         5  /paths/~1items/get/responses/200/content/application~1json/schema
format                       used         2  /components/schemas/Item/properties/key
items                        used         1  /paths/~1items/get/responses/200/content/application~1json/schema
properties                   used         1  /components/schemas/Item
contentEncodng               ignored      1  /components/schemas/Item/properties/label/contentEncodng
";
    assert_eq!(table.trim_start(), expected, "{table}");
}
