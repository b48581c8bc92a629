//! JSON pointers (RFC 6901): where in a description something stands.

use std::fmt;
use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::LazyLock;

use serde::Serialize;

/// A place in a JSON document, such as `/paths/~1v1~1match/post`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Pointer(String);

/// Pointers are long and are looked up all the time, so the hasher of a table gets a number in place of the text. The number
/// is seeded at random, so that no description can be made of pointers with the same one.
impl Hash for Pointer {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(SEED.hash_one(self.0.as_bytes()));
    }
}

static SEED: LazyLock<foldhash::quality::RandomState> = LazyLock::new(Default::default);

impl Pointer {
    /// The whole document.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// The place that `text` writes: `/a/b`, or `#/a/b` as in a `$ref`.
    ///
    /// `None` if it is not a JSON pointer into this document.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('#').unwrap_or(text);
        (text.is_empty() || text.starts_with('/')).then(|| Self(text.to_owned()))
    }

    /// The place one step down: the member or item `step`.
    ///
    /// `/paths` and `/v1/match` → `/paths/~1v1~1match`.
    #[must_use]
    pub fn at(&self, step: impl Step) -> Self {
        let mut text = String::with_capacity(self.0.len() + USUAL_STEP);
        text.push_str(&self.0);
        text.push('/');
        step.write(&mut text);
        Self(text)
    }

    /// The steps from the root, unescaped.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = String> {
        let rest = self.0.strip_prefix('/');
        rest.into_iter().flat_map(|rest| rest.split('/')).map(|step| match step.contains('~') {
            true => step.replace("~1", "/").replace("~0", "~"),
            false => step.to_owned(),
        })
    }

    /// Goes a step down while something is done there.
    pub(crate) fn within<T>(&mut self, step: impl Step, act: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.0.len();
        self.0.push('/');
        step.write(&mut self.0);
        let done = act(self);
        self.0.truncate(length);
        done
    }

    /// Whether the place is a member or an item of what stands at `folder`: `/a/b/c` of `/a/b`.
    pub(crate) fn is_directly_in(&self, folder: &str) -> bool {
        self.0.rsplit_once('/').is_some_and(|(up, _)| up == folder)
    }

    /// The place one step up; `None` at the root.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('/').map(|(up, _)| Self(up.to_owned()))
    }

    /// The same place where what is around it stands elsewhere; `None` where `from` is not around it.
    ///
    /// `/a/b/c`, from `/a` to `/x/y` → `/x/y/b/c`
    #[must_use]
    pub fn moved(&self, from: &Self, to: &Self) -> Option<Self> {
        let rest = self.0.strip_prefix(&from.0)?;
        (rest.is_empty() || rest.starts_with('/')).then(|| Self(format!("{}{rest}", to.0)))
    }

    /// The pointer as written in RFC 6901.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// As long as a step usually is, with what is before it.
const USUAL_STEP: usize = 24;

/// A step of a pointer: the name of a member, or the index of an item.
pub trait Step {
    /// Adds the step to a pointer's text, escaped.
    fn write(&self, text: &mut String);
}

impl Step for str {
    fn write(&self, text: &mut String) {
        let mut rest = self;
        while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'~' | b'/')) {
            let (plain, special) = rest.split_at(at);
            text.push_str(plain);
            text.push_str(if special.starts_with('~') { "~0" } else { "~1" });
            rest = &special[1..];
        }
        text.push_str(rest);
    }
}

impl Step for String {
    fn write(&self, text: &mut String) {
        self.as_str().write(text);
    }
}

impl Step for usize {
    fn write(&self, text: &mut String) {
        match u8::try_from(*self) {
            Ok(digit @ 0..=9) => text.push(char::from(b'0' + digit)),
            _ => text.push_str(&self.to_string()),
        }
    }
}

impl<T: Step + ?Sized> Step for &T {
    fn write(&self, text: &mut String) {
        (**self).write(text);
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() { f.write_str("(root)") } else { f.write_str(&self.0) }
    }
}

/// Undoes percent-encoding (RFC 3986, 2.1) where it is valid, as in the pointer of a `$ref`.
pub(crate) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%').and_then(hexadecimal);
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(digits).ok()?;
    u8::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'))
}
