//! Texts with fields.

/// A template with each `{{field}}` filled. What a field has in it is not looked at again.
pub fn filled(template: &str, fields: &[(&str, String)]) -> String {
    let mut parts = template.split("{{");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once("}}").unwrap_or((part, ""));
        let field = fields.iter().find(|(field, _)| *field == name);
        text += field.map(|(_, value)| value.as_str()).unwrap_or_default();
        text += rest;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn what_a_field_has_in_it_is_no_field() {
        let fields = [("one", "{{two}}".to_owned()), ("two", "2".to_owned())];
        assert_eq!(filled("a {{one}} b {{two}}", &fields), "a {{two}} b 2");
    }
}
