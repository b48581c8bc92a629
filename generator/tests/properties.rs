//! What holds for any text there is.

use std::collections::HashSet;

use lantern_generator::Source;
use lantern_generator::diagnostics::draw::{Style, draw};
use lantern_generator::diagnostics::source_map::Sources;
use lantern_generator::diagnostics::{Location, SpanKind};
use lantern_generator::pipeline::load;
use lantern_generator::pointer::Pointer;
use lantern_generator::rust::format;
use lantern_generator::rust::names::{Case, Scope};
use lantern_generator::rust::rustdoc;
use proptest::prelude::*;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
use quote::quote;

/// Texts of any characters, and texts of those that matter to somebody who reads them.
fn text() -> impl Strategy<Value = String> {
    let marks = proptest::collection::vec(
        prop_oneof![
            proptest::sample::select(vec![
                "```", "~~~", "`", "\n", "\r", "    ", "\t", "- ", "> ", "# ", "<", ">", "[", "](",
                ")", "*", "_", "\\", "\"", "'", "{", "}", ":", ",", "&", "|", "/", "*/",
                "\u{202e}", "\u{0}", "a", "b c", "1.",
            ])
            .prop_map(str::to_owned),
            any::<char>().prop_map(String::from),
        ],
        0..60,
    );
    prop_oneof![any::<String>(), marks.prop_map(|marks| marks.concat())]
}

/// Characters that nobody sees, or that end a line where nobody sees it.
fn is_hidden(character: char) -> bool {
    let bidi = [
        '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}',
        '\u{2068}', '\u{2069}',
    ];
    let breaks = ['\u{2028}', '\u{2029}', '\u{feff}', '\u{200b}'];
    character.is_control() || bidi.contains(&character) || breaks.contains(&character)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn names_of_one_scope_are_distinct_words_and_the_same_every_time(wires in proptest::collection::vec(text(), 0..20)) {
        for case in [Case::Type, Case::Value, Case::Module] {
            let names = || {
                let mut scope = Scope::reserving(&["Client", "new"]);
                wires.iter().map(|wire| scope.name(wire, case)).collect::<Vec<_>>()
            };
            let first = names();
            prop_assert_eq!(&first, &names());
            let distinct: HashSet<_> = first.iter().map(|name| name.rust()).collect();
            prop_assert_eq!(distinct.len(), first.len());
            for (name, wire) in first.iter().zip(&wires) {
                prop_assert_eq!(name.wire(), wire.as_str());
                prop_assert!(case != Case::Module || name.rust().is_ascii());
                prop_assert!(syn::parse_str::<syn::Ident>(name.rust()).is_ok(), "{}", name.rust());
            }
        }
    }

    #[test]
    fn docs_hold_no_code_that_runs_no_html_that_lives_and_nothing_unseen(markdown in text()) {
        let lines = rustdoc::lines(&markdown);
        for line in &lines {
            prop_assert!(!line.contains(is_hidden), "{line:?}");
        }
        for event in Parser::new(&lines.join("\n")) {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => prop_assert_eq!(&*info, "text"),
                Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => prop_assert!(false, "{lines:?}"),
                Event::Html(html) | Event::InlineHtml(html) => prop_assert!(false, "{html} in {lines:?}"),
                _ => {}
            }
        }
    }

    #[test]
    fn docs_are_printed_as_they_are(markdown in text()) {
        let lines = rustdoc::lines(&markdown).into_iter().map(|line| format!(" {line}"));
        let summary = format!(" {}", rustdoc::sentence(&markdown));
        prop_assert!(!summary.contains('\n'));
        let code = quote!(#[doc = #summary] #(#[doc = #lines])* pub struct Documented;);
        prop_assert!(format::checked("// @generated", code).is_ok());
    }

    #[test]
    fn any_text_is_read_or_refused_at_a_place_that_can_be_drawn(text in text()) {
        let source = Source::new("any.yaml", text);
        let read = load::parse(&source).checked();
        let found = read.map_or_else(|refused| refused, |read| read.warnings);
        let sources = Sources::new([source]);
        for one in found.iter() {
            prop_assert!(!draw(one, &sources, Style::Plain).is_empty());
        }
    }

    #[test]
    fn any_place_of_any_text_is_found(text in text(), steps in proptest::collection::vec(text(), 0..4), byte in 0_usize..200) {
        let length = text.len();
        let sources = Sources::new([Source::new("any", text)]);
        let pointer = steps.iter().fold(Pointer::root(), |at, step| at.at(step));
        prop_assert_eq!(pointer.steps().collect::<Vec<_>>(), steps);
        for spot in [SpanKind::Value, SpanKind::Key, SpanKind::Again(1), SpanKind::Byte(byte)] {
            let found = sources.find(&Location::new("any", pointer.clone()).spot(spot)).expect("a place");
            prop_assert!(found.start <= found.end && found.end <= length);
            prop_assert!(found.text.get(found.start..found.end).is_some());
            prop_assert!(found.from <= found.to);
        }
    }
}

#[test]
fn ten_thousand_names_of_one_word_are_told_apart() {
    let mut scope = Scope::default();
    let names: HashSet<_> =
        (0..10_000).map(|count| scope.name(&"!".repeat(count % 7), Case::Value)).collect();
    let distinct: HashSet<_> = names.iter().map(|name| name.rust()).collect();
    assert_eq!(distinct.len(), 10_000);
}
