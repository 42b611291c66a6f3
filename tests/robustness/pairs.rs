//! Two habits at once.
