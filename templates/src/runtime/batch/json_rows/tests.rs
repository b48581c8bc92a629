use super::*;

fn layout_of(text: &str) -> Option<Layout> {
    layout(text.as_bytes(), |_| None)
}

#[test]
fn an_object_alone_tells_a_failure_and_one_of_several_lines_is_a_row() {
    let failure = r#"{"id": 1, "status": "failed"}"#;
    assert_eq!(layout_of(failure), None);
    assert_eq!(layout_of(&format!("{failure}\n \n")), None);
    assert_eq!(layout_of(&format!("{failure}\n{failure}")), Some(Layout::Lines));
    assert_eq!(layout_of(r#"{"id": 1}"#), Some(Layout::Lines));
}

#[test]
fn only_an_object_alone_spans_lines() {
    let rows = |text: &str| -> Vec<(u64, String)> {
        let rows = JsonRows::new(text.as_bytes(), Layout::Lines);
        rows.map(|row| (row.line, String::from_utf8_lossy(row.text).into_owned())).collect()
    };
    let spread = "{\"id\":\n1}";
    assert_eq!(rows(spread), [(1, spread.to_owned())]);
    let last = rows("{\"id\": 0}\n{\"id\":\n1}");
    let lines: Vec<_> = last.iter().map(|(line, text)| (*line, text.as_str())).collect();
    assert_eq!(lines, [(1, "{\"id\": 0}"), (2, "{\"id\":"), (3, "1}")]);
}
