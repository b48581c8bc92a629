use super::{lines, of_markdown, phrase, phrase_of_markdown, plain, sentence};
use quote::quote;

/// Texts that try to become code, HTML, links, Rust or hidden characters.
const HOSTILE: &[&str] = &[
    "",
    " ",
    "\n\n\n",
    "*/",
    "/* */ */ /**/",
    "//! x",
    "/ x",
    "\"",
    "\\",
    "\\\"#",
    "\"#; fn evil() {} r#\"",
    "{}",
    "${x} #{x} {{x}}",
    "'",
    "#![allow(x)]",
    "]",
    "#[derive(Debug)]",
    "a\rb",
    "a\r\nb",
    "a\u{85}b",
    "a\u{2028}b\u{2029}c",
    "a\u{b}b\u{c}c",
    "a\0b",
    "a\u{1}b\u{7f}c\u{9f}",
    "&#0; &#1; &#13; &#10; &#x202e; &#x2028;",
    "\u{202e}txt.exe",
    "\u{2066}a\u{2069} a\u{200b}b \u{feff}",
    "`a\u{202e}b`",
    "```\na\u{202e}b\u{0}\n```",
    "<https://a.example/\u{200b}x>",
    "```\npanic!()\n```",
    "```rust\npanic!()\n```",
    "~~~\npanic!()\n~~~",
    "    panic!()",
    "\tpanic!()",
    "- ```\n  panic!()\n  ```",
    "1. a\n\n       panic!()",
    "> ```\n> panic!()\n> ```",
    ">     panic!()",
    "> - ~~~rust\n>   panic!()",
    "````\n```\npanic!()\n```\n````",
    "```\nnever closed",
    "``` text\n```\n```rust\npanic!()",
    "`````text,rust\n`````",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "a <b onclick='x'>b</b> <!-- c --> <?php ?> <![CDATA[x]]> <!DOCTYPE x>",
    "<div>\n\n```\npanic!()\n```\n\n</div>",
    "<div>\n```\npanic!()\n```\n</div>",
    "- a\n- <div>\n  b",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "[x](javascript:alert(1))",
    "[x](JavaScript:alert(1)) [y](data:text/html,x) [z](../x) [w](#x) [v](vbscript:x)",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x] [a][x]",
    "![x](https://a.example/x.png \"t\") ![](x)",
    "[![a](b)](https://a.example) [`F`](https://a.example)",
    "[Foo] [`Foo`] [Foo](Bar) [Foo][Bar] [] [ ] [x] foo[0] [a::b()]",
    "https://a.example/b_c_d?e=f&g=h. (see http://a.example/x(y)) https:// http",
    "https://{tenant}.example.com/{id} xhttps://a.example",
    "[^1] x\n\n[^1]: y",
    "- [ ] a\n- [x] b",
    "a<br>b<br/><br />c<br>",
    "<br>\n\n<br>x\n\n# a<br>b",
    "|a|b|\n|-|-|\n|<br>`|`|[F]|\n|https://a.example|\\||",
    "# a\n## b\n### c\n#### d\n##### e\n###### f\n\na\n===\n\nb\n---",
    "***\n---\n___",
    "-\n-\n\n* a\n\n+ b\n\n1) c\n\n2. d",
    "*a **b* c** ~~d~~ _e_ __f__ ***g*** a*b*c a_b_c",
    "a  \nb\\\nc",
    "a\n\n&nbsp;\n\nb\u{a0}\u{3000}c",
    "- &nbsp;\n\n# &nbsp;\n\n<br>",
    "*a&#32;* **&nbsp;b** `&nbsp;`",
    "Ünïcödé 日本語 😀 ❤️",
];

fn again(markdown: &str) -> Vec<String> {
    lines(&lines(markdown).join("\n"))
}

/// Lines of prose that are as long as can be, with words that look like marks.
fn long_text() -> String {
    let words =
        "see - 1. # > + = 12) | ~~~ ``` *b* [c](https://a.example/d) <https://b.example> e ";
    format!("- {}\n\n> {}\n", words.repeat(40), words.repeat(40))
}

/// The info strings of the fences that open.
fn infos(lines: &[String]) -> Vec<String> {
    let mut open = None::<String>;
    let mut infos = Vec::new();
    for line in lines {
        let line = line.trim_start_matches([' ', '>', '-', '1', '.']);
        let ticks = line.chars().take_while(|char| *char == '`').collect::<String>();
        let info = line.trim_start_matches('`');
        match &open {
            Some(fence) if info.is_empty() && ticks.len() >= fence.len() => open = None,
            None if ticks.len() >= 3 && !info.contains('`') => {
                infos.push(info.to_owned());
                open = Some(ticks);
            }
            _ => {}
        }
    }
    infos
}

#[test]
fn hostile_text_stays_within_its_docs() {
    for payload in HOSTILE {
        let docs = lines(payload).into_iter().map(|line| format!(" {line}"));
        let summary = format!(" {}", sentence(payload));
        let tokens = quote! { #(#[doc = #docs])* pub struct A; #[doc = #summary] pub fn b() {} };
        let text = crate::rust::format::checked("// @generated", tokens).unwrap();
        assert_eq!(syn::parse_file(&text).unwrap().items.len(), 2, "{payload:?}");
    }
}

#[test]
fn no_character_is_hidden() {
    for payload in HOSTILE {
        for line in lines(payload).into_iter().chain([sentence(payload)]) {
            let hidden = line
                .chars()
                .find(|char| super::characters::visible(&char.to_string()) != char.to_string());
            assert_eq!(hidden, None, "{payload:?} → {line:?}");
        }
    }
}

#[test]
fn every_fence_is_text() {
    for payload in HOSTILE {
        let lines = lines(payload);
        assert!(infos(&lines).iter().all(|info| info == "text"), "{payload:?} → {lines:?}");
    }
    assert_eq!(infos(&lines("```rust\nx\n```\n- ~~~\n  y\n  ~~~\n\n>     z")), ["text"; 3]);
}

#[test]
fn nothing_is_live() {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    for payload in HOSTILE {
        let text = lines(payload).join("\n");
        for event in Parser::new_ext(&text, Options::all()) {
            match event {
                Event::Html(html) | Event::InlineHtml(html) => panic!("{payload:?} → {html:?}"),
                Event::Start(Tag::Image { .. }) => panic!("{payload:?} → {text:?}"),
                Event::Start(Tag::CodeBlock(kind)) => assert!(kind.is_fenced(), "{payload:?}"),
                Event::Start(Tag::Link { dest_url, .. }) => {
                    let outside = dest_url.starts_with("http") || dest_url.contains('@');
                    assert!(outside, "{payload:?} → {text:?}");
                }
                _ => {}
            }
        }
    }
}

#[test]
fn lines_are_tidy_and_stable() {
    let long = long_text();
    for payload in HOSTILE.iter().copied().chain([long.as_str()]) {
        let lines = lines(payload);
        assert!(lines.iter().all(|line| line.trim_end() == line), "{payload:?} → {lines:?}");
        assert_ne!(lines.first().map(String::as_str), Some(""), "{payload:?}");
        assert_ne!(lines.last().map(String::as_str), Some(""), "{payload:?}");
        let two_blank = lines.windows(2).any(|pair| pair.iter().all(String::is_empty));
        assert!(!two_blank, "{payload:?} → {lines:?}");
        assert_eq!(again(payload), lines, "{payload:?}");
    }
}

#[test]
fn long_paragraphs_are_wrapped_and_stay_what_they_are() {
    use pulldown_cmark::{Event, Parser, Tag};
    let lines = lines(&long_text());
    assert!(lines.iter().all(|line| line.chars().count() <= 96), "{lines:#?}");
    let text = lines.join("\n");
    let blocks = Parser::new(&text).filter(|event| matches!(event, Event::Start(Tag::Paragraph)));
    assert_eq!(blocks.count(), 1, "the quote's; the list is tight: {text}");
}

#[test]
fn links_and_rows_are_not_wrapped() {
    let words = "word ".repeat(40);
    let link = format!("[{words}x](https://a.example)");
    assert_eq!(lines(&link), [link.as_str()]);
    assert_eq!(lines(&format!("|a|\n|-|\n|{words}|")).len(), 3);
    assert_eq!(lines(&format!("# {words}")).len(), 1);
}

#[test]
fn markdown_keeps_its_meaning() {
    let table = [
        ("# Usage", "#### Usage"),
        ("###### Usage", "###### Usage"),
        ("a <b>c</b>", "a \\<b>c\\</b>"),
        ("a<br>b", "a\\\nb"),
        ("[Foo] and `[Foo]`", "\\[Foo\\] and `[Foo]`"),
        ("[a](https://b.example \"t\")", "[a](https://b.example)"),
        ("[a](b.md)", "a"),
        ("[a]\n\n[a]: https://b.example", "[a](https://b.example)"),
        ("![alt](a.png)", "alt"),
        ("see https://a.example/b_c.", "see <https://a.example/b_c>."),
        ("- a\n- b", "- a\n- b"),
        ("3. a\n4. b", "3. a\n4. b"),
        ("a\u{202e}b", "a\\u{202e}b"),
        ("```json\n{\"a\":  1}\n\n\n# b\n```", "```text\n{\"a\":  1}\n\n\n# b\n```"),
        ("|a|b|\n|-|:-:|\n|1|*2*|", "|a|b|\n|-|:-:|\n|1|*2*|"),
        ("Emails: <a@b.example>", "Emails: <a@b.example>"),
        ("Convert & Merge, A&B, &", "Convert & Merge, A&B, &"),
        ("&amp;lt; &amp;#38; &amp;a b;", "&amp;lt; &amp;#38; &a b;"),
    ];
    for (markdown, expected) in table {
        assert_eq!(lines(markdown).join("\n"), expected, "{markdown:?}");
    }
}

#[test]
fn deep_nesting_is_shown_as_written() {
    for mark in [">", "- ", "[", "*a ", "![", "<b>", "`", "1. "] {
        let text = mark.repeat(2_000);
        assert!(!lines(&text).is_empty(), "{mark:?}");
        assert!(!sentence(&text).is_empty(), "{mark:?}");
    }
    assert_eq!(lines(&">".repeat(50)), ["```text".to_owned(), ">".repeat(50), "```".to_owned()]);
}

#[test]
fn a_summary_is_one_sentence() {
    let table = [
        ("Get Credit Usage", "Get Credit Usage."),
        ("  Get\n credit\tusage. ", "Get credit usage."),
        ("Really?", "Really?"),
        ("Stop!", "Stop!"),
        ("As follows:", "As follows:"),
        ("", ""),
        (" \n ", ""),
        ("# Get", "\\# Get."),
        ("1. Get", "1\\. Get."),
        ("Get `a`", "Get `a`."),
        ("`a` is got", "`a` is got."),
        ("Get [Foo] <b>", "Get \\[Foo\\] \\<b>."),
        ("a<br>b", "a b."),
        ("https://a.example", "<https://a.example>."),
    ];
    for (text, expected) in table {
        assert_eq!(sentence(text), expected, "{text:?}");
    }
    for payload in HOSTILE {
        let summary = sentence(payload);
        assert!(!summary.contains('\n'), "{payload:?}");
        assert_eq!(sentence(&summary), summary, "{payload:?}");
    }
}

#[test]
fn a_fence_that_is_open_at_the_end_is_closed() {
    let rules = [
        ("```\na", vec!["```text", "a", "```"]),
        ("```\na\n", vec!["```text", "a", "```"]),
        ("````\na\n\nb", vec!["```text", "a", "", "b", "```"]),
        ("~~~\n```", vec!["````text", "```", "````"]),
        ("- ```\n  a", vec!["- ```text", "  a", "  ```"]),
        ("> ```\n> a", vec![" >", " > ```text", " > a", " > ```"]),
        ("a\n\n    b", vec!["a", "", "```text", "b", "```"]),
    ];
    for (text, expected) in rules {
        assert_eq!(lines(text), expected, "{text:?}");
    }
}

#[test]
fn plain_text_is_written_as_markdown_is() {
    let parts = [
        "a",
        "The",
        "snake_case",
        "word",
        "e.g.",
        "12",
        "1.",
        "2)",
        "3.5",
        "-",
        "-x",
        "+",
        "=",
        "==",
        ":",
        "a:",
        "?",
        "(x)",
        "@me",
        "a@b.example",
        "50%",
        "\"quoted\"",
        "it's",
        "http",
        "/path/to",
        "x=1;y=2",
        "a-b",
        "_a",
        "b_",
        "`code`",
        "(`a_b`),",
        "`a.b`/`c`",
        "`-x`",
        "`",
        "``",
        "www.example.com",
        "abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz",
    ];
    let mut random = fastrand::Rng::with_seed(17);
    let mut count = 0;
    for _ in 0..20_000 {
        let words = (0..random.usize(1..40)).map(|_| *random.choice(&parts).expect("a part"));
        let mut text = String::new();
        for word in words.collect::<Vec<_>>() {
            text += word;
            text += random
                .choice(&[" ", " ", " ", " ", " ", "\n", "\n\n", "  ", "", ", "])
                .expect("a mark");
        }
        let text = if random.bool() { text.trim_end() } else { &text };
        if let Some(lines) = plain::lines(text) {
            count += 1;
            assert_eq!(lines, of_markdown(text), "{text:?}");
            let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(phrase(text), phrase_of_markdown(&folded), "{text:?}");
        }
    }
    assert!(count > 500, "{count} texts were plain");
}
