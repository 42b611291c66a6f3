//! Contract definitions: as written, then as meant. The only place that knows TOML.

pub mod toml_errors;
