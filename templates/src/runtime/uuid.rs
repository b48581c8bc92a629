//! UUIDs (RFC 9562): `67e55044-10b1-426f-9247-bb680e5fe0c8`, also in capitals, without hyphens,
//! in braces or after `urn:uuid:`.

use uuid::Uuid;

use super::Textual;

impl Textual for Uuid {
    type Error = uuid::Error;

    const EXPECTED: &'static str = "a UUID";

    fn read_text(text: &str) -> Result<Self, uuid::Error> {
        text.parse()
    }

    fn usual_text(&self) -> String {
        self.to_string()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use crate::runtime::Verbatim;

    #[test]
    fn each_spelling_is_read_and_kept() {
        let usual = "67e55044-10b1-426f-9247-bb680e5fe0c8";
        let value: Uuid = usual.parse().expect("a UUID");
        for text in [
            usual.to_owned(),
            usual.to_uppercase(),
            usual.replace('-', ""),
            format!("{{{usual}}}"),
            format!("urn:uuid:{usual}"),
        ] {
            let read: Verbatim<Uuid> = text.parse().expect("a UUID");
            assert_eq!((*read, read.to_string()), (value, text));
        }
        assert!("67e55044".parse::<Verbatim<Uuid>>().is_err());
    }
}
