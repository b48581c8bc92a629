//! Lists whose items differ and whose length is known: `["a", 1]` → `(String, i64)`.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, IgnoredAny, SeqAccess, Visitor};
use serde::ser::{SerializeTuple, Serializer};

use super::json::{Format, Json, Owned, Ref};

/// What is made of the items of a list, one by one.
trait Items: Sized {
    const COUNT: usize;

    fn take<'de, A: SeqAccess<'de>>(items: &mut A) -> Result<Self, A::Error>;
}

struct List<T>(PhantomData<T>);

impl<'de, T: Items> Visitor<'de> for List<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an array of {} items", T::COUNT)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<T, A::Error> {
        let taken = T::take(&mut items)?;
        // In CSV, what comes next are the cells of the next field.
        if Format::of::<A::Error>() == Format::Csv {
            return Ok(taken);
        }
        match items.next_element::<IgnoredAny>()? {
            None => Ok(taken),
            Some(_) => Err(A::Error::invalid_length(T::COUNT + 1, &self)),
        }
    }
}

macro_rules! tuples {
    ($($count:literal: $($item:ident $index:tt)*;)*) => {
        $(
            impl<$($item: Json),*> Items for ($($item,)*) {
                const COUNT: usize = $count;

                fn take<'de, A: SeqAccess<'de>>(items: &mut A) -> Result<Self, A::Error> {
                    let expected = List::<Self>(PhantomData);
                    Ok(($(match items.next_element()? {
                        Some(Owned(item)) => item,
                        None => return Err(A::Error::invalid_length($index, &expected)),
                    },)*))
                }
            }

            impl<$($item: Json),*> Json for ($($item,)*) {
                fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let mut items = serializer.serialize_tuple($count)?;
                    $(items.serialize_element(&Ref(&self.$index))?;)*
                    items.end()
                }

                fn read<'de, De: Deserializer<'de>>(deserializer: De) -> Result<Self, De::Error> {
                    deserializer.deserialize_tuple($count, List(PhantomData))
                }
            }
        )*
    };
}

// As far as the standard library's own traits go.
tuples! {
    1: T0 0;
    2: T0 0 T1 1;
    3: T0 0 T1 1 T2 2;
    4: T0 0 T1 1 T2 2 T3 3;
    5: T0 0 T1 1 T2 2 T3 3 T4 4;
    6: T0 0 T1 1 T2 2 T3 3 T4 4 T5 5;
    7: T0 0 T1 1 T2 2 T3 3 T4 4 T5 5 T6 6;
    8: T0 0 T1 1 T2 2 T3 3 T4 4 T5 5 T6 6 T7 7;
    9: T0 0 T1 1 T2 2 T3 3 T4 4 T5 5 T6 6 T7 7 T8 8;
    10: T0 0 T1 1 T2 2 T3 3 T4 4 T5 5 T6 6 T7 7 T8 8 T9 9;
    11: T0 0 T1 1 T2 2 T3 3 T4 4 T5 5 T6 6 T7 7 T8 8 T9 9 T10 10;
    12: T0 0 T1 1 T2 2 T3 3 T4 4 T5 5 T6 6 T7 7 T8 8 T9 9 T10 10 T11 11;
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Owned, Ref};

    type Pair = (String, Option<i64>);

    fn read(value: Value) -> Result<Pair, String> {
        let read: Result<Owned<Pair>, _> = serde_json::from_value(value);
        read.map(|Owned(pair)| pair).map_err(|error| error.to_string())
    }

    #[test]
    fn a_tuple_is_a_list_of_its_length() {
        for value in [json!(["a", 1]), json!(["a", null])] {
            let pair = read(value.clone()).expect("a pair");
            assert_eq!(serde_json::to_value(Ref(&pair)).expect("JSON"), value);
        }
        for (value, length) in [(json!(["a"]), 1), (json!(["a", 1, 2]), 3)] {
            let expected = format!("invalid length {length}, expected an array of 2 items");
            assert_eq!(read(value), Err(expected));
        }
    }
}
