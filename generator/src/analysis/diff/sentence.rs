//! What a change says, and how a report tells it beside other changes.

/// What a change says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// All of it, as Markdown.
    pub text: String,
    /// How a short report tells it.
    pub telling: Telling,
}

/// How a short report tells a change beside others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Telling {
    /// In a line of its own.
    Alone,
    /// In one line with those that say the same of something else, or say something else of the same matter.
    Together {
        /// What it is about: `documented errors`.
        topic: String,
        /// What has changed: `` `orders().get` ``.
        subject: String,
        /// What is said of it.
        says: String,
    },
    /// Only as one of those that follow from another change, which has this path.
    FollowsFrom(String),
}

impl Sentence {
    /// A sentence that can be said of several things: `` `types::Book` `` and ``the field `title` is gone``.
    pub fn of(subject: &str, says: String) -> Self {
        let text = format!("{subject}: {says}");
        let (topic, subject) = (says.clone(), subject.to_owned());
        Self { text, telling: Telling::Together { topic, subject, says } }
    }

    /// A sentence about a matter that others can be about, too: `documented errors`.
    pub fn about(topic: &str, subject: &str, says: String) -> Self {
        let text = format!("{subject}: {topic}: {says}");
        let (topic, subject) = (topic.to_owned(), subject.to_owned());
        Self { text, telling: Telling::Together { topic, subject, says } }
    }

    /// A change that another one causes.
    pub fn following(cause: &str, text: String) -> Self {
        Self { text, telling: Telling::FollowsFrom(cause.to_owned()) }
    }
}

impl From<String> for Sentence {
    fn from(text: String) -> Self {
        Self { text, telling: Telling::Alone }
    }
}

impl From<&str> for Sentence {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}
