//! The coverage as a table for people.

use std::fmt;

use super::{Coverage, Fate, Share};

/// ```text
///                               described  in the client
/// operations                           12             11
/// body application/json                 5              5
///
/// keyword                          became  times  first at
/// propertyNames                   widened      1  /components/schemas/Map/propertyNames
/// ```
impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = self.rows();
        let keywords = self.keywords.iter().map(|one| one.keyword.chars().count());
        let width = rows.iter().map(|(what, _)| what.chars().count()).chain(keywords);
        let width = width.max().unwrap_or_default();
        writeln!(f, "{:<width$}  described  in the client", "")?;
        for (what, Share { described, made }) in rows {
            writeln!(f, "{what:<width$}  {described:>9}  {made:>13}")?;
        }
        writeln!(f, "\n{:<width$}  became   times  first at", "keyword")?;
        for one in &self.keywords {
            let fate = match one.fate {
                Fate::Used => "used",
                Fate::Widened => "widened",
                Fate::Ignored => "ignored",
            };
            writeln!(f, "{:<width$}  {fate:<7}  {:>5}  {}", one.keyword, one.count, one.first)?;
        }
        Ok(())
    }
}

impl Coverage {
    fn rows(&self) -> Vec<(String, Share)> {
        let mut rows = vec![("operations".to_owned(), self.operations)];
        if self.webhooks != Share::default() {
            rows.push(("webhooks and callbacks".to_owned(), self.webhooks));
        }
        rows.push(("schemas, and types for them".to_owned(), self.schemas));
        let parameters = self.parameters.iter();
        rows.extend(parameters.map(|(place, share)| (format!("parameters in {place}"), *share)));
        rows.extend(self.bodies.iter().map(|(form, share)| (format!("body {form}"), *share)));
        rows.extend(self.replies.iter().map(|(form, share)| (format!("reply {form}"), *share)));
        rows.push(("errors with a body".to_owned(), self.errors));
        rows
    }
}
