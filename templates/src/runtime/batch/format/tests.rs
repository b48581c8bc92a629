use super::*;

fn reason(bytes: &[u8]) -> String {
    start_of_text(bytes).expect_err("no text").reason
}

#[test]
fn no_more_than_sixty_bytes_are_shown() {
    for (length, end) in [(59, "a\""), (60, "a\""), (61, "a…\"")] {
        let shown = beginning(&vec![b'a'; length]);
        assert_eq!(shown, format!("\"{}{end}", "a".repeat(length.min(60) - 1)), "{length}");
    }
}

#[test]
fn utf_16_is_told_from_what_is_no_text() {
    for bytes in [b"\xFF\xFEa\0", b"\xFE\xFF\0a", b"\0a\0b", b"a\0b\0"] {
        assert!(reason(bytes).contains("UTF-16"), "{bytes:?}");
    }
    for bytes in [b"\0\0\0a", b"\0\xC3\0a", b"\xC3\0a\0", b"ab\0c"] {
        assert!(reason(bytes).contains("it is not text"), "{bytes:?}");
    }
}

#[test]
fn a_sentence_is_no_line_of_columns() {
    let is_prose = |columns: &[&str], has_rows| {
        let columns: Vec<_> = columns.iter().map(ToString::to_string).collect();
        super::is_prose(&columns, has_rows)
    };
    assert!(is_prose(&["no results"], true) && is_prose(&["pending."], false));
    assert!(!is_prose(&["id"], false));
    let (four, five, six) = ("the name of it", "the full name of it", "the full name of it all");
    for (name, expected) in [(four, false), (five, true), (six, true), ("try later.", true)] {
        assert_eq!(is_prose(&["id", name], false), expected, "{name}");
        assert!(!is_prose(&["id", name], true), "there are rows with as many cells");
    }
}
