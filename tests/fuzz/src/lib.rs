//! What the fuzz targets do: `bodies` takes the bytes, `mutation` makes more of those that are text, with `words`. See `Cargo.toml`.

pub mod bodies;
pub mod mutation;
pub mod words;
