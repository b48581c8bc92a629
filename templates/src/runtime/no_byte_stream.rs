//! Takes the place of `byte_stream` in clients whose replies are never bytes: no operation is a download.

macro_rules! download {
    ($($operation:tt)*) => {};
}

pub(crate) use download;
