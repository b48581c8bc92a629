//! What makes the Lantern description hard to use, and what cannot be looked at.

use std::path::Path;

use lantern_generator::Source;
use lantern_generator::analysis::lint::lint;

use crate::fixture;

fn lantern(file: &str) -> Source {
    fixture::source(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec").join(file))
}

#[test]
fn lanterns_own_file_has_what_the_overlay_corrects() {
    let (description, overlay) = (lantern("lantern.yaml"), lantern("overlay.yaml"));
    let alone = lint(&description, &[]).expect("findings").value;
    let told: Vec<_> = alone.iter().map(|finding| finding.diagnostic.message.as_str()).collect();
    let expected = [
        "the example has no `total_credits`, which is required",
        "`credits().get_credit_usage` says `credits` twice; `get_usage` would do",
    ];
    assert_eq!(told, expected);
    let corrected = lint(&description, &[overlay]).expect("findings").value;
    let told: Vec<_> =
        corrected.iter().map(|finding| finding.diagnostic.message.as_str()).collect();
    assert!(told.is_empty(), "{told:?}");
}

#[test]
fn what_no_client_can_be_made_of_is_refused() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n".to_owned();
    let nothing = Source::new("nothing.yaml", text);
    assert!(lint(&nothing, &[]).is_err());
}
