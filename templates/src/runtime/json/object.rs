//! Objects with fields.

/// Says how a struct reads and writes JSON.
///
/// Each field has a word for what its absence means (`required`, `optional`, `nullable`) and
/// its name in JSON. A last entry `..extra` names the field that keeps all further members.
///
/// ```text
/// json_object!(Book {
///     title: required "title",
///     type_: optional "type",
///     ..extra
/// });
/// ```
macro_rules! json_object {
    ($name:ident { $($field:ident: $presence:ident $key:literal,)* $(..$extra:ident)? }) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                #[allow(unused_mut, reason = "an object may have no field")]
                let mut map = serializer.serialize_map(None)?;
                $($crate::runtime::json::$presence::write(&mut map, $key, &self.$field)?;)*
                $(for (key, value) in &self.$extra {
                    serde::ser::SerializeMap::serialize_entry(
                        &mut map,
                        key,
                        &$crate::runtime::json::Ref(value),
                    )?;
                })?
                serde::ser::SerializeMap::end(map)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Members;

                impl<'de> serde::de::Visitor<'de> for Members {
                    type Value = $name;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str(concat!("an object (", stringify!($name), ")"))
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(
                        self,
                        mut map: A,
                    ) -> Result<$name, A::Error> {
                        $(let mut $field = None;)*
                        $(let mut $extra =
                            $crate::runtime::json::empty_like(|it: &$name| &it.$extra);)?
                        while let Some($crate::runtime::json::Key(key)) = map.next_key()? {
                            match key.as_ref() {
                                $($key => {
                                    let $crate::runtime::json::Owned(value) = map.next_value()?;
                                    $field = Some(value);
                                })*
                                _ => $crate::runtime::json::json_rest!(map key $($extra)?),
                            }
                        }
                        Ok($name {
                            $($field: $crate::runtime::json::$presence::take($field, $key)?,)*
                            $($extra)?
                        })
                    }
                }

                deserializer.deserialize_map(Members)
            }
        }

        $crate::runtime::json::json_as_serde!($name);
    };
}

/// What becomes of a member that is no field: kept where there is a place for it.
macro_rules! json_rest {
    ($map:ident $key:ident) => {{
        let serde::de::IgnoredAny = $map.next_value()?;
    }};
    ($map:ident $key:ident $extra:ident) => {{
        let $crate::runtime::json::Owned(value) = $map.next_value()?;
        $extra.insert($key.into_owned(), value);
    }};
}

/// Gives a type that has serde's traits the same ones as [`Json`](super::Json).
macro_rules! json_as_serde {
    ($name:ty) => {
        impl $crate::runtime::json::Json for $name {
            fn write<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(self, serializer)
            }

            fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                serde::Deserialize::deserialize(deserializer)
            }
        }
    };
}

/// An empty value of the type that a field has; the closure only names the field.
pub(crate) fn empty_like<S, T: Default>(_field: fn(&S) -> &T) -> T {
    T::default()
}

pub(crate) use {json_as_serde, json_object, json_rest};
