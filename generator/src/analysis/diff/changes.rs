//! A change, what it means to a caller, and the version that follows from it.

use serde::Serialize;

use super::sentence::{Sentence, Telling};

/// What a change means to a caller, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Code that compiled may not compile any more, or means something else.
    Breaking,
    /// There is more to use.
    Addition,
    /// Something should not be used any more.
    Deprecation,
    /// The same code does something else at run time.
    Behaviour,
    /// Only the words have changed.
    Documentation,
}

/// What has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Item {
    /// The client as a whole.
    Client,
    /// A feature of the crate.
    Feature,
    /// A setter of the builder that takes a credential.
    Credential,
    /// A server that a caller may choose.
    Server,
    /// A constant that names a rate limit group.
    RateLimit,
    /// An accessor of a response header.
    Header,
    /// The operations of a tag.
    Group,
    /// An operation.
    Operation,
    /// An argument of an operation's method.
    Argument,
    /// A setter of an operation's call.
    Setter,
    /// What an operation gives.
    Reply,
    /// A webhook or a callback.
    Webhook,
    /// A type of a body or a parameter.
    Type,
    /// A field of a struct.
    Field,
    /// A variant of an enum.
    Variant,
}

/// What has become of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has another name, or another place.
    Renamed,
    /// It has another type.
    Retyped,
    /// It has to be given, or is always there.
    MadeRequired,
    /// It can be left out, or may be absent.
    MadeOptional,
    /// It stands in another order.
    Reordered,
    /// It should not be used any more.
    Deprecated,
    /// Its values have to fulfil something else.
    Limits,
    /// It is sent, read or treated in another way.
    Treated,
    /// Its words have changed.
    Reworded,
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What it means to a caller.
    pub effect: Effect,
    /// What has changed.
    pub item: Item,
    /// What has become of it.
    pub what: What,
    /// Its path in the crate: `types::Book::title`.
    pub path: String,
    /// The change in a sentence, as Markdown.
    pub text: String,
    /// How a short report tells it.
    #[serde(skip)]
    pub(crate) telling: Telling,
}

/// All changes: the worst first, else in the order of the description.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes(Vec<Change>);

impl Changes {
    /// Adds a change.
    pub(crate) fn push(
        &mut self,
        effect: Effect,
        (item, what): (Item, What),
        path: impl Into<String>,
        sentence: impl Into<Sentence>,
    ) {
        let Sentence { text, telling } = sentence.into();
        self.0.push(Change { effect, item, what, path: path.into(), text, telling });
    }

    /// The worst first; what means the same stays in its order.
    pub(crate) fn sorted(mut self) -> Self {
        self.0.sort_by_key(|change| change.effect);
        self
    }

    /// The changes.
    pub fn iter(&self) -> impl Iterator<Item = &Change> {
        self.0.iter()
    }

    /// The changes that mean the same to a caller.
    pub fn of(&self, effect: Effect) -> impl Iterator<Item = &Change> {
        self.0.iter().filter(move |change| change.effect == effect)
    }

    /// The worst of them; `None` where nothing has changed.
    #[must_use]
    pub fn worst(&self) -> Option<Effect> {
        self.0.iter().map(|change| change.effect).min()
    }

    /// The step of the version that they ask for.
    #[must_use]
    pub fn step(&self) -> Step {
        match self.worst() {
            Some(Effect::Breaking) => Step::Major,
            Some(Effect::Addition | Effect::Deprecation) => Step::Minor,
            Some(Effect::Behaviour | Effect::Documentation) => Step::Patch,
            None => Step::None,
        }
    }
}

/// A step of a version (Semantic Versioning 2.0.0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// No new version is needed.
    None,
    /// `1.4.1` → `1.4.2`
    Patch,
    /// `1.4.1` → `1.5.0`
    Minor,
    /// `1.4.1` → `2.0.0`
    Major,
}

impl Step {
    /// The version after a step. Before 1.0.0, Cargo takes the second figure for the first.
    ///
    /// `None` where the version is not three figures.
    ///
    /// `1.4.1` and a major step → `2.0.0`; `0.4.1` and a major step → `0.5.0`
    #[must_use]
    pub fn after(self, version: &str) -> Option<String> {
        let figures: Option<Vec<u64>> = version.split('.').map(|part| part.parse().ok()).collect();
        let [major, minor, patch] = figures?.try_into().ok()?;
        let next = |figure: u64| figure.checked_add(1);
        let (major, minor, patch) = match (self, major, minor) {
            (Self::None, _, _) => (major, minor, patch),
            (Self::Major, 0, 0) => (0, 0, next(patch)?),
            (Self::Major, 0, _) => (0, next(minor)?, 0),
            (Self::Major, _, _) => (next(major)?, 0, 0),
            (Self::Patch, _, _) | (Self::Minor, 0, _) => (major, minor, next(patch)?),
            (Self::Minor, _, _) => (major, next(minor)?, 0),
        };
        Some(format!("{major}.{minor}.{patch}"))
    }

    /// The step as a word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Step;

    #[test]
    fn steps_follow_cargos_reading_of_versions() {
        let table = [
            ("1.4.1", Step::None, "1.4.1"),
            ("1.4.1", Step::Patch, "1.4.2"),
            ("1.4.1", Step::Minor, "1.5.0"),
            ("1.4.1", Step::Major, "2.0.0"),
            ("0.4.1", Step::Patch, "0.4.2"),
            ("0.4.1", Step::Minor, "0.4.2"),
            ("0.4.1", Step::Major, "0.5.0"),
            ("0.0.3", Step::Major, "0.0.4"),
        ];
        for (version, step, next) in table {
            assert_eq!(step.after(version).as_deref(), Some(next), "{version} {step:?}");
        }
        for odd in ["", "1.2", "1.2.3.4", "1.2.x", "1.2.3-beta", "18446744073709551615.0.0"] {
            assert_eq!(Step::Major.after(odd), None, "{odd}");
        }
    }
}
