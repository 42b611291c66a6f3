//! What providers send: reading the workbooks.

pub mod reading;
