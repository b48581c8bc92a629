//! Texts with fields.

/// A template with each `{{field}}` filled. What a field has in it is not looked at again.
pub fn filled(template: &str, value: impl Fn(&str) -> String) -> String {
    let mut parts = template.split("{{");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (field, rest) = part.split_once("}}").unwrap_or((part, ""));
        text += &value(field);
        text += rest;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn what_a_field_has_in_it_is_no_field() {
        let text = filled("a {{one}} b {{two}}", |field| match field {
            "one" => "{{two}}".to_owned(),
            _ => "2".to_owned(),
        });
        assert_eq!(text, "a {{two}} b 2");
    }
}
