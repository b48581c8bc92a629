//! Diagnostics about what was rewritten have the place at which it was written.

use super::super::normalize;
use super::loaded;

/// The places of the diagnostics about one schema, below that schema.
fn places(schema: &str) -> Vec<String> {
    let head =
        "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {}\ncomponents: {schemas: {A: ";
    let outcome =
        normalize(loaded("test.yaml", &format!("{head}{schema}}}}}\n")), Vec::new()).checked();
    let found = outcome.map_or_else(|refused| refused, |read| read.warnings);
    let places = found.iter().map(|one| one.place.pointer.as_str().to_owned());
    places.map(|place| place.replacen("/components/schemas/A", "", 1)).collect()
}

#[test]
fn what_was_moved_is_told_where_it_stood() {
    let rules = [
        (
            "{anyOf: [{type: string, pattern: 5, odd: 1}, {type: 'null'}]}",
            vec!["/anyOf/0/odd", "/anyOf/0/pattern"],
        ),
        ("{anyOf: [{type: 'null'}, {$ref: '#/nothing'}]}", vec!["/anyOf/1/$ref"]),
        ("{type: [string, array], items: {odd: 1}}", vec!["/items/odd"]),
        ("{prefixItems: [{odd: 1}]}", vec!["/prefixItems/0/odd"]),
        ("{description: a, oneOf: [{$ref: '#/nothing'}]}", vec!["/oneOf/0/$ref"]),
    ];
    for (schema, expected) in rules {
        let mut places = places(schema);
        places.sort();
        assert_eq!(places, expected, "{schema}");
    }
}

#[test]
fn items_behind_one_that_was_taken_out_keep_their_places() {
    let text = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {/a: {get: {responses: {}, parameters: [\
                {name: a, in: query, schema: {}}, {name: a, in: query, schema: {}}, {name: b, in: query, odd: 1, schema: {}}]}}}";
    let found =
        normalize(loaded("test.yaml", text), Vec::new()).checked().expect("a description").warnings;
    let places: Vec<_> = found.iter().map(|one| one.place.pointer.as_str()).collect();
    let at = "/paths/~1a/get/parameters";
    assert_eq!(places, [format!("{at}/1"), format!("{at}/2/odd")]);
}

#[test]
fn what_an_overlay_brought_is_told_in_the_overlay() {
    let text = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\n\
                paths: {/a: {get: {parameters: [{name: a, in: query, schema: {odd: 1}}], responses: {}}}}";
    let update = "{summary: s, sumary: 1, parameters: [{name: b, in: query, schema: {odd: 2}}], responses: {200: {odd: 3}}}";
    let overlay = format!(
        "overlay: 1.1.0\ninfo: {{title: A, version: '1'}}\nactions: [{{target: $.paths.*.get, update: {update}}}]"
    );
    let overlay = loaded("overlay.yaml", &overlay);
    let found =
        normalize(loaded("test.yaml", text), vec![overlay]).checked().expect("a description");
    let places = found.warnings.iter().map(|one| (&*one.place.file, one.place.pointer.as_str()));
    let mut places: Vec<_> = places.collect();
    places.sort();
    let expected = [
        ("overlay.yaml", "/actions/0/update/parameters/0/schema/odd"),
        ("overlay.yaml", "/actions/0/update/responses/200/odd"),
        ("overlay.yaml", "/actions/0/update/sumary"),
        ("test.yaml", "/paths/~1a/get/parameters/0/schema/odd"),
    ];
    assert_eq!(places, expected);
}

#[test]
fn what_a_later_overlay_replaced_is_told_in_that_one() {
    let text =
        "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {/a: {get: {responses: {}}}}";
    let overlay = |file: &str, update: &str| {
        let action = format!("{{target: $.paths.*.get, update: {update}}}");
        let info = "info: {title: A, version: '1'}";
        loaded(file, &format!("overlay: 1.1.0\n{info}\nactions: [{action}]"))
    };
    let overlays = vec![
        overlay("first.yaml", "{sumary: 1, descripton: 1}"),
        overlay("second.yaml", "{sumary: 2}"),
    ];
    let found = normalize(loaded("test.yaml", text), overlays).checked().expect("a description");
    let mut files: Vec<_> = found.warnings.iter().map(|one| &*one.place.file).collect();
    files.sort_unstable();
    assert_eq!(files, ["first.yaml", "second.yaml"]);
}
