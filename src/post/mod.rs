//! Handing mail to the server that takes it. The only place that uses the network.
//!
//! * [`message`]: what a draft says, and the same as it goes over the wire.
//! * [`relay`]: one connection to the server, message after message.
//! * `faults`: what went wrong, in words for the officer.

mod faults;
pub mod message;
pub mod relay;
