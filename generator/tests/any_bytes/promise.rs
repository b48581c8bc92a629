//! What is promised of any bytes, for the fuzzer and for its stable twin.

use lantern_generator::diagnostics::code::DiagnosticCode;
use lantern_generator::diagnostics::draw::{Style, draw};
use lantern_generator::diagnostics::source_map::Sources;
use lantern_generator::{Generator, Source};

/// Generates from any bytes, and panics where a promise is broken.
pub fn hold(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let source = Source::new("any.yaml", text);
    let sources = Sources::new([source.clone()]);
    let found = match Generator::new("any").run(&source) {
        Ok(generated) => {
            for file in generated.value.files.iter().filter(|file| file.path.ends_with(".rs")) {
                if !file.path.starts_with("src/runtime/") {
                    assert!(syn::parse_file(&file.text).is_ok(), "{} is no Rust", file.path);
                }
            }
            generated.warnings
        }
        Err(refused) => {
            assert!(refused.iter().next().is_some(), "it is refused without a word");
            refused
        }
    };
    for one in found.iter().take(10) {
        assert_ne!(one.code, DiagnosticCode::RendererFault, "{one}");
        assert!(!draw(one, &sources, Style::Plain).is_empty());
    }
}
