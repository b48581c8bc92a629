//! Remembers what `tracing` and `log` are told.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::registry::{LookupSpan, Registry};

/// What a span or an event says, by name.
pub type Fields = BTreeMap<&'static str, String>;

/// A span or an event, with its target, level and parent among its fields.
#[derive(Clone, Debug)]
pub struct Told {
    pub id: Option<Id>,
    pub fields: Fields,
}

/// Remembers all that is told.
#[derive(Clone, Default)]
pub struct Recorder(Arc<Mutex<Vec<Told>>>);

struct Visitor<'a>(&'a mut Fields);

impl Visit for Visitor<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }
}

fn fields(metadata: &Metadata<'_>, record: impl FnOnce(&mut Visitor<'_>)) -> Fields {
    let mut fields = Fields::new();
    fields.insert("target", metadata.target().to_owned());
    fields.insert("level", metadata.level().to_string());
    record(&mut Visitor(&mut fields));
    fields
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Recorder {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = fields(attributes.metadata(), |visitor| attributes.record(&mut *visitor));
        if let Some(parent) = context.span(id).and_then(|span| span.parent()) {
            fields.insert("parent", parent.name().to_owned());
        }
        self.0.lock().expect("no panic").push(Told { id: Some(id.clone()), fields });
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, _: Context<'_, S>) {
        let mut told = self.0.lock().expect("no panic");
        let span = told.iter_mut().rfind(|told| told.id.as_ref() == Some(id)).expect("a span");
        values.record(&mut Visitor(&mut span.fields));
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let fields = fields(event.metadata(), |visitor| event.record(&mut *visitor));
        self.0.lock().expect("no panic").push(Told { id: None, fields });
    }
}

/// `log`'s records become events too: reqwest tells them.
impl log::Log for Recorder {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let fields = Fields::from([
            ("target", record.target().to_owned()),
            ("message", record.args().to_string()),
        ]);
        self.0.lock().expect("no panic").push(Told { id: None, fields });
    }

    fn flush(&self) {}
}

impl Recorder {
    pub fn on_this_thread() -> (Self, DefaultGuard) {
        let recorder = Self::default();
        let subscriber = Registry::default().with(recorder.clone());
        (recorder, tracing::subscriber::set_default(subscriber))
    }

    pub fn all(&self) -> Vec<Told> {
        self.0.lock().expect("no panic").clone()
    }
}
