//! A text that grows line by line.

/// How far an item is indented in what it stands in.
pub(super) const INDENT: usize = STEP.len();

const STEP: &str = "    ";

/// The text of a file, or its beginning.
#[derive(Default)]
pub(super) struct Page {
    pub(super) text: String,
}

impl Page {
    /// Adds a line that consists of these parts.
    pub(super) fn line(&mut self, depth: usize, parts: &[&str]) {
        (0..depth).for_each(|_| self.text.push_str(STEP));
        parts.iter().for_each(|part| self.text.push_str(part));
        self.text.push('\n');
    }

    /// Adds each line of a text; an empty one is not indented.
    pub(super) fn lines(&mut self, depth: usize, text: &str) {
        for line in text.lines() {
            self.line(depth, &[line]);
        }
    }

    /// Writes what can be written as a whole, or nothing of it.
    pub(super) fn attempt(&mut self, write: impl FnOnce(&mut Self) -> Option<()>) -> bool {
        let start = self.text.len();
        let is_written = write(self).is_some();
        if !is_written {
            self.text.truncate(start);
        }
        is_written
    }
}
