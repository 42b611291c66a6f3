//! Packages whose parts say what they like: text as `packages` has it is packed and read.

use super::packages::package;
use super::reading::reading;

/// Reads the package that the bytes describe; see [`reading`].
pub fn parts(data: &[u8]) {
    reading(&package(data));
}
