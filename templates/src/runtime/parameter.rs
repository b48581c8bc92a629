//! Values of path, query, header and cookie parameters.

/// A value that a parameter can carry: a scalar, or a list of them.
pub trait Parameter {
    /// Gives each of the texts that the value stands for: one for a scalar, one per item for
    /// a list.
    fn each(&self, give: &mut dyn FnMut(String));
}

macro_rules! displayed {
    ($($type:ty)*) => {
        $(impl Parameter for $type {
            fn each(&self, give: &mut dyn FnMut(String)) {
                give(self.to_string());
            }
        })*
    };
}

displayed!(bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 str String);
displayed!(jiff::Timestamp jiff::civil::Date);

/// Free JSON: a text as it is, anything else as JSON text.
impl Parameter for serde_json::Value {
    fn each(&self, give: &mut dyn FnMut(String)) {
        match self {
            Self::String(text) => give(text.clone()),
            Self::Array(items) => items.iter().for_each(|item| item.each(give)),
            other => give(other.to_string()),
        }
    }
}

impl<T: Parameter> Parameter for Vec<T> {
    fn each(&self, give: &mut dyn FnMut(String)) {
        self.iter().for_each(|item| item.each(give));
    }
}

impl<T: Parameter> Parameter for Option<T> {
    fn each(&self, give: &mut dyn FnMut(String)) {
        self.iter().for_each(|item| item.each(give));
    }
}

impl<T: Parameter + ?Sized> Parameter for &T {
    fn each(&self, give: &mut dyn FnMut(String)) {
        (**self).each(give);
    }
}
